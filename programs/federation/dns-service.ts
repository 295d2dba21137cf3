/** Abilities of the clouds' DNS services, as far as recovery times depend on them. Pure. */
import { type CloudName } from '../../contract/words.ts'
import { type Cluster } from '../types/cluster.ts'
import { type MeshService } from '../types/services.ts'
import { type Federation } from '../types.ts'

/** Abilities of one cloud's DNS service. */
export interface DnsService {
  /** Intervals of health checks that it accepts, in seconds, ascending. */
  readonly intervals: readonly number[]
  /**
   * True when checks can be combined, so that the verdict of probers inside other clusters counts.
   */
  readonly composes: boolean
  /**
   * Seconds from the service's own verdict to its answers. Providers publish no figure; drills are
   * compared with this one.
   */
  readonly propagationSeconds: number
}

/**
 * Sources: Amazon Route 53 developer guide, "Values that you specify when you create or update
 * health checks" (request interval 10 or 30 s); Google Cloud DNS, "Health checks for external
 * endpoints" (30 to 300 s); Azure Traffic Manager, "Endpoint monitoring" (10 or 30 s).
 */
export const dnsServices: Readonly<Record<CloudName, DnsService>> = {
  aws: { intervals: [10, 30], composes: true, propagationSeconds: 3 },
  gcp: { intervals: [30, 60, 120, 300], composes: false, propagationSeconds: 3 },
  azure: { intervals: [10, 30], composes: false, propagationSeconds: 3 }
}

/**
 * The interval of a service's health checks, in seconds: the shortest it offers that is not below
 * what the federation asks for, else its longest.
 */
export function healthCheckInterval (provider: CloudName, wantedSeconds: number): number {
  const { intervals } = dnsServices[provider]
  return intervals.find((interval) => interval >= wantedSeconds) ?? intervals[intervals.length - 1] ??
    wantedSeconds
}

/** The name of one cluster's ingress gateway in the federation's zone. */
export function clusterHost (federation: Federation, cluster: string): string {
  return `${cluster}.${federation.dns.zone}`
}

/**
 * The name under which DNS services ask a cluster's ingress for its health. It has a listener of
 * its own: their checkers do not speak the TLS version that clients have to.
 */
export function healthHost (federation: Federation, cluster: string): string {
  return `health-${cluster}.${federation.dns.zone}`
}

/**
 * A name that the health listener of every ingress serves, for checkers that ask several clusters
 * by one name. It has two parts so that no cluster's own can be the same.
 */
export function commonHealthHost (federation: Federation): string {
  return `any.health.${federation.dns.zone}`
}

/** The domain below which disaster recovery pairs have their names. */
export function failoverDomain (federation: Federation): string {
  return `failover.${federation.dns.zone}`
}

/** The services that clients on the internet call, in the file's order. */
export function publicServices (federation: Federation): MeshService[] {
  return federation.mesh.services.filter((service) => service.public === true && service.protocol !== 'tcp')
}

/** The host of a public service that has one of its own: gRPC's paths cannot carry its name. */
export function serviceDomain (federation: Federation, service: MeshService): string | undefined {
  return service.protocol === 'grpc' ? `${service.name}.${federation.dns.host}` : undefined
}

/** Hosts of public services, which lead to the main one, by the service's name. */
export function serviceDomains (
  federation: Federation
): { readonly service: string, readonly host: string }[] {
  return publicServices(federation).flatMap((service) => {
    const host = serviceDomain(federation, service)
    return host === undefined ? [] : [{ service: service.name, host }]
  })
}

/**
 * Clusters whose ingress takes part in global load balancing: those that serve trading, in the
 * file's order. Without any, all clusters serve.
 */
export function servingClusters (federation: Federation): Cluster[] {
  const serving = federation.clusters.filter((cluster) =>
    cluster.role === 'primary' || cluster.role === 'hub'
  )
  return serving.length > 0 ? serving : [...federation.clusters]
}

/**
 * A cluster's weight among all weighted records: the file's, or 1 where the file weighs nothing,
 * else 0.
 */
export function weightOf (federation: Federation, cluster: string): number {
  const { weights } = federation.dns
  return weights[cluster] ?? (Object.keys(weights).length === 0 ? 1 : 0)
}
