/** Edits of a written state, as `pulumi state …` makes them (pulumi `resource/edit`). */
import { type ResourceV3 } from '../../store.ts'
import { createUrn, formatReference, nameOf, parseReference, qualifiedType, typeOf } from '../urn.ts'

/** URNs that a resource depends on: provider, parent, and what it names. */
export function writtenDependencies (resource: ResourceV3): string[] {
  const reference = resource.provider === undefined ? undefined : parseReference(resource.provider)
  return [...(reference ? [reference.urn] : []), ...namedUrns(resource)]
}

/** URNs that a resource names, its provider's aside. */
export function namedUrns (resource: ResourceV3): string[] {
  return [
    ...(resource.parent ? [resource.parent] : []),
    ...resource.dependencies ?? [],
    ...Object.values(resource.propertyDependencies ?? {}).flat(),
    ...(resource.deletedWith ? [resource.deletedWith] : []),
    ...replaceWithOf(resource)
  ]
}

export function replaceWithOf (resource: ResourceV3): string[] {
  const urns = resource['replaceWith']
  return Array.isArray(urns) ? urns.filter((urn) => typeof urn === 'string') : []
}

/** Resources that depend on one, directly or not; none while another resource has its URN too. */
export function dependentsOf (resources: readonly ResourceV3[], condemned: ResourceV3): ResourceV3[] {
  if (resources.some((other) => other !== condemned && other.urn === condemned.urn)) return []
  const found = new Set([condemned.urn])
  return resources.slice(resources.indexOf(condemned) + 1).filter((resource) => {
    if (!writtenDependencies(resource).some((urn) => found.has(urn))) return false
    found.add(resource.urn)
    return true
  })
}

/**
 * The resource with every URN that it names changed. Lists of properties that depend on nothing are
 * left out, as the CLI does.
 */
export function withUrns (resource: ResourceV3, change: (urn: string) => string): ResourceV3 {
  const { parent, dependencies, propertyDependencies, deletedWith, provider, ...rest } = resource
  const reference = provider === undefined ? undefined : parseReference(provider)
  const properties = Object.entries(propertyDependencies ?? {}).filter(([, urns]) => urns.length > 0)
  return {
    ...rest,
    ...(parent && { parent: change(parent) }),
    ...(dependencies && dependencies.length > 0 && { dependencies: dependencies.map(change) }),
    ...(properties.length > 0 &&
      { propertyDependencies: Object.fromEntries(properties.map(([key, urns]) => [key, urns.map(change)])) }),
    ...(deletedWith && { deletedWith: change(deletedWith) }),
    ...(provider !== undefined && {
      provider: reference ? formatReference({ urn: change(reference.urn), id: reference.id }) : provider
    }),
    ...(replaceWithOf(resource).length > 0 && { replaceWith: replaceWithOf(resource).map(change) })
  } as ResourceV3
}

/** The resources with one URN changed, and with it the URNs of its children. */
export function withRenamed (
  resources: readonly ResourceV3[],
  from: string,
  to: string
): ResourceV3[] {
  const renamed = new Map([[from, to]])
  for (const resource of resources) {
    const parent = resource.parent && renamed.get(resource.parent)
    if (!parent) continue
    const [, , stack = '', project = ''] = /^(urn:pulumi:)([^:]*)::([^:]*)::/.exec(resource.urn) ?? []
    const child = { stack, project, parent, type: typeOf(resource.urn), name: nameOf(resource.urn) }
    if (qualifiedType(parent) !== qualifiedType(resource.parent ?? '')) {
      renamed.set(resource.urn, createUrn(child))
    }
  }
  const change = (urn: string): string => renamed.get(urn) ?? urn
  return resources.map((resource) => ({
    ...(resource.urn === from ? resource : withUrns(resource, change)),
    urn: change(resource.urn)
  }))
}
