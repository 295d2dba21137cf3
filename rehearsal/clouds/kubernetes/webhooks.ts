/**
 * Webhooks of charts: while nobody answers one whose failure policy is Fail, or while the API
 * server does not reach its pods, the API server refuses what it judges. Pure.
 */
import { type CloudQuery } from '../../store.ts'
import { type WireObject } from '../../wire.ts'
import { type Draft, type Failure } from '../draft.ts'
import { webhookQueries, webhookReach } from '../network/webhook-reach.ts'
import { objectAt, stringAt } from '../wire-values.ts'
import { poolQueries } from './capacity/node-pools.ts'
import { type ChartWebhook } from './charts/chart.ts'
import { chartWebhooks } from './charts/workloads.ts'
import { type ClusterView } from './cluster-view.ts'
import { groupOf, kindOf } from './kinds.ts'
import { namespaceOf, releaseType } from './object-names.ts'
import { podRefusal, podState } from './pod-admission.ts'
import { endpointQueries, selectedPods } from './selected-pods.ts'
import { podLabels, type Workload } from './workloads.ts'

/** An object that webhooks may be asked about. */
interface Subject {
  group: string
  kind: string
  labels: WireObject
  namespace: string | undefined
}

/** Queries for the webhooks of a cluster and the way to them, and for the nodes of its pods. */
export function judgeQueries (account: string): CloudQuery[] {
  return [...endpointQueries(account), ...webhookQueries(account), ...poolQueries(account)]
}

/** The API server's refusal of an object whose webhook does not answer. */
export function webhookRefusal (draft: Draft, view: ClusterView): Failure | undefined {
  const message = unanswered({
    group: groupOf(stringAt(draft.inputs, 'apiVersion') ?? ''),
    kind: kindOf(draft.type),
    labels: objectAt(draft.inputs, 'metadata.labels'),
    namespace: namespaceOf(draft)
  }, view)
  return message === undefined ? undefined : { status: 500, code: 'InternalError', message }
}

/** The API server's refusal of a workload's pods, of which a webhook is asked. */
export function podWebhookRefusal (workload: Workload, view: ClusterView): string | undefined {
  return unanswered({
    group: '',
    kind: 'Pod',
    labels: podLabels(workload),
    namespace: workload.namespace
  }, view)
}

function unanswered (subject: Subject, view: ClusterView): string | undefined {
  const { labels, namespace } = subject
  const namespaceLabels = namespace === undefined ? {} : view.labelsOf(namespace)
  for (const { record, object } of view.of(releaseType)) {
    for (const webhook of chartWebhooks(object, record.name)) {
      const { groups, kinds, judges } = webhook
      if (!groups.includes(subject.group) || kinds?.includes(subject.kind) === false) continue
      if (judges && !judges({ labels, namespaceLabels })) continue
      const why = silence(webhook, stringAt(object, 'namespace') ?? 'default', view)
      if (why !== undefined) return why
    }
  }
  return undefined
}

/** The error of a call to a webhook; undefined when somebody answers. */
function silence (webhook: ChartWebhook, namespace: string, view: ClusterView): string | undefined {
  const { name, service, path, port, selector } = webhook
  const call = `Internal error occurred: failed calling webhook "${name}": failed to call webhook: Post ` +
    `"https://${service}.${namespace}.svc:443${path}?timeout=10s": `
  // Pods of webhooks that webhooks judge are not asked about again: none of a row's are.
  const { ready } = selectedPods(
    { namespace, selector },
    view,
    (workload) => podRefusal(workload, view) === undefined ? podState(workload, view) : 'absent'
  )
  if (ready === 0) return `${call}no endpoints available for service "${service}"`
  const site = view.world.at(view.account)
  const way = site && webhookReach(view.world, site, { namespace, labels: selector }, port)
  return way?.reached === false ? `${call}context deadline exceeded (${way.at}: ${way.why})` : undefined
}
