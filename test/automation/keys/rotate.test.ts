import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { restoreBackup } from '../../../automation/backup/restore.ts'
import { writeBackup } from '../../../automation/backup/write.ts'
import { keyCheckOf } from '../../../automation/keys/check.ts'
import { establishRoot } from '../../../automation/keys/root.ts'
import { rotateKey } from '../../../automation/keys/rotate.ts'
import { createPool, type Pool } from '../../../automation/store/postgres/database.ts'
import { sealedColumns } from '../../../automation/store/postgres/sealed-columns.ts'
import { createSealer } from '../../../automation/store/postgres/sealer.ts'
import { beginMove } from '../../../automation/store/stacks/stack-moves.ts'
import { createCloudStore } from '../../../automation/store/worlds/cloud-store.ts'
import { ended, request, start } from '../../fixtures/automation/harness.ts'
import { ScriptedRunner } from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'
import { tablesWith } from '../../fixtures/stored-world.ts'

const [old, fresh, other] = [7, 8, 9].map((byte) => Buffer.alloc(32, byte)) as [Buffer, Buffer, Buffer]
const signal = new AbortController().signal

suite('a rotation of the secrets key', () => {
  let server: TestServer
  const pools: Pool[] = []
  before(async () => {
    server = await startDatabase()
  })
  after(async () => {
    await Promise.all(pools.map((pool) => pool.end()))
    await server.close()
  })

  /** A database of a service that deployed something, with `old`. */
  async function used () {
    const { url } = await server.database()
    const pool = createPool(url, { max: 3, name: 'test' })
    pools.push(pool)
    const runner = new ScriptedRunner(4)
    const service = await start(url, runner)
    try {
      const { deployment } = await service.launch(request({ phases: { from: 1, to: 1 } }))
      await ended(service, deployment.id)
    } finally {
      await service.close()
    }
    await createCloudStore(pool, { world: 'default', sealer: createSealer(old) }).put(
      {
        pkg: 'aws',
        account: '1',
        type: 'aws:kms/key:Key',
        id: 'k',
        region: 'r',
        name: 'n',
        token: 't',
        incarnation: 1,
        created: 'now',
        inputs: { a: 1 },
        outputs: { secret: 'hunter2' }
      } as unknown as Parameters<ReturnType<typeof createCloudStore>['put']>[0]
    )
    await beginMove(pool, { place: 'live', source: 'a', target: 'b' }, {
      deployment: 'd',
      urns: [],
      states: createSealer(old).seal({ source: {}, target: null })
    })
    return { url, pool, secrets: runner.runs[0]?.unit.secrets }
  }
  const everything = async (pool: Pool) =>
    (await pool.query(
      'SELECT (SELECT json_agg(u ORDER BY id) FROM windlass.units u) AS units, (SELECT json_agg(r) FROM ' +
        'windlass.secrets_root r) AS root, (SELECT json_agg(c) FROM windlass.cloud_records c) AS records, ' +
        '(SELECT seq FROM windlass.audit_head) AS seq'
    )).rows[0] as object

  test('the list has every table with sealed values', async () => {
    const { url } = await used()
    assert.deepEqual(
      (await tablesWith(url, 'sealed:1:')).sort(),
      [...new Set(sealedColumns.map(({ table }) => `windlass.${table}`))].sort()
    )
  })

  test(
    'seals all values anew, keeps what is made from the root, and is noted; the old key is refused from ' +
      'then on',
    async () => {
      const { url, pool, secrets } = await used()
      const root = await establishRoot(pool, old)
      assert.deepEqual(root, old)
      const values = await rotateKey(pool, { from: old, to: fresh, signal })
      assert.ok((values ?? 0) > 5, `${values} values`)
      assert.deepEqual(await establishRoot(pool, fresh), root)
      for (const { table, column } of sealedColumns) {
        for (
          const { value } of (await pool.query<{ value: string }>(
            `SELECT "${column}" AS value FROM windlass."${table}" WHERE "${column}" IS NOT NULL`
          )).rows
        ) {
          createSealer(fresh).openText(value)
          assert.throws(() => createSealer(old).openText(value))
        }
      }
      await assert.rejects(start(url, new ScriptedRunner(1)), {
        code: 'key-other',
        message: new RegExp(`its check is ${keyCheckOf(fresh)}`)
      })
      const runner = new ScriptedRunner(4)
      const service = await start(url, runner, { secretsKey: fresh })
      try {
        assert.ok(Object.keys(await service.outputs('nautilus', { mode: 'rehearsal' })).length > 0)
        const { deployment } = await service.launch(request({ phases: { from: 1, to: 1 } }))
        await ended(service, deployment.id)
        // Made from the root: another value would be a change of what is deployed.
        assert.deepEqual(runner.runs[0]?.unit.secrets, secrets)
        assert.deepEqual(
          (await service.audit.page({ limit: 9, action: 'key.rotated' })).items.map((
            { before, after }
          ) => [before, after]),
          [[{ check: keyCheckOf(old) }, { check: keyCheckOf(fresh), values }]]
        )
        await assert.rejects(rotateKey(pool, { from: fresh, to: other, signal }), {
          code: 'key-service-running'
        })
      } finally {
        await service.close()
      }
      // Again, as after a kill before anybody heard of the end.
      assert.equal(await rotateKey(pool, { from: old, to: fresh, signal }), undefined)
    }
  )

  test('a rotation that cannot be done changes nothing', async () => {
    const { pool } = await used()
    const before = await everything(pool)
    await assert.rejects(rotateKey(pool, { from: other, to: fresh, signal }), { code: 'key-other' })
    await assert.rejects(rotateKey(pool, { from: old, to: old, signal }), { code: 'key-same' })
    await assert.rejects(
      rotateKey(pool, { from: old, to: fresh, signal: AbortSignal.abort(new Error('interrupted')) }),
      /interrupted/
    )
    await pool.query('CREATE TABLE windlass.later (a text, b jsonb)')
    for (const column of ['a', 'b']) {
      await pool.query(`INSERT INTO windlass.later (${column}) VALUES ($1)`, [
        column === 'a' ? createSealer(old).seal(1) : JSON.stringify(createSealer(old).seal(1))
      ])
      await assert.rejects(rotateKey(pool, { from: old, to: fresh, signal }), {
        code: 'key-column-unknown',
        message: new RegExp(`later\\.${column}`)
      })
      await pool.query('DELETE FROM windlass.later')
    }
    assert.deepEqual(await everything(pool), before)
  })

  test('a database without a root takes it from the key that opens its values', async () => {
    const { pool } = await used()
    await pool.query('DELETE FROM windlass.secrets_root')
    await assert.rejects(establishRoot(pool, other), { code: 'key-other' })
    assert.deepEqual(await establishRoot(pool, old), old)
  })

  test('a backup made before it needs the old key, and says so', async () => {
    const { pool } = await used()
    const folder = await mkdtemp(join(tmpdir(), 'windlass-rotated-'))
    const file = join(folder, 'old.backup')
    try {
      await writeBackup(pool, { file, secretsKey: old, signal })
      await rotateKey(pool, { from: old, to: fresh, signal })
      await assert.rejects(writeBackup(pool, { file: `${file}.2`, secretsKey: old, signal }), {
        code: 'backup-other-key'
      })
      await assert.rejects(restoreBackup(pool, { file, secretsKey: fresh, replace: true }), {
        code: 'backup-other-key',
        message: new RegExp(`secrets\\.key\\.${keyCheckOf(old)}`)
      })
      await restoreBackup(pool, { file, secretsKey: old, replace: true })
      assert.deepEqual(await establishRoot(pool, old), old)
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
