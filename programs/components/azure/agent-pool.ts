/** Agent pools of an AKS cluster: what a node group plan becomes there. */
import { type ProximityPlacementGroup } from '@pulumi/azure-native/compute/index.js'
import { type Input, output, type Output } from '@pulumi/pulumi'
import { type KernelTuning } from '../kernel-tuning.ts'
import { type KubeletTuning } from '../kubelet-tuning.ts'
import { digest } from '../naming.ts'
import { type NodeGroupPlan } from '../node-group-plan.ts'
import { zoneSuffix } from '../zones.ts'
import { linuxOsConfig } from './linux-settings.ts'

/** Settings of a pool, as Azure takes them. */
export type AgentPoolProfile = ReturnType<typeof agentPool>

export interface AgentPoolSettings {
  readonly version: string
  readonly kubelet: KubeletTuning | undefined
  readonly kernel: KernelTuning | undefined
  readonly subnets: ReadonlyMap<string, Input<string>>
  readonly placements: ReadonlyMap<string, ProximityPlacementGroup>
  readonly tags: Record<string, string>
}

/**
 * The group that runs AKS' own pods: the first that is not spot, since system pools may not be.
 * Throws a RangeError when all are.
 */
export function systemGroup (groups: readonly NodeGroupPlan[]): NodeGroupPlan {
  const found = groups.find((group) => !group.pool.spot && group.min > 0)
  if (!found) {
    throw new RangeError(
      'an Azure cluster needs a node pool that is not spot and has at least one node: AKS runs its ' +
        'system pods there'
    )
  }
  return found
}

/**
 * AKS takes at most twelve lower-case letters and digits, a letter first. Longer names end in a
 * hash.
 */
export function agentPoolName (name: string): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '').replace(/^[0-9]+/, '')
  return plain.length <= 12 ? plain : `${plain.slice(0, 8)}${digest(4, name)}`
}

/** Settings that no pool that exists changes (Microsoft, "Agent Pools - Create Or Update"). */
const fixedSettings = [
  'vmSize',
  'osDiskSizeGB',
  'osDiskType',
  'osType',
  'vnetSubnetID',
  'availabilityZones',
  'maxPods',
  'scaleSetPriority',
  'scaleSetEvictionPolicy',
  'spotMaxPrice',
  'proximityPlacementGroupID',
  'enableNodePublicIP',
  'kubeletConfig',
  'linuxOSConfig'
] as const satisfies readonly (keyof AgentPoolProfile)[]

/**
 * A name for a pool of its own that no other of the plan has: it follows from what cannot be
 * changed of a pool, so that the one that takes over stands beside it.
 */
export function successorPoolName (name: string, profile: AgentPoolProfile): Output<string> {
  return output(fixedSettings.map((key) => profile[key])).apply((settings) =>
    `${agentPoolName(name).slice(0, 8)}${digest(4, name, JSON.stringify(settings))}`
  )
}

/**
 * The settings that a pool inside the cluster and one of its own have in common. Accelerated
 * networking is on for every size that has it.
 */
export function agentPool (group: NodeGroupPlan, settings: AgentPoolSettings) {
  const zone = group.zones[0]?.zone ?? ''
  const subnet = settings.subnets.get(zone)
  if (subnet === undefined) throw new RangeError(`no private subnet in zone ${zone}`)
  const placement = settings.placements.get(group.name)
  const kubelet = group.pool.spot ? undefined : settings.kubelet
  const linux = settings.kernel && !group.pool.spot ? linuxOsConfig(settings.kernel) : undefined
  return {
    orchestratorVersion: settings.version,
    type: 'VirtualMachineScaleSets',
    vmSize: group.pool.instanceType,
    osType: 'Linux',
    osSKU: 'AzureLinux',
    osDiskSizeGB: group.pool.diskGb,
    osDiskType: 'Managed',
    count: group.desired,
    enableAutoScaling: true,
    minCount: group.min,
    maxCount: group.max,
    availabilityZones: group.zones.map((plan) => zoneSuffix(plan.zone)),
    // Nodes of a pool that spans zones are in the first zone's subnet: subnets of Azure span zones
    // too.
    vnetSubnetID: subnet,
    enableNodePublicIP: false,
    enableEncryptionAtHost: true,
    maxPods: 110,
    nodeLabels: { ...group.pool.labels, 'windlass.dev/pool': group.pool.name },
    nodeTaints: group.pool.taints.map(({ key, value, effect }) => `${key}=${value}:${effect}`),
    // A third more during an upgrade is what AKS recommends for production.
    upgradeSettings: { maxSurge: '33%' },
    tags: settings.tags,
    ...(group.pool.spot && { scaleSetPriority: 'Spot', scaleSetEvictionPolicy: 'Delete', spotMaxPrice: -1 }),
    ...(placement && { proximityPlacementGroupID: placement.id }),
    ...(linux && { linuxOSConfig: linux }),
    ...(kubelet && {
      kubeletConfig: {
        ...(kubelet.pinned && { cpuManagerPolicy: 'static' }),
        ...(kubelet.numa && { topologyManagerPolicy: 'single-numa-node' })
      }
    })
  }
}
