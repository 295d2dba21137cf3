import { contains } from '../../network.ts'
import { resourcePolicy } from '../../policy.ts'
import { list, text, type Properties } from '../../properties.ts'

/** The blocks that a network or subnet takes, by type. */
const blocksOf: Readonly<Record<string, (props: Properties) => readonly unknown[]>> = {
  'aws:ec2/vpc:Vpc': (props) => [props['cidrBlock']],
  'aws:ec2/subnet:Subnet': (props) => [props['cidrBlock']],
  'gcp:compute/subnetwork:Subnetwork': (
    props
  ) => [props['ipCidrRange'], ...list(props, 'secondaryIpRanges').map((range) => text(range, 'ipCidrRange'))],
  'azure-native:network:VirtualNetwork': (props) => list(props, 'addressSpace.addressPrefixes'),
  'azure-native:network:Subnet': (props) => [props['addressPrefix'], ...list(props, 'addressPrefixes')]
}

export const blocksInsideCluster = resourcePolicy({
  name: 'network-inside-cluster-range',
  description: "Networks and subnets stay inside their cluster's address blocks.",
  level: 'mandatory',
  types: Object.keys(blocksOf),
  reads: 'facts',
  check: ({ type, props }, facts) => {
    if (!facts || facts.clusters.length === 0) return undefined
    const allowed = facts.clusters.flatMap(({ cidr, podCidr, serviceCidr }) => [cidr, podCidr, serviceCidr])
    const outside = (blocksOf[type]?.(props) ?? []).filter((block) =>
      typeof block === 'string' && !allowed.some((whole) => contains(whole, block))
    )
    return outside.map((block) => `take a block inside ${allowed.join(', ')} instead of ${String(block)}`)
  }
})
