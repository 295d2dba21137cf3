import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import fc from 'fast-check'
import { pino } from 'pino'
import { Denials } from '../../../automation/audit/denials.ts'
import { HeadFile } from '../../../automation/audit/head-file.ts'
import { createAuditLog, type AuditLog } from '../../../automation/audit/log.ts'
import { canonical } from '../../../automation/canonical.ts'
import { clean, teachGate } from '../../../automation/redaction/gate.ts'
import {
  entryAfter,
  follow,
  hashOf,
  origin,
  type KeptEntry,
  type Link
} from '../../../automation/store/identity/audit-chain.ts'
import { appendAudit, removeOldAudit } from '../../../automation/store/identity/audit.ts'
import { transaction, type Pool } from '../../../automation/store/postgres/database.ts'
import { checkExport, headOf, type Head } from '../../../cli/audit-chain.ts'
import { ageAudit } from '../../fixtures/aged-audit.ts'
import { logger } from '../../fixtures/automation/harness.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'

const act = (id: string, more = {}) => ({
  action: 'deployment.launched',
  outcome: 'done' as const,
  actor: { subject: 'corp:alice', name: 'alice', kind: 'person' as const },
  target: { kind: 'deployment' as const, id, federation: 'nautilus' },
  ...more
})
const signal = new AbortController().signal

