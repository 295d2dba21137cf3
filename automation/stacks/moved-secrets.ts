/** Secrets of resources that are moved between stacks whose secrets are encrypted differently. */
import { hideSecrets, showSecrets } from '../../rehearsal/engine/stack/export.ts'
import { crypterFor, deploymentSalt } from '../../rehearsal/engine/stack/stack-secrets.ts'
import { canonical } from '../canonical.ts'
import { type DeploymentV3 } from './types.ts'

/** Says whether one stack reads what the other encrypted. A new stack takes the source's way. */
export function sharesSecrets (source: DeploymentV3, target: DeploymentV3 | undefined): boolean {
  const there = target?.secrets_providers
  return there === undefined || canonical(there) === canonical(source.secrets_providers ?? null)
}

/** The source with its secrets encrypted as the target's are; both by one passphrase. */
export async function encryptedAs (
  target: DeploymentV3,
  source: DeploymentV3,
  passphrase: string
): Promise<DeploymentV3> {
  const env = { PULUMI_CONFIG_PASSPHRASE: passphrase }
  const [from, to] = await Promise.all([
    crypterFor(env, deploymentSalt(source)),
    crypterFor(env, deploymentSalt(target))
  ])
  const { secrets_providers: provider } = target
  return {
    ...hideSecrets(showSecrets(source, from.decrypt), to.encrypt),
    ...(provider && { secrets_providers: provider })
  }
}
