/**
 * From a valid file to the federation that programs see: defaults filled in, ranges computed. Pure.
 */
import { type ClusterRole as Role } from '../../contract/words.ts'
import { type Cluster, type NodePool, type Tier } from '../../programs/types/cluster.ts'
import { type Volumes } from '../../programs/types/money.ts'
import { type DrPair } from '../../programs/types/recovery.ts'
import { type Federation } from '../../programs/types.ts'
import { gatedModes, gatedOperations } from './approval-rules.ts'
import { cidr, formatCidr, type Block } from './cidr.ts'
import { toldEvents, toldModes, toldOperations } from './notification-rules.ts'
import { allocate, defaultRanges, rangePrefixes, subnetPlan, type RangeKind } from './ranges.ts'
import { regions } from './regions.ts'
import { type FederationFile } from './schema.ts'
import { resolveFreeze, resolveWindow } from './window-rules.ts'

/** The tier of a role's clusters unless they say another. */
export const tierOfRole: Readonly<Record<Role, Tier>> = {
  primary: 'ultra-low-latency',
  hub: 'high-performance',
  dr: 'standard',
  analytics: 'batch'
}
/**
 * Zones a cluster spreads over unless it says: three, so that etcd-like quorums survive the loss of
 * one.
 */
const defaultZones = 3
/** GB of a node's disk: what GKE gives by default, room for images and logs. */
const defaultDiskGb = 100

type ClusterFile = FederationFile['clusters'][number]

/** The zones of a cluster: its own list, or the first three of the region's. */
export function zonesOf (cluster: Pick<ClusterFile, 'cloud' | 'region' | 'zones'>): readonly string[] {
  return cluster.zones ?? regions[cluster.cloud].get(cluster.region)?.zones.slice(0, defaultZones) ?? []
}

function resolvePool (pool: ClusterFile['nodePools'][number]): NodePool {
  return {
    name: pool.name,
    instanceType: pool.instanceType,
    min: pool.min,
    max: pool.max,
    desired: pool.desired ?? pool.min,
    spot: pool.spot ?? false,
    diskGb: pool.diskGb ?? defaultDiskGb,
    labels: pool.labels ?? {},
    taints: pool.taints ?? []
  }
}

/** The most nodes a cluster can have. */
export function maxNodes (cluster: { readonly nodePools: readonly { readonly max: number }[] }): number {
  return cluster.nodePools.reduce((sum, pool) => sum + pool.max, 0)
}

/**
 * The ranges of one kind for all clusters, in order. Throws a RangeError when the pool is too
 * small: validation found that before.
 */
function ranges (file: FederationFile, kind: RangeKind, pinned: readonly (Block | undefined)[]): string[] {
  return allocate(cidr(file.ranges?.[kind] ?? defaultRanges[kind]), rangePrefixes[kind], pinned).map(
    (block, index) => {
      if (!block) throw new RangeError(`no ${kind} range is left for ${file.clusters[index]?.name ?? index}`)
      return formatCidr(block)
    }
  )
}

const pin = (text: string | undefined) => text === undefined ? undefined : cidr(text)

function resolveClusters (file: FederationFile): Cluster[] {
  const pods = ranges(file, 'pods', file.clusters.map((cluster) => pin(cluster.podCidr)))
  const services = ranges(file, 'services', file.clusters.map((cluster) => pin(cluster.serviceCidr)))
  const controlPlanes = ranges(file, 'controlPlanes', file.clusters.map(() => undefined))
  return file.clusters.map((cluster, index) => {
    const zones = zonesOf(cluster)
    const tier = cluster.tier ?? tierOfRole[cluster.role]
    const area = cluster.area ?? regions[cluster.cloud].get(cluster.region)?.area
    const [podCidr, serviceCidr, controlPlaneCidr] = [pods[index], services[index], controlPlanes[index]]
    if (
      area === undefined || podCidr === undefined || serviceCidr === undefined ||
      controlPlaneCidr === undefined
    ) throw new RangeError(`${cluster.name} was not validated`)
    return {
      name: cluster.name,
      role: cluster.role,
      tier,
      cloud: cluster.cloud,
      region: cluster.region,
      area,
      zones,
      cidr: cluster.cidr,
      podCidr,
      serviceCidr,
      controlPlaneCidr,
      subnets: subnetPlan(cluster.cidr, zones),
      kubernetesVersion: cluster.kubernetesVersion ?? file.kubernetesVersion,
      nodePools: cluster.nodePools.map(resolvePool),
      asn: cluster.asn,
      tuning: cluster.tuning ?? file.tiers?.[tier] ?? [],
      stateful: cluster.stateful ?? (cluster.role === 'primary' || cluster.role === 'dr')
    }
  })
}

