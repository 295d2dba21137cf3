/** Ways of a cluster's nodes and pods to the internet. */
import { stringAt, stringsAt, valueAt, valuesAt } from '../wire-values.ts'
import { lastPart, settingsOf } from './records.ts'
import { type Site } from './site.ts'
import { reached, refused, type Verdict } from './verdict.ts'
import { type World } from './world.ts'

const everywhere = '0.0.0.0/0'

/** Types that say how nodes get out, beside those of the network itself. */
export const outboundTypes = [
  'aws:ec2/natGateway:NatGateway',
  'aws:ec2/internetGateway:InternetGateway',
  'gcp:compute/routerNat:RouterNat',
  'gcp:compute/router:Router',
  'azure-native:network:NatGateway'
] as const

/** The way from a cluster's nodes to addresses of the internet. */
export function outboundReach (world: World, site: Site): Verdict {
  const why = site.cloud === 'aws'
    ? shutVpc(world, site)
    : site.cloud === 'gcp'
    ? shutNetwork(world, site)
    : shutSubnet(world, site)
  return why === undefined ? reached([site.region]) : refused(site.name, 'way-out', why)
}

/** Route tables of the subnets in which a cluster's nodes run. */
export function nodeTables (world: World, site: Site): string[] {
  const used = new Set(
    world.of('aws:eks/nodeGroup:NodeGroup').filter(({ region }) => region === site.region).map(settingsOf)
      .filter((group) => stringAt(group, 'clusterName') === site.name)
      .flatMap((group) => stringsAt(group, 'subnetIds[]'))
  )
  return [
    ...new Set(
      world.of('aws:ec2/routeTableAssociation:RouteTableAssociation').map(settingsOf)
        .filter((one) => used.has(stringAt(one, 'subnetId') ?? ''))
        .flatMap((one) => stringsAt(one, 'routeTableId'))
    )
  ]
}

function shutVpc (world: World, site: Site): string | undefined {
  const gateways = new Set(
    ['aws:ec2/natGateway:NatGateway', 'aws:ec2/internetGateway:InternetGateway'].flatMap((type) =>
      world.of(type).map(({ id }) => id)
    )
  )
  const routes = world.of('aws:ec2/route:Route').map(settingsOf).filter((route) =>
    stringAt(route, 'destinationCidrBlock') === everywhere
  )
  const shut = nodeTables(world, site).find((table) =>
    !routes.some((route) =>
      stringAt(route, 'routeTableId') === table &&
      [...stringsAt(route, 'natGatewayId'), ...stringsAt(route, 'gatewayId')].some((id) => gateways.has(id))
    )
  )
  return shut === undefined ? undefined : `route table ${shut} has no way to the internet`
}

function shutNetwork (world: World, site: Site): string | undefined {
  const cluster = world.of('gcp:container/cluster:Cluster').find(({ name }) => name === site.name)
  if (valueAt(settingsOf(cluster), 'privateClusterConfig.enablePrivateNodes') !== true) return undefined
  const routers = new Set(
    world.of('gcp:compute/router:Router').filter((one) =>
      lastPart(stringAt(settingsOf(one), 'network') ?? '') === lastPart(site.network) &&
      stringAt(settingsOf(one), 'region') === site.region
    ).map(({ name }) => name)
  )
  const open = world.of('gcp:compute/routerNat:RouterNat').some((one) =>
    routers.has(lastPart(stringAt(settingsOf(one), 'router') ?? ''))
  )
  return open ? undefined : `network ${lastPart(site.network)} has no NAT in ${site.region}`
}

function shutSubnet (world: World, site: Site): string | undefined {
  const cluster = settingsOf(
    world.of('azure-native:containerservice:ManagedCluster').find(({ name }) => name === site.name)
  )
  if (!/NATGateway$/.test(stringAt(cluster, 'networkProfile.outboundType') ?? 'loadBalancer')) {
    return undefined
  }
  const gateways = new Set(world.of('azure-native:network:NatGateway').map(({ id }) => id))
  const subnets = new Set([
    ...valuesAt(cluster, 'agentPoolProfiles[]'),
    ...world.of('azure-native:containerservice:AgentPool').filter(({ id }) =>
      id.includes(`/managedClusters/${site.name}/`)
    ).map(settingsOf)
  ].flatMap((pool) => stringsAt(pool, 'vnetSubnetID')))
  const shut = world.of('azure-native:network:Subnet').find((one) =>
    subnets.has(one.id) && !gateways.has(stringAt(settingsOf(one), 'natGateway.id') ?? '')
  )
  return shut === undefined ? undefined : `subnet ${shut.name} has no NAT gateway`
}
