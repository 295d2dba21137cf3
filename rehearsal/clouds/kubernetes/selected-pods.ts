/** Pods that a selector finds in a namespace, by the cluster's objects and its charts. Pure. */
import { type CloudQuery, type CloudRecord } from '../../store.ts'
import { type WireObject } from '../../wire.ts'
import { numberAt, objectAt, plain, stringAt } from '../wire-values.ts'
import { chartWorkloads, operatedWorkloads } from './charts/workloads.ts'
import { type ClusterView } from './cluster-view.ts'
import { operatedResources, operatedTypes } from './custom-resources.ts'
import { kindOf } from './kinds.ts'
import { releaseType } from './object-names.ts'
import { podLabels, type PodState, type Workload, workloadOf } from './workloads.ts'

/** Types of workloads that may stand behind a Service. */
const workloadTypes = [
  'kubernetes:apps/v1:Deployment',
  'kubernetes:apps/v1:StatefulSet',
  'kubernetes:apps/v1:DaemonSet',
  'kubernetes:core/v1:Pod'
]

/** Pods that a Service selects. */
export interface Selection {
  namespace: string
  selector: WireObject
}

/** Endpoints behind a Service. */
export interface Served {
  /** Pods that are ready. */
  ready: number
  /** Pods with an address whose containers wait for something. */
  notReady: number
  /** Pods that the cluster does not admit, or that wait for a volume: they have no address. */
  absent: number
  /** Something of the namespace makes pods that no table describes: there may be more. */
  unknown: boolean
}

/** Queries for all that decides which pods are behind a cluster's Services. */
export function endpointQueries (account: string): CloudQuery[] {
  return [...workloadTypes, ...operatedTypes, releaseType].map((type) => ({
    pkg: 'kubernetes',
    account,
    type
  }))
}

const selects = (selector: WireObject, labels: WireObject): boolean =>
  Object.entries(selector).every(([key, value]) => labels[key] === value)

/** Tells if a workload's own status says that its pods run. */
function reportsReady (record: CloudRecord): boolean {
  const status = objectAt(plain(record.outputs), 'status')
  return numberAt(status, 'readyReplicas', 0) > 0 || numberAt(status, 'numberReady', 0) > 0 ||
    status.phase === 'Running'
}

/** Workloads of a release that run pods for long, whoever waits for them. */
function installed (record: CloudRecord, object: WireObject): Workload[] | undefined {
  const made = chartWorkloads(object, record.name)
  return made && [...made, ...operatedWorkloads(object, record.name)]
}

/** All workloads of a cluster that run pods for long, as far as tables describe them. */
export function allWorkloads (view: ClusterView): Workload[] {
  return [
    ...workloadTypes.flatMap((type) =>
      view.of(type).flatMap(({ record, object }) =>
        workloadOf(kindOf(type), record.name, record.id.split('/')[0] ?? '', object) ?? []
      )
    ),
    ...view.of(releaseType).flatMap(({ record, object }) => installed(record, object) ?? []),
    ...operatedResources(view)
  ]
}

/** The workloads of a namespace, by objects and by the tables of charts. */
function workloadsIn (
  namespace: string,
  view: ClusterView
): { workloads: { workload: Workload, ready: boolean }[], unknown: boolean } {
  const workloads = workloadTypes.flatMap((type) =>
    view.of(type).flatMap(({ record, object }) => {
      const space = record.id.split('/')[0] ?? ''
      const workload = space === namespace
        ? workloadOf(kindOf(type), record.name, space, object)
        : undefined
      return workload ? [{ workload, ready: reportsReady(record) }] : []
    })
  )
  const charts = view.of(releaseType)
    .filter(({ object }) => (stringAt(object, 'namespace') ?? 'default') === namespace)
    .map(({ record, object }) => installed(record, object))
  return {
    workloads: [
      ...workloads,
      ...charts.flatMap((one) => one ?? []).map((workload) => ({ workload, ready: false }))
    ],
    unknown: charts.some((one) => one === undefined)
  }
}

/** Counts the pods behind a selection; `stateOf` tells what a workload's pods come to by now. */
export function selectedPods (
  { namespace, selector }: Selection,
  view: ClusterView,
  stateOf: (workload: Workload) => PodState
): Served {
  const { workloads, unknown } = workloadsIn(namespace, view)
  const served = { ready: 0, notReady: 0, absent: 0, unknown }
  for (const { workload, ready } of workloads.filter((one) => selects(selector, podLabels(one.workload)))) {
    // What an earlier look found missing may be there by now.
    const state = ready ? 'ready' : stateOf(workload)
    served[state === 'pending' ? 'notReady' : state] += workload.replicas
  }
  return served
}