function resolvePair (
  file: FederationFile,
  pair: FederationFile['disasterRecovery']['pairs'][number]
): DrPair {
  const standby = file.clusters.find((cluster) => cluster.name === pair.standby)
  return {
    primary: pair.primary,
    standby: pair.standby,
    rtoSeconds: pair.rtoSeconds ?? file.disasterRecovery.rtoSeconds,
    rpoSeconds: pair.rpoSeconds ?? file.disasterRecovery.rpoSeconds,
    failoverNodes: pair.failoverNodes ?? (standby ? maxNodes(standby) : 1)
  }
}

/** Each cluster's volumes: those of every cluster, over them its role's, over them its own. */
/**
 * A day: whoever is asked sees it within their next working day, and what is approved is still what
 * was launched.
 */
const defaultExpiryMinutes = 24 * 60

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

/**
 * The complete federation. Accounts of clouds that the file doesn't use are empty. Throws a
 * RangeError for a file that was not validated.
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
    clusters: resolveClusters(file),
    links: (file.links ?? []).map(({ circuit, ...link }) => ({
      ...link,
      ...(circuit &&
        {
          circuit: { ...circuit, state: circuit.state ?? 'ordered', connections: circuit.connections ?? [] }
        })
    })),
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
    ...(file.budget &&
      {
        budget: {
          monthly: file.budget.monthly,
          perPhase: file.budget.perPhase ?? {},
          perCluster: file.budget.perCluster ?? {},
          perUnit: file.budget.perUnit ?? {}
        }
      }),
    ...(file.nodeTuning &&
      {
        nodeTuning: {
          pinnedCpus: file.nodeTuning.pinnedCpus ?? [],
          hugePages: file.nodeTuning.hugePages ?? []
        }
      }),
    ...(file.policies &&
      {
        policies: { enforcement: file.policies.enforcement ?? {}, exceptions: file.policies.exceptions ?? [] }
      }),
    ...(file.approvals && {
      approvals: {
        liveDestroy: file.approvals.liveDestroy ?? 'second-person',
        gates: (file.approvals.gates ?? []).map((gate) => ({
          phases: gate.phases,
          operations: gate.operations ?? gatedOperations,
          modes: gate.modes ?? gatedModes,
          people: gate.people ?? [],
          groups: gate.groups ?? [],
          needed: gate.needed ?? 1,
          expiresMinutes: gate.expiresMinutes ?? defaultExpiryMinutes,
          launcherMayApprove: gate.launcherMayApprove ?? false
        }))
      }
    }),
    ...(file.maintenanceWindows && { maintenanceWindows: file.maintenanceWindows.map(resolveWindow) }),
    ...(file.freezes && { freezes: file.freezes.map(resolveFreeze) }),
    ...(file.drift && { drift: file.drift }),
    ...(file.notifications &&
      {
        notifications: file.notifications.map((one) => ({
          ...one,
          events: one.events ?? toldEvents,
          modes: one.modes ?? toldModes,
          operations: one.operations ?? toldOperations
        }))
      }),
    ...(file.schedules &&
      {
        schedules: file.schedules.map(({ phases, ...one }) => ({
          timeZone: 'UTC',
          mode: 'rehearsal' as const,
          world: 'fresh',
          ...one,
          phases: { from: phases?.from ?? 1, to: phases?.to ?? 8 }
        }))
      }),
    ...(file.ci && { ci: file.ci }),
    ...(file.targetMinutes !== undefined && { targetMinutes: file.targetMinutes })
  }
}