suite('the audit log', () => {
  let server: TestServer
  before(async () => {
    server = await startDatabase()
  })
  after(async () => {
    await server.close()
  })

  async function filled (count: number) {
    const { pool } = await server.database()
    teachGate(['hunter2-hunter2'])
    const log = createAuditLog(pool, { logger })
    for (let index = 1; index <= count; index++) {
      await log.note(
        act(`d${index}`, {
          after: { index, z: 1, a: [1, { y: null, x: 2 }] },
          reason: 'because hunter2-hunter2'
        })
      )
    }
    return { pool, log }
  }
  async function exported (log: Awaited<ReturnType<typeof filled>>['log']): Promise<string[]> {
    const lines: string[] = []
    for await (const batch of log.lines({ signal })) lines.push(...batch)
    return lines
  }
  /** As whoever owns the database can. */
  async function tamper (pool: Pool, ...statements: string[]): Promise<void> {
    await transaction(pool, async (client) => {
      await client.query('ALTER TABLE windlass.audit DISABLE TRIGGER ALL')
      for (const statement of statements) await client.query(statement)
      await client.query('ALTER TABLE windlass.audit ENABLE TRIGGER ALL')
    })
  }

  test(
    'what was noted is read back in pages, without secrets, and the chain is whole, on the table and in an ' +
      'export',
    async () => {
      const { log } = await filled(7)
      const first = await log.page({ limit: 3 })
      assert.deepEqual([first.items.map(({ seq }) => seq), first.next], [[7, 6, 5], '5'])
      assert.equal(first.items[0]?.reason, 'because [secret]')
      assert.deepEqual((await log.page({ limit: 3, before: 2 })).items.map(({ target }) => target.id), ['d1'])
      assert.deepEqual((await log.page({ limit: 9, federations: ['or*'] })).items, [])
      assert.equal((await log.page({ limit: 9, target: 'd3', federations: ['naut*'] })).items.length, 1)
      const verified = await log.verify({ signal })
      assert.deepEqual([verified.valid, verified.entries, verified.head.seq], [true, 7, 7])
      assert.deepEqual(await checkExport(await exported(log), [verified.head]), {
        entries: 7,
        first: verified.first,
        head: verified.head
      })
    }
  )

  test('entries cannot be changed, removed or emptied out by a statement', async () => {
    const { pool } = await filled(2)
    for (
      const statement of [
        "UPDATE windlass.audit SET entry = '{}'",
        'DELETE FROM windlass.audit',
        'TRUNCATE windlass.audit'
      ]
    ) await assert.rejects(pool.query(statement), /append-only/)
  })

  const tamperings: [string, string[], RegExp][] = [
    ['a changed entry', [
      "UPDATE windlass.audit SET entry = replace(entry, 'alice', 'mallory') WHERE seq = 3"
    ], /entry 3 or the hash before it was changed/],
    ['a removed entry', ['DELETE FROM windlass.audit WHERE seq = 3'], /entries 3 to 3 are missing/],
    ['a removed entry with those after it renumbered', [
      'DELETE FROM windlass.audit WHERE seq = 3',
      'UPDATE windlass.audit SET seq = seq - 1 WHERE seq > 3'
    ], /entry 3/],
    ['the oldest removed', ['DELETE FROM windlass.audit WHERE seq = 1'], /entries 1 to 1 are missing/],
    ['the latest removed', ['DELETE FROM windlass.audit WHERE seq > 4'], /entries 5 to 5 are missing/],
    ['all removed', ['DELETE FROM windlass.audit'], /entries 1 to 5 are missing/],
    ['the latest put back with another content and hash', [
      "UPDATE windlass.audit SET subject = 'corp:mallory', entry = replace(entry, 'alice', 'mallory'), " +
      'hash = ' +
      "encode(sha256(convert_to((SELECT hash FROM windlass.audit WHERE seq = 4) || E'\\n' || " +
      "replace(entry, 'alice', 'mallory'), 'UTF8')), 'hex') WHERE seq = 5"
    ], /not the one that the head names/],
    ['one put in after the head', [
      'INSERT INTO windlass.audit (seq, entry, hash, time, action, outcome) VALUES (6, \'{"seq":6}\', ' +
      "'x', now(), 'a', 'done')"
    ], /comes after the head/],
    ...[0, -1, -1000].map((seq): [string, string[], RegExp] => [`one put in as number ${seq}`, [
      `INSERT INTO windlass.audit (seq, entry, hash, time, action, outcome) VALUES (${seq}, ` +
      `'{"seq":${seq}}', 'x', now(), 'a', 'done')`
    ], new RegExp(`entry ${seq} comes before the beginning, 1`)]),
    ['the oldest removed, and the head made to say so', [
      'UPDATE windlass.audit_head SET removed_seq = 2, removed_hash = (SELECT hash FROM windlass.audit ' +
      'WHERE seq = 2)',
      'DELETE FROM windlass.audit WHERE seq <= 2'
    ], /entries up to 2 are gone, and retention noted that it removed those up to 0/],
    ['the oldest removed under the switch of retention', [
      "SET LOCAL windlass.audit_retention = 'on'",
      'DELETE FROM windlass.audit WHERE seq <= 2'
    ], /entries 1 to 2 are missing/],
    ...['action', 'subject', 'federation', 'target'].map((column): [string, string[], RegExp] => [
      `a changed column ${column}`,
      [`UPDATE windlass.audit SET ${column} = 'other' WHERE seq = 3`],
      new RegExp(`the column ${column} beside entry 3 was changed`)
    ]),
    ['an emptied column', [
      'UPDATE windlass.audit SET subject = NULL WHERE seq = 3'
    ], /the column subject beside entry 3 was changed/],
    ['a changed outcome', [
      "UPDATE windlass.audit SET outcome = 'denied' WHERE seq = 3"
    ], /the column outcome beside entry 3 was changed/],
    ['an entry made to look old', [
      "UPDATE windlass.audit SET time = time - interval '1000 days' WHERE seq = 3"
    ], /the column time beside entry 3 was changed/],
    ['the head removed', ['DELETE FROM windlass.audit_head'], /head of the log is gone/]
  ]
  for (const [what, statements, problem] of tamperings) {
    test(`${what} is found`, async () => {
      const { pool, log } = await filled(5)
      await tamper(pool, ...statements)
      const verified = await log.verify({ signal })
      assert.equal(verified.valid, false)
      assert.match(verified.problem ?? '', problem)
    })
  }

  test('a head noted elsewhere reveals a log that was cut short with its head', async () => {
    const { pool, log } = await filled(5)
    const { head } = await log.verify({ signal })
    await tamper(
      pool,
      'DELETE FROM windlass.audit WHERE seq > 3',
      'UPDATE windlass.audit_head SET seq = 3, hash = (SELECT hash FROM windlass.audit WHERE seq = 3)'
    )
    assert.equal((await log.verify({ signal })).valid, true)
    assert.match(
      (await checkExport(await exported(log), [head])).problem ?? '',
      /entry 5, whose hash was noted, is missing/
    )
  })

  test('a chain of the format before is whole, and goes on in the new one', async () => {
    const { pool, log } = await filled(0)
    let last: Link = origin
    for (const id of ['d1', 'd2']) {
      const entry = canonical({ ...act(id), seq: last.seq + 1, time: '2026-11-01T00:00:00.000Z' })
      last = { seq: last.seq + 1, hash: hashOf(last.hash, entry) }
      await pool.query(
        `INSERT INTO windlass.audit (seq, entry, hash, time, action, outcome, subject, federation, target)
         VALUES ($1, $2, $3, '2026-11-01', 'deployment.launched', 'done', 'corp:alice', 'nautilus', $4)`,
        [last.seq, entry, last.hash, id]
      )
    }
    await pool.query('UPDATE windlass.audit_head SET seq = $1, hash = $2', [last.seq, last.hash])
    await log.note(act('d3'))
    const { valid, entries } = await log.verify({ signal })
    assert.deepEqual([valid, entries], [true, 3])
    assert.equal((await checkExport(await exported(log))).problem, undefined)
    assert.deepEqual((await log.page({ limit: 3 })).items.map((item) => item.format), [
      2,
      undefined,
      undefined
    ])
  })

  test('retention removes nothing from a log that was changed', async () => {
    const { pool, log } = await filled(3)
    await ageAudit(pool, { 1: 40, 2: 40 })
    await tamper(pool, "UPDATE windlass.audit SET subject = 'corp:bob' WHERE seq = 2")
    await assert.rejects(
      transaction(pool, (client) => removeOldAudit(client, 30, 100)),
      /nothing is removed from a broken audit log: the column subject beside entry 2/
    )
    assert.equal((await log.page({ limit: 9 })).items.length, 3)
  })

  test('an act that is rolled back leaves no entry, and acts at once are one after another', async () => {
    const { pool, log } = await filled(1)
    await assert.rejects(
      transaction(pool, async (client) => {
        await appendAudit(client, act('undone'))
        throw new Error('undone')
      }),
      /undone/
    )
    await Promise.all(Array.from({ length: 20 }, (_, index) => log.note(act(`at-once-${index}`))))
    const { valid, entries } = await log.verify({ signal })
    assert.deepEqual([valid, entries], [true, 21])
  })

  test('retention removes the oldest only, and what is left is whole', async () => {
    const { pool, log } = await filled(4)
    await ageAudit(pool, { 1: 40, 2: 40, 4: 40 })
    const removed = await transaction(pool, (client) => removeOldAudit(client, 30, 100))
    assert.equal(removed?.last.seq, 2)
    assert.match((await log.verify({ signal })).problem ?? '', /up to 2 are gone, and .* up to 0/)
    await log.note({ ...act('w'), action: 'audit.removed', after: { through: removed.last, days: 30 } })
    const { valid, entries, first } = await log.verify({ signal })
    assert.deepEqual([valid, entries, first.seq], [true, 3, 2])
    const checked = await checkExport(await exported(log))
    assert.deepEqual([checked.problem, checked.first], [undefined, first])
    assert.equal(await transaction(pool, (client) => removeOldAudit(client, 30, 100)), undefined)
    await assert.rejects(pool.query('DELETE FROM windlass.audit'), /append-only/)
  })
})

