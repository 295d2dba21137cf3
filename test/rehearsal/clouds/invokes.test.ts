import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { isSecret, plain, stringAt } from '../../../rehearsal/clouds/wire-values.ts'
import { type Provider } from '../../../rehearsal/provider.ts'
import { type WireObject } from '../../../rehearsal/wire.ts'
import { eksCluster, make, provider, world } from './world.ts'

const ask = async (on: Provider, tok: string, args: WireObject = {}): Promise<WireObject> =>
  (await on.invoke({ tok, args, preview: false })).return

test('functions of AWS give account, zones, quotas and clusters', async () => {
  const aws = await provider(world({ quotas: { 'aws:vpc:vpcs': 7 } }).clouds, 'aws', { region: 'us-east-1' })
  assert.equal((await ask(aws, 'aws:index/getCallerIdentity:getCallerIdentity')).accountId, '123456789012')
  assert.deepEqual(
    (await ask(aws, 'aws:index/getAvailabilityZones:getAvailabilityZones', { region: 'eu-west-1' })).names,
    ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']
  )
  assert.equal(
    (await ask(aws, 'aws:servicequotas/getServiceQuota:getServiceQuota', {
      serviceCode: 'vpc',
      quotaCode: 'L-F678F1CE'
    })).value,
    7
  )
  await assert.rejects(
    ask(aws, 'aws:eks/getCluster:getCluster', { name: 'primary' }),
    /No cluster found for name: primary/
  )
  const { cluster } = await eksCluster(aws)
  assert.equal(
    (await ask(aws, 'aws:eks/getCluster:getCluster', { name: 'primary' })).endpoint,
    cluster.properties.endpoint
  )
})

test('policy documents are computed as IAM reads them', async () => {
  const aws = await provider(world().clouds, 'aws', {})
  const { json } = await ask(aws, 'aws:iam/getPolicyDocument:getPolicyDocument', {
    statements: [{
      sid: 'Assume',
      actions: ['sts:AssumeRole'],
      principals: [{ type: 'Service', identifiers: ['eks.amazonaws.com'] }],
      conditions: [{ test: 'StringEquals', variable: 'aws:SourceAccount', values: ['1', '2'] }]
    }]
  })
  assert.deepEqual(JSON.parse(String(json)), {
    Version: '2012-10-17',
    Statement: [{
      Sid: 'Assume',
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: 'eks.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': ['1', '2'] } }
    }]
  })
})

test('the kubeconfig of AKS leads to its cluster, and is secret', async () => {
  const { clouds } = world()
  const azure = await provider(clouds, 'azure-native', { location: 'japaneast' })
  await make(azure, 'azure-native:resources:ResourceGroup', 'g', { resourceGroupName: 'g' })
  await make(azure, 'azure-native:containerservice:ManagedCluster', 'aks', {
    resourceGroupName: 'g',
    resourceName: 'aks',
    dnsPrefix: 'aks',
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 1, vmSize: 'Standard_D2s_v5' }],
    apiServerAccessProfile: { enablePrivateCluster: true, enablePrivateClusterPublicFQDN: false }
  })
  const { kubeconfigs } = await ask(
    azure,
    'azure-native:containerservice:listManagedClusterUserCredentials',
    { resourceGroupName: 'g', resourceName: 'aks' }
  )
  assert.ok(isSecret(kubeconfigs))
  const text = Buffer.from(stringAt({ list: plain(kubeconfigs) }, 'list[].value') ?? '', 'base64').toString()
  const authority = Buffer.from(
    stringAt(JSON.parse(text), 'clusters[].cluster.certificate-authority-data') ?? '',
    'base64'
  ).toString()
  assert.ok(new X509Certificate(authority).ca)
  const kubernetes = await provider(clouds, 'kubernetes', { kubeconfig: text })
  const secret = await make(kubernetes, 'kubernetes:core/v1:Secret', 's', {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/service-account-token',
    metadata: { name: 'token', annotations: { 'kubernetes.io/service-account.name': 'reader' } }
  })
  assert.ok(isSecret(secret.properties.data))
  assert.equal(
    Buffer.from(String((plain(secret.properties.data) as WireObject)['ca.crt']), 'base64').toString(),
    authority
  )
})

test('a function that is not modelled is an error that names it', async () => {
  await assert.rejects(
    ask(await provider(world().clouds, 'gcp', {}), 'gcp:compute/getImage:getImage'),
    /no function gcp:compute\/getImage:getImage/
  )
})
