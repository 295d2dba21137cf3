/**
 * Fields that the API server lets nobody change, with its words: `ValidateImmutableField`
 * (k8s.io/apimachinery) and the strategies of each kind (pkg/apis, pkg/registry). Pure.
 */
import { type WireObject } from '../../wire.ts'
import { type Failure } from '../draft.ts'
import { equal, valueAt } from '../wire-values.ts'

/** Fields by kind; the value before an update is what counts. */
const fields: Readonly<Record<string, string[]>> = {
  Deployment: ['spec.selector'],
  DaemonSet: ['spec.selector'],
  ReplicaSet: ['spec.selector'],
  Job: ['spec.selector', 'spec.template', 'spec.completions', 'spec.completionMode'],
  StorageClass: ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'],
  Secret: ['type'],
  Service: ['spec.clusterIP'],
  ResourceQuota: ['spec.scopes', 'spec.scopeSelector'],
  PriorityClass: ['value', 'preemptionPolicy']
}

/** Fields of a StatefulSet's spec that may change (pkg/apis/apps/validation). */
const statefulMutable = [
  'replicas',
  'template',
  'updateStrategy',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
  'ordinals',
  'revisionHistoryLimit'
]
/** Field of a claim that may change once it is bound. */
const claimMutable = ['resources', 'volumeAttributesClassName']

const withoutKeys = (object: unknown, keys: string[]): WireObject =>
  Object.fromEntries(
    Object.entries(typeof object === 'object' && object !== null ? object as WireObject : {})
      .filter(([key]) => !keys.includes(key))
  )

const invalid = (kind: string, name: string, why: string): Failure => ({
  status: 422,
  code: 'Invalid',
  message: `${kind} "${name}" is invalid: ${why}`
})

/** The API server's refusal of an update that changes what cannot change. */
export function immutableChange (
  kind: string,
  name: string,
  olds: WireObject,
  news: WireObject
): Failure | undefined {
  if (kind === 'RoleBinding' || kind === 'ClusterRoleBinding') {
    return equal(olds.roleRef, news.roleRef)
      ? undefined
      : invalid(kind, name, 'roleRef: Invalid value: cannot change roleRef')
  }
  if (kind === 'StatefulSet') {
    return equal(withoutKeys(olds.spec, statefulMutable), withoutKeys(news.spec, statefulMutable))
      ? undefined
      : invalid(
        kind,
        name,
        "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', " +
          "'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' " +
          "and 'minReadySeconds' are forbidden"
      )
  }
  if (kind === 'PersistentVolumeClaim') {
    return equal(withoutKeys(olds.spec, claimMutable), withoutKeys(news.spec, claimMutable))
      ? undefined
      : invalid(
        kind,
        name,
        'spec: Forbidden: spec is immutable after creation except resources.requests and ' +
          'volumeAttributesClassName for bound claims'
      )
  }
  if (
    (kind === 'Secret' || kind === 'ConfigMap') && olds.immutable === true && !equal(olds.data, news.data)
  ) {
    return invalid(kind, name, 'data: Forbidden: field is immutable when `immutable` is set')
  }
  const changed = fields[kind]?.find((path) => {
    const [before, after] = [valueAt(olds, path), valueAt(news, path)]
    // What the API server filled in stays where the program says nothing about it.
    return after !== undefined && before !== undefined && !equal(before, after)
  })
  return changed === undefined
    ? undefined
    : invalid(
      kind,
      name,
      `${changed}: Invalid value: ${JSON.stringify(valueAt(news, changed))}: field is immutable`
    )
}
