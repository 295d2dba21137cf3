/** The crypters of one stack: of its configuration and of its state, opened when first needed. */
import { readFile } from 'node:fs/promises'
import { type DeploymentV3 } from '../../store.ts'
import { engineError } from '../errors.ts'
import { type Crypter, openCrypter } from '../secrets/passphrase.ts'

/** Environment of a command: what the caller gave, over the process's own. */
export type Environment = Readonly<Record<string, string | undefined>>

export async function passphraseOf (env: Environment): Promise<string> {
  const passphrase = env['PULUMI_CONFIG_PASSPHRASE']
  if (passphrase !== undefined) return passphrase
  const file = env['PULUMI_CONFIG_PASSPHRASE_FILE']
  if (file === undefined || file === '') throw engineError('RHE_PASSPHRASE_MISSING', {})
  return (await readFile(file, 'utf8')).trimEnd()
}

/** The salt that a deployment's secrets were written with. */
export function deploymentSalt (deployment: DeploymentV3 | undefined): string | undefined {
  const provider = deployment?.secrets_providers
  if (provider === undefined) return undefined
  const state = provider.state
  if (
    provider.type !== 'passphrase' || typeof state !== 'object' || state === null || !('salt' in state) ||
    typeof state.salt !== 'string'
  ) {
    throw engineError('RHE_UNSUPPORTED', { what: `the secrets provider '${provider.type}'` })
  }
  return state.salt
}

/** The crypter for a salt; without one, of the passphrase's own salt in this process. */
export async function crypterFor (env: Environment, salt: string | undefined): Promise<Crypter> {
  return openCrypter(await passphraseOf(env), salt)
}

export function secretsProvider (crypter: Crypter): NonNullable<DeploymentV3['secrets_providers']> {
  return { type: 'passphrase', state: { salt: crypter.state } }
}
