/**
 * Conditions that pulumi-kubernetes waits for after it made an object, and what it says when they
 * do not come (provider/pkg/await). Pure.
 */
import { type WireObject } from '../../wire.ts'
import { type Draft } from '../draft.ts'
import { type Unready } from '../resource-model.ts'
import { objectAt, stringAt } from '../wire-values.ts'
import { accessRefusal } from './access-review.ts'
import { apiCalls } from './api-calls.ts'
import { unschedulable } from './capacity/scheduling.ts'
import { type ClusterView } from './cluster-view.ts'
import { servedBy } from './endpoints.ts'
import { kindOf } from './kinds.ts'
import { namespaceOf } from './object-names.ts'
import { missingOf, podRefusal } from './pod-admission.ts'
import { podWebhookRefusal } from './webhooks.ts'
import { accountOf, type Workload, workloadOf } from './workloads.ts'

/** Kinds whose pods the provider waits for; the others it takes as they are. */
const withPods: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'Pod'])

/** Kinds that the provider waits for, as far as this model knows what they lack. */
export const awaitedKinds: ReadonlySet<string> = new Set([...withPods, 'Service'])

/** The workload that a draft is; undefined for other kinds. */
export function workloadIn (draft: Draft): Workload | undefined {
  return workloadOf(kindOf(draft.type), draft.name, namespaceOf(draft) ?? 'default', draft.inputs)
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

/** Condition that an object still lacks and that is waited for; undefined once it has it. */
export function unready (draft: Draft, view: ClusterView): Unready | undefined {
  if (skipsAwait(draft.inputs)) return undefined
  const kind = kindOf(draft.type)
  const reasons = kind === 'Service' ? serviceReasons(draft, view) : workloadReasons(draft, view, kind)
  if (reasons.length === 0) return undefined
  const done = draft.previous === undefined ? 'created' : 'updated'
  const message = `resource "${draft.urn}" was successfully ${done}, but the Kubernetes API server ` +
    `reported that it failed to fully initialize or become live: '${draft.name}' timed out waiting to ` +
    'be Ready'
  return { message, reasons: [message, ...reasons] }
}

function workloadReasons (draft: Draft, view: ClusterView, kind: string): string[] {
  const workload = withPods.has(kind) ? workloadIn(draft) : undefined
  const held = workload && heldBack(workload, view)
  if (!workload || !held || (kind !== 'Job' && kind !== 'DaemonSet' && workload.replicas === 0)) return []
  const { namespace, name, replicas } = workload
  const pod = `[Pod ${namespace}/${name}]: `
  const why = held.refusal !== undefined
    ? [`[FailedCreate] Error creating: ${held.refusal}`]
    : [...held.missing, ...held.denied ?? []].map((missing) => `${pod}${missing}`)
  switch (kind) {
    case 'Deployment':
      return [...why, 'Minimum number of live Pods was not attained']
    case 'StatefulSet':
      return [`0 out of ${replicas} replicas succeeded readiness checks`, ...why]
    case 'Job':
      return held.denied
        ? ['[BackoffLimitExceeded] Job has reached the specified backoff limit', ...why]
        : why
    default:
      return why
  }
}

/** As the provider's awaiter of Services: it wants an endpoint where pods are selected. */
function serviceReasons (draft: Draft, view: ClusterView): string[] {
  const spec = objectAt(draft.inputs, 'spec')
  const selector = objectAt(spec, 'selector')
  if (
    stringAt(spec, 'type') === 'ExternalName' || stringAt(spec, 'clusterIP') === 'None' ||
    Object.keys(selector).length === 0
  ) return []
  const served = servedBy({ namespace: namespaceOf(draft) ?? 'default', selector }, view)
  // Pods of charts and custom resources that no table describes may be there: nothing is known.
  return served.ready > 0 || served.unknown
    ? []
    : [
      "Service does not target any Pods. Selected Pods may not be ready, or field '.spec.selector' may " +
      'not match labels on any Pods'
    ]
}
