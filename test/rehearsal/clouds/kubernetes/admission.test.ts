/** Answers of a cluster about new objects: volumes, limits, quotas, addresses, owners. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ClusterView } from '../../../../rehearsal/clouds/kubernetes/cluster-view.ts'
import { podRefusal } from '../../../../rehearsal/clouds/kubernetes/pod-admission.ts'
import { unboundClaim } from '../../../../rehearsal/clouds/kubernetes/storage.ts'
import { type Workload } from '../../../../rehearsal/clouds/kubernetes/workloads.ts'
import { type CloudRecord } from '../../../../rehearsal/store.ts'
import { type WireObject } from '../../../../rehearsal/wire.ts'
import { cluster } from './cluster.ts'
import { account, eks, inside, record } from './records.ts'

const volume = (
  storageClass: string | undefined,
  accessModes: string[],
  ...records: CloudRecord[]
): string | undefined =>
  unboundClaim({ name: 'data', storageClass, accessModes }, new ClusterView([eks, ...records], account))

test('a claim gets a volume of a class that is there, whose driver is, and which one node mounts', () => {
  const driver = record('aws:eks/addon:Addon', 'ebs', { addonName: 'aws-ebs-csi-driver', clusterName: 'c' })
  const named = inside('storage.k8s.io/v1:StorageClass', 'fast', { provisioner: 'ebs.csi.aws.com' })
  const standard = inside('storage.k8s.io/v1:StorageClass', 'usual', {
    provisioner: 'ebs.csi.aws.com',
    metadata: { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } }
  })
  const once = ['ReadWriteOnce']
  assert.match(volume('fast', once, driver) ?? '', /storageclass\.storage\.k8s\.io "fast" not found/)
  assert.equal(volume('fast', once, driver, named), undefined)
  // EKS names no default since Kubernetes 1.30.
  assert.match(volume(undefined, once, driver, named) ?? '', /no storage class is set/)
  assert.equal(volume(undefined, once, driver, standard), undefined)
  assert.match(volume('fast', once, named) ?? '', /Waiting for a volume to be created .*'ebs\.csi\.aws\.com'/)
  assert.match(
    volume('fast', ['ReadWriteMany'], driver, named) ?? '',
    /failed to provision volume with StorageClass "fast": .*MULTI_NODE_MULTI_WRITER not supported/
  )
})

function refusal (resources: WireObject, ...records: CloudRecord[]): string | undefined {
  const workload: Workload = {
    kind: 'Deployment',
    name: 'it',
    namespace: 'there',
    replicas: 1,
    claims: [],
    pod: { metadata: {}, spec: { containers: [{ name: 'it', resources }] } }
  }
  return podRefusal(workload, new ClusterView([eks, ...records], account))
}

test('a LimitRange gives what containers leave out, and bounds what they ask for', () => {
  const range = (rule: WireObject): CloudRecord =>
    inside('core/v1:LimitRange', 'bounds', { spec: { limits: [{ type: 'Container', ...rule }] } })
  const most = range({ max: { memory: '1Gi' } })
  assert.match(
    refusal({ limits: { memory: '2Gi' } }, most) ?? '',
    /pods "it-" is forbidden: maximum memory usage per Container is 1Gi, but limit is 2Gi/
  )
  assert.match(
    refusal({}, most) ?? '',
    /maximum memory usage per Container is 1Gi\. {2}No limit is specified/
  )
  assert.equal(refusal({}, range({ max: { memory: '1Gi' }, default: { memory: '512Mi' } })), undefined)
  assert.match(
    refusal({ requests: { cpu: '10m' } }, range({ min: { cpu: '100m' } })) ?? '',
    /minimum cpu usage per Container is 100m, but request is 10m/
  )
})

test('a quota of processors wants every container to name its amount', () => {
  const quota = inside('core/v1:ResourceQuota', 'few', { spec: { hard: { 'limits.cpu': '4', pods: '9' } } })
  assert.match(refusal({}, quota) ?? '', /failed quota: few: must specify limits\.cpu for: it/)
  assert.equal(refusal({ limits: { cpu: '1' } }, quota), undefined)
  const given = inside('core/v1:LimitRange', 'bounds', {
    spec: { limits: [{ type: 'Container', default: { cpu: '500m' } }] }
  })
  assert.equal(refusal({}, quota, given), undefined)
})

test('Services get addresses of the range of their cluster, each its own', async () => {
  const { make } = await cluster('aws')
  const spec = (rest: WireObject): WireObject => ({ spec: { ports: [{ port: 80 }], ...rest } })
  const address = async (name: string, rest: WireObject = {}): Promise<unknown> =>
    ((await make('core/v1:Service', name, spec(rest))).properties.spec as WireObject).clusterIP
  assert.match(String(await address('one')), /^172\.20\.\d+\.\d+$/)
  await address('two', { clusterIP: '172.20.9.9' })
  await assert.rejects(
    address('three', { clusterIP: '172.20.9.9' }),
    /Service "three" is invalid: spec\.clusterIPs: .*172\.20\.9\.9: provided IP is already allocated/
  )
  await assert.rejects(
    address('four', { clusterIP: '10.9.9.9' }),
    /the provided IP \(10\.9\.9\.9\) is not in the valid range\. The range of valid IPs is 172\.20\.0\.0\/16/
  )
})

test('an object that a chart and a program both make is refused to the second', async () => {
  const { make } = await cluster('aws', 'privileged')
  const release = (name: string): Promise<unknown> =>
    make('helm.sh/v3:Release', name, {
      name,
      namespace: 'there',
      chart: 'cloudnative-pg',
      version: '0.27.0',
      values: { fullnameOverride: name }
    })
  await make('core/v1:ServiceAccount', 'first', {})
  await assert.rejects(
    release('first'),
    /ServiceAccount "first" in namespace "there" exists and cannot be imported into the current release: invalid ownership metadata/
  )
  await release('second')
  await assert.rejects(
    make('core/v1:ServiceAccount', 'second', {}),
    /serviceaccounts "second" already exists/
  )
})
