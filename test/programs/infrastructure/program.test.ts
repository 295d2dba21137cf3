import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CloudName } from '../../../contract/words.ts'
import { infrastructure } from '../../../programs/infrastructure/plan.ts'
import { clusterOf } from '../../../programs/scopes.ts'
import { type Cluster } from '../../../programs/types/cluster.ts'
import { nautilus } from '../../fixtures/nautilus.ts'
import {
  inputsOf,
  runUnit,
  schemaValidator,
  scopeNamed,
  type UnitRun
} from '../../fixtures/programs/mock-engine.ts'
import { deployed } from './upstream.ts'

const federation = await nautilus()
const upstream = deployed(federation)
const runs = new Map<string, Promise<UnitRun>>()
/** A cluster's unit, run once for all tests. */
const run = (name: string): Promise<UnitRun> => {
  const known = runs.get(name) ??
    runUnit(infrastructure, federation, scopeNamed(federation, infrastructure, 'cluster', name), upstream)
  runs.set(name, known)
  return known
}
const clustersIn = (cloud: CloudName): Cluster[] =>
  federation.clusters.filter((cluster) => cluster.cloud === cloud)
type Values = Record<string, unknown>

test("an AWS cluster has the file's network: three subnets of each kind, a NAT gateway a zone", async () => {
  const cluster = clusterOf(federation, 'nautilus-primary-us-east')
  const unit = await run(cluster.name)
  assert.equal(Object.values(inputsOf(unit, 'aws:ec2/vpc:Vpc'))[0]?.['cidrBlock'], '10.1.0.0/16')
  const blocks = Object.values(inputsOf(unit, 'aws:ec2/subnet:Subnet')).map(({ cidrBlock }) => cidrBlock)
  assert.deepEqual(
    blocks.sort(),
    cluster.subnets.flatMap((subnet) => [subnet.public, subnet.private, subnet.intra]).sort()
  )
  assert.equal(Object.keys(inputsOf(unit, 'aws:ec2/natGateway:NatGateway')).length, 3)
  assert.deepEqual(
    Object.values(inputsOf(unit, 'aws:ec2/subnet:Subnet')).filter(({ mapPublicIpOnLaunch }) =>
      mapPublicIpOnLaunch !== false
    ),
    []
  )
})

test('an EKS cluster is private, encrypts its secrets and logs its control plane', async () => {
  const unit = await run('nautilus-hub-us-west')
  const [cluster] = Object.values(inputsOf(unit, 'aws:eks/cluster:Cluster'))
  const config = cluster?.['vpcConfig'] as Record<string, unknown>
  assert.equal(config['endpointPublicAccess'], false)
  assert.equal(config['endpointPrivateAccess'], true)
  assert.deepEqual((cluster?.['encryptionConfig'] as Record<string, unknown>)['resources'], ['secrets'])
  assert.deepEqual(cluster?.['enabledClusterLogTypes'], [
    'api',
    'audit',
    'authenticator',
    'controllerManager',
    'scheduler'
  ])
  assert.equal(cluster?.['version'], clusterOf(federation, 'nautilus-hub-us-west').kubernetesVersion)
})

test("an AWS primary's node groups have the file's counts, and a placement group a zone", async () => {
  const unit = await run('nautilus-primary-us-east')
  const groups = Object.values(inputsOf(unit, 'aws:eks/nodeGroup:NodeGroup'))
  const scaling = groups.map(({ scalingConfig }) => scalingConfig as { minSize: number, maxSize: number })
  assert.equal(groups.length, 3)
  assert.deepEqual([
    scaling.reduce((sum, { minSize }) => sum + minSize, 0),
    scaling.reduce((sum, { maxSize }) => sum + maxSize, 0)
  ], [3, 15])
  assert.ok(groups.every(({ instanceTypes }) => String(instanceTypes) === 'c6i.4xlarge'))
  assert.equal(Object.keys(inputsOf(unit, 'aws:ec2/placementGroup:PlacementGroup')).length, 3)
  for (const template of Object.values(inputsOf(unit, 'aws:ec2/launchTemplate:LaunchTemplate'))) {
    assert.equal((template['metadataOptions'] as Record<string, unknown>)['httpTokens'], 'required')
    const userData = Buffer.from(String(template['userData']), 'base64').toString()
    assert.match(userData, /"cpuManagerPolicy":"static","reservedSystemCPUs":"0-1"/)
  }
})

