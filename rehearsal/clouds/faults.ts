/** Faults on command: the one that hits an operation, its count, and the error that it gives. */
import { createHash } from 'node:crypto'
import type { Fault as LaunchedFault } from '../../contract/launch.ts'
import { matchesName } from '../../contract/text/names.ts'
import type { FaultCloud, FaultOperation } from '../../contract/words.ts'
import { type CloudStore } from '../store.ts'
import { type WireObject } from '../wire.ts'
import { type Failure, type Place } from './draft.ts'
import { type FaultOrder } from './fault-order.ts'
import { withoutProperty, withProperty } from './outside.ts'
import { type PackageModel } from './package-model.ts'
import { type PackageName } from './schema-table.ts'

/** A fault as a launch asks for it. A field that is absent matches everything. */
export type Fault = Readonly<LaunchedFault>

/** An operation on a resource, as faults see it. */
export interface FaultSubject {
  pkg: PackageName
  cloud: FaultCloud | undefined
  region: string
  /** Cloud and region that an API server runs in, for outages there. */
  host?: { cloud: FaultCloud, region: string }
  /** The federation's clusters that the running unit is about. */
  clusters: readonly string[]
  /** Pulumi type token. */
  type: string
  /** The URN's name. */
  name: string
  operation: FaultOperation
  /** Seconds of the world's time since the unit began. */
  seconds: number
}

/** Tells if a fault changes the resource itself rather than what a call sees. */
export function fromOutside ({ kind }: Fault): boolean {
  return kind === 'missing' || kind === 'changed'
}

/** Tells if a fault is the program's: it shows in what is asked for, not in what becomes of it. */
const planted = ({ kind }: Fault): boolean => kind === 'mistake'

/** Tells if a fault is of a place. Whatever runs there has its outage. */
function inPlace ({ cloud, region, kind }: Fault, subject: FaultSubject): boolean {
  const at = (place: { cloud: FaultCloud | undefined, region: string }): boolean =>
    (cloud === undefined || cloud === place.cloud) && (region === undefined || region === place.region)
  return at(subject) || (kind === 'outage' && subject.host !== undefined && at(subject.host))
}

/** Tells if a fault is about an operation. */
export function faultMatches (fault: Fault, subject: FaultSubject): boolean {
  return (!fromOutside(fault) || subject.operation === 'read') &&
    inPlace(fault, subject) &&
    (fault.cluster === undefined || subject.clusters.includes(fault.cluster)) &&
    (fault.type === undefined || matchesName(fault.type, subject.type)) &&
    (fault.name === undefined || matchesName(fault.name, subject.name)) &&
    (fault.operation === undefined || fault.operation === subject.operation) &&
    subject.seconds >= (fault.afterSeconds ?? 0)
}

/**
 * The key that a fault's hits are counted under. Its place in the list keeps equal faults apart.
 * Each unit counts by itself, and each operation: units run at once, in whatever order hosts take
 * them.
 */
function faultKey (
  fault: Fault,
  index: number,
  { deployment, unit }: FaultScope,
  operation: FaultOperation
): string {
  const text = JSON.stringify(
    Object.entries(fault).filter(([, value]) => value !== undefined).sort(([a], [b]) => a < b ? -1 : 1)
  )
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16)
  return [deployment, unit, operation, index, hash].join(':')
}

/** The deployment and the unit within which faults are counted. */
export interface FaultScope {
  readonly deployment: string
  readonly unit: string
}

/** The order of calls in the world's time. */
export interface FaultTurns {
  readonly order: FaultOrder
  /** The world's time for the call that asks. */
  now: () => Date
}

/** Counts of a unit's faults: in the store, and here those that have no hit left. */
export class FaultCounts {
  readonly #store: CloudStore
  readonly #scope: FaultScope
  readonly #turns: FaultTurns | undefined
  readonly #over = new Set<string>()

  /** Without turns, calls meet faults as they come. */
  constructor (store: CloudStore, scope: FaultScope, turns?: FaultTurns) {
    this.#store = store
    this.#scope = scope
    this.#turns = turns
  }

  /**
   * The first fault of a list that hits an operation, decided on in its turn where it depends on
   * the calls that came before.
   */
  hitBy (faults: readonly Fault[], subject: FaultSubject, urn: string): Promise<Fault | undefined> {
    const decide = () => this.#decide(faults, subject)
    return this.#turns && this.#decidesByCount(faults, subject)
      ? this.#turns.order.inTurn(this.#turns.now().getTime(), urn, decide)
      : decide()
  }

  #decidesByCount (faults: readonly Fault[], subject: FaultSubject): boolean {
    return faults.some((fault, index) =>
      !planted(fault) && isCounted(fault) && faultMatches(fault, subject) &&
      !this.#over.has(faultKey(fault, index, this.#scope, subject.operation))
    )
  }

  /** Counts the calls that a fault is about, where it lets some pass or has only so many hits. */
  async #decide (faults: readonly Fault[], subject: FaultSubject): Promise<Fault | undefined> {
    for (const [index, fault] of faults.entries()) {
      if (planted(fault) || !faultMatches(fault, subject)) continue
      if (!isCounted(fault)) return fault
      const key = faultKey(fault, index, this.#scope, subject.operation)
      if (this.#over.has(key)) continue
      const { after = 0, times = Infinity } = fault
      const before = await this.#store.countFault(key)
      if (before + 1 >= after + times) this.#over.add(key)
      if (before >= after && before < after + times) return fault
    }
    return undefined
  }
}

/** Tells if a fault lets some calls pass, or has only so many hits. */
export const isCounted = ({ after = 0, times }: Fault): boolean => after > 0 || times !== undefined

/**
 * Inputs as a program with the mistakes of a list gives them. Hardly any list has one: only then is
 * `subject` asked for.
 */
export function mistaken (
  faults: readonly Fault[],
  subject: () => FaultSubject,
  inputs: WireObject
): WireObject {
  const mistakes = faults.filter(planted)
  if (mistakes.length === 0) return inputs
  const about = subject()
  return mistakes.filter((fault) => faultMatches(fault, about)).reduce(
    (given, { property, value }) =>
      property === undefined
        ? given
        : value === undefined
        ? withoutProperty(given, property)
        : withProperty(given, property, value),
    inputs
  )
}

/** Tells if a program with the mistakes of a list leaves a resource out. */
export function leftOut (faults: readonly Fault[], subject: FaultSubject): boolean {
  return faults.some((fault) =>
    planted(fault) && fault.property === undefined && faultMatches(fault, subject)
  )
}

/** The error that a fault gives a call; undefined where it only makes it slow. */
export function failureOf (
  fault: Fault,
  { failures }: PackageModel,
  type: string,
  place: Place
): Failure | undefined {
  const { kind, message, code } = fault
  if (kind === 'slow' || kind === 'lost-answer') return undefined
  const failure = kind === 'throttle'
    ? failures.throttled()
    : kind === 'quota'
    ? failures.overQuota(type, 0, place, type)
    : kind === 'denied'
    ? failures.denied()
    : failures.invalid(message ?? 'The request was refused: a fault was injected into this rehearsal')
  const status = code === undefined ? undefined : failures.statusOf?.(code)
  return { ...failure, ...(message && { message }), ...(code && { code }), ...(status && { status }) }
}
