/** Managed node groups of an EKS cluster, each on a launch template of its own. */
import * as aws from '@pulumi/aws'
import {
  all,
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  type Output,
  output,
  type Resource
} from '@pulumi/pulumi'
import { type Taint } from '../../types/cluster.ts'
import { type KernelTuning } from '../kernel-tuning.ts'
import { type KubeletTuning } from '../kubelet-tuning.ts'
import { digest } from '../naming.ts'
import { type NodeGroupPlan } from '../node-group-plan.ts'
import { nodeStart } from './node-start.ts'
import { type AttachedRole, serviceRole } from './roles.ts'

export interface NodeGroupsArgs {
  readonly clusterName: Input<string>
  readonly version: string
  readonly groups: readonly NodeGroupPlan[]
  readonly kubelet: KubeletTuning | undefined
  readonly kernel: KernelTuning | undefined
  /** Ids of private subnets by zone. */
  readonly subnets: ReadonlyMap<string, Input<string>>
  readonly securityGroup: Input<string>
  readonly kmsKeyArn: Input<string>
  /** Resources that have to be there before nodes can join. */
  readonly dependsOn: Resource[]
}

const taintEffects: Record<Taint['effect'], string> = {
  NoSchedule: 'NO_SCHEDULE',
  PreferNoSchedule: 'PREFER_NO_SCHEDULE',
  NoExecute: 'NO_EXECUTE'
}

export class NodeGroups extends ComponentResource {
  /** Names of the node groups. */
  readonly names: Output<string>[]
  readonly groups: aws.eks.NodeGroup[]

  constructor (name: string, args: NodeGroupsArgs, options?: ComponentResourceOptions) {
    super('windlass:aws:NodeGroups', name, {}, options)
    const role = serviceRole(this, `${name}-nodes`, 'ec2.amazonaws.com', [
      'AmazonEKSWorkerNodePolicy',
      'AmazonEC2ContainerRegistryPullOnly'
    ])
    this.groups = args.groups.map((group) => nodeGroup(this, `${name}-${group.name}`, args, group, role))
    this.names = this.groups.map((group) => group.nodeGroupName)
    this.registerOutputs({ names: this.names })
  }
}

function nodeGroup (
  parent: ComponentResource,
  title: string,
  args: NodeGroupsArgs,
  group: NodeGroupPlan,
  { role, attachments }: AttachedRole
): aws.eks.NodeGroup {
  const template = launchTemplate(parent, title, args, group)
  // EKS changes none of these of a group that exists (terraform-provider-aws, node_group.go,
  // ForceNew).
  const fixed = {
    clusterName: args.clusterName,
    nodeRoleArn: role.arn,
    amiType: 'AL2023_x86_64_STANDARD',
    capacityType: group.pool.spot ? 'SPOT' : 'ON_DEMAND',
    instanceTypes: [group.pool.instanceType],
    subnetIds: group.zones.map(({ zone }) => subnetIn(args.subnets, zone))
  }
  const nodeGroupName = all([fixed, template.id]).apply((settings) =>
    successorName(group.name, JSON.stringify(settings))
  )
  return new aws.eks.NodeGroup(title, {
    ...fixed,
    nodeGroupName,
    version: args.version,
    scalingConfig: {
      minSize: group.min,
      maxSize: group.max,
      desiredSize: runningNodes(group, nodeGroupName, args.clusterName, { parent })
    },
    updateConfig: { maxUnavailable: 1 },
    launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
    labels: { ...group.pool.labels, 'windlass.dev/pool': group.pool.name },
    taints: group.pool.taints.map(({ key, value, effect }) => ({
      key,
      value,
      effect: taintEffects[effect]
    }))
  }, {
    parent,
    dependsOn: [...attachments, ...args.dependsOn],
    // Its successor comes first, so that pods move to nodes that are there. A name alone is no
    // reason for one: a group keeps the name that it was made under.
    ignoreChanges: ['nodeGroupName'],
    deleteBeforeReplace: false
  })
}

/**
 * A name that no other group of the plan has: it follows from what cannot be changed of a group, so
 * that the one that takes over stands beside it. EKS takes 63 characters.
 */
function successorName (name: string, settings: string): string {
  return `${name}-${digest(successorDigits, settings)}`
}

/** Hexadecimal digits: a plan has a handful of groups in its life. */
const successorDigits = 8

/**
 * The name of the group that runs a plan's nodes, among those of its cluster: the one that it is to
 * have, or the one before, whose place that takes. Groups of earlier versions are named as the
 * plan. Undefined: there is none yet.
 */
