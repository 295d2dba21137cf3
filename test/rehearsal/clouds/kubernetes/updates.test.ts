/** What the API server refuses of updates, and of what Jobs ask of it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type WireObject } from '../../../../rehearsal/wire.ts'
import { subject } from '../world.ts'
import { type Cluster, cluster, container, workload } from './cluster.ts'

/** Makes an object and updates it as the provider would; gives the API server's words. */
async function change (
  { make, on }: Cluster,
  kind: string,
  before: WireObject,
  after: WireObject
): Promise<string> {
  const made = await make(kind, 'it', before, { annotations: { 'pulumi.com/skipAwait': 'true' } })
  try {
    await on.update({
      ...subject(`kubernetes:${kind}`, 'it'),
      id: made.id,
      olds: made.properties,
      news: { ...made.inputs, ...after },
      oldInputs: made.inputs,
      ignoreChanges: [],
      timeout: 0,
      preview: false
    })
    return 'updated'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

test('fields that cannot change are refused by an update, in the words of their kind', async () => {
  const spec = workload()
  const moved = { ...spec, selector: { matchLabels: { app: 'it', tier: 'a' } } }
  const on = (): Promise<Cluster> => cluster('aws')
  assert.match(
    await change(await on(), 'apps/v1:Deployment', { spec }, { spec: moved }),
    /Deployment "it" is invalid: spec.selector: Invalid value: .*: field is immutable/
  )
  assert.match(
    await change(await on(), 'apps/v1:StatefulSet', { spec: { ...spec, serviceName: 'a' } }, {
      spec: { ...spec, serviceName: 'b' }
    }),
    /updates to statefulset spec for fields other than 'replicas'/
  )
  assert.equal(
    await change(await on(), 'apps/v1:StatefulSet', { spec: { ...spec, serviceName: 'a' } }, {
      spec: { ...spec, serviceName: 'a', replicas: 3 }
    }),
    'updated'
  )
  assert.match(
    await change(await on(), 'core/v1:Secret', { type: 'Opaque', data: {} }, { type: 'kubernetes.io/tls' }),
    /Secret "it" is invalid: type: Invalid value: "kubernetes.io\/tls": field is immutable/
  )
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'a' }
  assert.match(
    await change(await on(), 'rbac.authorization.k8s.io/v1:RoleBinding', { roleRef }, {
      roleRef: { ...roleRef, name: 'b' }
    }),
    /cannot change roleRef/
  )
})

test('a Job fails when its account may not do what its container does', async () => {
  const cases = await cluster('aws')
  const call =
    'exec curl -sS -X PATCH "https://kubernetes.default.svc/apis/batch/v1/namespaces/there/jobs/$JOB"'
  const job = (): Promise<unknown> =>
    cases.make('batch/v1:Job', 'it', {
      spec: workload({ serviceAccountName: 'own', automountServiceAccountToken: true }, {
        ...container,
        command: ['sh', '-c', call],
        env: [{ name: 'JOB', value: 'it' }]
      })
    })
  await cases.make('core/v1:ServiceAccount', 'own', {})
  const rules = (verbs: string[]): WireObject => ({
    rules: [{ apiGroups: ['batch'], resources: ['jobs'], verbs }]
  })
  await cases.make('rbac.authorization.k8s.io/v1:Role', 'reads', rules(['get']))
  await cases.make('rbac.authorization.k8s.io/v1:RoleBinding', 'reads', {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reads' },
    subjects: [{ kind: 'ServiceAccount', name: 'own', namespace: 'there' }]
  })
  await assert.rejects(job(), (error: { initFailed?: object }) => {
    assert.match(
      JSON.stringify(error.initFailed),
      /jobs.batch \\"it\\" is forbidden: User \\"system:serviceaccount:there:own\\" cannot patch resource/
    )
    return true
  })
})
