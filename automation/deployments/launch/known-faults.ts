/**
 * Faults of a launch that could never fire, since what they name is nowhere in the federation.
 * Pure.
 */
import { type Fault } from '../../../contract/launch.ts'
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

/**
 * Finds a field of a fault that does not fit its kind: `missing` and `changed` happen to what is
 * read, and only `changed` says what becomes of a property.
 */
function misfit (
  { kind, operation, property, value, message }: Fault
): { field: string, wrong: string } | undefined {
  const outside = kind === 'missing' || kind === 'changed'
  if (outside && operation !== undefined && operation !== 'read') {
    return {
      field: 'operation',
      wrong: `${kind} happens to what a refresh or a drift check reads: expected read, or no operation`
    }
  }
  if (outside && message !== undefined) {
    return { field: 'message', wrong: `${kind} says nothing: expected no message` }
  }
  if (kind === 'changed' && property === undefined) {
    return { field: 'property', wrong: 'expected the path of what changes, such as tags.owner' }
  }
  if (kind === 'changed' && value === undefined) {
    return { field: 'value', wrong: 'expected what the property is from now on' }
  }
  if (kind !== 'changed' && property !== undefined) {
    return { field: 'property', wrong: `has no meaning for ${kind}: expected kind changed, or no property` }
  }
  return kind !== 'changed' && value !== undefined
    ? { field: 'value', wrong: `has no meaning for ${kind}: expected kind changed, or no value` }
    : undefined
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
