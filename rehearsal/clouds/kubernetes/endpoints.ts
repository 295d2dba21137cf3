/** Endpoints of Services: which pods are behind one, as the cluster's objects say. Pure. */
import { type CloudRecord } from '../../store.ts'
import { objectAt, plain } from '../wire-values.ts'
import { ClusterView } from './cluster-view.ts'
import { podRefusal, podState } from './pod-admission.ts'
import { type Selection, type Served, selectedPods } from './selected-pods.ts'
import { podWebhookRefusal } from './webhooks.ts'

/** Counts the pods behind a selection. */
export function servedBy (selection: Selection, view: ClusterView): Served {
  return selectedPods(
    selection,
    view,
    (workload) =>
      podRefusal(workload, view) === undefined && podWebhookRefusal(workload, view) === undefined
        ? podState(workload, view)
        : 'absent'
  )
}

/**
 * Finds the endpoints behind the Service of a record. `records` are those of `endpointQueries`,
 * with the cluster's own and those of what pods depend on; what is missing among them counts as
 * absent.
 */
export function readyEndpoints (service: CloudRecord, records: readonly CloudRecord[]): Served {
  return servedBy({
    namespace: service.id.split('/')[0] ?? 'default',
    selector: objectAt(plain(service.inputs), 'spec.selector')
  }, new ClusterView(records, service.account))
}
