import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type Scenario } from '../../contract/scenario.ts'
import { nautilus } from '../fixtures/nautilus.ts'
import type { Campaign, SearchOptions } from './campaign.ts'
import { startChaosDatabase } from './chaos/database.ts'
import { Reader } from './chaos/reader.ts'
import { type Services, startServices } from './chaos/services.ts'
import { type Scene } from './scenarios/deploying.ts'
import { mixed } from './scenarios/mixed.ts'
import { named } from './scenarios/named.ts'
import { randomCases } from './scenarios/random.ts'

/** Name that asks for the random cases without those that have names. */
const alone = 'random'
/** Clusters of a random case: one in each cloud, so that every fault has something to hit. */
const randomClusters = ['nautilus-primary-us-east', 'nautilus-dr-us-west', 'nautilus-hub-asia-southeast']

export const scenarios: Campaign = {
  name: 'scenarios',
  searches:
    'scenarios that do not end as expected, or after which a resume or another up fails; --random N adds ' +
    'cases with faults of clouds and processes, after which nothing may be stuck, lost, untrue or left ' +
    '(--only random tries these alone)',
  runs: 1000,
  async search (options) {
    const { only, random } = options
    const whole = (await nautilus()).clusters.map(({ name }) => name)
    const listed = only.length === 1 && only[0] === alone ? none : await played(whole, searchNamed, options)
    const mixed = random === 0 ? none : await played(randomClusters, searchRandom, options)
    assert.deepEqual([...listed.wrong, ...mixed.wrong], [])
    return listed.cases + mixed.cases
  }
}

interface Found {
  readonly cases: number
  readonly wrong: readonly string[]
}

const none: Found = { cases: 0, wrong: [] }

/** Searches on three services with some clusters of Nautilus, and a database of their own. */
async function played (
  clusters: readonly string[],
  search: (scene: Scene, options: SearchOptions) => Promise<Found>,
  options: SearchOptions
): Promise<Found> {
  const database = await startChaosDatabase()
  const stop = new AbortController()
  let services: Services | undefined
  try {
    services = await startServices(database.url, clusters)
    const found = await search(
      { database, services, reader: new Reader(services.members, stop.signal) },
      options
    )
    return { ...found, wrong: [...found.wrong, ...services.ends] }
  } finally {
    stop.abort()
    await services?.close()
    await database.close()
  }
}

/** Tries what has a name, in an order of the seed. */
async function searchNamed (scene: Scene, { seed, runs, only, say }: SearchOptions): Promise<Found> {
  const { items } = await scene.reader.ask<{ items: Scenario[] }>('GET', '/v1/scenarios')
  const unknown = only.filter((name) => name !== alone && !items.some((one) => one.name === name))
  assert.deepEqual(unknown, [], 'there are no such scenarios')
  const [order = []] = fc.sample(fc.shuffledSubarray(items, { minLength: items.length }), {
    seed,
    numRuns: 1
  })
  const asked = order.filter(({ name }) => only.length === 0 || only.includes(name)).slice(0, runs)
  const found: string[] = []
  for (const scenario of asked) {
    const { told, wrong } = await named(scene, scenario)
    say(`${wrong.length === 0 ? 'as expected' : 'OTHERWISE'}  ${scenario.name}  ${told}`)
    for (const difference of wrong) say(`  ${difference}`)
    found.push(...wrong.map((difference) => `${scenario.name}: ${difference}`))
  }
  return { cases: asked.length, wrong: found }
}

/** Tries random cases, each whatever became of those before, and prints a table of them. */
async function searchRandom (scene: Scene, { seed, random, say }: SearchOptions): Promise<Found> {
  const found: string[] = []
  say('| case | clouds | processes | resumes | end |')
  say('| --- | --- | --- | --- | --- |')
  const cases = randomCases(seed, random)
  for (const [index, one] of cases.entries()) {
    const { cells, wrong } = await mixed(scene, one, `random-${index + 1}`)
    const end = wrong === undefined ? 'well' : `WRONG: ${wrong.replaceAll(/\s+/g, ' ')}`
    say(`| ${[String(index + 1), ...cells, end].join(' | ')} |`)
    if (wrong !== undefined) found.push(`random ${index + 1}: ${wrong}`)
  }
  say(`${cases.length} random cases, ${found.length} of which ended wrong`)
  return { cases: cases.length, wrong: found }
}
