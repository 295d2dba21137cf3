import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eksCluster, kubeconfig, make, provider, remove, vpcType, world, clusterType } from './world.ts'

test('deleting a cluster deletes the objects in it', async () => {
  const { clouds, store } = world()
  const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
  const { cluster } = await eksCluster(aws)
  await store.put({
    id: 'ns',
    pkg: 'kubernetes',
    type: 'kubernetes:core/v1:Namespace',
    account: String(cluster.properties.endpoint).replace('https://', '').toLowerCase(),
    region: '',
    name: 'ns',
    token: '',
    incarnation: '',
    created: '2026-01-01T00:00:00Z',
    inputs: {},
    outputs: {}
  })
  await remove(aws, clusterType, 'primary', cluster)
  assert.equal(await store.count({ pkg: 'kubernetes' }), 0)
})

test('routes go with their table, and rules with their group unless another group refers to it', async () => {
  const { clouds, store } = world()
  const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
  const vpc = await make(aws, vpcType, 'v', { cidrBlock: '10.0.0.0/16' })
  const gateway = await make(aws, 'aws:ec2/internetGateway:InternetGateway', 'g', { vpcId: vpc.id })
  const table = await make(aws, 'aws:ec2/routeTable:RouteTable', 't', { vpcId: vpc.id })
  const route = await make(aws, 'aws:ec2/route:Route', 'r', {
    routeTableId: table.id,
    destinationCidrBlock: '0.0.0.0/0',
    gatewayId: gateway.id
  })
  await remove(aws, 'aws:ec2/routeTable:RouteTable', 't', table)
  assert.equal(await store.count({ type: 'aws:ec2/route:Route' }), 0)
  // What went with its table counts as deleted.
  await remove(aws, 'aws:ec2/route:Route', 'r', route)
  const group = await make(aws, 'aws:ec2/securityGroup:SecurityGroup', 's', { vpcId: vpc.id })
  const other = await make(aws, 'aws:ec2/securityGroup:SecurityGroup', 'o', { vpcId: vpc.id })
  const rule = 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule'
  const trust = await make(aws, rule, 'trust', {
    securityGroupId: other.id,
    referencedSecurityGroupId: group.id,
    ipProtocol: '-1'
  })
  await make(aws, rule, 'own', { securityGroupId: group.id, cidrIpv4: '10.0.0.0/8', ipProtocol: '-1' })
  await assert.rejects(remove(aws, 'aws:ec2/securityGroup:SecurityGroup', 's', group), /DependencyViolation/)
  await remove(aws, rule, 'trust', trust)
  await remove(aws, 'aws:ec2/securityGroup:SecurityGroup', 's', group)
  assert.equal(await store.count({ type: rule }), 0)
})

test('objects of a cluster that is gone count as deleted only where that was asked for', async () => {
  for (const deleteUnreachable of [false, true]) {
    const { clouds, store } = world({ deleteUnreachable })
    const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
    const { cluster } = await eksCluster(aws)
    const objects = await provider(clouds, 'kubernetes', {
      kubeconfig: kubeconfig(cluster.properties.endpoint)
    })
    const namespace = await make(objects, 'kubernetes:core/v1:Namespace', 'ns', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'ns' }
    })
    await remove(aws, clusterType, 'primary', cluster)
    const removed = remove(objects, 'kubernetes:core/v1:Namespace', 'ns', namespace)
    await (deleteUnreachable
      ? removed
      : assert.rejects(removed, /configured Kubernetes cluster is unreachable/))
    assert.equal(await store.count({ pkg: 'kubernetes' }), 0)
  }
})
