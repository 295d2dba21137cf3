/**
 * A case of an alert, and the series that cases are made of. Values are in promtool's notation:
 * `1+0x80` is 1 and eighty more of it, `_x5` are five samples that are absent.
 */

/** Series by name and labels. */
export type Series = Readonly<Record<string, string>>
/**
 * Metrics under which an alert fires, and as near as makes sense, metrics under which it keeps
 * quiet.
 */
export interface AlertCase {
  readonly fires: Series
  readonly quiet: Series
  /** Time at which the alert is looked at. */
  readonly after: string
  /** Time between two samples. */
  readonly every: string
}

/** Long enough for the alerts that wait for up to fifteen minutes. */
export const usual = { after: '18m', every: '15s' }
export const steady = (value: number): string => `${value}+0x80`
export const rising = (perSample: number): string => `0+${perSample}x80`

/** Requests of which a share has failed for as long as the test takes. */
export function ratio (labels: string, failed: string, share: number, samples: number): Series {
  return {
    [`istio_requests_total{${labels},${failed}}`]: `0+${share * 1_000_000}x${samples}`,
    [`istio_requests_total{${labels},response_code="200",response_flags="-"}`]: `0+${
      (1 - share) * 1_000_000
    }x${samples}`
  }
}
export const destination = 'reporter="destination"'
export const source = 'reporter="source"'
export const ingress = 'reporter="source",source_workload="istio-ingressgateway"'
export const gone = 'response_code="503",response_flags="UH"'
/**
 * A budget's four alerts, by how many times too fast it burns: each at a tenth more than its
 * factor, and quiet at a tenth less.
 */
export const burning = (
  labels: string,
  budget: number,
  factor: number,
  after: string,
  every: string,
  samples: number
): AlertCase => ({
  fires: ratio(labels, gone, budget * factor * 1.1, samples),
  quiet: ratio(labels, gone, budget * factor * 0.9, samples),
  after,
  every
})
export const histogram = (name: string, under: string, over: string, share: number): Series => ({
  [`${name}_bucket{le="${under}"}`]: rising(100 * share),
  [`${name}_bucket{le="${over}"}`]: rising(100),
  [`${name}_bucket{le="+Inf"}`]: rising(100)
})
export const latency = (peer: string, seconds: number): Series => ({
  [`probe_http_duration_seconds{job="peer-latency",phase="processing",peer="${peer}"}`]: steady(seconds),
  [`probe_http_duration_seconds{job="peer-latency",phase="connect",peer="${peer}"}`]: steady(9)
})
export const east = (other: string, perSample: number): Series => ({
  [
    'istio_requests_total{reporter="source",source_cluster="nautilus-primary-us-east",destination_cluster="' +
    `${other}",destination_service_name="risk-engine"}`
  ]: rising(perSample)
})
export const days = (count: number): string => `${count * 86_400}+0x100`
/** The lag of a follower, by the name under which the writer knows it. */
export const lagOf = (follower: string): string =>
  `cnpg_pg_stat_replication_replay_lag_seconds{application_name="${follower}"}`
/** Results of the probes of so many clusters. */
export const peersOf = (count: number): Series =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `probe_success{job="peer-latency",peer="c${index}"}`,
      steady(1)
    ])
  )
