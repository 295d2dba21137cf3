/** Objects in a cluster, which go away with it. */
import { type CloudQuery, type CloudRecord } from '../../store.ts'
import { plain, stringAt } from '../wire-values.ts'

/**
 * Address of the API server of a cluster's record, of any cloud, which is the account in the
 * simulated kubernetes package; undefined when the record has none.
 */
export function endpointOf (record: CloudRecord): string | undefined {
  const outputs = plain(record.outputs)
  // A private AKS cluster is reached by its private name.
  const address = stringAt(outputs, 'endpoint') ??
    (stringAt(outputs, 'privateFQDN') || stringAt(outputs, 'fqdn'))
  return address === undefined || address === '' ? undefined : normalEndpoint(address)
}

/** `https://host[:443][/]`, which kubeconfigs write in many ways, as `host`. */
export function normalEndpoint (address: string): string {
  return address.trim().replace(/^https?:\/\//, '').replace(/\/.*$/, '').replace(/:443$/, '').toLowerCase()
}

/** The objects in a cluster. */
export function kubernetesObjectsOf (
  record: CloudRecord
): { query: CloudQuery, goes: (other: CloudRecord) => boolean } {
  const account = endpointOf(record) ?? ''
  return {
    query: { pkg: 'kubernetes', account },
    goes: (other) => other.pkg === 'kubernetes' && other.account === account
  }
}
