/**
 * Addresses of Services: each cluster gives them out of one range
 * (kubernetes/kubernetes, pkg/registry/core/service/ipallocator). Pure.
 */
import { addressAt, cidrSize, parseCidr } from '../cidr.ts'
import { type Draft, type Failure } from '../draft.ts'
import { rangeHolds } from '../network/ranges.ts'
import { stringAt } from '../wire-values.ts'
import { type ClusterView } from './cluster-view.ts'
import { namespaceOf } from './object-names.ts'

const serviceType = 'kubernetes:core/v1:Service'

/** Range where a cluster's record names none: EKS' own. */
const usual = '172.20.0.0/16'

/** Addresses that the API server's own Service, DNS and the ends of a range have. */
const spared = 16

const rangeOf = (view: ClusterView): string => view.world.at(view.account)?.services ?? usual

const hasAddress = (type: string | undefined, address: string | undefined): boolean =>
  type !== 'ExternalName' && address !== 'None'

/** Addresses of all Services of a cluster but the draft's. */
function takenBy (draft: Draft, view: ClusterView): Set<string> {
  const own = `${namespaceOf(draft) ?? 'default'}/${draft.name}`
  return new Set(
    view.of(serviceType).filter(({ record }) => record.id !== own)
      .flatMap(({ record }) => stringAt(record.outputs, 'spec.clusterIP') ?? [])
  )
}

/** The address that a Service gets: one that nobody has, the same each time. */
export function serviceAddress (draft: Draft, view: ClusterView): string | undefined {
  const range = parseCidr(rangeOf(view))
  if (!range) return undefined
  const size = cidrSize(range) - spared
  const taken = takenBy(draft, view)
  const first = draft.make.integer(Math.max(size, 1), 'service')
  for (let step = 0; step < Math.min(size, taken.size + 1); step++) {
    const address = addressAt(range, spared - 1 + (first + step) % size)
    if (!taken.has(address)) return address
  }
  return undefined
}

/** The API server's refusal of a Service that gets no address, or not the one that it names. */
export function addressRefusal (draft: Draft, view: ClusterView): Failure | undefined {
  const asked = stringAt(draft.inputs, 'spec.clusterIP')
  if (draft.previous || !hasAddress(stringAt(draft.inputs, 'spec.type'), asked)) return undefined
  const range = rangeOf(view)
  if (asked === undefined || asked === '') {
    return serviceAddress(draft, view) === undefined
      ? {
        status: 500,
        code: 'InternalError',
        message: 'Internal error occurred: failed to allocate a serviceIP: range is full'
      }
      : undefined
  }
  const why = !rangeHolds(range, `${asked}/32`)
    ? `the provided IP (${asked}) is not in the valid range. The range of valid IPs is ${range}`
    : takenBy(draft, view).has(asked)
    ? 'provided IP is already allocated'
    : undefined
  return why === undefined
    ? undefined
    : {
      status: 422,
      code: 'Invalid',
      message:
        `Service "${draft.name}" is invalid: spec.clusterIPs: Invalid value: ["${asked}"]: failed to ` +
        `allocate IP ${asked}: ${why}`
    }
}
