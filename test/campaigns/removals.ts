import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { parse } from 'yaml'
import { toldCut } from '../../contract/text/cut.ts'
import { matchesName } from '../../contract/text/names.ts'
import type { Federation } from '../../programs/types.ts'
import { nautilus } from '../fixtures/nautilus.ts'
import { RehearsedWorld } from '../fixtures/programs/rehearsed-world.ts'
import type { Campaign } from './campaign.ts'
import { refusalOf } from './removals/attempt.ts'
import { livedThrough } from './removals/life.ts'
import { nameOf, type Removal, removalsOf } from './removals/removal.ts'
import { Replay } from './removals/replay.ts'

/** A removal that nothing has to refuse, and why. */
export interface Permitted {
  /** As `nameOf` gives it; `*` stands for any characters. */
  readonly removal: string
  readonly why: string
  /** Address of what shows that it may go. */
  readonly source: string
}

/** Reads which removals nothing has to refuse. */
export async function permitted (): Promise<Permitted[]> {
  const text = await readFile(new URL('removals/may-go.yaml', import.meta.url), 'utf8')
  return (parse(text) ?? []) as Permitted[]
}

/** A deployed federation, and what can be taken out of it. */
export interface Removable {
  readonly world: RehearsedWorld
  readonly removals: readonly Removal[]
  /** Calls of the deployment's life, which grants are tried on. */
  readonly replay: Replay
}

/** Deploys a federation, and lists what can be taken out of it. */
export async function removable (federation: Federation): Promise<Removable> {
  const world = new RehearsedWorld(federation)
  const calls = await livedThrough(world)
  return {
    world,
    removals: Object.entries(world.states).flatMap(([id, state]) => removalsOf(id, state)),
    replay: new Replay(await world.clouds.find({}), calls)
  }
}

/**
 * Tries a removal. A grant is missed by the first call of a life that needs it; anything else, and
 * a grant that no call needs, is left out of what is deployed.
 */
export async function missedBy (
  { world, replay }: Removable,
  removal: Removal
): Promise<string | undefined> {
  const refusal = removal.kind === 'statement' ? replay.refusalOf(removal) : undefined
  return refusal ?? await refusalOf(world, removal)
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
    const lacking = deployed.replay.lacking()
    assert.deepEqual(
      lacking,
      [],
      'calls of the life of what is deployed are refused with every grant in place'
    )
    const missed: string[] = []
    for (const [index, { name, removal }] of cases.entries()) {
      const may = known.find((one) => matchesName(one.removal, name))
      if (may) {
        say(`${index + 1} ${name}: may go: ${may.why}`)
        continue
      }
      const refusal = await missedBy(deployed, removal)
      if (refusal === undefined) missed.push(name)
      say(`${index + 1} ${name}: ${refusal === undefined ? 'NOT MISSED' : toldCut(refusal, longestTold)}`)
    }
    assert.deepEqual(missed, [], `${missed.length} of ${cases.length} can be taken out, and nothing notices`)
  }
}
