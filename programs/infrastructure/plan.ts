/**
 * Phase 2: a private network in several zones and a private Kubernetes cluster in it, per cluster.
 * Pure.
 */
import { nodeGroupPlans } from '../components/node-group-plan.ts'
import { clusterOf, clusterScopes, unitRef } from '../scopes.ts'
import { type EstimateStep, type Federation, type Phase, type Scope } from '../types.ts'

function estimate (federation: Federation, scope: Scope): EstimateStep[] {
  const cluster = clusterOf(federation, scope.name)
  const groups = nodeGroupPlans(cluster).length
  const zones = cluster.subnets.length
  switch (cluster.cloud) {
    case 'aws':
      return [
        { key: 'vpc', type: 'aws:ec2/vpc:Vpc' },
        { key: 'gateway', type: 'aws:ec2/internetGateway:InternetGateway', after: ['vpc'] },
        { key: 'subnets', type: 'aws:ec2/subnet:Subnet', count: 3 * zones, after: ['vpc'] },
        { key: 'nat', type: 'aws:ec2/natGateway:NatGateway', count: zones, after: ['subnets', 'gateway'] },
        { key: 'routes', type: 'aws:ec2/route:Route', count: zones, after: ['nat'] },
        { key: 'endpoints', type: 'aws:ec2/vpcEndpoint:VpcEndpoint', count: 10, after: ['subnets'] },
        { key: 'cluster', type: 'aws:eks/cluster:Cluster', after: ['subnets'] },
        {
          key: 'nodes',
          type: 'aws:eks/nodeGroup:NodeGroup',
          count: groups,
          after: ['cluster', 'routes', 'endpoints']
        },
        { key: 'addons', type: 'aws:eks/addon:Addon', count: 3, after: ['nodes'] },
        { key: 'autoscaler', type: 'kubernetes:helm.sh/v3:Release', after: ['nodes'] }
      ]
    case 'gcp':
      return [
        { key: 'network', type: 'gcp:compute/network:Network' },
        { key: 'subnetwork', type: 'gcp:compute/subnetwork:Subnetwork', after: ['network'] },
        { key: 'router', type: 'gcp:compute/router:Router', after: ['network'] },
        { key: 'nat', type: 'gcp:compute/routerNat:RouterNat', after: ['router', 'subnetwork'] },
        { key: 'cluster', type: 'gcp:container/cluster:Cluster', after: ['nat'] },
        // GKE makes node pools of one cluster one after the other, but accepts them side by side.
        { key: 'nodes', type: 'gcp:container/nodePool:NodePool', count: groups, after: ['cluster'] }
      ]
    case 'azure':
      return [
        { key: 'nat', type: 'azure-native:network:NatGateway' },
        { key: 'network', type: 'azure-native:network:VirtualNetwork' },
        // A network changes one subnet at a time; the cluster waits for the gateway's and the
        // private ones.
        ...Array.from(
          { length: 1 + zones },
          (_, index): EstimateStep => ({
            key: `subnet-${index}`,
            type: 'azure-native:network:Subnet',
            after: index === 0 ? ['network', 'nat'] : [`subnet-${index - 1}`]
          })
        ),
        { key: 'disks', type: 'azure-native:compute:DiskEncryptionSet' },
        {
          key: 'cluster',
          type: 'azure-native:containerservice:ManagedCluster',
          after: [`subnet-${zones}`, 'disks']
        },
        // The first group is made with the cluster.
        ...(groups > 1
          ? [{
            key: 'nodes',
            type: 'azure-native:containerservice:AgentPool',
            count: groups - 1,
            after: ['cluster']
          }]
          : [])
      ]
  }
}

/** A cluster's infrastructure waits for its own keys and buckets only. */
export const infrastructure: Phase = {
  number: 2,
  name: 'infrastructure',
  title: 'Infrastructure',
  units: [{
    scope: 'cluster',
    scopes: clusterScopes,
    dependsOn: (_federation, scope) => [unitRef('prerequisites', scope.name)],
    estimate,
    load: () => import('./program.ts')
  }]
}
