import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { awsRegionNames as awsRegions } from '../../../rehearsal/clouds/aws/regions.ts'
import { locations } from '../../../rehearsal/clouds/azure-native/locations.ts'
import { gcpRegionNames as gcpRegions } from '../../../rehearsal/clouds/gcp/regions.ts'
import { placeOfRegion } from '../../../rehearsal/clouds/region-places.ts'
import { greatCircleKm, roundTripMs } from '../../../rehearsal/clouds/round-trips.ts'
import { objectAt } from '../../../rehearsal/clouds/wire-values.ts'
import { type Provider, type ProviderSource } from '../../../rehearsal/provider.ts'
import { type WireObject } from '../../../rehearsal/wire.ts'
import { clusterType, kubeconfig, make, provider, roleType, subnetType, vpcType, world } from './world.ts'

const regions = [...awsRegions, ...gcpRegions, ...locations].filter((region) => region !== 'global')

test('every region of the three clouds has a place', () => {
  assert.deepEqual(regions.filter((region) => placeOfRegion(region) === undefined), [])
  assert.equal(roundTripMs('us-east-1', 'nowhere'), undefined)
})

test('round trips are the same in both directions, and no faster than light in fibre', () => {
  const region = fc.constantFrom(...regions)
  fc.assert(fc.property(region, region, (from, to) => {
    const [a, b] = [placeOfRegion(from), placeOfRegion(to)]
    const time = roundTripMs(from, to)
    assert.ok(a && b && time !== undefined)
    assert.ok(Math.abs(time - (roundTripMs(to, from) ?? NaN)) < 1e-9)
    assert.ok(time >= 2 * greatCircleKm(a, b) / 204.2)
    assert.ok(time >= 1.5 && time < 300)
  }))
})

test('distances are those of an atlas', () => {
  for (
    const [from, to, km] of [
      ['eu-west-2', 'ap-northeast-1', 9560],
      ['eu-central-1', 'ap-southeast-1', 10270],
      ['ap-southeast-1', 'ap-southeast-2', 6300]
    ] as const
  ) {
    const [a, b] = [placeOfRegion(from), placeOfRegion(to)]
    assert.ok(a && b && Math.abs(greatCircleKm(a, b) - km) < 0.02 * km, `${from} ${to}`)
  }
})

const labelled = (name: string, labels: WireObject) => ({
  metadata: { name, namespace: 'windlass' },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name, ...labels } }, spec: { containers: [{ name: 'c' }] } }
  }
})

async function responder (on: Provider, cluster: string): Promise<void> {
  const name = `responder-${cluster}`
  await make(on, 'kubernetes:core/v1:Namespace', 'windlass', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'windlass' }
  })
  await make(on, 'kubernetes:apps/v1:Deployment', name, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    ...labelled(name, { 'topology.istio.io/cluster': cluster })
  })
  await make(on, 'kubernetes:core/v1:Service', name, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'windlass' },
    spec: { selector: { app: name }, ports: [{ port: 8080 }] }
  })
}

async function results (
  on: Provider,
  job: string,
  labels: WireObject,
  ...targets: string[]
): Promise<unknown> {
  const { properties } = await make(on, 'kubernetes:batch/v1:Job', job, {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: job, namespace: 'windlass', annotations: { kept: 'yes' } },
    spec: {
      template: {
        metadata: { labels },
        spec: {
          restartPolicy: 'Never',
          containers: [{
            name: 'probe',
            env: [{
              name: 'PROBES',
              value: targets.map((target) =>
                `${target} http://responder-${target}.windlass.svc.cluster.local:8080/`
              ).join('\n')
            }]
          }]
        }
      }
    }
  })
  const annotations = objectAt(properties, 'metadata.annotations')
  assert.equal(annotations.kept, 'yes')
  return annotations['windlass.io/results']
}

