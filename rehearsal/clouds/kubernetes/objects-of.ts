/** What lives in a cluster and goes away with it. */
import { type CloudQuery, type CloudRecord } from '../../store.ts'
import { plain, stringAt } from '../wire-values.ts'

/**
 * The API server's address of a cluster record of any cloud, as the simulated kubernetes package
 * names its account; undefined when the record has none.
 */
export function endpointOf (record: CloudRecord): string | undefined {
  const outputs = plain(record.outputs)
  // A private AKS cluster is reached by its private name.
  const address = stringAt(outputs, 'endpoint') ??
    (stringAt(outputs, 'privateFQDN') || stringAt(outputs, 'fqdn'))
  return address === undefined || address === '' ? undefined : normalEndpoint(address)
}

/** `https://host[:443][/]`, as kubeconfigs write it in many ways -> `host`. */
export function normalEndpoint (address: string): string {
  return address.trim().replace(/^https?:\/\//, '').replace(/\/.*$/, '').replace(/:443$/, '').toLowerCase()
}

/** The objects in a cluster: they end with it. */
export function kubernetesObjectsOf (
  record: CloudRecord
): { query: CloudQuery, goes: (other: CloudRecord) => boolean } {
  const account = endpointOf(record) ?? ''
  return {
    query: { pkg: 'kubernetes', account },
    goes: (other) => other.pkg === 'kubernetes' && other.account === account
  }
}
