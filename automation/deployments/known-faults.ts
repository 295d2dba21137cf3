/** Faults of a launch that could never fire, since what they name is nowhere in the federation. Pure. */
import { type Federation } from '../../programs/contract.ts'
import { AutomationError } from '../errors.ts'
import { nearest } from '../federation/near.ts'
import { type Fault } from '../model.ts'

/** Names without order, for people to choose from. */
interface Known { readonly field: 'cloud' | 'region' | 'cluster', readonly names: readonly string[] }

/** What the federation has of each; regions are those of the fault's cloud, where it names one. */
function knownTo ({ clusters, dns }: Federation, { cloud }: Fault): Known[] {
  const clouds = [...new Set([...clusters.map((cluster) => cluster.cloud), dns.provider])]
  const regions = [...new Set(clusters.filter((cluster) => cloud === undefined || cloud === 'kubernetes' || cluster.cloud === cloud).map(({ region }) => region))]
  return [
    { field: 'cloud', names: [...clouds, 'kubernetes'] },
    // A cloud that only serves DNS is reached in a region that no cluster names: nobody could be told which are right.
    ...(regions.length > 0 && clusters.some((cluster) => cluster.cloud === dns.provider) ? [{ field: 'region' as const, names: regions }] : []),
    { field: 'cluster', names: clusters.map(({ name }) => name) }
  ]
}

/** Throws `request-invalid` for the first fault that names a cloud, region or cluster that the federation does not have, with those that it has. */
export function checkFaults (federation: Federation, faults: readonly Fault[]): void {
  for (const [index, fault] of faults.entries()) {
    for (const { field, names } of knownTo(federation, fault)) {
      const value = fault[field]
      if (value === undefined || names.includes(value)) continue
      const [meant] = nearest(value, names)
      const where = field === 'region' && fault.cloud !== undefined ? ` on ${fault.cloud}` : ''
      throw new AutomationError('request-invalid', `rehearsal.faults[${index}].${field}: ${federation.name} has no ${field} ${value}${where}${meant === undefined ? '' : `, did you mean ${meant}`}; it has ${names.join(', ')}`, { field: `rehearsal.faults[${index}].${field}`, known: [...names] })
    }
  }
}
