/**
 * Resources moved from one stack's state into another's, as a rule of a plan says: URNs, parents,
 * providers and dependencies follow, and what crosses the two stacks afterwards is cut, since units
 * hand on outputs instead. Pure.
 */
import { type TakeOver } from '../../programs/types.ts'
import { project } from './project.ts'
import { type DeploymentV3, type ResourceV3 } from './types.ts'

const rootType = 'pulumi:pulumi:Stack'
const providerPrefix = 'pulumi:providers:'

/** Two states after a move. */
export interface Moved {
  readonly source: DeploymentV3
  readonly target: DeploymentV3
  /** URN in the source -> URN in the target, of what was moved. */
  readonly urns: ReadonlyMap<string, string>
}

/** The stacks of a move, and what is moved. */
export interface StackMove {
  readonly from: string
  readonly to: string
  readonly rule: TakeOver
}

const rootUrn = (stack: string): string => `urn:pulumi:${stack}::${project}::${rootType}::${project}-${stack}`

/** The last part of a URN: the name that the program gave. */
const nameIn = (urn: string): string => urn.split('::').slice(3).join('::')

const isProvider = ({ type }: ResourceV3): boolean => type.startsWith(providerPrefix)

/** The URN in another stack, and under another name where one is given. */
function urnIn (stack: string, urn: string, name = nameIn(urn)): string {
  const [, owner = '', types = ''] = urn.split('::')
  return `urn:pulumi:${stack}::${owner}::${types}::${name}`
}

/** URN and id of a provider, of a reference to it. */
function providerIn (reference: string): { urn: string, id: string } {
  const at = reference.lastIndexOf('::')
  return { urn: reference.slice(0, at), id: reference.slice(at + 2) }
}

/**
 * Moves what the rule takes. Undefined when the source has nothing of it. Moving again what a move
 * that was cut off had written already gives the same two states.
 */
export function moveResources (
  source: DeploymentV3,
  target: DeploymentV3 | undefined,
  move: StackMove
): Moved | undefined {
  const there = target?.resources ?? []
  const taken = takenUrns(source, there, move)
  if (taken.size === 0) return undefined
  const resources = source.resources ?? []
  const isTaken = ({ urn }: ResourceV3): boolean => taken.has(urn)
  const kept = resources.filter((resource) => !isTaken(resource))
  const { providers, references } = takenProviders(resources, there, resources.filter(isTaken), move)
  const known = new Set(there.map(({ urn, delete: gone }) => gone ? '' : urn))
  const moved = resources.filter(isTaken).map((resource) => inTarget(resource, taken, references, move))
  const pending = source.pending_operations ?? []
  const root: ResourceV3 = { urn: rootUrn(move.to), custom: false, type: rootType }
  return {
    urns: taken,
    target: withPending({
      ...(target ?? { manifest: source.manifest }),
      ...(source.secrets_providers && !target?.secrets_providers &&
        { secrets_providers: source.secrets_providers }),
      resources: [
        ...(there.some(({ type }) => type === rootType) ? [] : [root]),
        ...there,
        ...providers,
        ...moved.filter(({ urn, delete: gone }) => gone === true || !known.has(urn))
      ]
    }, [
      ...target?.pending_operations ?? [],
      ...pending.filter(({ resource }) => isTaken(resource)).map((operation) => ({
        ...operation,
        resource: inTarget(operation.resource, taken, references, move)
      }))
    ]),
    source: withPending(
      { ...source, resources: withoutUnused(resources, kept).map((resource) => cut(resource, taken)) },
      pending.filter(({ resource }) => !isTaken(resource))
    )
  }
}

/** Says whether nothing is left in a state but its root and providers. */
export function isLeftOver ({ resources = [], pending_operations: pending = [] }: DeploymentV3): boolean {
  return pending.length === 0 &&
    resources.every((resource) => resource.type === rootType || isProvider(resource))
}

type Pending = NonNullable<DeploymentV3['pending_operations']>

function withPending ({ pending_operations: _, ...rest }: DeploymentV3, pending: Pending): DeploymentV3 {
  return { ...rest, ...(pending.length > 0 && { pending_operations: pending }) }
}

/**
 * URN in the source -> URN in the target. What the target has under that URN as another resource is
 * not moved: two resources would become one.
 */
