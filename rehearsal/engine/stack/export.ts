/** Stacks as documents of `pulumi stack export`, and back. */
import { type DeploymentV3, type ResourceV3, type StoredStack } from '../../store.ts'
import { secretSignature, signatureKey, type WireObject, type WireValue } from '../../wire.ts'
import { EngineError } from '../errors.ts'
import { manifest, replay } from '../state/journal.ts'
import { isSecret, mapMembers } from '../values/wire-values.ts'

export interface ExportDocument {
  version: 3
  deployment: DeploymentV3
}

/** Export of a stack that was never updated. */
export function emptyDeployment (
  version: string,
  secretsProviders?: DeploymentV3['secrets_providers']
): DeploymentV3 {
  return {
    manifest: manifest(new Date().toISOString(), version),
    ...(secretsProviders && { secrets_providers: secretsProviders }),
    metadata: {}
  }
}

/**
 * The state of a stack after its last stored change, as an export document. Secrets stay encrypted.
 */
export function exportStack (stored: StoredStack): ExportDocument | undefined {
  const deployment = replay(stored.deployment, stored.journal)
  return deployment && { version: 3, deployment }
}

function mapSecrets (value: WireValue, change: (secret: WireObject) => WireObject): WireValue {
  return isSecret(value)
    ? change(value as WireObject)
    : mapMembers(value, (member) => mapSecrets(member, change))
}
function mapResource (resource: ResourceV3, change: (secret: WireObject) => WireObject): ResourceV3 {
  return {
    ...resource,
    ...(resource.inputs && { inputs: mapSecrets(resource.inputs, change) as WireObject }),
    ...(resource.outputs && { outputs: mapSecrets(resource.outputs, change) as WireObject })
  }
}
function mapDeployment (deployment: DeploymentV3, change: (secret: WireObject) => WireObject): DeploymentV3 {
  return {
    ...deployment,
    ...(deployment.resources &&
      { resources: deployment.resources.map((resource) => mapResource(resource, change)) }),
    ...(deployment.pending_operations &&
      {
        pending_operations: deployment.pending_operations.map((operation) => ({
          ...operation,
          resource: mapResource(operation.resource, change)
        }))
      })
  }
}

/** A deployment with its secrets in plain text, as `--show-secrets` exports them. */
export function showSecrets (deployment: DeploymentV3, decrypt: (text: string) => string): DeploymentV3 {
  return mapDeployment(
    deployment,
    (secret) =>
      typeof secret['ciphertext'] === 'string'
        ? { [signatureKey]: secretSignature, plaintext: decrypt(secret['ciphertext']) }
        : secret
  )
}
/**
 * A deployment with its plain secrets encrypted. `decrypt` reads those that are encrypted with
 * another salt.
 */
export function hideSecrets (
  deployment: DeploymentV3,
  encrypt: (text: string) => string,
  decrypt?: (text: string) => string
): DeploymentV3 {
  return mapDeployment(deployment, (secret) => {
    const text = typeof secret['plaintext'] === 'string'
      ? secret['plaintext']
      : decrypt && typeof secret['ciphertext'] === 'string'
      ? decrypt(secret['ciphertext'])
      : undefined
    return text === undefined ? secret : { [signatureKey]: secretSignature, ciphertext: encrypt(text) }
  })
}

/** Reads an export document. Throws RHE_STATE_MALFORMED for anything else. */
export function parseExport (text: string, ref: { project: string, stack: string }): DeploymentV3 {
  const document = JSON.parse(text) as { version?: unknown, deployment?: DeploymentV3 } | null
  if (document?.version !== 3) {
    throw new EngineError('RHE_STATE_MALFORMED', {
      problem: `version ${JSON.stringify(document?.version)}, expected 3`
    })
  }
  const deployment = document.deployment ?? { manifest: { time: '', magic: '', version: '' } }
  const seen = new Set<string>()
  for (const resource of deployment.resources ?? []) {
    if (typeof resource.urn !== 'string' || !resource.urn.startsWith(`urn:pulumi:${ref.stack}::`)) {
      throw new EngineError('RHE_STATE_MALFORMED', {
        problem: `a resource of another stack: ${resource.urn}`
      })
    }
    for (const urn of [...(resource.parent ? [resource.parent] : []), ...resource.dependencies ?? []]) {
      if (!seen.has(urn)) {
        throw new EngineError('RHE_STATE_MALFORMED', {
          problem: `${resource.urn} before ${urn}, which it depends on`
        })
      }
    }
    seen.add(resource.urn)
  }
  return deployment
}

/** The deployment under another name of its stack, which every URN contains. */
export function renameDeployment (
  deployment: DeploymentV3,
  from: { project: string, stack: string },
  to: { project: string, stack: string }
): DeploymentV3 {
  const prefix = `urn:pulumi:${from.stack}::${from.project}::`
  const root = `${prefix}pulumi:pulumi:Stack::${from.project}-${from.stack}`
  const rewrite = <T>(value: T): T => {
    if (typeof value === 'string') {
      if (value === root) {
        return `urn:pulumi:${to.stack}::${to.project}::pulumi:pulumi:Stack::${to.project}-${to.stack}` as T
      }
      return (value.startsWith(prefix)
        ? `urn:pulumi:${to.stack}::${to.project}::${value.slice(prefix.length)}`
        : value) as T
    }
    if (Array.isArray(value)) return value.map(rewrite) as T
    return value !== null && typeof value === 'object'
      ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, rewrite(member)])) as T
      : value
  }
  const rename = (
    { inputs, outputs, ...rest }: ResourceV3
  ): ResourceV3 => ({
    ...rewrite(rest),
    ...(inputs && { inputs }),
    ...(outputs && { outputs })
  } as ResourceV3)
  return {
    ...deployment,
    ...(deployment.resources && { resources: deployment.resources.map(rename) }),
    ...(deployment.pending_operations &&
      {
        pending_operations: deployment.pending_operations.map((operation) => ({
          ...operation,
          resource: rename(operation.resource)
        }))
      })
  }
}
