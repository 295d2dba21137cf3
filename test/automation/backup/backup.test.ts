import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import { restoreBackup } from '../../../automation/backup/restore.ts'
import { writeBackup } from '../../../automation/backup/write.ts'
import { type Automation } from '../../../automation/ports.ts'
import { createPool, type Pool } from '../../../automation/store/postgres/database.ts'
import { ended, request, start, until } from '../../fixtures/automation/harness.ts'
import { ScriptedRunner, succeeded } from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'

const secretsKey = Buffer.alloc(32, 7)
const signal = new AbortController().signal

suite('a backup', () => {
  let server: TestServer
  let folder: string
  const pools: Pool[] = []
  before(async () => {
    server = await startDatabase()
    folder = await mkdtemp(join(tmpdir(), 'windlass-backup-'))
  })
  after(async () => {
    await Promise.all(pools.map((pool) => pool.end()))
    await server.close()
    await rm(folder, { recursive: true })
  })
  async function database (): Promise<{ url: string, pool: Pool }> {
    const { url } = await server.database()
    const pool = createPool(url, { max: 2, name: 'test' })
    pools.push(pool)
    return { url, pool }
  }
  /** All that the API shows of what is stored. */
  async function seen (automation: Automation, id: string) {
    return {
      deployment: await automation.deployment(id),
      units: await automation.units(id, { limit: 100 }),
      events: await automation.events(id, { after: 0, limit: 1000 }),
      outputs: await automation.outputs('nautilus', { mode: 'rehearsal' }),
      audit: await automation.audit.page({ limit: 100 })
    }
  }

  test(
    'taken while the service works is restored elsewhere as it was; what was under way goes on; numbers go ' +
      'on after those there',
    async () => {
      const from = await database()
      const held = Promise.withResolvers<void>()
      const runner = new ScriptedRunner(4, async (unit) => {
        if (unit.phaseNumber === 2) await held.promise
        return succeeded(unit)
      })
      const file = join(folder, 'first.backup')
      const service = await start(from.url, runner)
      let before: Awaited<ReturnType<typeof seen>>
      let id: string
      try {
        ;({ deployment: { id } } = await service.launch(request({ phases: { from: 1, to: 1 } })))
        await ended(service, id)
        before = await seen(service, id)
        const running = await service.launch(request({ phases: { from: 1, to: 2 } }))
        await until(
          service,
          running.deployment.id,
          'unit.started',
          { phase: 2 }
        )
        before.audit = await service.audit.page({ limit: 100 })
        const { rows } = await writeBackup(from.pool, { file, secretsKey, signal })
        assert.ok(rows > 50, `${rows} rows`)
        await assert.rejects(restoreBackup(from.pool, { file, secretsKey, replace: true }), {
          code: 'backup-service-running'
        })
        await assert.rejects(writeBackup(from.pool, { file, secretsKey, signal }), { code: 'backup-file' })
      } finally {
        held.resolve()
        await service.close()
      }
      const to = await database()
      await restoreBackup(to.pool, { file, secretsKey, replace: false })
      const again = await start(to.url, new ScriptedRunner(4))
      try {
        assert.deepEqual(await seen(again, id), before)
        assert.equal((await again.audit.verify({ signal })).valid, true)
        const { items: [latest] } = await again.deployments({ limit: 1 })
        assert.equal((await ended(again, latest?.id ?? '')).deployment.status, 'succeeded')
        const { deployment } = await again.launch(request({ phases: { from: 1, to: 1 } }))
        assert.equal((await ended(again, deployment.id)).deployment.status, 'succeeded')
      } finally {
        await again.close()
      }
      await assert.rejects(restoreBackup(to.pool, { file, secretsKey, replace: false }), {
        code: 'backup-not-empty'
      })
      await restoreBackup(to.pool, { file, secretsKey, replace: true })
    }
  )

  test('a database without a service, and a file that exists, are refused', async () => {
    const bare = await server.database()
    await bare.pool.query('DROP SCHEMA windlass CASCADE')
    const file = join(folder, 'bare.backup')
    await assert.rejects(writeBackup(bare.pool, { file, secretsKey, signal }), { code: 'backup-empty' })
    await writeFile(file, '')
    const { pool } = await database()
    await assert.rejects(writeBackup(pool, { file, secretsKey, signal }), {
      code: 'backup-file',
      message: `${file} exists already: expected the name of a new file`
    })
  })

  test('a damaged or foreign backup, or one of a newer version, changes nothing', async () => {
    const { pool } = await database()
    const file = join(folder, 'second.backup')
    await writeBackup(pool, { file, secretsKey, signal })
    const bytes = await readFile(file)
    const lines = gunzipSync(bytes).toString().split('\n')
    const bad = async (content: Buffer) => {
      const path = join(folder, `bad-${Math.abs(content.length)}.backup`)
      await writeFile(path, content)
      return path
    }
    const zip = (changed: string[]) => gzipSync(changed.join('\n'))
    const tryWith = async (path: string, key = secretsKey) =>
      await restoreBackup(pool, { file: path, secretsKey: key, replace: true })
    await assert.rejects(tryWith(await bad(bytes.subarray(0, bytes.length / 2))), { code: 'backup-damaged' })
    await assert.rejects(tryWith(await bad(Buffer.from('hello'))), { code: 'backup-damaged' })
    await assert.rejects(tryWith(await bad(zip(lines.map((line) => line.replace('"seq":0', '"seq":9'))))), {
      code: 'backup-damaged'
    })
    await assert.rejects(tryWith(await bad(zip(lines.slice(0, -2)))), { code: 'backup-damaged' })
    await assert.rejects(
      tryWith(await bad(zip(lines.map((line) => line.replace('"030_approvals.sql"', '"930_later.sql"'))))),
      { code: 'backup-newer' }
    )
    await assert.rejects(tryWith(join(folder, 'none')), { code: 'backup-file' })
    await assert.rejects(tryWith(file, Buffer.alloc(32, 8)), { code: 'backup-other-key' })
    assert.deepEqual((await pool.query('SELECT seq::int FROM windlass.audit_head')).rows, [{ seq: 0 }])
    assert.ok(!(await readdir(folder)).some((name) => name.endsWith('.part')))
  })
})