function runningGroup (names: readonly string[], plan: string, wanted: string): string | undefined {
  if (names.includes(wanted)) return wanted
  const digits = new RegExp(`^-[0-9a-f]{${successorDigits}}$`)
  return names.find((name) =>
    name === plan || (name.startsWith(plan) && digits.test(name.slice(plan.length)))
  )
}

/** A group's launch template, and the placement group of nodes that must be close to each other. */
function launchTemplate (
  parent: ComponentResource,
  title: string,
  args: NodeGroupsArgs,
  group: NodeGroupPlan
): aws.ec2.LaunchTemplate {
  const placement = group.placement
    ? new aws.ec2.PlacementGroup(title, { strategy: 'cluster' }, { parent })
    : undefined
  // Capacity that is taken back soon is not worth tuning.
  const kernel = group.pool.spot ? undefined : args.kernel
  const userData = nodeStart(args.kubelet, kernel)
  return new aws.ec2.LaunchTemplate(title, {
    updateDefaultVersion: true,
    ebsOptimized: 'true',
    ...(kernel?.bypass
      ? { networkInterfaces: interfaces(args.securityGroup) }
      : { vpcSecurityGroupIds: [args.securityGroup] }),
    // Version 2 of the metadata service only, and not from inside pods: they have identities of
    // their own.
    metadataOptions: {
      httpEndpoint: 'enabled',
      httpTokens: 'required',
      httpPutResponseHopLimit: 1,
      instanceMetadataTags: 'enabled'
    },
    monitoring: { enabled: true },
    blockDeviceMappings: [{
      deviceName: '/dev/xvda',
      ebs: {
        volumeType: 'gp3',
        volumeSize: group.pool.diskGb,
        encrypted: 'true',
        kmsKeyId: args.kmsKeyArn,
        deleteOnTermination: 'true'
      }
    }],
    ...(placement && { placement: { groupName: placement.name } }),
    ...(userData && { userData }),
    tagSpecifications: tagsOf(title, kernel?.bypass === true)
  }, { parent })
}

/** Tags of what a node is made of. */
function tagsOf (title: string, bypass: boolean): aws.types.input.ec2.LaunchTemplateTagSpecification[] {
  const tags = { Name: title }
  return [
    ...['instance', 'volume'].map((resourceType) => ({ resourceType, tags })),
    // The network plugin leaves such interfaces alone, but for the first, which is always its own.
    ...(bypass
      ? [{
        resourceType: 'network-interface',
        tags: { ...tags, 'node.k8s.amazonaws.com/no_manage': 'true' }
      }]
      : [])
  ]
}

/**
 * The node's own interface, and one beside it for applications that drive it themselves (DPDK):
 * both in the group's subnet, which a template of a node group may not name.
 */
function interfaces (securityGroup: Input<string>): aws.types.input.ec2.LaunchTemplateNetworkInterface[] {
  return [0, 1].map((deviceIndex) => ({
    deviceIndex,
    networkCardIndex: 0,
    securityGroups: [securityGroup],
    deleteOnTermination: 'true',
    description: deviceIndex === 0 ? 'node' : 'user space'
  }))
}

/** The number of nodes inside the group's bounds that is nearest to `nodes`. */
export function insideBounds (nodes: number, { min, max }: Pick<NodeGroupPlan, 'min' | 'max'>): number {
  return Math.min(Math.max(nodes, min), max)
}

/**
 * The number of nodes that a group is asked to have: as planned when it is made, later as many as
 * the autoscaler has decided on, brought inside the bounds. EKS takes all three figures at once and
 * refuses a minimum above, or a maximum below, the desired size. `ignoreChanges` would keep what
 * was last registered, so that a raised minimum failed until somebody changed the group by hand.
 */
function runningNodes (
  group: NodeGroupPlan,
  wanted: Output<string>,
  clusterName: Input<string>,
  options: { readonly parent: Resource }
): Output<number> {
  const { names } = aws.eks.getNodeGroupsOutput({ clusterName }, options)
  return all([names, wanted]).apply(([existing, name]) => {
    const nodeGroupName = runningGroup(existing, group.name, name)
    return nodeGroupName === undefined
      ? output(group.desired)
      : aws.eks.getNodeGroupOutput({ clusterName, nodeGroupName }, options).scalingConfigs.apply((
        [scaling]
      ) => insideBounds(scaling?.desiredSize ?? group.desired, group))
  })
}

function subnetIn (subnets: ReadonlyMap<string, Input<string>>, zone: string): Input<string> {
  const subnet = subnets.get(zone)
  if (subnet === undefined) throw new RangeError(`no private subnet in zone ${zone}`)
  return subnet
}