test("a GKE cluster is private and regional, with computed ranges and the file's counts", async () => {
  const cluster = clusterOf(federation, 'nautilus-primary-eu-west')
  const unit = await run(cluster.name)
  const [subnetwork] = Object.values(inputsOf(unit, 'gcp:compute/subnetwork:Subnetwork')).filter((
    { secondaryIpRanges }
  ) => secondaryIpRanges)
  assert.deepEqual(subnetwork?.['secondaryIpRanges'], [{ rangeName: 'pods', ipCidrRange: cluster.podCidr }, {
    rangeName: 'services',
    ipCidrRange: cluster.serviceCidr
  }])
  const [gke] = Object.values(inputsOf(unit, 'gcp:container/cluster:Cluster'))
  const config = gke?.['privateClusterConfig'] as Record<string, unknown>
  assert.deepEqual([
    config['enablePrivateNodes'],
    config['enablePrivateEndpoint'],
    config['masterIpv4CidrBlock']
  ], [true, true, cluster.controlPlaneCidr])
  const pools = Object.values(inputsOf(unit, 'gcp:container/nodePool:NodePool'))
  const scaling = pools.map(({ autoscaling }) =>
    autoscaling as { totalMinNodeCount: number, totalMaxNodeCount: number }
  )
  assert.deepEqual([
    scaling.reduce((sum, one) => sum + one.totalMinNodeCount, 0),
    scaling.reduce((sum, one) => sum + one.totalMaxNodeCount, 0)
  ], [3, 15])
  assert.ok(
    pools.every(({ placementPolicy, nodeConfig }) =>
      (placementPolicy as { type: string }).type === 'COMPACT' &&
      (nodeConfig as { machineType: string }).machineType === 'c2-standard-8'
    )
  )
})

test('the analytics cluster runs on spot nodes', async () => {
  const pools = Object.values(inputsOf(await run('nautilus-analytics-us'), 'gcp:container/nodePool:NodePool'))
  assert.ok(
    pools.some(({ nodeConfig, autoscaling }) =>
      (nodeConfig as { spot: boolean }).spot &&
      (autoscaling as { totalMaxNodeCount: number }).totalMaxNodeCount > 0
    )
  )
})

test('an AKS cluster is private, with overlay networking and workload identity', async () => {
  const cluster = clusterOf(federation, 'nautilus-primary-asia-northeast')
  const unit = await run(cluster.name)
  const [aks] = Object.values(inputsOf(unit, 'azure-native:containerservice:ManagedCluster'))
  assert.equal((aks?.['apiServerAccessProfile'] as Record<string, unknown>)['enablePrivateCluster'], true)
  const profile = aks?.['networkProfile'] as Record<string, unknown>
  assert.deepEqual([profile['networkPluginMode'], profile['podCidr'], profile['serviceCidr']], [
    'overlay',
    cluster.podCidr,
    cluster.serviceCidr
  ])
  const pools = [
    ...(aks?.['agentPoolProfiles'] as Record<string, unknown>[]),
    ...Object.values(inputsOf(unit, 'azure-native:containerservice:AgentPool'))
  ]
  assert.equal(pools.length, 3)
  assert.deepEqual([
    pools.reduce((sum, pool) => sum + Number(pool['minCount']), 0),
    pools.reduce((sum, pool) => sum + Number(pool['maxCount']), 0)
  ], [3, 15])
  assert.ok(pools.every((pool) => pool['vmSize'] === 'Standard_F8s_v2' && pool['proximityPlacementGroupID']))
  assert.equal(Object.keys(inputsOf(unit, 'azure-native:network:Subnet')).length, 7)
})

