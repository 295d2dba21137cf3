/**
 * Grants that a run made a moment ago: clouds take minutes until they hold everywhere, and deny
 * until then. What is denied then is waited for, as long as the clouds' documents say that a grant
 * may take; a denial without such a grant is final.
 */
import { type Failure } from '../../../contract/deployment.ts'
import { grantDelays, grantTypes } from '../../../contract/grants.ts'
import { type CloudName, clouds } from '../../../contract/words.ts'
import { type EventDraft } from '../../event-draft.ts'
import { deniedMessage, retryableMessage } from '../../stacks/provider-errors.ts'
import { type OrderedDraft } from '../../stacks/types.ts'

/** A grant that a run made. */
export interface FreshGrant {
  readonly cloud: CloudName
  /** The resource's name in its program. */
  readonly name: string
  readonly type: string
  /** Milliseconds since the epoch, by the clock that the run goes by. */
  readonly at: number
}

/** The latest grant of a run in each cloud. */
export type FreshGrants = Map<CloudName, FreshGrant>

/** A wait for a grant. */
export interface GrantWait {
  readonly grant: FreshGrant
  readonly seconds: number
  /** The wait in words. */
  readonly told: string
}

/**
 * The shortest wait in seconds once the usual time is over; each later one is as long as the grant
 * is old, so that ten minutes take five of them.
 */
const shortestWait = 30
/** Seconds beyond the usual time: clocks of different machines do not agree to the second. */
const margin = 1

/** Types begin with the name of their package. */
const cloudOf = (type: string): CloudName | undefined => {
  const pkg = type.split(':')[0]
  return pkg === 'azure-native' ? 'azure' : clouds.find((cloud) => cloud === pkg)
}

/** Follows the grants and the denials of one attempt. */
export class GrantWatch {
  readonly #grants: FreshGrants
  readonly #refused: { type: string, denied: boolean, passing: boolean }[] = []

  /** `grants`: those of the whole run, which it adds to. */
  constructor (grants: FreshGrants) {
    this.#grants = grants
  }

  /** Takes what the attempt did. */
  hear (drafts: readonly (EventDraft | OrderedDraft)[], now: number): void {
    for (const draft of drafts) {
      if (draft.type === 'resource.failed') {
        const { resource: { type }, message } = draft
        this.#refused.push({ type, denied: deniedMessage(message), passing: retryableMessage(message) })
      }
      if (draft.type !== 'resource.succeeded' || draft.op.startsWith('delete')) continue
      const cloud = grantTypes[draft.resource.type]
      if (cloud === undefined || draft.op === 'same') continue
      const at = draft.virtual?.end === undefined ? now : Date.parse(draft.virtual.end)
      const before = this.#grants.get(cloud)
      if (before && before.at > at) continue
      this.#grants.set(cloud, { cloud, name: draft.resource.name, type: draft.resource.type, at })
    }
  }

  /** Takes the failure that the attempt ended with: a cluster may have turned the unit away. */
  hearEnd ({ code }: Pick<Failure, 'code'>): void {
    if (code === 'cluster-access-denied') {
      this.#refused.push({ type: 'kubernetes:', denied: true, passing: false })
    }
  }

  /**
   * The wait after which what was denied may be allowed; undefined: something else went wrong, or
   * every grant is older than grants ever take.
   */
  wait (now: number): GrantWait | undefined {
    const denied = this.#refused.filter((one) => one.denied)
    const [first] = denied
    if (!first || this.#refused.some((one) => !one.denied && !one.passing)) return undefined
    const waits = denied.map(({ type }) => this.#waitFor(cloudOf(type), now))
    // Each has to have a grant of its own: what no grant explains stays denied.
    if (waits.some((wait) => wait === undefined)) return undefined
    return waits.reduce((longest, wait) => (wait?.seconds ?? 0) > (longest?.seconds ?? 0) ? wait : longest)
  }

  /** What asks a cluster goes by the grants of its cloud, whichever that is. */
  #waitFor (cloud: CloudName | undefined, now: number): GrantWait | undefined {
    const candidates = cloud ? [this.#grants.get(cloud)] : [...this.#grants.values()]
    const grant = candidates.filter((one) => one !== undefined).sort((a, b) => b.at - a.at)[0]
    if (!grant) return undefined
    const { usualSeconds, boundSeconds } = grantDelays[grant.cloud]
    const age = Math.max(0, (now - grant.at) / 1000)
    if (age >= boundSeconds) return undefined
    const seconds = Math.ceil(age < usualSeconds ? usualSeconds - age + margin : Math.max(shortestWait, age))
    return {
      grant,
      seconds,
      told:
        `waiting for grant ${grant.name} (${grant.type}), made ${Math.round(age)} s ago: grants take up to ` +
        `${boundSeconds} s on ${grant.cloud}`
    }
  }
}
