/**
 * From a valid file to the federation that programs see: defaults filled in, ranges computed. Pure.
 */
import { type Budget, type Volumes } from '../../programs/types/money.ts'
import { type Federation } from '../../programs/types.ts'
import { resolveClusters, resolvePair } from './resolve-clusters.ts'
import { resolveOperation } from './resolve-operation.ts'
import { type FederationFile } from './schema.ts'

/**
 * Resolves the complete federation. Accounts of clouds that the file does not use are empty. Throws
 * a RangeError for a file that was not validated.
 */
export function resolveFederation (file: FederationFile): Federation {
  const { rtoSeconds, rpoSeconds, pairs, ...disasterRecovery } = file.disasterRecovery
  return {
    name: file.name,
    ...(file.description !== undefined && { description: file.description }),
    owner: file.owner,
    labels: file.labels ?? {},
    accounts: {
      aws: file.accounts.aws ?? { accountId: '' },
      gcp: file.accounts.gcp ?? { project: '' },
      azure: file.accounts.azure ?? { subscriptionId: '', tenantId: '' }
    },
    operators: file.operators ?? [],
    clusters: resolveClusters(file),
    links: (file.links ?? []).map(resolveLink),
    disasterRecovery: { ...disasterRecovery, pairs: pairs.map((pair) => resolvePair(file, pair)) },
    latencyTargets: file.latencyTargets ?? [],
    mesh: file.mesh,
    dns: { ...file.dns, weights: file.dns.weights ?? {} },
    monitoring: file.monitoring,
    availability: file.availability,
    capacity: file.capacity,
    residency: file.residency ?? {},
    secrets: file.secrets ?? [],
    volumes: resolveVolumes(file),
    ...(file.budget && { budget: resolveBudget(file.budget) }),
    ...(file.nodeTuning && {
      nodeTuning: {
        pinnedCpus: file.nodeTuning.pinnedCpus ?? [],
        hugePages: file.nodeTuning.hugePages ?? []
      }
    }),
    ...resolveOperation(file),
    ...(file.targetMinutes !== undefined && { targetMinutes: file.targetMinutes })
  }
}

function resolveLink (
  { circuit, ...link }: NonNullable<FederationFile['links']>[number]
): Federation['links'][number] {
  return {
    ...link,
    ...(circuit && {
      circuit: { ...circuit, state: circuit.state ?? 'ordered', connections: circuit.connections ?? [] }
    })
  }
}

/** Each cluster's volumes: those of every cluster, over them its role's, over them its own. */
function resolveVolumes ({ volumes, clusters }: FederationFile): Volumes {
  return {
    clusters: Object.fromEntries(
      clusters.map((
        { name, role }
      ) => [name, { ...volumes?.everyCluster, ...volumes?.roles?.[role], ...volumes?.clusters?.[name] }])
    ),
    shared: volumes?.shared ?? {}
  }
}

function resolveBudget (
  { monthly, perPhase = {}, perCluster = {}, perUnit = {} }: NonNullable<FederationFile['budget']>
): Budget {
  return { monthly, perPhase, perCluster, perUnit }
}
