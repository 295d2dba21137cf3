/**
 * Faults of a launch that could never fire, since what they name is nowhere in the federation.
 * Pure.
 */
import { type Fault } from '../../../contract/launch.ts'
import { type FaultKind } from '../../../contract/words.ts'
import { type Federation } from '../../../programs/types.ts'
import { AutomationError } from '../../errors.ts'
import { nearest } from '../../federation/near.ts'
import { type Standing } from '../orphans.ts'

/** Names without order, for people to choose from. */
interface Known {
  readonly field: 'cloud' | 'region' | 'cluster'
  readonly names: readonly string[]
}

/**
 * Lists what the federation has of each; regions are those of the fault's cloud, where it names
 * one.
 */
function knownTo ({ clusters, dns }: Federation, { cloud }: Fault): Known[] {
  const clouds = [...new Set([...clusters.map((cluster) => cluster.cloud), dns.provider])]
  const regions = [
    ...new Set(
      clusters.filter((cluster) => cloud === undefined || cloud === 'kubernetes' || cluster.cloud === cloud)
        .map(({ region }) => region)
    )
  ]
  return [
    { field: 'cloud', names: [...clouds, 'kubernetes'] },
    // A cloud that only serves DNS is reached in a region that no cluster names: nobody could be
    // told which are right.
    ...(regions.length > 0 && clusters.some((cluster) => cluster.cloud === dns.provider)
      ? [{ field: 'region' as const, names: regions }]
      : []),
    { field: 'cluster', names: clusters.map(({ name }) => name) }
  ]
}

/**
 * The federation with the clusters of its orphans too: a launch that takes them along can meet a
 * fault there.
 */
export function withOrphans (
  { federation, standing }: { federation: Federation, standing: Standing }
): Federation {
  const known = new Map(
    standing.orphans.flatMap(({ declaration, scope }) =>
      declaration?.clusters.filter(({ name }) => scope.clusters.includes(name)) ?? []
    ).map((cluster) => [cluster.name, cluster])
  )
  for (const cluster of federation.clusters) known.delete(cluster.name)
  return known.size === 0
    ? federation
    : { ...federation, clusters: [...federation.clusters, ...known.values()] }
}

/** Kinds whose words are always the same, or that have none. */
const silent: readonly FaultKind[] = ['missing', 'changed', 'outage', 'lost-answer', 'mistake']

/** Finds a field of a fault that has no meaning for its kind. */
function misplaced (fault: Fault): { field: string, wrong: string } | undefined {
  const { kind } = fault
  const meaningless: [keyof Fault, boolean, string][] = [
    ['message', silent.includes(kind), 'expected no message'],
    ['code', kind !== 'fail' && kind !== 'denied', 'expected kind fail or denied, or no code'],
    [
      'property',
      kind !== 'changed' && kind !== 'mistake',
      'expected kind changed or mistake, or no property'
    ],
    ['value', kind !== 'changed' && kind !== 'mistake', 'expected kind changed or mistake, or no value'],
    [
      'operation',
      kind === 'mistake',
      'a program makes it whatever becomes of the resource: expected no operation'
    ],
    ['times', kind === 'mistake', 'a program makes it each time: expected no times'],
    ['after', kind === 'mistake', 'a program makes it each time: expected no after']
  ]
  const found = meaningless.find(([field, none]) => none && fault[field] !== undefined)
  return found && { field: found[0], wrong: `has no meaning for ${kind}: ${found[2]}` }
}

/**
 * Finds a field of a fault that does not fit its kind: `missing` and `changed` happen to what is
 * read, and only `changed` and `mistake` say what a property is.
 */
function misfit (fault: Fault): { field: string, wrong: string } | undefined {
  const { kind, operation, property, value } = fault
  const outside = kind === 'missing' || kind === 'changed'
  if (outside && operation !== undefined && operation !== 'read') {
    return {
      field: 'operation',
      wrong: `${kind} happens to what a refresh or a drift check reads: expected read, or no operation`
    }
  }
  if (kind === 'changed' && property === undefined) {
    return { field: 'property', wrong: 'expected the path of what changes, such as tags.owner' }
  }
  if (kind === 'changed' && value === undefined) {
    return { field: 'value', wrong: 'expected what the property is from now on' }
  }
  if (kind === 'mistake' && property === undefined && value !== undefined) {
    return {
      field: 'property',
      wrong: 'expected the path of the input that has this value, such as tags.owner'
    }
  }
  return misplaced(fault)
}

/**
 * Throws `request-invalid` for the first fault whose fields do not fit its kind, or that names a
 * cloud, region or cluster that the federation does not have, with those that it has.
 */
export function checkFaults (federation: Federation, faults: readonly Fault[]): void {
  for (const [index, fault] of faults.entries()) {
    const unfit = misfit(fault)
    if (unfit) {
      throw new AutomationError(
        'request-invalid',
        {
          field: `rehearsal.faults[${index}].${unfit.field}`,
          wrong: `rehearsal.faults[${index}].${unfit.field}: ${unfit.wrong}`
        }
      )
    }
    for (const { field, names } of knownTo(federation, fault)) {
      const value = fault[field]
      if (value === undefined || names.includes(value)) continue
      const [meant] = nearest(value, names)
      const where = field === 'region' && fault.cloud !== undefined ? ` on ${fault.cloud}` : ''
      throw new AutomationError(
        'request-invalid',
        {
          field: `rehearsal.faults[${index}].${field}`,
          known: [...names],
          wrong: `rehearsal.faults[${index}].${field}: ${federation.name} has no ${field} ${value}${where}${
            meant === undefined ? '' : `, did you mean ${meant}`
          }; it has ${names.join(', ')}`
        }
      )
    }
  }
}
