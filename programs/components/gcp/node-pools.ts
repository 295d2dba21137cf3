/** Node pools of a GKE cluster and the service account that their nodes run as. */
import * as gcp from '@pulumi/gcp'
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from '@pulumi/pulumi'
import { type Taint } from '../../types.ts'
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
  /** What firewall rules know the nodes by. */
  readonly networkTag: string
}

const taintEffects: Record<Taint['effect'], string> = {
  NoSchedule: 'NO_SCHEDULE',
  PreferNoSchedule: 'PREFER_NO_SCHEDULE',
  NoExecute: 'NO_EXECUTE'
}

/** Outputs `names`, the node pools' names. `pools` are what needs to exist before pods run. */
export class NodePools extends ComponentResource {
  readonly names: Output<string>[]
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
    const pools = args.groups.map((group) => {
      const kubelet = args.kubelet && !group.pool.spot ? args.kubelet : undefined
      const linux = args.kernel && !group.pool.spot
        ? linuxNodeConfig(args.kernel, group.pool.instanceType)
        : undefined
      return new gcp.container.NodePool(`${name}-${group.name}`, {
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
        // The version is the control plane's, which a release channel demands: one set here would
        // be fought over with the automatic upgrades.
        management: { autoRepair: true, autoUpgrade: true },
        upgradeSettings: { strategy: 'SURGE', maxSurge: 1, maxUnavailable: 0 },
        ...(group.placement ? { placementPolicy: { type: 'COMPACT' } } : {}),
        nodeConfig: {
          machineType: group.pool.instanceType,
          diskSizeGb: group.pool.diskGb,
          diskType: diskType(group.pool.instanceType),
          bootDiskKmsKey: args.kmsKey,
          imageType: 'COS_CONTAINERD',
          spot: group.pool.spot,
          serviceAccount: account.email,
          oauthScopes: ['https://www.googleapis.com/auth/cloud-platform'],
          shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
          workloadMetadataConfig: { mode: 'GKE_METADATA' },
          metadata: { 'disable-legacy-endpoints': 'true' },
          gvnic: { enabled: true },
          tags: [args.networkTag],
          labels: { ...group.pool.labels, 'windlass.dev/pool': group.pool.name },
          taints: group.pool.taints.map(({ key, value, effect }) => ({
            key,
            value,
            effect: taintEffects[effect]
          })),
          ...(linux ? { linuxNodeConfig: linux } : {}),
          kubeletConfig: {
            insecureKubeletReadonlyPortEnabled: 'FALSE',
            ...(kubelet?.pinned ? { cpuManagerPolicy: 'static', cpuCfsQuota: true } : {}),
            ...(kubelet?.numa ? { topologyManager: { policy: 'single-numa-node', scope: 'pod' } } : {})
          }
        }
        // The count at creation is per zone and would replace the pool when the file's number
        // changes.
      }, { ...inside, dependsOn: grants, ignoreChanges: ['initialNodeCount'] })
    })
    this.pools = pools
    this.names = pools.map((pool) => pool.name)
    this.registerOutputs({ names: this.names })
  }
}
