/**
 * Phase 2: a private network in several zones, its gateways and a private Kubernetes cluster in it,
 * per cluster. It ends with the cluster's API: nothing of it needs to reach that. Pure.
 */
import { interfaceServices } from '../components/aws/interface-services.ts'
import { diskType } from '../components/gcp/disk-type.ts'
import { natAddresses } from '../components/nat-addresses.ts'
import { type NodeGroupPlan, nodeGroupPlans } from '../components/node-group-plan.ts'
import { hasPublicGateway } from '../networking/gateway-peers.ts'
import { clusterOf, clusterScopes, unitRef } from '../scopes.ts'
import { type Cluster } from '../types/cluster.ts'
import { type EstimateStep, type Federation, type PaidResource, type Phase, type Scope } from '../types.ts'
import { controlPlaneLogDays } from './control-plane-logs.ts'
import { gatewaySteps, gatewayTakeOver } from './gateway-steps.ts'

/** Groups of nodes and the disks of each, as each cloud has them. */
const nodeCosts = {
  aws: ({ name, pool, min, max, desired }: NodeGroupPlan): PaidResource[] => [
    {
      name,
      inputs: {
        instanceTypes: [pool.instanceType],
        capacityType: pool.spot ? 'SPOT' : 'ON_DEMAND',
        scalingConfig: { desiredSize: desired, minSize: min, maxSize: max },
        launchTemplate: {}
      }
    },
    {
      type: 'aws:ec2/launchTemplate:LaunchTemplate',
      name,
      inputs: {
        blockDeviceMappings: [{ ebs: { volumeSize: pool.diskGb, volumeType: 'gp3' } }],
        monitoring: { enabled: true }
      }
    }
  ],
  gcp: ({ name, pool, zones, min, max, desired }: NodeGroupPlan): PaidResource => ({
    name,
    inputs: {
      nodeLocations: zones.map(({ zone }) => zone),
      initialNodeCount: Math.ceil(desired / zones.length),
      autoscaling: { totalMinNodeCount: min, totalMaxNodeCount: max },
      nodeConfig: {
        machineType: pool.instanceType,
        diskType: diskType(pool.instanceType),
        diskSizeGb: pool.diskGb,
        spot: pool.spot
      }
    }
  }),
  azure: ({ pool, min, max, desired }: NodeGroupPlan) => ({
    vmSize: pool.instanceType,
    count: desired,
    minCount: min,
    maxCount: max,
    osDiskSizeGB: pool.diskGb,
    ...(pool.spot && { scaleSetPriority: 'Spot' })
  })
}

function awsEstimate (cluster: Cluster): EstimateStep[] {
  const groups = nodeGroupPlans(cluster)
  const zones = cluster.subnets.length
  const endpoint = { vpcEndpointType: 'Interface', subnetIds: cluster.zones }
  return [
    {
      key: 'vpc',
      type: 'aws:ec2/vpc:Vpc',
      costs: [{ type: 'aws:ec2/flowLog:FlowLog', name: 'flows', inputs: { logDestinationType: 's3' } }]
    },
    { key: 'gateway', type: 'aws:ec2/internetGateway:InternetGateway', after: ['vpc'] },
    { key: 'subnets', type: 'aws:ec2/subnet:Subnet', count: 3 * zones, after: ['vpc'] },
    {
      key: 'nat',
      type: 'aws:ec2/natGateway:NatGateway',
      count: zones,
      after: ['subnets', 'gateway'],
      costs: [{ name: 'nat', count: zones }, { type: 'aws:ec2/eip:Eip', name: 'nat', count: zones }]
    },
    { key: 'routes', type: 'aws:ec2/route:Route', count: zones, after: ['nat'] },
    {
      key: 'endpoints',
      type: 'aws:ec2/vpcEndpoint:VpcEndpoint',
      // The one of S3 is a gateway, which is free.
      count: interfaceServices.length + 1,
      after: ['subnets'],
      costs: [{ name: 'endpoint', count: interfaceServices.length, inputs: endpoint }]
    },
    {
      key: 'cluster',
      type: 'aws:eks/cluster:Cluster',
      after: ['subnets'],
      costs: [
        { name: 'cluster' },
        {
          type: 'aws:cloudwatch/logGroup:LogGroup',
          name: 'control-plane',
          inputs: { retentionInDays: controlPlaneLogDays }
        }
      ]
    },
    // What nodes need to become ready: the agent for pods' identities, and by it the network.
    { key: 'agents', type: 'aws:eks/addon:Addon', count: 2, after: ['cluster'] },
    { key: 'pod-network', type: 'aws:eks/addon:Addon', after: ['agents'] },
    {
      key: 'nodes',
      type: 'aws:eks/nodeGroup:NodeGroup',
      count: groups.length,
      after: ['pod-network', 'routes', 'endpoints'],
      costs: groups.flatMap(nodeCosts.aws)
    },
    { key: 'addons', type: 'aws:eks/addon:Addon', count: 3, after: ['nodes'] }
  ]
}

