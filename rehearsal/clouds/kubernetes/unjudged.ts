/** Unknowns about objects in a cluster: counted, and none of it refused. Pure. */
import { type WireObject } from '../../wire.ts'
import { typeFacts } from '../schema-table.ts'
import { stringAt } from '../wire-values.ts'
import { chartReadAt, chartWorkloads } from './charts/workloads.ts'
import { groupOf, kindOf } from './kinds.ts'
import { releaseType } from './object-names.ts'

/** Names what is not known of a new object: pods of a chart without a row, a controller's doing. */
export function unjudged (type: string, inputs: WireObject): string | undefined {
  if (type === releaseType) {
    const [chart, version] = [stringAt(inputs, 'chart') ?? '', stringAt(inputs, 'version') ?? '']
    if (chartWorkloads(inputs, '') === undefined) return `pods of the chart ${chart} ${version}`
    const readAt = chartReadAt(inputs)
    return readAt === undefined
      ? undefined
      : `what the chart ${chart} ${version} changed since its templates were read (${readAt})`
  }
  return typeFacts('kubernetes', type) === undefined
    ? `readiness of ${kindOf(type)}.${groupOf(stringAt(inputs, 'apiVersion') ?? '')}`
    : undefined
}
