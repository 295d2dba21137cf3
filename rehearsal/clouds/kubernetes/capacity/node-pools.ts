/** Pools of nodes of a cluster, as its cloud's records describe them. Pure. */
import { type CloudQuery, type CloudRecord } from '../../../store.ts'
import { type WireObject, type WireValue } from '../../../wire.ts'
import { lastPart, settingsOf } from '../../network/records.ts'
import { type Site } from '../../network/site.ts'
import { type World } from '../../network/world.ts'
import { numberAt, objectAt, stringAt, stringsAt, valueAt, valuesAt } from '../../wire-values.ts'
import { machineOf, podsOf, reservedOf } from './machines.ts'

/** Amounts by the name of a resource: cpu in millicores, others in MiB or by count. */
export type Amounts = Readonly<Record<string, number>>

export interface Taint {
  readonly key: string
  readonly value: string
  readonly effect: string
}

/** A pool of equal nodes. */
export interface NodePool {
  readonly name: string
  /** Nodes that it has without an autoscaler. */
  readonly nodes: number
  /** Nodes that an autoscaler may bring it to. */
  readonly most: number
  readonly labels: WireObject
  readonly taints: readonly Taint[]
  readonly zones: readonly string[]
  /** What pods get of a node; undefined where nothing says how large its machines are. */
  readonly allocatable: Amounts | undefined
}

const groupType = 'aws:eks/nodeGroup:NodeGroup'
const templateType = 'aws:ec2/launchTemplate:LaunchTemplate'
const gkeType = 'gcp:container/nodePool:NodePool'
const aksType = 'azure-native:containerservice:AgentPool'

/** Queries for the pools of the cluster behind an API server's address. */
export function poolQueries (account: string): CloudQuery[] {
  const region = /\.([a-z0-9-]+)\.eks\.amazonaws\.com$/.exec(account)?.[1]
  if (region !== undefined) {
    return [groupType, templateType, 'aws:ec2/subnet:Subnet'].map((type) => ({ pkg: 'aws', type, region }))
  }
  return account.endsWith('.azmk8s.io')
    ? [{ pkg: 'azure-native', type: aksType }]
    : [{ pkg: 'gcp', type: gkeType }]
}

/** Pools of a cluster. */
export function poolsOf (world: World, site: Site): NodePool[] {
  switch (site.cloud) {
    case 'aws':
      return world.of(groupType).filter((one) =>
        one.region === site.region && stringAt(settingsOf(one), 'clusterName') === site.name
      ).map((one) => nodeGroup(world, one))
    case 'gcp':
      return world.of(gkeType).filter((one) =>
        lastPart(stringAt(settingsOf(one), 'cluster') ?? '') === site.name
      ).map(gkePool)
    case 'azure':
      return aksPools(world, site)
  }
}

interface Size {
  type: string
  pods: number | undefined
  /** Huge pages of each size. */
  pages: { small: number, large: number }
  /** Processors that only the system gets; undefined: the cloud's share. */
  systemCpus?: number | undefined
}

function allocatable (cloud: Site['cloud'], size: Size): Amounts | undefined {
  const machine = machineOf(cloud, size.type)
  if (!machine) return undefined
  const pods = size.pods ?? podsOf(cloud, size.type)
  const reserved = reservedOf(cloud, machine, pods)
  const { small, large } = size.pages
  return {
    cpu: machine.cpu - (size.systemCpus === undefined ? reserved.cpu : size.systemCpus * 1000),
    memory: machine.memory - reserved.memory - small * 2 - large * 1024,
    pods,
    'hugepages-2Mi': small * 2,
    'hugepages-1Gi': large * 1024
  }
}

function nodeGroup (world: World, record: CloudRecord): NodePool {
  const settings = settingsOf(record)
  const template = world.of(templateType).find(({ id }) => id === stringAt(settings, 'launchTemplate.id'))
  const userData = Buffer.from(stringAt(settingsOf(template), 'userData') ?? '', 'base64').toString()
  const pages = (kilobytes: number): number =>
    Number(new RegExp(`echo (\\d+) > \\S*hugepages-${kilobytes}kB`).exec(userData)?.[1] ?? 0)
  const most = /"maxPods":(\d+)/.exec(userData)?.[1]
  const system = /"reservedSystemCPUs":"([\d,-]+)"/.exec(userData)?.[1]
  const subnets = new Set(stringsAt(settings, 'subnetIds[]'))
  const type = stringAt(settings, 'instanceTypes[]') ?? ''
  return {
    name: record.name,
    nodes: numberAt(settings, 'scalingConfig.desiredSize', 1),
    most: numberAt(settings, 'scalingConfig.maxSize', 1),
    labels: {
      ...common(type),
      'eks.amazonaws.com/nodegroup': record.name,
      ...objectAt(settings, 'labels')
    },
    taints: taintsOf(valuesAt(settings, 'taints[]')),
    zones: world.of('aws:ec2/subnet:Subnet').filter(({ id }) => subnets.has(id)).flatMap((one) =>
      stringsAt(settingsOf(one), 'availabilityZone')
    ),
    allocatable: allocatable('aws', {
      type,
      pods: most === undefined ? undefined : Number(most),
      pages: { small: pages(2048), large: pages(1_048_576) },
      systemCpus: system === undefined ? undefined : cpusIn(system)
    })
  }
}

