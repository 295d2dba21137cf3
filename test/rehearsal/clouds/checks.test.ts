import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type WireObject } from '../../../rehearsal/wire.ts'
import {
  eksCluster,
  kubeconfig,
  make,
  provider,
  remove,
  roleType,
  subnetType,
  vpcType,
  world
} from './world.ts'

const aws = async (options = {}, config = {}) =>
  provider(world(options).clouds, 'aws', { region: 'us-east-1', ...config })

test('a subnet must lie inside its VPC and overlap no other', async () => {
  const on = await aws()
  const { vpc } = await eksCluster(on)
  await assert.rejects(
    make(on, subnetType, 'out', { vpcId: vpc.id, cidrBlock: '10.2.0.0/20' }),
    /InvalidSubnet\.Range/
  )
  await assert.rejects(
    make(on, subnetType, 'twice', { vpcId: vpc.id, cidrBlock: '10.1.0.0/24' }),
    /InvalidSubnet\.Conflict/
  )
  await assert.rejects(
    make(on, subnetType, 'bits', { vpcId: vpc.id, cidrBlock: '10.1.32.1/20' }),
    /not a valid IPv4 CIDR block/
  )
})

test('one of two overlapping subnets that are made at the same time is refused', async () => {
  const on = await aws()
  const vpc = await make(on, vpcType, 'v', { cidrBlock: '10.1.0.0/16' })
  const results = await Promise.allSettled(
    ['a', 'b'].map((name) => make(on, subnetType, name, { vpcId: vpc.id, cidrBlock: '10.1.0.0/20' }))
  )
  assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
})

test("references to what does not exist in that region are refused in the cloud's words", async () => {
  const { clouds } = world()
  const east = await provider(clouds, 'aws', { region: 'us-east-1' })
  const west = await provider(clouds, 'aws', { region: 'us-west-2' })
  const vpc = await make(east, vpcType, 'v', { cidrBlock: '10.1.0.0/16' })
  await assert.rejects(
    make(west, subnetType, 's', { vpcId: vpc.id, cidrBlock: '10.1.0.0/20' }),
    new RegExp(
      `creating EC2 Subnet \\(s\\): operation error EC2: CreateSubnet, https response error StatusCode: ` +
        `400, RequestID: [0-9a-f-]{36}, api error InvalidVpcID.NotFound: The vpc ID '${vpc.id}' does not ` +
        'exist'
    )
  )
})

test('a resource that others use cannot be deleted', async () => {
  const on = await aws()
  const { vpc, role } = await eksCluster(on)
  await assert.rejects(remove(on, vpcType, 'main', vpc), /DependencyViolation/)
  const attached = await make(on, 'aws:iam/rolePolicyAttachment:RolePolicyAttachment', 'p', {
    role: role.id,
    policyArn: 'arn:aws:iam::aws:policy/AmazonEKSClusterPolicy'
  })
  await assert.rejects(remove(on, roleType, 'eks', role), /DeleteConflict/)
  assert.equal(attached.id, `${role.id}-arn:aws:iam::aws:policy/AmazonEKSClusterPolicy`)
})

test('names follow the rules of each cloud', async () => {
  const { clouds } = world()
  const on = await provider(clouds, 'aws', {})
  await assert.rejects(
    make(on, 'aws:s3/bucket:Bucket', 'b', { bucket: 'Upper_Case' }),
    /only lowercase alphanumeric/
  )
  const gcp = await provider(clouds, 'gcp', { project: 'p1', region: 'europe-west1' })
  await assert.rejects(make(gcp, 'gcp:compute/network:Network', 'n', { name: '1network' }), /RFC 1035/)
  const azure = await provider(clouds, 'azure-native', { location: 'japaneast' })
  await make(azure, 'azure-native:resources:ResourceGroup', 'g', { resourceGroupName: 'g' })
  await assert.rejects(
    make(azure, 'azure-native:storage:StorageAccount', 's', {
      resourceGroupName: 'g',
      accountName: 'has-dash',
      kind: 'StorageV2',
      sku: { name: 'Standard_LRS' }
    }),
    /between 3 and 24/
  )
  const account = await make(azure, 'azure-native:storage:StorageAccount', 'backups', {
    resourceGroupName: 'g',
    kind: 'StorageV2',
    sku: { name: 'Standard_LRS' }
  })
  assert.match(String(account.properties.name), /^backups[0-9a-f]{8}$/)
})

