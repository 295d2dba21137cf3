/**
 * Conditions that pulumi-kubernetes waits for after it made an object, and what it says when they
 * do not come (provider/pkg/await). Pure.
 */
import { type WireObject } from '../../wire.ts'
import { type Draft } from '../draft.ts'
import { type Unready } from '../resource-model.ts'
import { objectAt, stringAt, stringsAt } from '../wire-values.ts'
import { accessRefusal } from './access-review.ts'
import { apiCalls } from './api-calls.ts'
import { waitError } from './await-errors.ts'
import { unschedulable } from './capacity/scheduling.ts'
import { type ClusterView } from './cluster-view.ts'
import { servedBy } from './endpoints.ts'
import { isServed } from './ingress-classes.ts'
import { isPatch, kindOf } from './kinds.ts'
import { namespaceOf } from './object-names.ts'
import { missingOf, podRefusal } from './pod-admission.ts'
import { unreadyClaim } from './storage.ts'
import { meets, waitedFor } from './wait-for.ts'
import { podWebhookRefusal } from './webhooks.ts'
import { accountOf, type Claim, type Workload, workloadOf } from './workloads.ts'

/** Kinds whose pods the provider waits for; the others it takes as they are. */
const withPods: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'Pod'])

/** Kinds that the provider waits for, as far as this model knows what they lack. */
const awaitedKinds: ReadonlySet<string> = new Set([
  ...withPods,
  'Service',
  'Ingress',
  'PersistentVolumeClaim'
])

/** The workload that a draft is; undefined for other kinds, and for parts that patch one. */
export function workloadIn (draft: Draft): Workload | undefined {
  return isPatch(draft.type)
    ? undefined
    : workloadOf(kindOf(draft.type), draft.name, namespaceOf(draft) ?? 'default', draft.inputs)
}

/** Reason that keeps a workload's pods from running; undefined when nothing known does. */
export interface Held {
  /** The API server's refusal of the pods. */
  refusal?: string
  /** Reasons why containers of admitted pods wait, in the kubelet's words. */
  missing: string[]
  /** Denials of the API server to the containers of a Job, in its own words. */
  denied?: string[]
}

/** Says what keeps a workload's pods from running; undefined when nothing known does. */
export function heldBack (workload: Workload, view: ClusterView): Held | undefined {
  const refusal = podRefusal(workload, view) ?? podWebhookRefusal(workload, view)
  if (refusal !== undefined) return { refusal, missing: [] }
  const missing = missingOf(workload, view)
  if (missing.length > 0) return { missing }
  const unplaced = unschedulable(workload, view)
  if (unplaced !== undefined) return { missing: [unplaced] }
  const denied = workload.kind === 'Job' ? deniedCalls(workload, view) : []
  return denied.length > 0 ? { missing: [], denied } : undefined
}

/** Calls of a Job's containers to their API server that it denies. */
function deniedCalls (workload: Workload, view: ClusterView): string[] {
  const calls = apiCalls(workload)
  const name = accountOf(workload)
  const account = view.get('kubernetes:core/v1:ServiceAccount', name, workload.namespace)
  const mounted = objectAt(workload.pod, 'spec').automountServiceAccountToken ??
    account?.automountServiceAccountToken
  if (calls.length > 0 && mounted === false) {
    return [`no token of serviceaccount "${name}" is mounted in the pods: Unauthorized`]
  }
  return calls.flatMap((call) => accessRefusal(call, view) ?? [])
}

const skipsAwait = (object: WireObject): boolean =>
  objectAt(object, 'metadata.annotations')['pulumi.com/skipAwait'] === 'true'

/** Tells if the provider waits for anything of an object. */
export const isAwaited = (draft: Draft): boolean =>
  (awaitedKinds.has(kindOf(draft.type)) && !isPatch(draft.type)) || waitedFor(draft.inputs) !== undefined

