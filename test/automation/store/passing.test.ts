import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { DBOSInitializationError } from '@dbos-inc/dbos-sdk/internal/error'
import {
  type Passing,
  passingSockets,
  passingStates,
  passingWords
} from '../../../automation/store/postgres/passing-states.ts'
import { OutcomeUnknownError, passingOf, refusalOf } from '../../../automation/store/postgres/passing.ts'
import { patiently } from '../../../automation/store/postgres/patience.ts'
import { repository } from '../../fixtures/service.ts'

const coded = (code: string, more: object = {}): Error =>
  Object.assign(new Error(`says ${code}`), { code, ...more })
const refused = (code: string): Error => coded(code, { severity: 'ERROR' })

/** Every row of the table as the driver would say it, with how it passes. */
const rows: [string, Error, Passing][] = [
  ...Object.entries(passingStates).map((
    [code, { passing }]
  ): [string, Error, Passing] => [code, refused(code), passing]),
  ...Object.entries(passingSockets).map((
    [code, { passing }]
  ): [string, Error, Passing] => [code, coded(code, { syscall: 'connect' }), passing]),
  ...passingWords.map((
    { begins, passing }
  ): [string, Error, Passing] => [begins, new Error(`${begins} (and more)`), passing])
]

/**
 * Rows that have been met and passed, kept beside the table: one that is taken out of it is missed.
 * PostgreSQL's own are those of restarts, failovers, poolers, full servers and busy rows.
 */
const met: Readonly<Record<Passing, readonly string[]>> = {
  away: [
    ...['08000', '08001', '08003', '08004', '08006', '08007', '08P01', '25006', '28000', '28P01', '3D000'],
    ...['53000', '53100', '53200', '53300', '57P01', '57P02', '57P03', '57P04', '57P05']
  ],
  collision: ['25P03', '25P04', '40000', '40001', '40003', '40P01', '55P03', '57014']
}

/** What does not pass: another time it would be the same. */
const lasting: [string, unknown][] = [
  ...[
    '22P02',
    '22P05',
    '22021',
    '23502',
    '23505',
    '23514',
    '25P02',
    '40002',
    '42501',
    '42P01',
    '53400',
    '54000',
    'XX000'
  ].map((code): [string, unknown] => [code, refused(code)]),
  ['a file that is not there', coded('ENOENT', { syscall: 'open' })],
  [
    'a web server that is away',
    new TypeError('fetch failed', { cause: coded('ECONNREFUSED', { syscall: 'connect' }) })
  ],
  ['a mistake of ours', new TypeError('x is not a function')],
  ['a pool that was closed', new Error('Cannot use a pool after calling end on the pool')],
  ['no error', 'away'],
  ['nothing', undefined]
]

suite('what passes', () => {
  test('is known of every state that was met, and of no other', () => {
    for (const passing of ['away', 'collision'] as const) {
      const known = Object.keys(passingStates).filter((code) => passingStates[code]?.passing === passing)
      assert.deepEqual(known.sort(), [...met[passing]].sort())
    }
  })

  test('every row passes as the table says, by itself and wrapped', () => {
    const wraps: ((error: Error) => Error)[] = [
      (error) => error,
      (error) => new Error('wrapped', { cause: error }),
      (error) => new Error('twice', { cause: new Error('wrapped', { cause: error }) }),
      (error) => new AggregateError([new Error('other'), error]),
      (error) => new DBOSInitializationError('the workflow library says', error),
      (error) => new OutcomeUnknownError('at the commit', { cause: error })
    ]
    for (const [name, error, passing] of rows) {
      for (const [index, wrap] of wraps.entries()) {
        assert.equal(passingOf(wrap(error)), passing, `${name}, wrapped in way ${index}`)
        assert.equal(refusalOf(wrap(error)), undefined, name)
      }
    }
  })

  test('nothing else does, and a refusal names its state', () => {
    for (const [name, error] of lasting) assert.equal(passingOf(error), undefined, name)
    assert.equal(refusalOf(refused('23514')), 'says 23514 (PostgreSQL 23514)')
    assert.equal(refusalOf(new TypeError('x is not a function')), undefined)
  })

  test('an error that is its own cause is looked at once', () => {
    const error: Error & { cause?: unknown } = new Error('circle')
    error.cause = error
    assert.equal(passingOf(error), undefined)
  })

  test('no other file of the service decides by states of its own', async () => {
    const own = /['"](08\d\d\d|25006|40001|40P01|53300|57P0\d|55P03|ECONNRESET)['"]/
    const allowed = ['store/postgres/passing-states.ts', 'service/workflow-pool.ts', 'service/database.ts']
    const folder = join(repository, 'automation')
    for (const file of await readdir(folder, { recursive: true })) {
      if (!file.endsWith('.ts') || allowed.includes(file)) continue
      assert.doesNotMatch(await readFile(join(folder, file), 'utf8'), own, file)
    }
  })
})

suite('patience', () => {
  test('a collision is met a few times, an absence for as long as it lasts', async (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] })
    const tries = async (error: Error, signal: AbortSignal): Promise<number> => {
      let count = 0
      const work = patiently(() => {
        count++
        return Promise.reject(error)
      }, { signal })
      const over = work.then(() => true, () => true)
      for (let turn = 0; turn < 40; turn++) {
        await new Promise(setImmediate)
        context.mock.timers.tick(4_000)
      }
      stop.abort()
      assert.equal(await over, true)
      await assert.rejects(work, error)
      return count
    }
    let stop = new AbortController()
    assert.equal(await tries(refused('40P01'), stop.signal), 8)
    stop = new AbortController()
    assert.equal(await tries(refused('25006'), stop.signal) > 30, true)
    stop = new AbortController()
    assert.equal(await tries(refused('23514'), stop.signal), 1)
  })

  test('a try after the first knows that the one before may have taken effect', async () => {
    const heard: boolean[] = []
    const result = await patiently((repeated) => {
      heard.push(repeated)
      return heard.length < 2 ? Promise.reject(refused('08006')) : Promise.resolve('done')
    })
    assert.deepEqual([result, heard], ['done', [false, true]])
  })
})
