/**
 * Tries a removal without deploying anything: phase 8 measures a world as its clouds hold it, so it
 * is measured again over records without what is removed.
 */
import type { Draft, Found } from '../../../rehearsal/clouds/draft.ts'
import { unmetDuties } from '../../../rehearsal/clouds/duties/unmet.ts'
import { probeResults } from '../../../rehearsal/clouds/kubernetes/probes.ts'
import { Routes } from '../../../rehearsal/clouds/network/routes.ts'
import { World } from '../../../rehearsal/clouds/network/world.ts'
import { objectAt, plainObject } from '../../../rehearsal/clouds/wire-values.ts'
import type { CloudRecord } from '../../../rehearsal/store.ts'
import { bareOf, unitOf } from './bare.ts'
import type { Removal } from './removal.ts'

const jobType = 'kubernetes:batch/v1:Job'
const results = 'windlass.io/results'

/** A measurement by its name, as far as it tells somebody apart from nobody. */
type Measured = ReadonlyMap<string, string>

/** Answers of the probes of all measuring Jobs, by Job and name. */
function answers (records: CloudRecord[]): Measured {
  const found = { all: () => records } as Pick<Found, 'all'> as Found
  return new Map(
    records.filter(({ type }) => type === jobType).flatMap((job) => {
      const { account, token } = job
      const inputs = plainObject(job.inputs)
      // What else such a Job learns is judged once, for all of them.
      const metadata = { ...objectAt(inputs, 'metadata'), annotations: {} }
      const told = probeResults({ account, inputs: { ...inputs, metadata } } as unknown as Draft, found)
      return String(told[results] ?? '').split(',').filter((one) => one !== '').map((one) => {
        const [name = '', time] = one.split(':')
        return [
          `${unitOf(token)}: ${job.name}: ${name}`,
          time === 'none' ? 'no answer' : 'an answer'
        ] as const
      })
    })
  )
}

/**
 * The first duty of any cluster that a world does not let be done. `account`: address of the API
 * server whose cluster is looked at first.
 */
function firstUnmet (records: readonly CloudRecord[], account = ''): string | undefined {
  const world = new World(records)
  const routes = new Routes(world)
  const own = world.sites.filter(({ endpoint }) => endpoint === account)
  for (const site of [...own, ...world.sites.filter((other) => !own.includes(other))]) {
    const [first] = unmetDuties(world, routes, site)
    if (first) return `${site.name}: ${first.duty}: ${first.from} -> ${first.to}: ${first.why}`
  }
  return undefined
}

/** Measurements of phase 8 of a deployed world. */
export class Measures {
  readonly #records: readonly CloudRecord[]
  readonly #before: Measured

  constructor (records: readonly CloudRecord[]) {
    this.#records = records
    this.#before = answers([...records])
  }

  /** The first thing that phase 8 does not find as it should be, with everything in place. */
  lacking (): string[] {
    const first = firstUnmet(this.#records)
    return first === undefined ? [] : [first]
  }

  /** The measurement that is another without what is removed; undefined when none is. */
  missedBy (removal: Removal): string | undefined {
    const bare = bareOf(this.#records, removal)
    if (!bare) return undefined
    const unmet = firstUnmet(bare.records, bare.own.account)
    if (unmet !== undefined) return `duties: ${unmet}`
    const now = answers(bare.records)
    for (const [name, answer] of this.#before) {
      const told = now.get(name) ?? 'no result'
      if (told !== answer) return `probes: ${name}: ${told} instead of ${answer}`
    }
    return undefined
  }
}
