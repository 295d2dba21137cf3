import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { type CloudName } from '../../../contract/words.ts'
import { meshOpenings } from '../../../programs/mesh/isolation.ts'
import { mesh } from '../../../programs/mesh/plan.ts'
import { rangesOf } from '../../../programs/networking/topology.ts'
import { type Cluster } from '../../../programs/types/cluster.ts'
import { type Federation } from '../../../programs/types.ts'
import { nautilus, vpnRing } from '../../fixtures/nautilus.ts'
import { inputsOf, runUnit, scopeNamed, type UnitRun } from '../../fixtures/programs/mock-engine.ts'
import { deployed, egressOf } from '../infrastructure/upstream.ts'

const secretMark = '4dabf18193072939515e22adb298388d'
const names: Record<CloudName, string> = {
  aws: 'nautilus-primary-us-east',
  gcp: 'nautilus-primary-eu-west',
  azure: 'nautilus-primary-asia-northeast'
}

let federation: Federation
const runs = new Map<CloudName, UnitRun>()
const run = (cloud: CloudName): UnitRun => runs.get(cloud) ?? assert.fail(cloud)
const clusterIn = (cloud: CloudName): Cluster =>
  federation.clusters.find(({ name }) => name === names[cloud]) ?? assert.fail(cloud)
const runOf = (of: Federation, cloud: CloudName): Promise<UnitRun> =>
  runUnit(mesh, of, scopeNamed(of, mesh, 'cluster', names[cloud]), {
    ...deployed(of),
    'mesh.global': { rootCertificate: 'root certificate\n', rootKey: 'root key' }
  })
before(async () => {
  federation = await nautilus()
  for (const cloud of ['aws', 'gcp', 'azure'] as const) runs.set(cloud, await runOf(federation, cloud))
})

interface Service {
  metadata: { annotations: Record<string, string> }
  spec: { ports: { port: number }[], loadBalancerSourceRanges?: string[] }
}
const service = (cloud: CloudName, name: string): Service =>
  inputsOf(run(cloud), 'kubernetes:core/v1:Service')[name] as unknown as Service
/** Specifications of custom resources of a kind, by resource name. */
const specs = (cloud: CloudName, type: string): Record<string, Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(inputsOf(run(cloud), type)).map((
      [name, { spec }]
    ) => [name, spec as Record<string, unknown>])
  )

test('east-west gateways over a VPN are private and let in the networks of the others only', async () => {
  const overVpn = { ...federation, links: vpnRing }
  const of = async (cloud: CloudName): Promise<Service> =>
    inputsOf(
      await runOf(overVpn, cloud),
      'kubernetes:core/v1:Service'
    )['istio-eastwestgateway'] as unknown as Service
  for (const cloud of ['gcp', 'azure'] as const) {
    const { metadata, spec } = await of(cloud)
    assert.match(JSON.stringify(metadata.annotations), /internal/i)
    assert.deepEqual(
      spec.loadBalancerSourceRanges,
      rangesOf(federation.clusters.filter(({ name }) => name !== names[cloud]))
    )
    assert.deepEqual(spec.ports.map(({ port }) => port), [15443, 443, 15021])
  }
  const { annotations } = (await of('aws')).metadata
  assert.equal(annotations['service.beta.kubernetes.io/aws-load-balancer-scheme'], 'internal')
  assert.equal(
    annotations['service.beta.kubernetes.io/aws-load-balancer-security-groups'],
    `${names.aws}-east-west`
  )
})

test('east-west gateways of the mesh are public for the addresses by which the others go out', () => {
  for (const cloud of ['gcp', 'azure'] as const) {
    const { metadata, spec } = service(cloud, 'istio-eastwestgateway')
    assert.doesNotMatch(JSON.stringify(metadata.annotations), /internal/i)
    const outside = federation.clusters.filter(({ name }) => name !== names[cloud]).flatMap(egressOf)
      .map((address) => `${address}/32`)
    assert.equal(new Set(outside).size, cloud === 'gcp' ? 3 * 3 + 3 * 2 + 3 * 2 : 3 * 3 + 4 * 2 + 2 * 2)
    assert.deepEqual(spec.loadBalancerSourceRanges, outside)
    const policies = inputsOf(run(cloud), 'kubernetes:networking.k8s.io/v1:NetworkPolicy')
    const ingress = JSON.stringify(policies['mesh-allow-east-west']?.['spec'])
    assert.ok(outside.every((range) => ingress.includes(`"${range}"`)))
    assert.doesNotMatch(ingress, /"0\.0\.0\.0\/0"/)
  }
  const { annotations } = service('aws', 'istio-eastwestgateway').metadata
  assert.equal(annotations['service.beta.kubernetes.io/aws-load-balancer-scheme'], 'internet-facing')
  assert.equal(
    annotations['service.beta.kubernetes.io/aws-load-balancer-security-groups'],
    `${names.aws}-east-west`
  )
})

