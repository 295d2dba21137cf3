/** Records of a cluster of EKS and of what is in it. */
import { type CloudRecord } from '../../../../rehearsal/store.ts'
import { type WireObject } from '../../../../rehearsal/wire.ts'

/** Address of its API server. */
export const account = 'x.gr7.us-east-1.eks.amazonaws.com'

/** A record of a resource, whose inputs are its outputs. */
export function record (
  type: string,
  name: string,
  outputs: WireObject,
  place: Partial<CloudRecord> = {}
): CloudRecord {
  const pkg = type.slice(0, type.indexOf(':'))
  const own = { pkg, type, name, id: name, account: 'a', region: 'us-east-1', token: '', incarnation: '' }
  return { ...own, created: '', inputs: outputs, outputs, ...place }
}

export const eks = record('aws:eks/cluster:Cluster', 'c', { endpoint: `https://${account}` })

/** An object of the cluster's namespace `there`. */
export const inside = (type: string, name: string, object: WireObject): CloudRecord =>
  record(`kubernetes:${type}`, name, object, { account, id: `there/${name}` })
