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

const spec = workload()
const moved = { ...spec, selector: { matchLabels: { app: 'it', tier: 'a' } } }
const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'a' }
const claim = (rest: WireObject): WireObject => ({
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } }, ...rest }
})
const definition = (scope: string): WireObject => ({
  spec: { group: 'example.com', scope, names: { kind: 'Thing', plural: 'things' }, versions: [] }
})

/** Updates of one object: what it was, what it becomes, and the API server's words. */
const updates: readonly [kind: string, before: WireObject, after: WireObject, words: RegExp][] = [
  [
    'apps/v1:Deployment',
    { spec },
    { spec: moved },
    /Deployment\.apps "it" is invalid: spec\.selector: Invalid value: .*: field is immutable/
  ],
  [
    'apps/v1:StatefulSet',
    { spec: { ...spec, serviceName: 'a' } },
    { spec: { ...spec, serviceName: 'b' } },
    /StatefulSet\.apps "it" is invalid: spec: Forbidden: updates to statefulset spec for fields other than 'r/
  ],
  ['apps/v1:StatefulSet', { spec: { ...spec, serviceName: 'a' } }, {
    spec: { ...spec, serviceName: 'a', replicas: 3 }
  }, /^updated$/],
  [
    'batch/v1:Job',
    { spec },
    { spec: workload({ priorityClassName: 'system-node-critical' }) },
    /Job\.batch "it" is invalid: spec\.template: Invalid value: .*: field is immutable/
  ],
  [
    'core/v1:Secret',
    { type: 'Opaque', data: {} },
    { type: 'kubernetes.io/tls' },
    /Secret "it" is invalid: type: Invalid value: "kubernetes.io\/tls": field is immutable/
  ],
  [
    'core/v1:ConfigMap',
    { immutable: true, data: { a: 'b' } },
    { data: { a: 'c' } },
    /ConfigMap "it" is invalid: data: Forbidden: field is immutable when `immutable` is set/
  ],
  [
    'core/v1:Service',
    { spec: { clusterIP: '172.20.0.8', ports: [{ port: 80 }] } },
    { spec: { clusterIP: '172.20.0.9', ports: [{ port: 80 }] } },
    /Service "it" is invalid: spec\.clusterIPs\[0\]: Invalid value: \["172\.20\.0\.9"\]: may not change once set/
  ],
  [
    'core/v1:PersistentVolumeClaim',
    claim({}),
    claim({ accessModes: ['ReadWriteMany'] }),
    /PersistentVolumeClaim "it" is invalid: spec: Forbidden: spec is immutable after creation except resources/
  ],
  [
    'core/v1:PersistentVolumeClaim',
    claim({}),
    claim({ resources: { requests: { storage: '1Gi' } } }),
    /spec\.resources\.requests\.storage: Forbidden: field can not be less than status\.capacity/
  ],
  [
    'rbac.authorization.k8s.io/v1:RoleBinding',
    { roleRef },
    { roleRef: { ...roleRef, name: 'b' } },
    /RoleBinding\.rbac\.authorization\.k8s\.io "it" is invalid: roleRef: .*: cannot change roleRef/
  ],
  [
    'storage.k8s.io/v1:StorageClass',
    { provisioner: 'a', parameters: { type: 'gp3' } },
    { parameters: { type: 'io2' } },
    /StorageClass\.storage\.k8s\.io "it" is invalid: parameters: Forbidden: updates to parameters are forbidden\./
  ],
  [
    'scheduling.k8s.io/v1:PriorityClass',
    { value: 1 },
    { value: 2 },
    /PriorityClass\.scheduling\.k8s\.io "it" is invalid: value: Forbidden: may not be changed in an update\./
  ],
  [
    'apiextensions.k8s.io/v1:CustomResourceDefinition',
    definition('Namespaced'),
    definition('Cluster'),
    /CustomResourceDefinition\.apiextensions\.k8s\.io "it" is invalid: spec\.scope: Invalid value: "Cluster": field/
  ]
]

test('fields that cannot change are refused by an update, in the words of their kind', async () => {
  for (const [kind, before, after, words] of updates) {
    assert.match(await change(await cluster('aws'), kind, before, after), words, kind)
  }
})

const scaler: WireObject = {
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'it' },
    minReplicas: 4,
    maxReplicas: 8
  }
}

test('an apply does not take over what an autoscaler or a patch owns', async () => {
  const scaledTo = async (replicas: number, more: WireObject = {}): Promise<string> => {
    const on = await cluster('aws')
    await on.make('autoscaling/v2:HorizontalPodAutoscaler', 'it', scaler)
    return change(on, 'apps/v1:Deployment', { spec }, { spec: { ...spec, replicas }, ...more })
  }
  assert.match(
    await scaledTo(3),
    /had an apply conflict: Apply failed with 1 conflict: conflict with "kube-controller-manager" with subresource "scale" using apps\/v1: \.spec\.replicas/
  )
  assert.equal(await scaledTo(4), 'updated')
  const forced = { annotations: { 'pulumi.com/patchForce': 'true' } }
  assert.equal(await scaledTo(3, { metadata: { name: 'it', namespace: 'there', ...forced } }), 'updated')
  const { make } = await cluster('aws')
  await make('core/v1:ConfigMap', 'it', { data: { a: 'b', c: 'd' } })
  const patch = (data: WireObject, metadata?: WireObject): Promise<unknown> =>
    make('core/v1:ConfigMapPatch', 'it', { kind: 'ConfigMap', data }, { name: 'it', ...metadata })
  await patch({ e: 'f', a: 'b' })
  await assert.rejects(
    patch({ a: 'x' }),
    /server-side apply field conflict detected.*\n.*conflict with "pulumi-kubernetes" using v1: \.data\.a/
  )
  await patch({ a: 'x' }, forced)
})

test('priority classes keep to what users may define', async () => {
  const { make } = await cluster('aws')
  const one = (name: string, rest: WireObject): Promise<unknown> =>
    make('scheduling.k8s.io/v1:PriorityClass', name, rest)
  await assert.rejects(
    one('high', { value: 2e9 }),
    /maximum allowed value of a user defined priority is 1000000000/
  )
  await assert.rejects(one('system-it', { value: 1 }), /prefix are reserved for system use only/)
  await one('usual', { value: 1, globalDefault: true })
  await assert.rejects(one('other', { value: 1, globalDefault: true }), /usual is already marked as default/)
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