test("kubeconfigs are secret and name the cluster's own endpoint", async () => {
  for (const name of ['nautilus-primary-us-east', 'nautilus-primary-eu-west']) {
    const { outputs, secrets } = await run(name)
    assert.deepEqual(secrets, ['kubeconfig'])
    const kubeconfig = JSON.parse(String(outputs['kubeconfig'])) as {
      clusters: { cluster: { server: string } }[]
    }
    assert.equal(kubeconfig.clusters[0]?.cluster.server, outputs['endpoint'])
    assert.match(String(outputs['endpoint']), /^https:\/\//)
  }
  assert.deepEqual((await run('nautilus-dr-eu-central')).secrets, ['kubeconfig'])
})

test('every output that other phases read is there', async () => {
  const names = Object.keys(upstream['infrastructure.nautilus-primary-us-east'] ?? {})
  for (const cluster of federation.clusters) {
    const { outputs } = await run(cluster.name)
    assert.deepEqual(Object.keys(outputs).sort(), [...names].sort())
    assert.deepEqual(
      Object.entries(outputs).filter(([, value]) =>
        value === undefined || value === null ||
        (Array.isArray(value) && value.some((one) => one === undefined))
      ),
      [],
      cluster.name
    )
  }
})

test('a placed pool without nodes to spare for a zone gets no group there', async () => {
  const cluster = clusterOf(federation, 'nautilus-primary-us-east')
  const pool = cluster.nodePools[0]
  assert.ok(pool)
  const small = {
    ...federation,
    clusters: [{ ...cluster, nodePools: [{ ...pool, min: 1, desired: 1, max: 2 }] }]
  }
  const unit = await runUnit(
    infrastructure,
    small,
    scopeNamed(small, infrastructure, 'cluster', cluster.name),
    upstream
  )
  assert.equal(Object.keys(inputsOf(unit, 'aws:eks/nodeGroup:NodeGroup')).length, 2)
})

test('the real providers would accept every resource of the phase', async (t) => {
  const validate = await schemaValidator()
  if (!validate) return t.skip("the providers' schemas are not beside this checkout")
  for (const cluster of federation.clusters) {
    assert.deepEqual(validate((await run(cluster.name)).resources), [], cluster.name)
  }
})

test('every node group of AWS requires version 2 of the metadata service and encrypts its disk', async () => {
  for (const { name } of clustersIn('aws')) {
    const unit = await run(name)
    const templates = inputsOf(unit, 'aws:ec2/launchTemplate:LaunchTemplate')
    const groups = Object.values(inputsOf(unit, 'aws:eks/nodeGroup:NodeGroup'))
    assert.deepEqual(
      groups.map(({ launchTemplate }) => (launchTemplate as Values)['id']),
      Object.keys(templates).map((title) => `${title}-id`)
    )
    for (const template of Object.values(templates)) {
      const metadata = template['metadataOptions'] as Values
      assert.deepEqual([metadata['httpTokens'], metadata['httpPutResponseHopLimit']], ['required', 1])
      const disks = (template['blockDeviceMappings'] as { ebs: Values }[]).map((
        { ebs }
      ) => [ebs['volumeType'], ebs['encrypted'], ebs['kmsKeyId']])
      assert.deepEqual(disks, [['gp3', 'true', upstream[`prerequisites.${name}`]?.['kmsKey']]])
    }
  }
})

test("the nodes' role holds no power over networks or volumes: those are their add-ons' own", async () => {
  const unit = await run('nautilus-hub-us-west')
  const policies = Object.entries(inputsOf(unit, 'aws:iam/rolePolicyAttachment:RolePolicyAttachment'))
  const of = (part: string): string[] =>
    policies.filter(([title]) => title.includes(part)).map(([, { policyArn }]) =>
      String(policyArn).split('/').at(-1) ?? ''
    )
  assert.deepEqual(of('-nodes-'), [
    'AmazonEKSWorkerNodePolicy',
    'AmazonEC2ContainerRegistryPullOnly'
  ])
  assert.deepEqual([of('-interfaces-'), of('-volumes-')], [['AmazonEKS_CNI_Policy'], [
    'AmazonEBSCSIDriverPolicy'
  ]])
  const addons = Object.values(inputsOf(unit, 'aws:eks/addon:Addon'))
  assert.deepEqual(
    addons.filter(({ addonVersion }) => !/^v\d+\.\d+\.\d+-eksbuild\.\d+$/.test(String(addonVersion))),
    []
  )
  assert.deepEqual(addons.map(({ addonName }) => addonName).sort(), [
    'aws-ebs-csi-driver',
    'coredns',
    'eks-pod-identity-agent',
    'kube-proxy',
    'metrics-server',
    'vpc-cni'
  ])
})

test('phase 2 registers nothing that needs the API of its cluster', async () => {
  for (const { name } of federation.clusters) {
    const { resources } = await run(name)
    const inside = resources.filter(({ type }) => /^(kubernetes:|pulumi:providers:kubernetes$)/.test(type))
    assert.deepEqual(inside, [], name)
  }
})

test('an AWS network has private ways to what gives nodes images, keys and credentials', async () => {
  const unit = await run('nautilus-dr-asia-australia')
  const services = Object.values(inputsOf(unit, 'aws:ec2/vpcEndpoint:VpcEndpoint')).map(({ serviceName }) =>
    String(serviceName).replace('com.amazonaws.ap-southeast-2.', '')
  )
  for (const service of ['s3', 'ecr.api', 'ecr.dkr', 'sts', 'eks-auth', 'ec2', 'kms', 'logs']) {
    assert.ok(services.includes(service), service)
  }
})

test('an AKS cluster knows callers by Entra ID alone and sends audit logs', async () => {
  for (const { name } of clustersIn('azure')) {
    const unit = await run(name)
    const [aks] = Object.values(inputsOf(unit, 'azure-native:containerservice:ManagedCluster'))
    assert.equal(aks?.['disableLocalAccounts'], true)
    assert.deepEqual(aks['aadProfile'], {
      managed: true,
      enableAzureRBAC: true,
      tenantID: federation.accounts.azure.tenantId
    })
    assert.equal(aks['diskEncryptionSetID'], `${name}-disks-id`)
    const security = aks['securityProfile'] as { defender: Values, azureKeyVaultKms: Values }
    assert.deepEqual(security.defender, {
      logAnalyticsWorkspaceResourceId: upstream[`prerequisites.${name}`]?.['auditWorkspace'],
      securityMonitoring: { enabled: true }
    })
    const logs = inputsOf(unit, 'azure-native:monitor:DiagnosticSetting')[`${name}-audit`]?.['logs'] as {
      category: string
    }[]
    assert.ok(logs.some(({ category }) => category.startsWith('kube-audit')))
    const kubeconfig = JSON.parse(String(unit.outputs['kubeconfig'])) as {
      users: { user: Values }[]
      clusters: { cluster: Values }[]
    }
    assert.deepEqual(
      kubeconfig.users.map(({ user }) => Object.keys(user)),
      [['exec']],
      'no token or certificate is in it'
    )
    assert.equal(kubeconfig.clusters[0]?.cluster['certificate-authority-data'], 'Y2VydGlmaWNhdGU=')
  }
})

test('nodes that must be close are in one zone each; those of other tiers are spread', async () => {
  const zonesOf: Record<CloudName, (unit: UnitRun) => unknown[][]> = {
    aws: (unit) =>
      Object.values(inputsOf(unit, 'aws:eks/nodeGroup:NodeGroup')).map(({ subnetIds }) =>
        subnetIds as unknown[]
      ),
    gcp: (unit) =>
      Object.values(inputsOf(unit, 'gcp:container/nodePool:NodePool')).map(({ nodeLocations }) =>
        nodeLocations as unknown[]
      ),
    azure: (unit) =>
      [
        ...(Object.values(inputsOf(unit, 'azure-native:containerservice:ManagedCluster'))[0]
          ?.['agentPoolProfiles'] as Values[]),
        ...Object.values(inputsOf(unit, 'azure-native:containerservice:AgentPool'))
      ].map(({ availabilityZones }) => availabilityZones as unknown[])
  }
  for (const cluster of federation.clusters) {
    const zones = zonesOf[cluster.cloud](await run(cluster.name))
    const placed = cluster.tuning.includes('placement')
    assert.deepEqual(
      zones.map((list) => list.length),
      placed ? cluster.zones.map(() => 1) : cluster.nodePools.map(() => cluster.zones.length),
      cluster.name
    )
    if (placed) assert.equal(new Set(zones.flat()).size, cluster.zones.length, cluster.name)
  }
})
