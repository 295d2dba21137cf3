/** The log holds no values of rows that PostgreSQL quotes in its errors. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { pino } from 'pino'
import { logError } from '../../server/log.ts'
import { startDatabase, type TestServer } from '../fixtures/database.ts'

suite('an error of PostgreSQL in the log', () => {
  let server: TestServer
  before(async () => {
    server = await startDatabase()
  })
  after(() => server.close())

  test('names what was violated and not by which values, also as a cause or one of several', async () => {
    const { pool } = await server.database()
    await pool.query('CREATE TABLE public.guests (name text UNIQUE)')
    const add = () => pool.query("INSERT INTO public.guests VALUES ('row-value-of-a-guest')")
    await add()
    const error: unknown = await add().then(() => undefined, (reason: unknown) => reason)
    assert.ok(error instanceof Error)
    assert.match(JSON.stringify(error), /row-value-of-a-guest/, 'the driver hands the value on')
    const lines: string[] = []
    const log = pino({ serializers: { err: logError } }, { write: (line) => lines.push(line) })
    log.error({ err: error }, 'alone')
    log.error(error)
    log.error({ err: new Error('could not be stored', { cause: error }) }, 'as a cause')
    log.error({ err: new AggregateError([error, new Error('another')], 'both') }, 'as one of several')
    log.error({ err: Object.assign(new Error('wrapped'), { error }) }, 'as a field')
    assert.equal(lines.length, 5)
    for (const line of lines) {
      assert.doesNotMatch(line, /row-value-of-a-guest/)
      assert.match(line, /guests_name_key/)
    }
  })
})
