/** What the provider waits for by kind, how it ends, and what it says. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type WireObject } from '../../../../rehearsal/wire.ts'
import { cluster, container, workload } from './cluster.ts'

const service = { spec: { selector: { app: 'it' }, ports: [{ port: 80 }] } }
const skipped = { annotations: { 'pulumi.com/skipAwait': 'true' } }
const missing = workload({}, { ...container, envFrom: [{ configMapRef: { name: 'none' } }] })
const claim = (storageClassName: string): WireObject => ({
  spec: { storageClassName, accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } }
})
const ingress = (ingressClassName?: string): WireObject => ({
  spec: { ...(ingressClassName !== undefined && { ingressClassName }), rules: [] }
})

test('each kind ends its wait in its own words', async () => {
  const { make } = await cluster('aws')
  const failure = (kind: string, rest: WireObject): Promise<string> =>
    make(kind, 'it', rest).then(() => 'ready', (error: Error) => error.message)
  assert.match(
    await failure('apps/v1:Deployment', { spec: missing }),
    /become live: 'it' timed out waiting to be Ready$/
  )
  assert.match(
    await failure('apps/v1:DaemonSet', { spec: missing }),
    /become live: timed out waiting for the condition$/
  )
  assert.match(
    await failure('core/v1:PersistentVolumeClaim', claim('nobodys')),
    /become live: Timeout occurred polling for 'it'$/
  )
  assert.match(await failure('core/v1:Service', service), /become live: 'it' timed out waiting to be Ready$/)
  await make('apps/v1:Deployment', 'quiet', { spec: missing }, skipped)
})

test('a claim whose class waits for a pod is ready while it is pending', async () => {
  const { make } = await cluster('aws')
  await make('storage.k8s.io/v1:StorageClass', 'late', {
    provisioner: 'ebs.csi.aws.com',
    volumeBindingMode: 'WaitForFirstConsumer'
  })
  await make('storage.k8s.io/v1:StorageClass', 'at-once', { provisioner: 'ebs.csi.aws.com' })
  await make('core/v1:PersistentVolumeClaim', 'late', claim('late'))
  await assert.rejects(
    make('core/v1:PersistentVolumeClaim', 'at-once', claim('at-once')),
    /Timeout occurred polling/
  )
})

test('a Service waits for pods that have an address, and takes it when there are none', async () => {
  const { make } = await cluster('aws')
  await make('core/v1:Service', 'nothing', service)
  await make('apps/v1:Deployment', 'it', { spec: missing }, skipped)
  await assert.rejects(make('core/v1:Service', 'it', service), (error: { initFailed?: object }) => {
    assert.match(JSON.stringify(error.initFailed), /Service does not target any Pods/)
    return true
  })
})

test('an Ingress whose class nobody serves gets no address', async () => {
  const eks = await cluster('aws')
  await assert.rejects(
    eks.make('networking.k8s.io/v1:Ingress', 'it', ingress('alb')),
    (error: { initFailed?: object }) => {
      assert.match(
        JSON.stringify(error.initFailed),
        /loadBalancer field was not updated with a hostname\/IP address/
      )
      return true
    }
  )
  await eks.make('networking.k8s.io/v1:Ingress', 'quiet', ingress('alb'), skipped)
  await eks.make('networking.k8s.io/v1:IngressClass', 'own', { spec: { controller: 'ingress.k8s.aws/alb' } })
  await assert.rejects(eks.make('networking.k8s.io/v1:Ingress', 'other', ingress('own')), /timed out waiting/)
  const gke = await cluster('gcp')
  await gke.make('networking.k8s.io/v1:Ingress', 'it', ingress())
  await assert.rejects(gke.make('networking.k8s.io/v1:Ingress', 'named', ingress('gce')), /timed out waiting/)
})

test('an annotation says what is waited for instead, or is refused', async () => {
  const { make } = await cluster('aws')
  let made = 0
  const waitFor = (text: string): Promise<string> =>
    make('apps/v1:Deployment', `it-${made++}`, { spec: missing }, {
      annotations: { 'pulumi.com/waitFor': text }
    }).then(
      () => 'ready',
      (error: Error) => error.message
    )
  assert.match(await waitFor('Available'), /expected a "jsonpath=" or "condition=" prefix, got "Available"/)
  assert.match(await waitFor('[]'), /at least one condition must be specified/)
  assert.match(await waitFor('["condition=Available"]'), /become live: timed out waiting for the condition$/)
  assert.equal(await waitFor('condition=Available=False'), 'ready')
})
