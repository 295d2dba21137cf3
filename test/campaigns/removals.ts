import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { parse } from 'yaml'
import { toldCut } from '../../contract/text/cut.ts'
import { matchesName } from '../../contract/text/names.ts'
import type { Federation } from '../../programs/types.ts'
import { nautilus } from '../fixtures/nautilus.ts'
import { unitsOf } from '../fixtures/programs/catalogued-units.ts'
import { RehearsedWorld } from '../fixtures/programs/rehearsed-world.ts'
import type { Campaign } from './campaign.ts'
import { Attempts } from './removals/attempt.ts'
import { findings, lost } from './removals/findings.ts'
import { livedThrough } from './removals/life.ts'
import { Measures } from './removals/measures.ts'
import { nameOf, type Removal, removalsOf } from './removals/removal.ts'
import { Replay } from './removals/replay.ts'
import { type Permitted, summary, type Tried } from './removals/summary.ts'

/** Reads which removals nothing has to refuse. */
export async function permitted (): Promise<Permitted[]> {
  const text = await readFile(new URL('removals/may-go.yaml', import.meta.url), 'utf8')
  return (parse(text) ?? []) as Permitted[]
}

/** A deployed federation, and what can be taken out of it. */
export interface Removable {
  readonly attempts: Attempts
  readonly removals: readonly Removal[]
  /** Calls of the deployment's life, which grants are tried on. */
  readonly replay: Replay
  /** Measurements of phase 8 of it. */
  readonly measures: Measures
}

/**
 * Deploys a federation in accounts that nobody prepared, and lists what can be taken out of it.
 *
 * @param units that are deployed, in an order in which they can be
 * @default units all of the federation's
 */
export async function removable (
  federation: Federation,
  units: readonly string[] = unitsOf(federation).map(({ id }) => id)
): Promise<Removable> {
  const world = new RehearsedWorld(federation)
  world.fresh = true
  const calls = await livedThrough(world, units)
  const records = await world.clouds.find({})
  return {
    attempts: new Attempts(world),
    removals: Object.entries(world.states).flatMap(([id, state]) => removalsOf(id, state)),
    replay: new Replay(records, calls),
    measures: new Measures(records)
  }
}

/**
 * Tries a removal, in the way that takes least. A grant is missed by the first call of a life that
 * needs it, and what stays after deployments by what phase 8 measures; whatever these do not miss
 * is left out of what is deployed.
 */
export async function missedBy (
  { attempts, replay, measures }: Removable,
  removal: Removal
): Promise<string | undefined> {
  const { kind } = removal
  return (kind === 'statement' ? replay.refusalOf(removal) : undefined) ??
    (kind === 'wait' ? undefined : measures.missedBy(removal)) ??
    await attempts.refusalOf(removal)
}

/** The same removal of other clusters tells nothing more: one of each name, by chance. */
export function sampled (
  removals: readonly Removal[],
  federation: Federation,
  { seed, runs, only = [] }: { seed: number, runs: number, only?: readonly string[] }
): { name: string, removal: Removal }[] {
  const names = new Map<string, Removal[]>()
  for (const removal of removals) {
    if (only.length > 0 && !only.includes(removal.kind)) continue
    const name = nameOf(removal, federation.clusters)
    names.set(name, [...names.get(name) ?? [], removal])
  }
  const all = [...names].sort(([a], [b]) => a < b ? -1 : 1)
  const [order = []] = fc.sample(fc.shuffledSubarray(all, { minLength: all.length }), { seed, numRuns: 1 })
  return order.slice(0, runs).map(([name, same]) => {
    const [chosen] = fc.sample(fc.constantFrom(...same), { seed, numRuns: 1 })
    return { name, removal: chosen ?? same[0] as Removal }
  })
}

/** Characters of a refusal that a line of the campaign has room for. */
const longestTold = 300

export const removals: Campaign = {
  name: 'removals',
  searches: 'statements, routes, rules, ports, registrations and waits of Nautilus that nobody would miss',
  runs: 10_000,
  async search ({ seed, runs, only, say }) {
    const federation = await nautilus()
    const deployed = await removable(federation)
    const known = await permitted()
    const cases = sampled(deployed.removals, federation, { seed, runs, only })
    say(`${deployed.removals.length} things can be taken out, ${cases.length} are tried`)
    const lacking = [...deployed.replay.lacking(), ...deployed.measures.lacking()]
    assert.deepEqual(lacking, [], 'what is deployed lacks something with everything in place')
    const tried: Tried[] = []
    for (const [index, { name, removal }] of cases.entries()) {
      const may = known.find((one) => matchesName(one.removal, name))
      const check = may ? undefined : await missedBy(deployed, removal)
      tried.push({ kind: removal.kind, name, ...(may && { may }), ...(check !== undefined && { check }) })
      const told = may
        ? `may go: ${may.why}`
        : check === undefined
        ? 'NOT MISSED'
        : toldCut(check, longestTold)
      say(`${index + 1} ${name}: ${told}`)
    }
    for (const line of summary(tried)) say(line)
    // A part of the removals says nothing of what it leaves out.
    const faults = only.length === 0 && cases.length < runs ? lost(await findings(), tried) : []
    for (const fault of faults) say(`a finding that is not held: ${fault}`)
    const unmissed = tried.filter(({ may, check }) => !may && check === undefined).map(({ name }) => name)
    assert.deepEqual(
      [...unmissed, ...faults],
      [],
      `${unmissed.length} of ${cases.length} can be taken out, and nothing notices`
    )
  }
}
