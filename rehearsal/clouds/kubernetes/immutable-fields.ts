/**
 * Fields that the API server lets nobody change, with its words: `ValidateImmutableField`
 * (k8s.io/apimachinery) and the validation of each kind (pkg/apis, pkg/registry), as kube-apiserver
 * 1.35.4 answers. Values that it shows in its inner form are shown as programs give them, and the
 * differences that it appends to words about claims are left out. Pure.
 */
import { type WireObject, type WireValue } from '../../wire.ts'
import { type Failure } from '../draft.ts'
import { equal, numberAt, stringAt, valueAt } from '../wire-values.ts'
import { groupOf } from './kinds.ts'
import { quantityOf } from './quantities.ts'

/** Says what an update may not change, as it stands after `is invalid: `. */
type Check = (olds: WireObject, news: WireObject) => string | undefined

/** Values that the API server filled in stay where the program says nothing about them. */
const changes = (olds: WireObject, news: WireObject, path: string): boolean => {
  const [before, after] = [valueAt(olds, path), valueAt(news, path)]
  return after !== undefined && before !== undefined && !equal(before, after)
}

const shown = (value: WireValue | undefined): string => JSON.stringify(value)

/** A field that nobody changes (`ValidateImmutableField`). */
const fixed = (...paths: string[]): Check => (olds, news) => {
  const path = paths.find((one) => changes(olds, news, one))
  return path === undefined
    ? undefined
    : `${path}: Invalid value: ${shown(valueAt(news, path))}: field is immutable`
}

/** A field with words of its own. */
const forbidden = (words: (path: string) => string, ...paths: string[]): Check => (olds, news) => {
  const path = paths.find((one) => changes(olds, news, one))
  return path === undefined ? undefined : `${path}: Forbidden: ${words(path)}`
}

/** Everything below a place but some fields. */
const allBut = (place: string, mutable: readonly string[], words: string): Check => (olds, news) => {
  const rest = (object: WireObject): WireObject => {
    const value = valueAt(object, place)
    return Object.fromEntries(
      Object.entries(typeof value === 'object' && value !== null ? value : {}).filter(([key]) =>
        !mutable.includes(key)
      )
    )
  }
  return equal(rest(olds), rest(news)) ? undefined : `${place}: Forbidden: ${words}`
}

/** Data of a Secret or ConfigMap that says that it is immutable. */
const sealed: Check = (olds, news) =>
  olds.immutable !== true
    ? undefined
    : news.immutable !== true
    ? 'immutable: Forbidden: field is immutable when `immutable` is set'
    : equal(olds.data, news.data)
    ? undefined
    : 'data: Forbidden: field is immutable when `immutable` is set'

const roleRef: Check = (olds, news) =>
  equal(olds.roleRef, news.roleRef)
    ? undefined
    : `roleRef: Invalid value: ${
      shown({
        APIGroup: valueAt(news, 'roleRef.apiGroup') ?? '',
        Kind: valueAt(news, 'roleRef.kind') ?? '',
        Name: valueAt(news, 'roleRef.name') ?? ''
      })
    }: cannot change roleRef`

/** Storage of a claim, which does not get less (pkg/apis/core/validation). */
const shrinks: Check = (olds, news) => {
  const path = 'spec.resources.requests.storage'
  const [before, after] = [stringAt(olds, path), stringAt(news, path)]
  return before !== undefined && after !== undefined && quantityOf(after) < quantityOf(before)
    ? `${path}: Forbidden: field can not be less than status.capacity`
    : undefined
}

const clusterAddress: Check = (olds, news) => {
  const path = 'spec.clusterIP'
  return changes(olds, news, path) && stringAt(news, path) !== ''
    ? `spec.clusterIPs[0]: Invalid value: ${shown([stringAt(news, path) ?? ''])}: may not change once set`
    : undefined
}

/** Indexed Jobs may change `completions` together with `parallelism` (elastic indexed Jobs). */
const completions: Check = (olds, news) =>
  stringAt(olds, 'spec.completionMode') === 'Indexed' &&
    numberAt(news, 'spec.completions', -1) === numberAt(news, 'spec.parallelism', -2)
    ? undefined
    : fixed('spec.completions')(olds, news)

const binding = [roleRef]

const checks: Readonly<Record<string, readonly Check[]>> = {
  Deployment: [fixed('spec.selector')],
  DaemonSet: [fixed('spec.selector')],
  ReplicaSet: [fixed('spec.selector')],
  StatefulSet: [
    allBut(
      'spec',
      [
        'replicas',
        'template',
        'updateStrategy',
        'persistentVolumeClaimRetentionPolicy',
        'minReadySeconds',
        'ordinals',
        'revisionHistoryLimit'
      ],
      "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', " +
        "'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and " +
        "'minReadySeconds' are forbidden"
    )
  ],
  Job: [completions, fixed('spec.selector', 'spec.template', 'spec.completionMode')],
  Service: [clusterAddress],
  PersistentVolumeClaim: [
    allBut(
      'spec',
      ['resources', 'volumeAttributesClassName', 'volumeName'],
      'spec is immutable after creation except resources.requests and volumeAttributesClassName for ' +
        'bound claims'
    ),
    shrinks
  ],
  StorageClass: [
    forbidden((path) => `updates to ${path} are forbidden.`, 'parameters', 'provisioner', 'reclaimPolicy'),
    fixed('volumeBindingMode')
  ],
  IngressClass: [fixed('spec.controller')],
  RoleBinding: binding,
  ClusterRoleBinding: binding,
  Secret: [sealed, fixed('type')],
  ConfigMap: [sealed],
  ResourceQuota: [fixed('spec.scopes', 'spec.scopeSelector')],
  PriorityClass: [
    forbidden(() => 'may not be changed in an update.', 'value'),
    fixed('preemptionPolicy')
  ],
  CustomResourceDefinition: [fixed('spec.group', 'spec.names.plural', 'spec.scope', 'spec.names.kind')]
}

/** The API server's refusal of an update that changes what cannot change. */
export function immutableChange (
  kind: string,
  name: string,
  olds: WireObject,
  news: WireObject
): Failure | undefined {
  for (const check of checks[kind] ?? []) {
    const why = check(olds, news)
    if (why === undefined) continue
    const group = groupOf(stringAt(news, 'apiVersion') ?? '')
    const qualified = group === '' ? kind : `${kind}.${group}`
    return { status: 422, code: 'Invalid', message: `${qualified} "${name}" is invalid: ${why}` }
  }
  return undefined
}
