/**
 * Webhooks of charts: while nobody answers one whose failure policy is Fail, the API server refuses
 * what it judges. Pure.
 */
import { type Draft, type Failure } from '../draft.ts'
import { stringAt } from '../wire-values.ts'
import { chartWebhooks } from './charts/workloads.ts'
import { type ClusterView } from './cluster-view.ts'
import { servedBy } from './endpoints.ts'
import { groupOf, kindOf } from './kinds.ts'
import { releaseType } from './object-names.ts'

/** The API server's refusal of an object whose webhook nobody answers. */
export function webhookRefusal (draft: Draft, view: ClusterView): Failure | undefined {
  const group = groupOf(stringAt(draft.inputs, 'apiVersion') ?? '')
  const kind = kindOf(draft.type)
  for (const { record, object } of view.of(releaseType)) {
    for (const webhook of chartWebhooks(object, record.name)) {
      if (!webhook.groups.includes(group) || webhook.kinds?.includes(kind) === false) continue
      const namespace = stringAt(object, 'namespace') ?? 'default'
      const { ready } = servedBy({ namespace, selector: webhook.selector }, view)
      if (ready > 0) continue
      const { name, service, path } = webhook
      return {
        status: 500,
        code: 'InternalError',
        message: `Internal error occurred: failed calling webhook "${name}": failed to call webhook: Post ` +
          `"https://${service}.${namespace}.svc:443${path}?timeout=10s": no endpoints available for ` +
          `service "${service}"`
      }
    }
  }
  return undefined
}