suite('heads in a file', () => {
  let server: TestServer
  let folder: string
  before(async () => {
    server = await startDatabase()
    folder = await mkdtemp(join(tmpdir(), 'windlass-heads-'))
  })
  after(async () => {
    await server.close()
    await rm(folder, { recursive: true })
  })

  /** A log with two noted heads, entry 2 and entry 4. */
  async function noted (name: string) {
    const { pool } = await server.database()
    const log = createAuditLog(pool, { logger })
    const file = join(folder, name)
    for (const ids of [['d1', 'd2'], ['d3', 'd4']]) {
      for (const id of ids) await log.note(act(id))
      const heads = new HeadFile(pool, file, logger)
      await heads.start()
      await heads.close()
    }
    const heads = (await readFile(file, 'utf8')).trim().split('\n').map((line) => headOf(line))
    return { pool, log, file, heads: heads.filter((head) => head !== undefined) }
  }
  async function checked (log: AuditLog, heads: readonly Head[]): Promise<string | undefined> {
    const lines: string[] = []
    for await (const batch of log.lines({ signal })) lines.push(...batch)
    return (await checkExport(lines, heads)).problem
  }

  test('are noted once for each move, and an export is held to them', async () => {
    const { log, heads } = await noted('moves')
    assert.deepEqual(heads.map(({ seq }) => seq), [2, 4])
    assert.equal(await checked(log, heads), undefined)
  })

  test('reveal a log that was written anew, by the check and at the next start', async () => {
    const { pool, log, file, heads } = await noted('anew')
    await ageAudit(pool, { 1: 3 })
    assert.equal((await log.verify({ signal })).valid, true)
    assert.match(await checked(log, heads) ?? '', /entry 2 is not the one whose hash was noted/)
    const errors: string[] = []
    const told = pino({ level: 'error' }, { write: (line: string) => errors.push(line) })
    const next = new HeadFile(pool, file, told)
    await next.start()
    await next.close()
    assert.match(errors.join(), /does not have the entry that was noted last/)
  })

  test('reveal entries that were removed before their days were over, and allow the others', async () => {
    const { pool, log, heads } = await noted('early')
    const removed = await transaction(pool, (client) => removeOldAudit(client, -1, 2))
    assert.equal(removed?.last.seq, 2)
    await log.note({ ...act('w'), action: 'audit.removed', after: { through: removed.last, days: 30 } })
    assert.equal((await log.verify({ signal })).valid, true)
    assert.match(await checked(log, heads) ?? '', /entry 2 of .* was removed before its 30 days were over/)
    const old = heads.map((head) => head.seq === 2 ? { ...head, time: '2020-01-01T00:00:00.000Z' } : head)
    assert.equal(await checked(log, old), undefined)
  })
})