function gcpEstimate (cluster: Cluster, federation: Federation): EstimateStep[] {
  const groups = nodeGroupPlans(cluster)
  const fixed = hasPublicGateway(federation, cluster)
  return [
    { key: 'network', type: 'gcp:compute/network:Network' },
    {
      key: 'subnetwork',
      type: 'gcp:compute/subnetwork:Subnetwork',
      after: ['network'],
      costs: [{ name: 'nodes', inputs: { logConfig: {} } }]
    },
    { key: 'router', type: 'gcp:compute/router:Router', after: ['network'] },
    ...(fixed
      ? [{
        key: 'nat-addresses',
        type: 'gcp:compute/address:Address',
        count: natAddresses.length,
        costs: [{ name: 'nat', count: natAddresses.length }]
      }]
      : []),
    {
      key: 'nat',
      type: 'gcp:compute/routerNat:RouterNat',
      after: ['router', 'subnetwork', ...(fixed ? ['nat-addresses'] : [])],
      costs: [{ name: 'nat', inputs: fixed ? { natIps: natAddresses } : {} }]
    },
    { key: 'cluster', type: 'gcp:container/cluster:Cluster', after: ['nat'], costs: [{ name: 'cluster' }] },
    // GKE makes node pools of one cluster one after the other, but accepts them side by side.
    {
      key: 'nodes',
      type: 'gcp:container/nodePool:NodePool',
      count: groups.length,
      after: ['cluster'],
      costs: groups.map(nodeCosts.gcp)
    }
  ]
}

function azureEstimate (cluster: Cluster): EstimateStep[] {
  // The first group is made with the cluster.
  const [first, ...others] = nodeGroupPlans(cluster)
  const zones = cluster.subnets.length
  return [
    {
      key: 'nat',
      type: 'azure-native:network:NatGateway',
      costs: [{ name: 'nat' }, { type: 'azure-native:network:PublicIPAddress', name: 'nat', count: 2 }]
    },
    { key: 'network', type: 'azure-native:network:VirtualNetwork' },
    // A network changes one subnet at a time; the cluster waits for the gateway's and the private
    // ones.
    ...Array.from(
      { length: 1 + zones },
      (_, index): EstimateStep => ({
        key: `subnet-${index}`,
        type: 'azure-native:network:Subnet',
        after: index === 0 ? ['network', 'nat'] : [`subnet-${index - 1}`]
      })
    ),
    { key: 'identities', type: 'azure-native:managedidentity:UserAssignedIdentity', count: 3 },
    {
      key: 'grants',
      type: 'azure-native:authorization:RoleAssignment',
      granted: 'azure',
      count: 5,
      after: ['identities', 'network']
    },
    { key: 'disks', type: 'azure-native:compute:DiskEncryptionSet', after: ['grants'] },
    {
      key: 'cluster',
      type: 'azure-native:containerservice:ManagedCluster',
      after: [`subnet-${zones}`, 'disks'],
      costs: [{
        name: 'cluster',
        inputs: {
          sku: { tier: 'Standard' },
          securityProfile: { defender: { securityMonitoring: { enabled: true } } },
          agentPoolProfiles: first ? [nodeCosts.azure(first)] : []
        }
      }]
    },
    {
      key: 'deployer',
      type: 'azure-native:authorization:RoleAssignment',
      after: ['cluster'],
      granted: 'azure'
    },
    ...(others.length > 0
      ? [{
        key: 'nodes',
        type: 'azure-native:containerservice:AgentPool',
        count: others.length,
        after: ['cluster'],
        costs: others.map((group) => ({ name: group.name, inputs: nodeCosts.azure(group) }))
      }]
      : [])
  ]
}

const estimates = { aws: awsEstimate, gcp: gcpEstimate, azure: azureEstimate }

function estimate (federation: Federation, scope: Scope): EstimateStep[] {
  const cluster = clusterOf(federation, scope.name)
  return [...estimates[cluster.cloud](cluster, federation), ...gatewaySteps(federation, cluster)]
}

/** A cluster's infrastructure waits for its own keys and buckets, on Azure for features, too. */
export const infrastructure: Phase = {
  number: 2,
  name: 'infrastructure',
  title: 'Infrastructure',
  units: [{
    scope: 'cluster',
    scopes: clusterScopes,
    dependsOn: (federation, scope) => [
      unitRef('prerequisites', scope.name),
      // The account's features (encryption at the host) are registered by the cloud's own unit.
      ...(clusterOf(federation, scope.name).cloud === 'azure' ? [unitRef('prerequisites', 'azure')] : [])
    ],
    takesOver: (federation, scope) => [gatewayTakeOver(clusterOf(federation, scope.name))],
    estimate,
    load: () => import('./program.ts')
  }]
}
