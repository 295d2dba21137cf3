/**
 * Phase 3: networks joined to each other (peering, transit, site-to-site VPN), firewalls opened for
 * the mesh only, nodes tuned. Pure.
 */
import {
  cloudScopes,
  clusterOf,
  clusterScopes,
  linkScopes,
  platformName,
  platformScopes,
  unitRef
} from '../scopes.ts'
import { type Cluster } from '../types/cluster.ts'
import { type EstimateStep, type Federation, type Phase, type Scope, type TakeOver } from '../types.ts'
import { hasPublicGateway, peerAddressUnits } from './gateway-peers.ts'
import { linkSteps } from './link-steps.ts'
import { platformAccess } from './platform-access.ts'
import { peeringName, peeringPairs } from './topology.ts'

/** Types of what stands below nothing else in a platform. */
const platformTypes = ['kubernetes:storage.k8s.io/v1:StorageClass', 'windlass:aws:ClusterAutoscaler']

function platformEstimate (federation: Federation, { clusters: [name = ''] }: Scope): EstimateStep[] {
  return [
    { key: 'storage', type: 'kubernetes:storage.k8s.io/v1:StorageClass' },
    ...(clusterOf(federation, name).cloud === 'aws'
      ? [
        { key: 'role', type: 'aws:iam/role:Role' },
        { key: 'identity', type: 'aws:eks/podIdentityAssociation:PodIdentityAssociation', after: ['role'] },
        { key: 'autoscaler', type: 'kubernetes:helm.sh/v3:Release', after: ['identity'] }
      ]
      : [])
  ]
}

function clusterEstimate (federation: Federation, scope: Scope): EstimateStep[] {
  const cluster = clusterOf(federation, scope.name)
  const peers = federation.clusters.length - 1
  const tuning: EstimateStep[] = [{ key: 'tuning', type: 'kubernetes:apps/v1:DaemonSet' }]
  switch (cluster.cloud) {
    case 'aws':
      return [
        ...(peers > 0
          ? [{
            key: 'routes',
            type: 'aws:ec2/route:Route',
            count: peers * cluster.subnets.length
          }]
          : []),
        { key: 'load-balancers', type: 'kubernetes:helm.sh/v3:Release' },
        ...tuning
      ]
    case 'gcp':
      return [
        { key: 'router', type: 'gcp:compute/router:Router' },
        {
          key: 'firewall',
          type: 'gcp:compute/firewall:Firewall',
          count: hasPublicGateway(federation, cluster) ? 1 : 2
        },
        ...tuning
      ]
    case 'azure':
      return [
        { key: 'firewall', type: 'azure-native:network:SecurityRule', count: 3 },
        ...tuning
      ]
  }
}

function cloudEstimate (federation: Federation, scope: Scope): EstimateStep[] {
  const pairs = peeringPairs(federation, scope)
  if (pairs.length === 0) return []
  switch (scope.cloud) {
    case 'aws':
      // Each end of a peering is an attachment that its own cluster pays for.
      return [
        {
          key: 'peerings',
          type: 'aws:ec2transitgateway/peeringAttachment:PeeringAttachment',
          count: pairs.length,
          costs: pairs.map(([from, to]) => ({ name: peeringName(from, to), cluster: from.name }))
        },
        {
          key: 'accepters',
          type: 'aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter',
          count: pairs.length,
          after: ['peerings'],
          costs: pairs.map(([from, to]) => ({ name: peeringName(from, to), cluster: to.name }))
        },
        {
          key: 'routes',
          type: 'aws:ec2transitgateway/route:Route',
          count: 2 * pairs.length,
          after: ['accepters']
        }
      ]
    case 'gcp':
      return chain('gcp:compute/networkPeering:NetworkPeering', pairs, false)
    default:
      return chain('azure-native:network:VirtualNetworkPeering', pairs, true)
  }
}

/**
 * Google Cloud and Azure change one peering of a network at a time, so the peerings of a full mesh
 * form a chain. `paid`: Azure charges each end for the traffic.
 */
function chain (type: string, pairs: readonly [Cluster, Cluster][], paid: boolean): EstimateStep[] {
  return pairs.flatMap(([first, second]) => [[first, second], [second, first]] as const)
    .map(([from, to], index) => ({
      key: `peering-${index}`,
      type,
      ...(index > 0 && { after: [`peering-${index - 1}`] }),
      ...(paid && { costs: [{ name: peeringName(from, to), cluster: from.name }] })
    }))
}

/**
 * A cluster's platform waits for its infrastructure, its networking for both; peerings and links
 * wait for the networking of the clusters that they join.
 */
export const networking: Phase = {
  number: 3,
  name: 'networking',
  title: 'Networking',
  units: [
    {
      scope: 'platform',
      scopes: platformScopes,
      dependsOn: (_federation, scope) => scope.clusters.map((name) => unitRef('infrastructure', name)),
      // Phase 2 had it until it ended with the cluster's API.
      takesOver: (_federation, scope) =>
        scope.clusters.map((name): TakeOver => ({
          from: unitRef('infrastructure', name),
          taken: (resource) => platformTypes.includes(resource.type) ? resource.name : undefined,
          providers: { cluster: `kubernetes-${name}` }
        })),
      // The first unit that calls the cluster's API.
      preflight: (federation, { clusters: [cluster = ''] }) => ({
        cluster,
        kubeconfig: { ...unitRef('infrastructure', cluster), output: 'kubeconfig' },
        access: platformAccess[clusterOf(federation, cluster).cloud]
      }),
      estimate: platformEstimate,
      load: () => import('./platform.ts')
    },
    {
      scope: 'cluster',
      scopes: clusterScopes,
      dependsOn: (federation, scope) => [
        unitRef('infrastructure', scope.name),
        unitRef('networking', platformName(scope.name)),
        // On Google Cloud no firewall of this unit names peers of the internet.
        ...(scope.cloud === 'gcp' ? [] : peerAddressUnits(federation, clusterOf(federation, scope.name)))
      ],
      estimate: clusterEstimate,
      load: () => import('./cluster.ts')
    },
    {
      scope: 'cloud',
      scopes: cloudScopes,
      dependsOn: (_federation, scope) =>
        scope.clusters.flatMap((name) => [unitRef('infrastructure', name), unitRef('networking', name)]),
      estimate: cloudEstimate,
      load: () => import('./cloud.ts')
    },
    {
      scope: 'link',
      scopes: (federation) => linkScopes(federation, 'vpn', 'interconnect'),
      dependsOn: (_federation, scope) =>
        scope.clusters.flatMap((name) => [unitRef('infrastructure', name), unitRef('networking', name)]),
      estimate: linkSteps,
      load: () => import('./link.ts')
    }
  ]
}
