/** Clusters as their clouds' records describe them. */
import { type CloudRecord } from '../../store.ts'
import { endpointOf } from '../kubernetes/objects-of.ts'
import { objectAt, stringAt, stringsAt, valuesAt } from '../wire-values.ts'
import { lastPart, type Records, settingsOf } from './records.ts'

/** Types of the clouds' records that are clusters. */
export const clusterTypes = [
  'aws:eks/cluster:Cluster',
  'gcp:container/cluster:Cluster',
  'azure-native:containerservice:ManagedCluster'
] as const

/** Container network of a cluster, which decides how policies are judged. */
export type Plugin = 'vpc-cni' | 'cilium' | 'unknown'

/** A Kubernetes cluster as it exists in the world. */
export interface Site {
  readonly cloud: 'aws' | 'gcp' | 'azure'
  readonly name: string
  readonly region: string
  /** Address of its API server, which its objects have as account. */
  readonly endpoint: string
  /** Id of the VPC or virtual network, name of the Google Cloud network. */
  readonly network: string
  /** Ranges of its nodes' network. */
  readonly nodes: readonly string[]
  /** Ranges that its pods' packets come from, towards other networks. */
  readonly sources: readonly string[]
  readonly services?: string
  /** Range of the API server's address. */
  readonly controlPlane: readonly string[]
  readonly plugin: Plugin
}

type Part = Pick<Site, 'cloud' | 'network' | 'nodes' | 'sources' | 'controlPlane' | 'plugin'> & {
  readonly services: string | undefined
}

/** The cluster that a record is; undefined while it has no address. */
export function siteOf (records: Records, record: CloudRecord): Site | undefined {
  const endpoint = endpointOf(record)
  if (endpoint === undefined) return undefined
  const part = record.pkg === 'aws'
    ? eks(records, record)
    : record.pkg === 'gcp'
    ? gke(records, record)
    : aks(records, record)
  const { services, ...rest } = part
  // A cluster of Google Cloud may have a zone as its location.
  const region = record.region || (stringAt(settingsOf(record), 'location') ?? '').replace(/-[a-z]$/, '')
  return { ...rest, ...(services !== undefined && { services }), name: record.name, region, endpoint }
}

/** Pods have addresses of the VPC, and the API server has interfaces in it. */
function eks (records: Records, record: CloudRecord): Part {
  const settings = settingsOf(record)
  const subnets = new Set(stringsAt(settings, 'vpcConfig.subnetIds[]'))
  const subnet = records.of('aws:ec2/subnet:Subnet').find(({ id }) => subnets.has(id))
  const vpc = records.of('aws:ec2/vpc:Vpc').find(({ id }) => id === stringAt(subnet?.inputs, 'vpcId'))
  const nodes = stringsAt(settingsOf(vpc), 'cidrBlock')
  const addon = records.of('aws:eks/addon:Addon').find((other) =>
    stringAt(settingsOf(other), 'addonName') === 'vpc-cni' &&
    stringAt(settingsOf(other), 'clusterName') === record.name
  )
  const enforced = /"enableNetworkPolicy":\s*"true"/.test(
    stringAt(settingsOf(addon), 'configurationValues') ?? ''
  )
  return {
    cloud: 'aws',
    network: vpc?.id ?? '',
    nodes,
    sources: nodes,
    services: stringAt(settings, 'kubernetesNetworkConfig.serviceIpv4Cidr'),
    controlPlane: nodes,
    plugin: enforced ? 'vpc-cni' : 'unknown'
  }
}

/** Pods keep their addresses towards private ranges; the API server is in a range beside. */
function gke (records: Records, record: CloudRecord): Part {
  const settings = settingsOf(record)
  const subnetwork = records.of('gcp:compute/subnetwork:Subnetwork').find((other) =>
    sameLink(other.id, stringAt(settings, 'subnetwork'))
  )
  const subnet = settingsOf(subnetwork)
  const secondary = (name: string | undefined): string | undefined =>
    stringAt(
      valuesAt(subnet, 'secondaryIpRanges[]').find((range) => stringAt(range, 'rangeName') === name),
      'ipCidrRange'
    )
  const network = lastPart(stringAt(settings, 'network') ?? '')
  const nodes = records.of('gcp:compute/subnetwork:Subnetwork').filter((other) =>
    lastPart(stringAt(settingsOf(other), 'network') ?? '') === network
  ).flatMap((other) => stringsAt(settingsOf(other), 'ipCidrRange'))
  const pods = secondary(stringAt(settings, 'ipAllocationPolicy.clusterSecondaryRangeName'))
  return {
    cloud: 'gcp',
    network,
    nodes,
    sources: [...nodes, ...(pods === undefined ? [] : [pods])],
    services: secondary(stringAt(settings, 'ipAllocationPolicy.servicesSecondaryRangeName')),
    controlPlane: stringsAt(settings, 'privateClusterConfig.masterIpv4CidrBlock'),
    plugin: stringAt(settings, 'datapathProvider') === 'ADVANCED_DATAPATH' ? 'cilium' : 'unknown'
  }
}

/** An overlay hides pods behind their node; a private API server has an address in the network. */
function aks (records: Records, record: CloudRecord): Part {
  const settings = settingsOf(record)
  const [subnet] = stringsAt(settings, 'agentPoolProfiles[].vnetSubnetID')
  const network = (subnet ?? '').replace(/\/subnets\/.*$/, '')
  const found = records.of('azure-native:network:VirtualNetwork').find(({ id }) => id === network)
  const nodes = stringsAt(settingsOf(found), 'addressSpace.addressPrefixes[]')
  const policy = stringAt(settings, 'networkProfile.networkPolicy')
  return {
    cloud: 'azure',
    network,
    nodes,
    sources: nodes,
    services: stringAt(settings, 'networkProfile.serviceCidr'),
    controlPlane: objectAt(settings, 'apiServerAccessProfile').enablePrivateCluster === true
      ? nodes
      : ['0.0.0.0/0'],
    plugin: policy === 'cilium' ? 'cilium' : 'unknown'
  }
}

/** Tells whether two ids or links of Google Cloud mean the same. */
export function sameLink (one: string, other: string | undefined): boolean {
  return other !== undefined && pathOf(one) === pathOf(other)
}

const pathOf = (link: string): string => link.slice(Math.max(0, link.indexOf('projects/')))

/** The route tables of the subnets of a VPC in which nodes run. */
export function nodeTables (world: { of(type: string): readonly CloudRecord[] }, vpc: string): string[] {
  const inVpc = new Set(
    world.of('aws:ec2/subnet:Subnet').filter((one) => stringAt(settingsOf(one), 'vpcId') === vpc)
      .map(({ id }) => id)
  )
  const used = new Set(
    world.of('aws:eks/nodeGroup:NodeGroup').flatMap((one) => stringsAt(settingsOf(one), 'subnetIds[]'))
      .filter((id) => inVpc.has(id))
  )
  return [
    ...new Set(
      world.of('aws:ec2/routeTableAssociation:RouteTableAssociation').map(settingsOf).filter((one) =>
        used.has(stringAt(one, 'subnetId') ?? '')
      ).flatMap((one) => stringsAt(one, 'routeTableId'))
    )
  ]
}
