/** What becomes of pods: refused, waiting, or behind a Service; and what providers wait for. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unjudged } from '../../../../rehearsal/clouds/kubernetes/unjudged.ts'
import { cluster, container, workload } from './cluster.ts'

const service = { spec: { selector: { app: 'it' }, ports: [{ port: 80 }] } }
const skipped = { annotations: { 'pulumi.com/skipAwait': 'true' } }

test('a workload whose pods are refused is made, never becomes ready, and serves nothing', async () => {
  const { make, served } = await cluster('aws')
  const spec = workload({}, {
    ...container,
    readinessProbe: { httpGet: { host: 'other.example.com', port: 443 } }
  })
  await assert.rejects(
    make('apps/v1:Deployment', 'it', { spec }),
    (error: Error & { initFailed?: object }) => {
      assert.match(error.message, /was successfully created, but .* 'it' timed out waiting to be Ready/)
      assert.match(
        JSON.stringify(error.initFailed),
        /violates PodSecurity .*probe or lifecycle host .*Minimum number of live Pods/
      )
      return true
    }
  )
  const { properties } = await make('apps/v1:Deployment', 'quiet', { spec }, skipped)
  assert.match(JSON.stringify(properties.status), /"ReplicaFailure".*pods \\"quiet-\\" is forbidden/)
  await make('core/v1:Service', 'it', service, skipped)
  assert.deepEqual(await served('it'), { ready: 0, notReady: 0, absent: 4, unknown: false })
  // The provider waits for pods that have an address, and here are none.
  await make('core/v1:Service', 'awaited', service)
})

test('a provider waits for what comes later: a ConfigMap, an account, pods of a Service', async () => {
  const { make, served } = await cluster('aws')
  const spec = workload({
    serviceAccountName: 'own',
    volumes: [{ name: 'v', configMap: { name: 'settings' } }]
  })
  const [{ properties }] = await Promise.all([
    make('apps/v1:Deployment', 'it', { spec }),
    make('core/v1:Service', 'it', service),
    make('core/v1:ConfigMap', 'settings', { data: {} }),
    make('core/v1:ServiceAccount', 'own', {})
  ])
  assert.match(JSON.stringify(properties.status), /"readyReplicas":2/)
  assert.deepEqual(await served('it'), { ready: 2, notReady: 0, absent: 0, unknown: false })
})

test('pods without their account are refused, and those without what they mount wait', async () => {
  const { make } = await cluster('aws')
  const reasons = async (pod: object): Promise<string> =>
    make('apps/v1:StatefulSet', 'it', { spec: workload(pod as Record<string, never>) }).then(
      () => '',
      (error: { initFailed?: { reasons: string[] } }) => error.initFailed?.reasons.join('\n') ?? ''
    )
  assert.match(
    await reasons({ serviceAccountName: 'nobody' }),
    /error looking up service account there\/nobody: serviceaccount "nobody" not found/
  )
})

test('GKE admits critical pods outside kube-system only with a quota for them, EKS always', async () => {
  const spec = workload({ priorityClassName: 'system-node-critical' })
  const [gke, eks] = [await cluster('gcp'), await cluster('aws')]
  await assert.rejects(gke.make('apps/v1:DaemonSet', 'it', { spec }), (error: { initFailed?: object }) => {
    assert.match(JSON.stringify(error.initFailed), /insufficient quota to match these scopes/)
    return true
  })
  await eks.make('apps/v1:DaemonSet', 'it', { spec })
  await gke.make('core/v1:ResourceQuota', 'critical', {
    spec: {
      hard: { pods: '1G' },
      scopeSelector: {
        matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: ['system-node-critical'] }]
      }
    }
  })
  await gke.make('apps/v1:DaemonSet', 'admitted', { spec })
})

test('a quota that is used up and a class that nobody made refuse pods', async () => {
  const { make } = await cluster('aws')
  await make('core/v1:ResourceQuota', 'few', { spec: { hard: { pods: '1' } } })
  const failure = async (pod: object): Promise<string> =>
    make('apps/v1:Deployment', 'it', { spec: workload(pod as Record<string, never>) }).then(
      () => '',
      (error: { initFailed?: object }) => JSON.stringify(error.initFailed)
    )
  assert.match(await failure({}), /exceeded quota: few, requested: pods=1, used: pods=0, limited: pods=1/)
})

test('charts are judged by the pods that they make of their values', async () => {
  const { on, make } = await cluster('gcp', 'privileged')
  assert.ok(on)
  const release = (values: object): Promise<unknown> =>
    make('helm.sh/v3:Release', 'istio-cni', {
      name: 'istio-cni',
      namespace: 'there',
      chart: 'cni',
      version: '1.31.1',
      atomic: true,
      values: values as Record<string, never>
    })
  await assert.rejects(
    release({}),
    /has been uninstalled due to atomic being set: .*DaemonSet there\/istio-cni-node .*insufficient quota/
  )
  await release({ global: { platform: 'gke' } })
})

test('an object that a webhook judges is refused while nobody answers the webhook', async () => {
  const { make } = await cluster('aws')
  const release = (values: object, skipAwait: boolean): Promise<unknown> =>
    make('helm.sh/v3:Release', 'cloudnative-pg', {
      name: 'cloudnative-pg',
      namespace: 'there',
      chart: 'cloudnative-pg',
      version: '0.27.0',
      skipAwait,
      values: values as Record<string, never>
    })
  await release({ containerSecurityContext: { allowPrivilegeEscalation: true } }, true)
  await assert.rejects(
    make('postgresql.cnpg.io/v1:Cluster', 'it', { spec: { instances: 1 } }),
    /failed calling webhook "mcluster.cnpg.io": .*no endpoints available for service "cnpg-webhook-service"/
  )
})

test('pods that a webhook changes are not made while nobody answers it', async () => {
  const { make } = await cluster('aws', 'privileged')
  const release = (name: string, rest: object): Promise<unknown> =>
    make('helm.sh/v3:Release', name, { name, namespace: 'there', version: '1.31.1', ...rest })
  await release('istiod', {
    chart: 'istiod',
    skipAwait: true,
    values: { global: { priorityClassName: 'no' } }
  })
  await assert.rejects(
    release('istio-ingressgateway', { chart: 'gateway', atomic: true }),
    /Deployment there\/istio-ingressgateway is not ready: Internal error occurred: failed calling webhook "object\.sidecar-injector\.istio\.io": .*\/inject\?timeout=10s": no endpoints available for service "istiod"/
  )
})

test('Helm waits for the Jobs of hooks, in the words of what keeps them', async () => {
  const { make } = await cluster('aws')
  await assert.rejects(
    make('helm.sh/v3:Release', 'velero', {
      name: 'velero',
      namespace: 'there',
      chart: 'velero',
      version: '12.1.0',
      atomic: true,
      values: { credentials: { useSecret: false } }
    }),
    /Job there\/velero-upgrade-crds is not ready: .*violates PodSecurity "restricted:latest": allowPrivilegeEscalation/
  )
})

test('what no source describes is counted: pods of other charts, readiness of custom kinds', () => {
  const release = (chart: string, version: string): string | undefined =>
    unjudged('kubernetes:helm.sh/v3:Release', { chart, version })
  assert.equal(release('velero', '12.1.0'), undefined)
  assert.match(
    release('istiod', '1.31.1') ?? '',
    /^what the chart istiod 1\.31\.1 changed since .* were read/
  )
  assert.equal(release('istiod', '1.99.0'), 'pods of the chart istiod 1.99.0')
  assert.equal(
    unjudged('kubernetes:postgresql.cnpg.io/v1:Cluster', { apiVersion: 'postgresql.cnpg.io/v1' }),
    'readiness of Cluster.postgresql.cnpg.io'
  )
  assert.equal(unjudged('kubernetes:core/v1:Secret', { apiVersion: 'v1' }), undefined)
})