suite('an export', () => {
  const link = (count: number): { lines: string[], head: Link } => {
    let last: Link = origin
    const lines: string[] = []
    for (let index = 0; index < count; index++) {
      const kept: KeptEntry = follow(last, act(`d${index}`), '2026-01-01T00:00:00.000Z')
      assert.ok('entry' in entryAfter(last, kept))
      lines.push(`{"entry":${kept.entry},"hash":"${kept.hash}","previous":"${last.hash}"}`)
      last = kept
    }
    return {
      head: last,
      lines: [...lines, JSON.stringify({ first: origin, head: { seq: last.seq, hash: last.hash } })]
    }
  }

  test('of any length is whole, and not once a line is changed, removed, doubled or moved', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 12 }),
        fc.nat(),
        fc.constantFrom('change', 'remove', 'double', 'swap'),
        async (count, at, how) => {
          const { lines } = link(count)
          assert.deepEqual((await checkExport(lines)).problem, undefined)
          const place = at % count
          const changed = [...lines]
          if (how === 'change') changed[place] = (changed[place] ?? '').replace('alice', 'mallory')
          if (how === 'remove') changed.splice(place, 1)
          if (how === 'double') {
            changed.splice(place, 0, changed[place] ?? '')
          }
          if (how === 'swap') {
            ;[changed[place], changed[place + 1]] = [changed[place + 1] ?? '', changed[place] ?? '']
          }
          assert.notEqual((await checkExport(changed)).problem, undefined, how)
        }
      ),
      { numRuns: 60 }
    )
  })

  test('that is cut off or is something else says so', async () => {
    const { lines } = link(3)
    assert.match((await checkExport(lines.slice(0, -1))).problem ?? '', /cut off/)
    assert.match((await checkExport(['{"hello": 1}'])).problem ?? '', /line 1 is not an entry/)
    assert.match((await checkExport(['hello'])).problem ?? '', /line 1 is not JSON/)
  })
})

test('denied attempts are noted within bounds, and the number left out is told', () => {
  let now = 0
  const denials = new Denials(() => now)
  now = 60_000
  assert.equal(Array.from({ length: 50 }, () => denials.admit('one').noted).filter(Boolean).length, 10)
  assert.equal(
    Array.from({ length: 500 }, (_, index) => denials.admit(`caller ${index}`).noted).filter(Boolean).length,
    90
  )
  now += 60_000
  assert.deepEqual(denials.admit('one'), { noted: true, left: 450 })
})

test('what has the form of a credential is not noted', () => {
  assert.deepEqual(clean({ comment: ['use AKIAABCDEFGHIJKLMNOP please'] }), {
    comment: ['use [an AWS access key id] please']
  })
})