/** Counts processors in the kernel's lists: `0-1,4`. */
function cpusIn (list: string): number {
  return list.split(',').reduce((sum, part) => {
    const [first = '0', last = first] = part.split('-')
    return sum + Number(last) - Number(first) + 1
  }, 0)
}

function gkePool (record: CloudRecord): NodePool {
  const settings = settingsOf(record)
  const config = objectAt(settings, 'nodeConfig')
  const zones = stringsAt(settings, 'nodeLocations[]')
  const each = Math.max(zones.length, 1)
  const least = numberAt(settings, 'initialNodeCount', numberAt(settings, 'nodeCount', 1)) * each
  const scaled = objectAt(settings, 'autoscaling')
  const type = stringAt(config, 'machineType') ?? 'e2-medium'
  const pages = objectAt(config, 'linuxNodeConfig.hugepagesConfig')
  return {
    name: record.name,
    nodes: least,
    most: numberAt(scaled, 'totalMaxNodeCount', numberAt(scaled, 'maxNodeCount', 0) * each) || least,
    labels: { ...common(type), 'cloud.google.com/gke-nodepool': record.name, ...objectAt(config, 'labels') },
    taints: taintsOf(valuesAt(config, 'taints[]')),
    zones,
    allocatable: allocatable('gcp', {
      type,
      pods: numberAt(settings, 'maxPodsPerNode', 0) || undefined,
      pages: { small: numberAt(pages, 'hugepageSize2m', 0), large: numberAt(pages, 'hugepageSize1g', 0) }
    })
  }
}

function aksPools (world: World, site: Site): NodePool[] {
  const cluster = world.of('azure-native:containerservice:ManagedCluster').find(({ name }) =>
    name === site.name
  )
  const inline = valuesAt(settingsOf(cluster), 'agentPoolProfiles[]').map((pool) =>
    aksPool(stringAt(pool, 'name') ?? '', pool)
  )
  const own = world.of(aksType).filter((one) => one.id.includes(`/managedClusters/${site.name}/`))
    .map((one) => aksPool(one.name, settingsOf(one)))
  return [...inline, ...own.filter(({ name }) => !inline.some((one) => one.name === name))]
}

function aksPool (name: string, pool: WireValue): NodePool {
  const least = numberAt(pool, 'count', 1)
  const type = stringAt(pool, 'vmSize') ?? ''
  return {
    name,
    nodes: least,
    most: valueAt(pool, 'enableAutoScaling') === true ? numberAt(pool, 'maxCount', least) : least,
    labels: {
      ...common(type),
      agentpool: name,
      'kubernetes.azure.com/mode': (stringAt(pool, 'mode') ?? 'User').toLowerCase(),
      ...objectAt(pool, 'nodeLabels')
    },
    taints: stringsAt(pool, 'nodeTaints[]').flatMap((text) => {
      const match = /^([^=:]+)(?:=([^:]*))?:(\w+)$/.exec(text)
      return match ? [{ key: match[1] ?? '', value: match[2] ?? '', effect: match[3] ?? '' }] : []
    }),
    zones: stringsAt(pool, 'availabilityZones[]'),
    allocatable: allocatable('azure', {
      type,
      pods: numberAt(pool, 'maxPods', 0) || undefined,
      // Pages that pods ask the kernel for later are not counted by the kubelet.
      pages: { small: 0, large: 0 }
    })
  }
}

const common = (type: string): WireObject => ({
  'kubernetes.io/os': 'linux',
  'kubernetes.io/arch': 'amd64',
  'node.kubernetes.io/instance-type': type
})

const effects: Readonly<Record<string, string>> = {
  NO_SCHEDULE: 'NoSchedule',
  PREFER_NO_SCHEDULE: 'PreferNoSchedule',
  NO_EXECUTE: 'NoExecute'
}

function taintsOf (taints: readonly WireValue[]): Taint[] {
  return taints.map((taint) => {
    const effect = stringAt(taint, 'effect') ?? ''
    return {
      key: stringAt(taint, 'key') ?? '',
      value: stringAt(taint, 'value') ?? '',
      effect: effects[effect] ?? effect
    }
  })
}
