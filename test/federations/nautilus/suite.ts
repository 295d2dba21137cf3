/**
 * Tests that the table of Nautilus' statements says what is deployed. The caller has deployed the
 * world by the time these tests run.
 */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import { type Check } from '../../../programs/outputs.ts'
import { type DeployedWorld } from '../../fixtures/programs/deployed-world.ts'
import { registeredIn } from '../../validity/registered.ts'
import { connections } from './connections.ts'
import { foundations } from './foundations.ts'
import { operations } from './operations.ts'
import { recovery } from './recovery.ts'
import { type Deployed } from './world.ts'

const repository = new URL('../../../', import.meta.url)
const groups = [foundations, connections, recovery, operations]
const checks = new Map(groups.flatMap((group) => Object.entries(group)))

/**
 * Rows whose words ask for more than is there: failover by itself and drills, scaling of workloads
 * that nobody deploys, alerts on their metrics, five strategies for every client, paths that are
 * selected, a network that is watched in real time, rotation of secrets, devices and cores that no
 * workload asks for, tests of trading, throughput, and 150 ms over public routes. Whoever does one
 * of them takes it off.
 */
const notDone = [
  ...['D2', 'D9', 'D11', 'L1', 'N11', 'N12', 'N14', 'N15', 'N16', 'O4'],
  ...['P5', 'P6', 'P7', 'S8', 'V1', 'V2', 'V3']
]

/** One row of the table. */
interface Row {
  readonly id: string
  readonly state: string
  readonly statement: string
  readonly where: string
  readonly shows: string
}

function rows (): Row[] {
  return readFileSync(new URL('federations/nautilus.md', repository), 'utf8').split('\n').flatMap(
    (line): Row[] => {
      const [, id, state, statement, where, shows, ...rest] = line.split('|').map((cell) => cell.trim())
      if (!/^[A-Z]\d+$/.test(id ?? '')) return []
      assert.ok(id && state && statement && where && shows && rest.length === 1, `not five cells: ${line}`)
      return [{ id, state, statement, where, shows }]
    }
  )
}

/** Declares the test of the rows' states. */
function statesTest (deployed: () => DeployedWorld): void {
  test('says of each row if it is measured or computed, by which check, configured or not done', () => {
    const { outputs } = deployed()
    const reported = new Map(
      Object.entries(outputs).flatMap(([unit, { checks: found }]) =>
        unit.startsWith('validation.')
          ? (found?.value as Check[] | undefined ?? []).map(({ name, basis }) => [name, basis])
          : []
      )
    )
    for (const { id, state } of rows()) {
      const [, basis, check] = /^(?:(measured|computed): `([a-z0-9-]+)`|configured|not done)$/.exec(state) ??
        assert.fail(`${id}: ${state}`)
      assert.equal(check && reported.get(check), basis, `${id}: no report has ${check} as ${basis}`)
    }
    const states = new Map(rows().map(({ id, state }) => [id, state]))
    assert.deepEqual(notDone.filter((id) => states.get(id) !== 'not done'), [])
  })
}

/** Declares the tests. `deployed` is called when they run. */
export function statementsSuite (deployed: () => DeployedWorld): void {
  suite('the table of what Nautilus asks for', () => {
    test('has each id once, and a check for exactly the rows that do not say why there is none', () => {
      const table = rows()
      assert.ok(table.length > 100)
      assert.equal(new Set(table.map(({ id }) => id)).size, table.length)
      assert.equal(
        groups.reduce((sum, group) => sum + Object.keys(group).length, 0),
        checks.size,
        'a check stands in two lists'
      )
      assert.deepEqual(
        table.filter(({ shows }) => !shows.startsWith('No check')).map(({ id }) => id).sort(),
        [...checks.keys()].sort()
      )
      for (const { id, shows } of table.filter(({ shows: said }) => said.startsWith('No check'))) {
        assert.match(shows, /^No check(?: here)?: .{15,}/, id)
      }
    })

    statesTest(deployed)

    test('names files that exist', () => {
      for (const { id, where, shows } of rows()) {
        const paths = [...`${where} ${shows}`.matchAll(/`([a-z][\w./-]*\/[\w./-]+)`/g)].map(([, path = '']) =>
          path
        )
        assert.ok([...where.matchAll(/`/g)].length === 2, `${id}: one path is wanted, not ${where}`)
        for (const path of paths) assert.ok(existsSync(new URL(path, repository)), `${id}: ${path}`)
      }
    })

    test('speaks of kinds and alerts that the files it names speak of', () => {
      // Kinds and alerts have names of several words in one. TypeScript is neither.
      const isKind = (word: string): boolean => word !== 'TypeScript'
      const missing = rows().flatMap(({ id, where, shows }) => {
        const said = [...`${where} ${shows}`.matchAll(/`([a-z][\w./-]*\/[\w./-]+\.\w+)`/g)].map((
          [, path = '']
        ) => readFileSync(new URL(path, repository), 'utf8')).join('\n').toLowerCase()
        const words = [...shows.matchAll(/\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b/g)].map(([word]) =>
          word.replace(/ies$/, 'y').replace(/s$/, '')
        ).filter(isKind)
        return words.filter((word) => !said.includes(word.toLowerCase())).map((word) => `${id}: ${word}`)
      })
      assert.deepEqual(missing, [])
    })

    test('is true of what a rehearsal deploys', () => {
      const world = deployed()
      const found: Deployed = {
        federation: world.federation,
        resources: registeredIn(world),
        outputs: world.outputs
      }
      const wrong: string[] = []
      for (const [id, check] of checks) {
        try {
          check(found)
        } catch (error) {
          if (!(error instanceof assert.AssertionError)) throw error
          wrong.push(`${id}: ${error.message}`)
        }
      }
      assert.deepEqual(wrong, [])
    })
  })
}
