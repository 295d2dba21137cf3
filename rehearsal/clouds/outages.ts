/** Outages of a world: parts of clouds that do not answer, until somebody ends them. */
import { ProviderError, Status } from '../provider.ts'
import { type CloudStore } from '../store.ts'
import { type Instance, type Place } from './draft.ts'
import { type Fault } from './faults.ts'
import { type PackageName } from './schema-table.ts'
import { tokenParts } from './tokens.ts'

/**
 * Milliseconds for which what the store said of outages holds: a unit asks it a few times at most,
 * and one that was ended is over before the next attempt.
 */
const knownMs = 250

/** The outages of a world, read anew now and then. */
export class Outages {
  readonly #store: CloudStore
  #read: Promise<readonly Fault[]> = Promise.resolve([])
  #until = 0

  constructor (store: CloudStore) {
    this.#store = store
  }

  /** Gives the outages of now. */
  current (): Promise<readonly Fault[]> {
    const { outages } = this.#store
    if (outages === undefined) return this.#read
    const now = performance.now()
    if (now >= this.#until) {
      this.#until = now + knownMs
      this.#read = outages.call(this.#store)
    }
    return this.#read
  }
}

/** Hosts of the clouds' APIs. */
const hosts: Partial<Record<PackageName, (module: string, place: Place) => string>> = {
  aws: (module, { region }) => `${module}${region === '' ? '' : `.${region}`}.amazonaws.com`,
  gcp: (module) => `${module}.googleapis.com`,
  'azure-native': () => 'management.azure.com'
}

/** Place of a call that did not come back. */
interface Call {
  pkg: PackageName
  type: string
  place: Place
  instance: Instance
}

/** The error of a call that did not come back, as Go's client words it in every provider. */
function cutOff ({ pkg, type, place, instance }: Call, lead: string, why: string): ProviderError {
  const host = hosts[pkg]?.(tokenParts(type).module, place) ?? instance.account
  return new ProviderError(`${lead}Post "https://${host}/": ${why}`, { code: Status.Unavailable })
}

/** The error of a call that nobody answers. */
export function unanswered (call: Call): ProviderError {
  const lead = call.pkg === 'kubernetes'
    ? 'configured Kubernetes cluster is unreachable: '
    : 'request send failed, '
  return cutOff(call, lead, 'dial tcp: i/o timeout')
}

/** The error of an operation that was done and whose answer did not arrive. */
export function unheard (call: Call): ProviderError {
  return cutOff(call, 'request send failed, ', 'read tcp: connection reset by peer')
}