test('ingress gateways offer HTTPS to the world and nothing else', () => {
  for (const cloud of ['aws', 'gcp', 'azure'] as const) {
    const { metadata, spec } = service(cloud, 'istio-ingressgateway')
    assert.deepEqual(spec.ports.map(({ port }) => port), [443])
    assert.doesNotMatch(JSON.stringify(metadata.annotations), /"internal"|load-balancer-internal/i)
  }
})

test('the Kubernetes API is passed through the east-west gateway by its own name, without ending TLS', () => {
  const gateway = specs('gcp', 'kubernetes:networking.istio.io/v1:Gateway')['kubernetes-api-gateway']
  assert.deepEqual(gateway?.['servers'], [{
    port: { number: 443, name: 'tls-api', protocol: 'TLS' },
    tls: { mode: 'PASSTHROUGH' },
    hosts: ['kubernetes.default.svc']
  }])
  const routes = specs('gcp', 'kubernetes:networking.istio.io/v1:VirtualService')['kubernetes-api-routes']
  assert.match(JSON.stringify(routes), /"host":"kubernetes\.default\.svc\.cluster\.local"/)
  assert.equal(run('gcp').outputs['apiServer'], 'https://10.0.0.10')
})

test("peers' control planes may look at services and where they run, never at a Secret", () => {
  const [role] = Object.values(inputsOf(run('aws'), 'kubernetes:rbac.authorization.k8s.io/v1:ClusterRole'))
  const rules = role?.['rules'] as { resources: string[], verbs: string[] }[]
  assert.ok(rules.length > 0)
  for (const { resources, verbs } of rules) {
    assert.deepEqual(verbs, ['get', 'list', 'watch'])
    assert.ok(
      !resources.some((resource) => resource === 'secrets' || resource === 'configmaps' || resource === '*')
    )
  }
  const istiod = inputsOf(run('aws'), 'kubernetes:helm.sh/v3:Release')['istiod']?.['values'] as {
    global: { enableReaderRBAC: boolean }
    env: Record<string, string>
  }
  assert.equal(istiod.global.enableReaderRBAC, false)
  assert.equal(istiod.env['PILOT_ENABLE_REMOTE_CREDENTIALS_CONTROLLER'], 'false')
  assert.ok(run('aws').secrets.includes('readerToken'))
})

test('keys of authorities are secrets wherever they go, and an intermediate signs no other', () => {
  const { resources } = run('azure')
  const cacerts = inputsOf(run('azure'), 'kubernetes:core/v1:Secret')['cacerts']
  assert.ok(JSON.stringify(cacerts).includes(secretMark))
  for (const { name, inputs } of resources.filter(({ type }) => type.startsWith('tls:'))) {
    for (const key of ['privateKeyPem', 'caPrivateKeyPem']) {
      if (inputs[key] !== undefined) assert.ok(secretMark in (inputs[key] as object), `${name} ${key}`)
    }
  }
  const intermediate =
    inputsOf(run('azure'), 'tls:index/locallySignedCert:LocallySignedCert')[`${names.azure}-intermediate`]
  assert.equal(intermediate?.['maxPathLength'], 0)
})

test("the mesh's namespace denies by default; only HTTPS at the ingress is open to everybody", () => {
  for (const cloud of ['aws', 'gcp', 'azure'] as const) {
    const cluster = clusterIn(cloud)
    const policies = meshOpenings(federation, cluster, [])
    assert.deepEqual(
      Object.keys(inputsOf(run(cloud), 'kubernetes:networking.k8s.io/v1:NetworkPolicy')).sort(),
      Object.keys(policies).map((name) => `mesh-${name}`).sort()
    )
    assert.deepEqual(policies['default-deny'], { podSelector: {}, policyTypes: ['Ingress', 'Egress'] })
    const open = Object.entries(policies).flatMap(([name, { ingress }]) =>
      (ingress as { from?: unknown[], ports?: { port: number }[] }[] | undefined ?? []).filter(({ from }) =>
        from === undefined
      ).map(({ ports }) => [name, ports?.map(({ port }) => port)])
    )
    assert.deepEqual(open, [['allow-ingress', [443]]])
    // GKE's API server is in a range of its own, and its DNS on the node.
    assert.equal(JSON.stringify(policies).includes(cluster.controlPlaneCidr), cloud === 'gcp')
    assert.equal(JSON.stringify(policies).includes('169.254.20.10/32'), cloud === 'gcp')
  }
})
