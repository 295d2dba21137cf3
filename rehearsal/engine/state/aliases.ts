/** Rewrites references to resources by URNs that they had before an alias matched them. */
import { type DeploymentV3, type ResourceV3 } from '../../store.ts'
import { formatReference, parseReference } from '../urn.ts'

/** The deployment with every reference under its new URN, and without the aliases. */
export function normaliseAliases (deployment: DeploymentV3): DeploymentV3 {
  const resources = deployment.resources ?? []
  const renamed = new Map(
    resources.flatMap((resource) => (resource.aliases ?? []).map((alias) => [alias, resource.urn] as const))
  )
  const pending = deployment.pending_operations
  if (renamed.size === 0 && !pending?.some(({ resource }) => resource.aliases)) return deployment
  return {
    ...deployment,
    ...(resources.length > 0 && { resources: resources.map((resource) => normalise(resource, renamed)) }),
    ...(pending &&
      {
        pending_operations: pending.map((operation) => ({
          ...operation,
          resource: normalise(operation.resource, renamed)
        }))
      })
  }
}

function normalise (resource: ResourceV3, renamed: ReadonlyMap<string, string>): ResourceV3 {
  const { aliases: _, ...result } = resource
  const fix = (urn: string): string => renamed.get(urn) ?? urn
  if (result.parent) result.parent = fix(result.parent)
  if (result.deletedWith) result.deletedWith = fix(result.deletedWith)
  if (result.dependencies) result.dependencies = result.dependencies.map(fix)
  if (result.propertyDependencies) {
    result.propertyDependencies = Object.fromEntries(
      Object.entries(result.propertyDependencies).map(([key, urns]) => [key, urns.map(fix)])
    )
  }
  const reference = result.provider === undefined ? undefined : parseReference(result.provider)
  if (reference) result.provider = formatReference({ urn: fix(reference.urn), id: reference.id })
  return result as ResourceV3
}
