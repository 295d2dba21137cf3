/** Crypters of a stack's configuration and state. */
import { readFile } from 'node:fs/promises'
import { type DeploymentV3 } from '../../store.ts'
import { EngineError } from '../errors.ts'
import { type Crypter, openCrypter } from '../secrets/passphrase.ts'

/** Environment of a command: the caller's variables over those of the process. */
export type Environment = Readonly<Record<string, string | undefined>>

export async function passphraseOf (env: Environment): Promise<string> {
  const passphrase = env['PULUMI_CONFIG_PASSPHRASE']
  if (passphrase !== undefined) return passphrase
  const file = env['PULUMI_CONFIG_PASSPHRASE_FILE']
  if (file === undefined || file === '') throw new EngineError('RHE_PASSPHRASE_MISSING', {})
  return (await readFile(file, 'utf8')).trimEnd()
}

/** Salt of a deployment's secrets. */
export function deploymentSalt (deployment: DeploymentV3 | undefined): string | undefined {
  const provider = deployment?.secrets_providers
  if (provider === undefined) return undefined
  const state = provider.state
  if (
    provider.type !== 'passphrase' || typeof state !== 'object' || state === null || !('salt' in state) ||
    typeof state.salt !== 'string'
  ) {
    throw new EngineError('RHE_UNSUPPORTED', { what: `the secrets provider '${provider.type}'` })
  }
  return state.salt
}

/** Opens the crypter of a salt; without one, that of the passphrase's own salt in this process. */
export async function crypterFor (env: Environment, salt: string | undefined): Promise<Crypter> {
  return openCrypter(await passphraseOf(env), salt)
}

export function secretsProvider (crypter: Crypter): NonNullable<DeploymentV3['secrets_providers']> {
  return { type: 'passphrase', state: { salt: crypter.state } }
}
