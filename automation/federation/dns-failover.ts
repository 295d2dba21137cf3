/**
 * The time that a failover by DNS takes with each service, as far as the file decides it: what
 * phase 7 computes, known before anything is deployed. Rooms are apart, so the figures stand here,
 * too; a test holds both to each other. Seconds. Pure.
 */
import { type CloudName } from '../../contract/words.ts'

/**
 * Health check intervals that a service offers, and whether it combines checks, so that the verdict
 * of probers in other clusters counts.
 */
const services: Readonly<
  Record<
    CloudName,
    { readonly name: string, readonly intervals: readonly number[], readonly composes: boolean }
  >
> = {
  aws: { name: 'Route 53', intervals: [10, 30], composes: true },
  gcp: { name: 'Cloud DNS', intervals: [30, 60, 120, 300], composes: false },
  azure: { name: 'Traffic Manager', intervals: [10, 30], composes: false }
}
const propagation = 3

export interface DnsFailover {
  readonly provider: CloudName
  readonly healthCheckIntervalSeconds: number
  readonly probeIntervalSeconds: number
  readonly failureThreshold: number
  readonly dnsTtlSeconds: number
}

/** The service's name, and detection, time to live and propagation in all. */
export function dnsFailover (
  { provider, healthCheckIntervalSeconds, probeIntervalSeconds, failureThreshold, dnsTtlSeconds }: DnsFailover
): { service: string, detection: number, seconds: number } {
  const { name, intervals, composes } = services[provider]
  const interval = intervals.find((offered) => offered >= healthCheckIntervalSeconds) ??
    intervals[intervals.length - 1] ?? healthCheckIntervalSeconds
  const direct = interval * failureThreshold
  const detection = composes ? Math.min(direct, probeIntervalSeconds * failureThreshold + interval) : direct
  return { service: name, detection, seconds: detection + dnsTtlSeconds + propagation }
}
