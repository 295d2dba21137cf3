/** References to resources that a refresh found gone (pulumi `engine.FilterRefreshDeletes`). */
import { type ResourceV3 } from '../../store.ts'
import { namedUrns, replaceWithOf } from './edit.ts'

/**
 * The resources, in which none names one that does not come before it. A child whose parent is gone
 * moves up to the parent of that.
 */
export function withoutGone (resources: readonly ResourceV3[]): ResourceV3[] {
  const there = new Set<string>()
  const parents = new Map<string, string>()
  return resources.map((resource) => {
    const parent = resource.parent === undefined || there.has(resource.parent)
      ? resource.parent
      : parents.get(resource.parent)
    if (parent !== undefined) parents.set(resource.urn, parent)
    const result = namedUrns(resource).every((urn) => there.has(urn))
      ? resource
      : pruned(resource, parent, there)
    there.add(resource.urn)
    return result
  })
}

function pruned (
  resource: ResourceV3,
  parent: string | undefined,
  there: ReadonlySet<string>
): ResourceV3 {
  const { parent: _, dependencies, propertyDependencies, deletedWith, ...rest } = resource
  const keep = (urns: readonly string[]): string[] => urns.filter((urn) => there.has(urn))
  const properties = Object.entries(propertyDependencies ?? {})
    .map(([key, urns]) => [key, keep(urns)] as const).filter(([, urns]) => urns.length > 0)
  const kept = keep(dependencies ?? [])
  const together = keep(replaceWithOf(resource))
  delete rest['replaceWith']
  return {
    ...rest,
    ...(parent && { parent }),
    ...(kept.length > 0 && { dependencies: kept }),
    ...(properties.length > 0 && { propertyDependencies: Object.fromEntries(properties) }),
    ...(deletedWith && there.has(deletedWith) && { deletedWith }),
    ...(together.length > 0 && { replaceWith: together })
  } as ResourceV3
}