/** The objects of a new cluster in a region. */
async function clusterIn (clouds: ProviderSource, region: string): Promise<Provider> {
  const aws = await provider(clouds, 'aws', { region })
  const vpc = await make(aws, vpcType, 'main', { cidrBlock: '10.1.0.0/16' })
  const subnets = await Promise.all(
    ['a', 'b'].map((zone, index) =>
      make(aws, subnetType, zone, {
        vpcId: vpc.id,
        cidrBlock: `10.1.${16 * index}.0/20`,
        availabilityZone: region + zone
      })
    )
  )
  const role = await make(aws, roleType, `eks-${region}`, {
    assumeRolePolicy: JSON.stringify({ Version: '2012-10-17', Statement: [] })
  })
  const { properties } = await make(aws, clusterType, 'main', {
    name: 'main',
    roleArn: role.properties.arn ?? '',
    vpcConfig: { subnetIds: subnets.map(({ id }) => id) }
  })
  return await provider(clouds, 'kubernetes', { kubeconfig: kubeconfig(properties.endpoint) })
}

/** Two clusters with a responder each. */
async function twoClusters (): Promise<{ here: Provider, there: Provider }> {
  const { clouds } = world()
  const [here, there] = await Promise.all([
    clusterIn(clouds, 'us-east-1'),
    clusterIn(clouds, 'eu-central-1')
  ])
  await responder(here, 'here')
  await responder(there, 'there')
  return { here, there }
}

/** Lets a cluster's mesh read the endpoints of the other one. */
async function federate (here: Provider): Promise<void> {
  await make(here, 'kubernetes:core/v1:Namespace', 'istio-system', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'istio-system' }
  })
  await make(here, 'kubernetes:core/v1:Secret', 'remote', {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'remote',
      namespace: 'istio-system',
      labels: { 'istio/multiCluster': 'true' },
      annotations: { 'networking.istio.io/cluster': 'there' }
    }
  })
}

test('a measuring Job reaches another cluster only through the mesh that knows it', async () => {
  const { here } = await twoClusters()
  assert.equal(
    await results(here, 'alone', {}, 'here', 'there', 'absent'),
    'here:1.50,there:none,absent:none'
  )
  await federate(here)
  const time = roundTripMs('us-east-1', 'eu-central-1')?.toFixed(2)
  assert.equal(await results(here, 'federated', {}, 'here', 'there'), `here:1.50,there:${time}`)
  assert.equal(
    await results(here, 'outside', { 'sidecar.istio.io/inject': 'false' }, 'here', 'there'),
    'here:1.50,there:none'
  )
})

test('a measuring Job without a sidecar does not reach a mesh with strict mutual TLS', async () => {
  const { here } = await twoClusters()
  await federate(here)
  await make(here, 'kubernetes:helm.sh/v3:Release', 'istio-base', {
    chart: 'base',
    name: 'istio-base',
    namespace: 'istio-system'
  })
  await make(here, 'kubernetes:security.istio.io/v1:PeerAuthentication', 'strict', {
    apiVersion: 'security.istio.io/v1',
    kind: 'PeerAuthentication',
    metadata: { name: 'strict', namespace: 'istio-system' },
    spec: { mtls: { mode: 'STRICT' } }
  })
  assert.equal(await results(here, 'plaintext', { 'sidecar.istio.io/inject': 'false' }, 'here'), 'here:none')
  assert.equal(await results(here, 'mutual', {}, 'here'), 'here:1.50')
})

test('a measuring Job reaches what network policies let it reach', async () => {
  const { here } = await twoClusters()
  const policy = (name: string, spec: WireObject) =>
    make(here, 'kubernetes:networking.k8s.io/v1:NetworkPolicy', name, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name, namespace: 'windlass' },
      spec
    })
  await policy('deny', { podSelector: {}, policyTypes: ['Ingress'] })
  assert.equal(await results(here, 'denied', { role: 'probe' }, 'here'), 'here:none')
  await policy('allow', {
    podSelector: {},
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: { matchLabels: { role: 'probe' } } }] }]
  })
  assert.equal(await results(here, 'admitted', { role: 'probe' }, 'here'), 'here:1.50')
  assert.equal(await results(here, 'stranger', {}, 'here'), 'here:none')
})