/**
 * Condition that an object still lacks and that is waited for; undefined once it has it. `status`
 * gives the object's status by now.
 */
export function unready (
  draft: Draft,
  view: ClusterView,
  status: () => WireObject | undefined
): Unready | undefined {
  if (skipsAwait(draft.inputs)) return undefined
  const expressions = waitedFor(draft.inputs)
  if (expressions) {
    const now = status()
    const object: WireObject = now === undefined ? {} : { status: now }
    const lacking = expressions.filter((one) => meets(one, object) === false)
    return lacking.length > 0 ? waitError(draft, 'condition', lacking) : undefined
  }
  const kind = kindOf(draft.type)
  switch (kind) {
    case 'Service':
      return unreadyService(draft, view)
    case 'Ingress':
      return isServed(draft.inputs, view) === false ? waitError(draft, 'timeout', [noAddress]) : undefined
    case 'PersistentVolumeClaim': {
      const why = unreadyClaim(claimOf(draft), view)
      return why === undefined ? undefined : waitError(draft, 'polling', [why])
    }
    default:
      return unreadyWorkload(draft, view, kind)
  }
}

const noAddress = 'Ingress .status.loadBalancer field was not updated with a hostname/IP address. \n' +
  '    for more information about this error, see https://pulumi.io/xdv72s'

const claimOf = ({ name, inputs }: Draft): Claim => ({
  name,
  storageClass: stringAt(inputs, 'spec.storageClassName'),
  accessModes: stringsAt(inputs, 'spec.accessModes[]')
})

function unreadyWorkload (draft: Draft, view: ClusterView, kind: string): Unready | undefined {
  const workload = withPods.has(kind) ? workloadIn(draft) : undefined
  const held = workload && heldBack(workload, view)
  if (!workload || !held || (kind !== 'Job' && kind !== 'DaemonSet' && workload.replicas === 0)) {
    return undefined
  }
  const { namespace, name, replicas } = workload
  const pod = `[Pod ${namespace}/${name}]: `
  const why = held.refusal !== undefined
    ? [`[FailedCreate] Error creating: ${held.refusal}`]
    : [...held.missing, ...held.denied ?? []].map((missing) => `${pod}${missing}`)
  switch (kind) {
    case 'Deployment':
      return waitError(draft, 'timeout', [...why, 'Minimum number of live Pods was not attained'])
    case 'StatefulSet':
      return waitError(draft, 'timeout', [`0 out of ${replicas} replicas succeeded readiness checks`, ...why])
    case 'Job':
      // A Job without pods goes on waiting for them; one whose pods fail has failed.
      return held.denied
        ? waitError(draft, 'failed', [
          '[BackoffLimitExceeded] Job has reached the specified backoff limit',
          ...why
        ])
        : waitError(draft, 'timeout', why)
    case 'DaemonSet':
      return waitError(draft, 'condition', why)
    default:
      return waitError(draft, 'timeout', why)
  }
}

/**
 * As the provider's awaiter of Services (await/service.go, `checkAndLogStatus`): it waits while a
 * selected pod has an address and is not ready. One that selects nothing is ready.
 */
function unreadyService (draft: Draft, view: ClusterView): Unready | undefined {
  const spec = objectAt(draft.inputs, 'spec')
  const selector = objectAt(spec, 'selector')
  if (
    stringAt(spec, 'type') === 'ExternalName' || stringAt(spec, 'clusterIP') === 'None' ||
    Object.keys(selector).length === 0 || spec.publishNotReadyAddresses === true
  ) return undefined
  const served = servedBy({ namespace: namespaceOf(draft) ?? 'default', selector }, view)
  if (served.notReady === 0) return undefined
  return waitError(
    draft,
    'timeout',
    served.ready > 0
      ? []
      : [
        "Service does not target any Pods. Selected Pods may not be ready, or field '.spec.selector' may " +
        'not match labels on any Pods'
      ]
  )
}
