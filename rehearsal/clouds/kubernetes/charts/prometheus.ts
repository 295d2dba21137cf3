/** Pods that the operator of `kube-prometheus-stack` makes of the chart's Prometheus. Pure. */
import { type WireObject } from '../../../wire.ts'
import { objectAt, stringAt } from '../../wire-values.ts'
import { fullName } from './chart.ts'

/** Name of the chart. */
export const stackChart = 'kube-prometheus-stack'

/** Names that objects of the chart begin with are cut (templates/_helpers.tpl). */
const longestName = 26

/** Labels that the pods are known by. */
export interface PrometheusPods {
  readonly name: string
  readonly namespace: string
  readonly account: string
  readonly labels: WireObject
  readonly annotations: WireObject
}

/** Name that the objects of a release of the stack begin with. */
export const stackName = (release: { name: string, namespace: string, values: WireObject }): string =>
  fullName(release, stackChart).slice(0, longestName).replace(/-$/, '')

/** Labels that the operator gives the pods of a Prometheus (its pkg/prometheus/server). */
export const prometheusLabels = (name: string): WireObject => ({
  'app.kubernetes.io/name': 'prometheus',
  'operator.prometheus.io/name': name
})

/** Pods of the Prometheus of a release; undefined for other charts. */
export function prometheusPods (release: WireObject, name: string): PrometheusPods | undefined {
  if ((stringAt(release, 'chart') ?? '').split('/').at(-1) !== stackChart) return undefined
  const namespace = stringAt(release, 'namespace') ?? 'default'
  const values = objectAt(release, 'values')
  const own = `${stackName({ name, namespace, values })}-prometheus`
  const metadata = objectAt(values, 'prometheus.prometheusSpec.podMetadata')
  return {
    name: `prometheus-${own}`,
    namespace,
    account: stringAt(values, 'prometheus.serviceAccount.name') || own,
    labels: { ...objectAt(metadata, 'labels'), ...prometheusLabels(own) },
    annotations: objectAt(metadata, 'annotations')
  }
}
