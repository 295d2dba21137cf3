/** A cluster's private ways: to others of its cloud, and to services by endpoints. */
import { groupLetsIn } from '../network/firewalls.ts'
import { settingsOf } from '../network/records.ts'
import { type Routes } from '../network/routes.ts'
import { type Site } from '../network/site.ts'
import { refused } from '../network/verdict.ts'
import { type World } from '../network/world.ts'
import { stringAt, stringsAt, valueAt } from '../wire-values.ts'
import { unmet } from './call.ts'
import { type Unmet } from './table.ts'

/** Types that join networks of one cloud. Where there is none of them, nobody meant to. */
const joining: Readonly<Record<Site['cloud'], string>> = {
  aws: 'aws:ec2transitgateway/transitGateway:TransitGateway',
  gcp: 'gcp:compute/networkPeering:NetworkPeering',
  azure: 'azure-native:network:VirtualNetworkPeering'
}

/** Clusters of the same cloud that a cluster's network does not reach. */
export function privateWays (world: World, routes: Routes, site: Site): Unmet[] {
  if (world.of(joining[site.cloud]).length === 0) return []
  return world.sites.filter((to) => to !== site && to.cloud === site.cloud).flatMap((to) =>
    unmet('private-way', `the network of ${site.name}`, to.name, routes.between(site, to))
  )
}

/** Interface endpoints that take the calls of a network and let none of them in. */
export function endpointCalls (world: World, site: Site): Unmet[] {
  if (site.cloud !== 'aws') return []
  return world.of('aws:ec2/vpcEndpoint:VpcEndpoint').map(settingsOf).flatMap((endpoint) => {
    const taking = stringAt(endpoint, 'vpcEndpointType') === 'Interface' &&
      valueAt(endpoint, 'privateDnsEnabled') === true && stringAt(endpoint, 'vpcId') === site.network
    const groups = stringsAt(endpoint, 'securityGroupIds[]')
    const shut = taking && groups.length > 0
      ? site.nodes.find((range) => !groups.some((group) => groupLetsIn(world, group, range, 443)))
      : undefined
    const service = stringAt(endpoint, 'serviceName') ?? ''
    return shut === undefined ? [] : unmet(
      'endpoint-open',
      `nodes of ${site.name}`,
      service,
      refused(groups.join(', '), 'security-group', `no rule lets in ${shut} on 443`)
    )
  })
}