test('quotas are counted per region, and an override holds', async () => {
  const { clouds } = world({ quotas: { 'aws:vpc:vpcs': 2 } })
  const east = await provider(clouds, 'aws', { region: 'us-east-1' })
  const first = await make(east, vpcType, 'a', { cidrBlock: '10.0.0.0/16' })
  await make(east, vpcType, 'b', { cidrBlock: '10.1.0.0/16' })
  await assert.rejects(make(east, vpcType, 'c', { cidrBlock: '10.2.0.0/16' }), /VpcLimitExceeded/)
  await make(await provider(clouds, 'aws', { region: 'us-west-2' }), vpcType, 'd', {
    cidrBlock: '10.3.0.0/16'
  })
  await remove(east, vpcType, 'a', first)
  await make(east, vpcType, 'c', { cidrBlock: '10.2.0.0/16' })
})

test('vCPUs of node groups count against the quota', async () => {
  const on = await aws({ quotas: { 'aws:ec2:standard-vcpus': 48 } })
  const { subnets, role } = await eksCluster(on)
  const group = (desiredSize: number) => ({
    clusterName: 'primary',
    nodeRoleArn: role.properties.arn ?? '',
    subnetIds: subnets.map(({ id }) => id),
    instanceTypes: ['c6i.4xlarge'],
    scalingConfig: { minSize: 1, desiredSize, maxSize: 15 }
  })
  await make(on, 'aws:eks/nodeGroup:NodeGroup', 'a', group(2))
  await assert.rejects(
    make(on, 'aws:eks/nodeGroup:NodeGroup', 'b', group(2)),
    /VcpuLimitExceeded: You have requested more vCPU capacity than your current vCPU limit of 48/
  )
})

test('kubernetes objects need a cluster, a namespace and their kind', async () => {
  const { clouds } = world()
  const { cluster } = await eksCluster(await provider(clouds, 'aws', { region: 'us-east-1' }))
  const nowhere = await provider(clouds, 'kubernetes', {
    kubeconfig: kubeconfig('https://ABC.gr7.us-east-1.eks.amazonaws.com')
  })
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'istio-system' } }
  await assert.rejects(
    make(nowhere, 'kubernetes:core/v1:Namespace', 'n', namespace),
    /unreachable: .*dial tcp: lookup abc\.gr7\.us-east-1\.eks\.amazonaws\.com .* no such host/
  )
  const on = await provider(clouds, 'kubernetes', { kubeconfig: kubeconfig(cluster.properties.endpoint) })
  const gateway = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: 'east-west', namespace: 'istio-system' },
    spec: {}
  }
  await assert.rejects(
    make(on, 'kubernetes:networking.istio.io/v1:Gateway', 'g', gateway),
    /no matches for kind "Gateway" in version "networking.istio.io\/v1"/
  )
  await assert.rejects(
    make(on, 'kubernetes:helm.sh/v3:Release', 'base', {
      name: 'base',
      chart: 'base',
      namespace: 'istio-system'
    }),
    /namespaces "istio-system" not found/
  )
  await make(on, 'kubernetes:core/v1:Namespace', 'n', namespace)
  await make(on, 'kubernetes:helm.sh/v3:Release', 'base', {
    name: 'base',
    chart: 'base',
    namespace: 'istio-system'
  })
  assert.equal(
    (await make(on, 'kubernetes:networking.istio.io/v1:Gateway', 'g', gateway)).id,
    'istio-system/east-west'
  )
  await assert.rejects(
    make(on, 'kubernetes:core/v1:Namespace', 'again', namespace),
    /namespaces "istio-system" already exists/
  )
})

