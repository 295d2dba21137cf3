/** Node pools of a GKE cluster and the service account that their nodes run as. */
import * as gcp from '@pulumi/gcp'
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from '@pulumi/pulumi'
import { type Taint } from '../../types/cluster.ts'
import { type KernelTuning } from '../kernel-tuning.ts'
import { type KubeletTuning } from '../kubelet-tuning.ts'
import { boundedName } from '../naming.ts'
import { type NodeGroupPlan } from '../node-group-plan.ts'
import { diskType } from './disk-type.ts'
import { linuxNodeConfig } from './linux-settings.ts'

export interface NodePoolsArgs {
  readonly cluster: Input<string>
  readonly project: string
  readonly location: string
  readonly groups: readonly NodeGroupPlan[]
  readonly kubelet: KubeletTuning | undefined
  readonly kernel: KernelTuning | undefined
  readonly kmsKey: Input<string>
  /** Tag by which firewall rules know the nodes. */
  readonly networkTag: string
}

const taintEffects: Record<Taint['effect'], string> = {
  NoSchedule: 'NO_SCHEDULE',
  PreferNoSchedule: 'PREFER_NO_SCHEDULE',
  NoExecute: 'NO_EXECUTE'
}

export class NodePools extends ComponentResource {
  /** Names of the node pools. */
  readonly names: Output<string>[]
  /** Resources that have to be there before pods run. */
  readonly pools: gcp.container.NodePool[]

  constructor (name: string, args: NodePoolsArgs, options?: ComponentResourceOptions) {
    super('windlass:gcp:NodePools', name, {}, options)
    const inside = { parent: this }
    const account = new gcp.serviceaccount.Account(`${name}-nodes`, {
      accountId: boundedName(30, name),
      displayName: `Nodes of ${name}`
    }, inside)
    const grants = ['roles/container.defaultNodeServiceAccount', 'roles/artifactregistry.reader'].map((
      role
    ) =>
      new gcp.projects.IAMMember(`${name}-nodes-${role.split(/[./]/).at(-1)}`, {
        project: args.project,
        role,
        member: account.member
      }, inside)
    )
    this.pools = args.groups.map((group) =>
      new gcp.container.NodePool(`${name}-${group.name}`, poolArgs(args, group, account.email), {
        ...inside,
        dependsOn: grants,
        // The count at creation is per zone and would replace the pool when the file's number
        // changes.
        ignoreChanges: ['initialNodeCount']
      })
    )
    this.names = this.pools.map((pool) => pool.name)
    this.registerOutputs({ names: this.names })
  }
}

function poolArgs (
  args: NodePoolsArgs,
  group: NodeGroupPlan,
  serviceAccount: Input<string>
): gcp.container.NodePoolArgs {
  return {
    name: group.name,
    cluster: args.cluster,
    location: args.location,
    nodeLocations: group.zones.map(({ zone }) => zone),
    // Counted per zone when the pool is made; from then on the autoscaler decides within the
    // totals.
    initialNodeCount: Math.ceil(group.desired / group.zones.length),
    autoscaling: {
      totalMinNodeCount: group.min,
      totalMaxNodeCount: group.max,
      locationPolicy: group.pool.spot ? 'ANY' : 'BALANCED'
    },
    // The version is the control plane's, which a release channel demands: automatic upgrades would
    // undo one that is set here.
    management: { autoRepair: true, autoUpgrade: true },
    upgradeSettings: { strategy: 'SURGE', maxSurge: 1, maxUnavailable: 0 },
    ...(group.placement && { placementPolicy: { type: 'COMPACT' } }),
    nodeConfig: nodeConfig(args, group, serviceAccount)
  }
}

function nodeConfig (
  args: NodePoolsArgs,
  { pool }: NodeGroupPlan,
  serviceAccount: Input<string>
): gcp.types.input.container.NodePoolNodeConfig {
  // Capacity that is taken back soon is not worth tuning.
  const kubelet = pool.spot ? undefined : args.kubelet
  const linux = args.kernel && !pool.spot ? linuxNodeConfig(args.kernel, pool.instanceType) : undefined
  return {
    machineType: pool.instanceType,
    diskSizeGb: pool.diskGb,
    diskType: diskType(pool.instanceType),
    bootDiskKmsKey: args.kmsKey,
    imageType: 'COS_CONTAINERD',
    spot: pool.spot,
    serviceAccount,
    oauthScopes: ['https://www.googleapis.com/auth/cloud-platform'],
    shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
    workloadMetadataConfig: { mode: 'GKE_METADATA' },
    metadata: { 'disable-legacy-endpoints': 'true' },
    gvnic: { enabled: true },
    tags: [args.networkTag],
    labels: { ...pool.labels, 'windlass.dev/pool': pool.name },
    taints: pool.taints.map(({ key, value, effect }) => ({ key, value, effect: taintEffects[effect] })),
    ...(linux && { linuxNodeConfig: linux }),
    kubeletConfig: {
      insecureKubeletReadonlyPortEnabled: 'FALSE',
      ...(kubelet?.pinned && { cpuManagerPolicy: 'static', cpuCfsQuota: true }),
      ...(kubelet?.numa && { topologyManager: { policy: 'single-numa-node', scope: 'pod' } })
    }
  }
}
