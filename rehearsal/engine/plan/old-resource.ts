/** The old resource that a registration continues, by its URN or by one of its aliases. */
import { type ResourceState } from '../state/resource-state.ts'
import { rootStackType, createUrn, nameOf, qualifiedType, typeOf } from '../urn.ts'
import { type Alias } from './goal.ts'
import { type PlanContext, type Planned } from './plan-context.ts'

interface Named {
  name: string
  type: string
  parent: string
}

function aliasUrn (context: PlanContext, planned: Planned, own: Named, alias: Alias): string {
  if ('urn' in alias) return alias.urn
  let parent = alias.parent === '' ? own.parent : planned.aliases.get(alias.parent) ?? alias.parent
  if (alias.noParent || qualifiedType(parent) === rootStackType) parent = ''
  return createUrn({
    stack: alias.stack || context.stack,
    project: alias.project || context.project,
    parent,
    type: alias.type || own.type,
    name: alias.name || own.name
  })
}

/**
 * URN of a child under its parent's earlier URN. A name that begins with the parent's name changes
 * with it.
 */
function inheritedAlias (
  context: PlanContext,
  type: string,
  name: string,
  parentName: string,
  parentAlias: string
): string {
  const aliasName = name.startsWith(parentName) ? nameOf(parentAlias) + name.slice(parentName.length) : name
  return createUrn({
    stack: context.stack,
    project: context.project,
    parent: parentAlias,
    type,
    name: aliasName
  })
}

function aliasUrns (context: PlanContext, planned: Planned, own: Named, aliases: Alias[]): string[] {
  const urns = aliases.map((alias) => aliasUrn(context, planned, own, alias))
  const parentAlias = planned.aliases.get(own.parent)
  if (own.parent === '' || parentAlias === undefined) return urns
  const parentName = nameOf(own.parent)
  return [
    ...urns,
    inheritedAlias(context, own.type, own.name, parentName, parentAlias),
    ...urns.map((urn) => inheritedAlias(context, typeOf(urn), nameOf(urn), parentName, parentAlias))
  ]
}

/**
 * Finds the old resource. `alias` is the URN that it was found under, unless it is its own;
 * `invalid` says that this URN is taken (reported).
 */
export function findOld (
  context: PlanContext,
  planned: Planned,
  urn: string,
  own: Named,
  aliases: Alias[]
): { old: ResourceState | undefined, alias: string | undefined, invalid: boolean } {
  const { diagnostics } = context
  let invalid = false
  const taken = planned.aliased.get(urn)
  if (taken !== undefined) {
    invalid = true
    diagnostics.error(
      urn,
      `Duplicate resource URN '${urn}' conflicting with alias on resource with URN '${taken}'`
    )
  }
  for (const candidate of new Set([urn, ...aliasUrns(context, planned, own, aliases)])) {
    const old = context.olds.get(candidate)
    if (old === undefined) continue
    if (candidate === urn) return { old, alias: undefined, invalid }
    const other = planned.urns.has(candidate) ? urn : planned.aliased.get(candidate)
    if (other !== undefined) {
      invalid = true
      diagnostics.error(
        urn,
        `Duplicate resource alias '${candidate}' applied to resource with URN '${urn}' conflicting with ` +
          `resource with URN '${other}'`
      )
    }
    planned.aliased.set(candidate, urn)
    planned.aliases.set(urn, candidate)
    context.registry.registerAlias(urn, candidate)
    return { old, alias: candidate, invalid }
  }
  return { old: undefined, alias: undefined, invalid }
}