test('peered networks of Azure must not overlap, and gateways need their subnet', async () => {
  const azure = await provider(world().clouds, 'azure-native', { location: 'japaneast' })
  await make(azure, 'azure-native:resources:ResourceGroup', 'g', { resourceGroupName: 'g' })
  const vnet = (name: string, prefix: string) =>
    make(azure, 'azure-native:network:VirtualNetwork', name, {
      resourceGroupName: 'g',
      virtualNetworkName: name,
      addressSpace: { addressPrefixes: [prefix] }
    })
  const [one, two, three] = [
    await vnet('one', '10.5.0.0/16'),
    await vnet('two', '10.6.0.0/16'),
    await vnet('three', '10.5.128.0/17')
  ]
  const peering = (remote: string) =>
    make(azure, 'azure-native:network:VirtualNetworkPeering', `to-${remote.split('/').at(-1)}`, {
      resourceGroupName: 'g',
      virtualNetworkName: 'one',
      remoteVirtualNetwork: { id: remote }
    })
  assert.equal((await peering(two.id)).properties.peeringState, 'Initiated')
  await assert.rejects(peering(three.id), /Code="VnetAddressSpacesOverlap"/)
  await assert.rejects(
    make(azure, 'azure-native:network:Subnet', 's', {
      resourceGroupName: 'g',
      virtualNetworkName: 'none',
      addressPrefix: '10.5.0.0/24'
    }),
    /ParentResourceNotFound/
  )
  assert.match(
    one.id,
    /^\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/g\/providers\/Microsoft\.Network\/virtualNetworks\/one$/
  )
})

test('node pools take only those settings of a kernel that their cloud offers', async () => {
  const { clouds } = world()
  const gcp = await provider(clouds, 'gcp', { project: 'p', region: 'europe-west1' })
  const pool = (nodeConfig: WireObject) =>
    make(gcp, 'gcp:container/nodePool:NodePool', 'pool', { cluster: 'none', nodeConfig })
  await assert.rejects(
    pool({ machineType: 'n2-standard-8', linuxNodeConfig: { sysctls: { 'net.core.default_qdisc': 'fq' } } }),
    /unsupported sysctl "net\.core\.default_qdisc"/
  )
  await assert.rejects(
    pool({ machineType: 'c2-standard-8', linuxNodeConfig: { hugepagesConfig: { hugepageSize1g: 2 } } }),
    /1G hugepages are not available in machine family c2/
  )
  const azure = await provider(clouds, 'azure-native', { subscriptionId: 's', location: 'japaneast' })
  const agents = (linuxOSConfig: WireObject) =>
    make(azure, 'azure-native:containerservice:AgentPool', 'pool', {
      resourceGroupName: 'g',
      resourceName: 'c',
      agentPoolName: 'pool',
      linuxOSConfig
    })
  await assert.rejects(
    agents({ sysctls: { netCoreSomaxconn: 128 } }),
    /netCoreSomaxconn must be between 4096 and 3240000, got 128/
  )
  await assert.rejects(
    agents({ transparentHugePageEnabled: 'sometimes' }),
    /transparentHugePageEnabled must be one of always, madvise, never/
  )
})

test("a node group's template names no subnets, and security groups in one place only", async () => {
  const on = await aws()
  const { subnets, role, cluster } = await eksCluster(on)
  const group = await make(on, 'aws:ec2/securityGroup:SecurityGroup', 'nodes', {})
  const made = async (name: string, template: WireObject) => {
    const { id } = await make(on, 'aws:ec2/launchTemplate:LaunchTemplate', name, { name, ...template })
    return await make(on, 'aws:eks/nodeGroup:NodeGroup', name, {
      clusterName: cluster.properties.name ?? '',
      nodeGroupName: name,
      nodeRoleArn: role.properties.arn ?? '',
      subnetIds: [subnets[0].id],
      scalingConfig: { minSize: 1, desiredSize: 1, maxSize: 1 },
      launchTemplate: { id, version: '1' }
    })
  }
  await made('good', {
    networkInterfaces: [{ deviceIndex: 0, securityGroups: [group.id] }, {
      deviceIndex: 1,
      securityGroups: [group.id]
    }]
  })
  await assert.rejects(
    made('subnet', { networkInterfaces: [{ deviceIndex: 0, subnetId: subnets[0].id }] }),
    /must not name a subnet/
  )
  await assert.rejects(
    made('groups', { vpcSecurityGroupIds: [group.id], networkInterfaces: [{ deviceIndex: 0 }] }),
    /may not be specified on the same request/
  )
})
