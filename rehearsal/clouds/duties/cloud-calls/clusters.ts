/** The cluster that a workload runs in, as clouds know it. Pure. */
import { type CloudRecord } from '../../../store.ts'
import { endpointOf } from '../../kubernetes/objects-of.ts'
import { clusterTypes } from '../../network/site.ts'
import { plain, stringAt } from '../../wire-values.ts'

const isCluster: ReadonlySet<string> = new Set(clusterTypes)

/** The cluster behind an API server's address. */
export function clusterAt (endpoint: string, records: readonly CloudRecord[]): CloudRecord | undefined {
  return records.find((record) => isCluster.has(record.type) && endpointOf(record) === endpoint)
}

/** Address of the issuer of a cluster's tokens, without its scheme. */
export function issuerOf (cluster: CloudRecord | undefined): string {
  const given = cluster ? plain(cluster.outputs) : {}
  const url = stringAt(given, 'oidcIssuerProfile.issuerURL') ??
    stringAt(given, 'identities[].oidcs[].issuer') ??
    (cluster?.pkg === 'gcp'
      ? `https://container.googleapis.com/v1/projects/${cluster.account}/locations/` +
        `${stringAt(plain(cluster.inputs), 'location') ?? ''}/clusters/${cluster.name}`
      : '')
  return bareIssuer(url)
}

/** An issuer's address as clouds compare it. */
export function bareIssuer (url: string): string {
  return url.replace(/^https:\/\//, '')
}