function takenUrns (
  { resources = [], pending_operations: pending = [] }: DeploymentV3,
  there: readonly ResourceV3[],
  { to, rule }: StackMove
): Map<string, string> {
  const taken = new Map<string, string>()
  const ids = new Map(there.filter((one) => !one.delete).map(({ urn, id }) => [urn, id]))
  for (const resource of [...resources, ...pending.map((operation) => operation.resource)]) {
    const { urn, type, parent, provider, id } = resource
    if (type === rootType || isProvider(resource)) continue
    const below = parent !== undefined && parent !== '' && !parent.split('::')[2]?.endsWith(rootType)
    const name = below
      ? taken.has(parent) ? nameIn(urn) : undefined
      : rule.taken({
        type,
        name: nameIn(urn),
        ...(provider !== undefined && { provider: nameIn(providerIn(provider).urn) })
      })
    if (name === undefined) continue
    const there = urnIn(to, urn, name)
    if (ids.has(there) && ids.get(there) !== id) continue
    taken.set(urn, there)
  }
  return taken
}

/** Providers that the target lacks, and reference in the source -> reference in the target. */
function takenProviders (
  resources: readonly ResourceV3[],
  there: readonly ResourceV3[],
  moved: readonly ResourceV3[],
  { to, rule }: StackMove
): { providers: ResourceV3[], references: Map<string, string> } {
  const providers: ResourceV3[] = []
  const references = new Map<string, string>()
  for (const { provider: reference } of moved) {
    if (reference === undefined || reference === '' || references.has(reference)) continue
    const { urn, id } = providerIn(reference)
    const name = nameIn(urn)
    const target = urnIn(to, urn, rule.providers?.[name] ?? name)
    const known = [...there, ...providers].find((one) => one.urn === target && !one.delete)
    references.set(reference, `${target}::${known?.id ?? id}`)
    const found = resources.find((one) => one.urn === urn && one.id === id)
    if (known || !found) continue
    const { dependencies: _, propertyDependencies: __, parent, ...rest } = found
    providers.push({ ...rest, urn: target, ...(parent !== undefined && { parent: rootUrn(to) }) })
  }
  return { providers, references }
}

/** A taken resource as the target has it. */
function inTarget (
  resource: ResourceV3,
  taken: ReadonlyMap<string, string>,
  references: ReadonlyMap<string, string>,
  { to }: StackMove
): ResourceV3 {
  const { parent, provider, deletedWith, ...rest } = resource
  const other = deletedWith === undefined ? undefined : taken.get(deletedWith)
  return {
    ...mapDependencies(rest as ResourceV3, (urns) => urns.flatMap((urn) => taken.get(urn) ?? [])),
    urn: taken.get(resource.urn) ?? resource.urn,
    ...(parent !== undefined && { parent: taken.get(parent) ?? rootUrn(to) }),
    ...(provider !== undefined && { provider: references.get(provider) ?? provider }),
    ...(other !== undefined && { deletedWith: other })
  }
}

/** A resource that stays, without dependencies on what was taken. */
function cut (resource: ResourceV3, taken: ReadonlyMap<string, string>): ResourceV3 {
  const { deletedWith, ...rest } = mapDependencies(
    resource,
    (urns) => urns.filter((urn) => !taken.has(urn))
  )
  return {
    ...rest,
    ...(deletedWith !== undefined && !taken.has(deletedWith) && { deletedWith })
  } as ResourceV3
}

/** Maps the URNs that a resource depends on; empty lists are left out, as in every state. */
function mapDependencies (resource: ResourceV3, map: (urns: readonly string[]) => string[]): ResourceV3 {
  const { dependencies, propertyDependencies, ...rest } = resource
  const all = map(dependencies ?? [])
  const properties = Object.entries(propertyDependencies ?? {}).map(([name, urns]) =>
    [name, map(urns)] as const
  )
  return {
    ...rest,
    ...(all.length > 0 && { dependencies: all }),
    ...(properties.length > 0 && { propertyDependencies: Object.fromEntries(properties) })
  } as ResourceV3
}

/** Resources that are kept, without providers that only what was taken had used. */
function withoutUnused (before: readonly ResourceV3[], kept: readonly ResourceV3[]): ResourceV3[] {
  const used = (resources: readonly ResourceV3[]) => new Set(resources.map(({ provider }) => provider))
  const [had, has] = [used(before), used(kept)]
  return kept.filter((resource) => {
    const reference = `${resource.urn}::${resource.id ?? ''}`
    return !isProvider(resource) || has.has(reference) || !had.has(reference)
  })
}
