/** Public addresses by which the pods of a cluster go out, as its NAT gateways have them. */
import { type CloudRecord } from '../../store.ts'
import { stringAt, stringsAt } from '../wire-values.ts'
import { lastPart, settingsOf } from './records.ts'
import { nodeTables, type Site } from './site.ts'
import { refused, type Verdict } from './verdict.ts'
import { type World } from './world.ts'

/** Addresses as ranges, or the refusal of whoever has no way out. */
type Egress = { readonly sources: readonly string[] } | { readonly refusal: Verdict }

/** Addresses that nobody can foresee. */
const anyAddress = '0.0.0.0/0'

/** The ways out of a cluster to the internet. */
export function egressOf (world: World, site: Site): Egress {
  const addresses = { aws: natGateways, gcp: cloudNat, azure: natGateway }[site.cloud](world, site)
  if (typeof addresses !== 'string') {
    return { sources: addresses.map((address) => address === anyAddress ? address : `${address}/32`) }
  }
  return { refusal: refused(site.name, 'way-out', addresses) }
}

const idOf = (records: readonly CloudRecord[], id: string | undefined): CloudRecord | undefined =>
  records.find((record) => record.id === id)

/** Each table of nodes' subnets leads to a NAT gateway with an elastic address. */
function natGateways (world: World, site: Site): string[] | string {
  const routes = world.of('aws:ec2/route:Route').map(settingsOf)
  const found: string[] = []
  for (const table of nodeTables(world, site.network)) {
    const way = routes.find((route) =>
      stringAt(route, 'routeTableId') === table && stringAt(route, 'destinationCidrBlock') === anyAddress
    )
    const nat = idOf(world.of('aws:ec2/natGateway:NatGateway'), stringAt(way, 'natGatewayId'))
    const address = idOf(world.of('aws:ec2/eip:Eip'), stringAt(settingsOf(nat), 'allocationId'))
    const ip = stringAt(settingsOf(address), 'publicIp')
    if (ip === undefined) return `route table ${table} has no route to a NAT gateway with an address`
    found.push(ip)
  }
  return found.length > 0 ? found : `no subnet of ${site.network} has nodes and a route table`
}

/** Cloud NAT at a router of the network; its addresses are known where they are reserved. */
function cloudNat (world: World, site: Site): string[] | string {
  const routers = new Set(
    world.of('gcp:compute/router:Router').filter((router) =>
      router.region === site.region &&
      lastPart(stringAt(settingsOf(router), 'network') ?? '') === site.network
    ).map(({ name }) => name)
  )
  const nat = world.of('gcp:compute/routerNat:RouterNat').map(settingsOf).find((one) =>
    routers.has(lastPart(stringAt(one, 'router') ?? ''))
  )
  if (nat === undefined) return `network ${site.network} has no Cloud NAT in ${site.region}`
  if (stringAt(nat, 'natIpAllocateOption') !== 'MANUAL_ONLY') return [anyAddress]
  const links = stringsAt(nat, 'natIps[]')
  const addresses = world.of('gcp:compute/address:Address').map(settingsOf).filter((address) =>
    links.some((link) => link === stringAt(address, 'selfLink'))
  ).flatMap((address) => stringsAt(address, 'address'))
  return addresses.length > 0 ? addresses : `Cloud NAT of ${site.network} has no address that exists`
}

/** The NAT gateway of the nodes' subnets, and its public addresses. */
function natGateway (world: World, site: Site): string[] | string {
  const gateways = world.of('azure-native:network:Subnet').filter(({ id }) =>
    id.startsWith(`${site.network}/`)
  ).flatMap((subnet) => stringsAt(settingsOf(subnet), 'natGateway.id'))
  const ids = world.of('azure-native:network:NatGateway').filter(({ id }) => gateways.includes(id)).flatMap((
    nat
  ) => stringsAt(settingsOf(nat), 'publicIpAddresses[].id'))
  const addresses = world.of('azure-native:network:PublicIPAddress').filter(({ id }) => ids.includes(id))
    .flatMap((address) => stringsAt(settingsOf(address), 'ipAddress'))
  return addresses.length > 0 ? addresses : `no NAT gateway with an address serves ${lastPart(site.network)}`
}
