/** `windlass doctor` on a machine with one broken part at a time. */
import assert from 'node:assert/strict'
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test, type TestContext } from 'node:test'
import { keyCheckOf, providerPlugins } from '../../../automation/index.ts'
import { type Finding } from '../../../contract/doctor.ts'
import { examine } from '../../../server/doctor/examine.ts'
import { credentials } from '../../../server/doctor/live.ts'
import { checkDisk, checkNode } from '../../../server/doctor/machine.ts'
import { checkDatabase } from '../../../server/doctor/storage.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'
import { startOtlpReceiver } from '../../fixtures/otlp-receiver.ts'
import { startServer } from '../../fixtures/server/server.ts'
import { repository } from '../../fixtures/service.ts'

/** A folder of the test's own, with one good federation. */
async function machine (context: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'windlass-doctor-'))
  context.after(() => rm(folder, { recursive: true, force: true }))
  const federations = join(folder, 'federations')
  await mkdir(federations)
  await copyFile(join(repository, 'federations', 'nautilus.yaml'), join(federations, 'nautilus.yaml'))
  const environment = {
    WINDLASS_DATA: join(folder, 'data'),
    WINDLASS_FEDERATIONS: federations,
    WINDLASS_PORT: '0'
  }
  /** The findings of one check with these variables. */
  async function found (check: string, variables: Record<string, string> = {}): Promise<Finding> {
    const { findings } = await examine({ ...environment, ...variables })
    return findings.find((one) => one.check === check && one.level !== 'ok') ??
      findings.find((one) => one.check === check) ?? assert.fail(`${check}: ${JSON.stringify(findings)}`)
  }
  return { folder, federations, environment, found }
}
function assertFinding ({ level, detail, advice }: Finding, wanted: Finding['level'], said: RegExp): void {
  assert.equal(level, wanted, detail)
  assert.match(`${detail} ${advice ?? ''}`, said)
  assert.equal(advice !== undefined, wanted !== 'ok', detail)
}

test('live, the programs that get tokens for API servers are on the PATH, or named', async (context) => {
  const { folder, found } = await machine(context)
  const tools = join(folder, 'tools')
  await mkdir(tools)
  const tool = async (name: string, script: string): Promise<void> => {
    await writeFile(join(tools, name), `#!/bin/sh\n${script}\n`)
    await chmod(join(tools, name), 0o755)
  }
  await tool('kubelogin', 'echo "git hash: v0.2.10/abc"')
  const live = { WINDLASS_LIVE: 'on', PATH: tools }
  assertFinding(await found('kubelogin', live), 'ok', /tools.kubelogin, version 0\.2\.10 $/)
  assertFinding(await found('aws', live), 'warn', /not on the PATH: phases 3 to 8 of clusters on EKS/)
  await tool('aws', 'echo "aws-cli/1.44.2 Python/3.13" >&2')
  assertFinding(
    await found('aws', live),
    'warn',
    /is version 1\.44\.2 of the AWS CLI.*install the AWS CLI, version 2/
  )
  await tool('gke-gcloud-auth-plugin', 'echo "cannot find libc" >&2; exit 127')
  assertFinding(await found('gke-gcloud-auth-plugin', live), 'warn', /does not start: .*cannot find libc/s)
})

test('a complete machine passes every check, and checking creates nothing', async (context) => {
  const { environment } = await machine(context)
  const { findings } = await examine(environment)
  assert.deepEqual(findings.filter(({ level }) => level === 'fail'), [])
  assert.deepEqual([...new Set(findings.map(({ check }) => check))], [
    'configuration',
    'node',
    'disk',
    'memory',
    'data folder',
    'temporary files',
    'database',
    'secrets key',
    'port',
    'federations',
    'notifications',
    'secret names',
    'access',
    'live'
  ])
  await assert.rejects(rm(environment.WINDLASS_DATA), { code: 'ENOENT' })
})

test('a wrong variable is named, and the rest is checked without it', async (context) => {
  const { found } = await machine(context)
  assertFinding(
    await found('configuration', { WINDLASS_WORKERS: 'many' }),
    'fail',
    /WINDLASS_WORKERS is "many": expected .* from 1 to 64/
  )
  assertFinding(await found('federations', { WINDLASS_WORKERS: 'many' }), 'ok', /nautilus: 10 clusters/)
  assertFinding(await found('configuration', { WINDLASS_PROT: '1' }), 'fail', /unknown variable/)
  assertFinding(
    await found('secret names', { WINDLASS_SECRET_SLACK: 'x' }),
    'warn',
    /WINDLASS_SECRET_SLACK .* until version 0\.2\.0 .*WINDLASS_SECRET_<FEDERATION>__SLACK or WINDLASS_SERVICE/
  )
})

test('versions of Node and free space are checked', () => {
  assert.deepEqual(['20.20.2', '24.1.0', '26.0.0'].map((version) => checkNode(version).level), [
    'fail',
    'ok',
    'warn'
  ])
  assert.deepEqual([0.5, 3, 50].map((gigabytes) => checkDisk(gigabytes * 1024 ** 3, '/data').level), [
    'fail',
    'warn',
    'ok'
  ])
})

test('a data folder that is a file fails', async (context) => {
  const { folder, found } = await machine(context)
  await writeFile(join(folder, 'file'), '')
  assertFinding(
    await found('data folder', { WINDLASS_DATA: join(folder, 'file') }),
    'fail',
    /file is not a folder set WINDLASS_DATA/
  )
})

test('a secrets key fails that others may read, that is none, or that the database lost', async (context) => {
  const { environment, found } = await machine(context)
  const key = join(environment.WINDLASS_DATA, 'secrets.key')
  await mkdir(environment.WINDLASS_DATA)
  await writeFile(key, `${'ab'.repeat(32)}\n`, { mode: 0o600 })
  assertFinding(await found('secrets key'), 'ok', /readable by its owner only/)
  await chmod(key, 0o644)
  assertFinding(await found('secrets key'), 'fail', /mode 644.*chmod 600/)
  await writeFile(key, 'hunter2')
  const spoilt = await found('secrets key')
  assertFinding(spoilt, 'fail', /does not hold a key.*backup/)
  assert.doesNotMatch(JSON.stringify(spoilt), /hunter2/)
  await rm(key)
  await writeFile(
    join(environment.WINDLASS_DATA, 'postgres.json'),
    JSON.stringify({ port: 0, password: 'x', folder: '/nowhere' })
  )
  assertFinding(await found('secrets key'), 'fail', /is missing, and the database was used with one/)
})

suite('the database', () => {
  let server: TestServer
  before(async () => {
    server = await startDatabase()
  })
  after(async () => {
    await server?.close()
  })

  test('is told apart when empty, up to date, and of a later version', async (context) => {
    const { found } = await machine(context)
    const { url, pool } = await server.database()
    assertFinding(await found('database', { DATABASE_URL: url }), 'ok', /PostgreSQL \d+.*up to date/)
    await pool.query("INSERT INTO windlass.migrations (name) VALUES ('999_later.sql')")
    assertFinding(
      await found('database', { DATABASE_URL: url }),
      'fail',
      /later version of Windlass \(999_later\.sql\)/
    )
    await pool.query("DELETE FROM windlass.migrations WHERE name >= '040'")
    assertFinding(
      await found('database', { DATABASE_URL: url }),
      'ok',
      /migrations are applied at the next start \(040_traces/
    )
    await pool.query('DROP SCHEMA windlass CASCADE')
    assertFinding(await found('database', { DATABASE_URL: url }), 'ok', /it is empty: the first start/)
  })

  test('fails when it is not there, and its password is not shown', async (context) => {
    const { found } = await machine(context)
    const away = await found('database', { DATABASE_URL: 'postgres://windlass:hunter2@127.0.0.1:9/windlass' })
    assertFinding(away, 'fail', /ECONNREFUSED.*correct DATABASE_URL/)
    assert.doesNotMatch(JSON.stringify(away), /hunter2/)
  })

  test('fails when it is sealed with another key', async (context) => {
    const { found } = await machine(context)
    const { url, pool } = await server.database()
    const [right, wrong] = ['ab'.repeat(32), 'cd'.repeat(32)]
    await pool.query('INSERT INTO windlass.secrets_root (key_check, root) VALUES ($1, $2)', [
      keyCheckOf(Buffer.from(right, 'hex')),
      'sealed'
    ])
    assertFinding(
      await found('secrets key', { DATABASE_URL: url, WINDLASS_SECRETS_KEY: wrong }),
      'fail',
      /sealed with another secrets key/
    )
    assertFinding(
      await found('secrets key', { DATABASE_URL: url, WINDLASS_SECRETS_KEY: right }),
      'ok',
      /given by/
    )
  })

  test('is checked for its version, rights and clock', () => {
    const good = {
      version: '18.4',
      pending: [],
      unknown: [],
      applied: 3,
      skewSeconds: 0.2,
      mayCreate: true,
      powers: [],
      voiceless: { names: [], count: 0 }
    }
    const levels = (change: Partial<Parameters<typeof checkDatabase>[0]>) =>
      checkDatabase({ ...good, ...change }, 'here').map(({ level, check }) =>
        check === undefined ? level : `${level} ${check}`
      )
    assert.deepEqual([
      levels({}),
      levels({ version: '13.2' }),
      levels({ applied: 0, mayCreate: false }),
      levels({ skewSeconds: -90 }),
      levels({ powers: ['is a superuser'] }),
      levels({ voiceless: { names: ['release (t1)'], count: 1 } })
    ], [['ok'], ['ok', 'fail'], ['ok', 'fail'], ['ok', 'warn clock'], ['ok', 'warn'], ['ok', 'warn tokens']])
  })
})

test('a port fails that another process has, and is noted when Windlass has it', async (context) => {
  const { found } = await machine(context)
  const other = createServer((_request, response) => {
    response.end('hello')
  })
  await new Promise<void>((resolve) => {
    other.listen(0, '127.0.0.1', resolve)
  })
  context.after(() => {
    other.closeAllConnections()
    other.close()
  })
  assertFinding(
    await found('port', { WINDLASS_PORT: String((other.address() as AddressInfo).port) }),
    'fail',
    /taken by another process stop it, or set WINDLASS_PORT/
  )
  const { url } = await startServer(context)
  assertFinding(await found('port', { WINDLASS_PORT: new URL(url).port }), 'ok', /a Windlass service listens/)
  assertFinding(
    await found('port', { WINDLASS_HOST: '192.0.2.1', WINDLASS_PORT: '8080' }),
    'fail',
    /not an address of this machine/
  )
})

test('a federation with errors, no federation, and a missing folder are found', async (context) => {
  const { folder, federations, found } = await machine(context)
  await writeFile(join(federations, 'broken.yaml'), 'name: broken\nclusters: 7\n')
  assertFinding(await found('federations'), 'fail', /broken: \d+ errors\nbroken\.yaml:\d+:\d+ .*expected/)
  await mkdir(join(folder, 'empty'))
  assertFinding(
    await found('federations', { WINDLASS_FEDERATIONS: join(folder, 'empty') }),
    'warn',
    /there is no federation in/
  )
  assertFinding(
    await found('federations', { WINDLASS_FEDERATIONS: join(folder, 'gone') }),
    'fail',
    /gone.*set WINDLASS_FEDERATIONS/
  )
})

test('access and hooks fail that the service would refuse to start with', async (context) => {
  const { folder, found } = await machine(context)
  assertFinding(await found('access', { WINDLASS_HOST: '0.0.0.0' }), 'fail', /nothing says who may use it/)
  assertFinding(
    await found('access', { WINDLASS_HOST: '0.0.0.0', WINDLASS_ACCESS: 'tokens' }),
    'ok',
    /API tokens/
  )
  const file = join(folder, 'hooks.yaml')
  await writeFile(file, 'hooks: 7\n')
  assertFinding(await found('hooks', { WINDLASS_HOOKS: file }), 'fail', /WINDLASS_HOOKS: .*hooks\.yaml:1:/)
})

test('secrets of hooks, receivers and logins that cannot be used are found', async (context) => {
  const { folder, federations, found } = await machine(context)
  const hooks = join(folder, 'hooks.yaml')
  await writeFile(
    hooks,
    'hooks: [{ name: h, sender: generic, secret: key, rules: [{ on: push, launch: { federation: nautilus, ' +
      'operation: preview } }] }]\n'
  )
  const access = join(folder, 'access.yaml')
  await writeFile(
    access,
    'url: http://localhost:8080\nissuers:\n  - name: corp\n    issuer: https://login.example.com\n  ' +
      '  audience: windlass\n    login: { ' +
      'clientId: windlass, clientSecret: key }\n    rules: [{ when: { sub: a }, grants: [{ role: viewer }] ' +
      '}]\n'
  )
  const nautilus = join(federations, 'nautilus.yaml')
  const receiver = '{ name: ledger, kind: webhook, secret: key, url: "https://ledger.example.com" }'
  await writeFile(nautilus, `${await readFile(nautilus, 'utf8')}\nnotifications: [${receiver}]\n`)
  const files = { WINDLASS_HOOKS: hooks, WINDLASS_ACCESS: access }
  for (
    const [value, state, reason] of [
      ['a-secret-of-enough-bytes\n', 'ok', /./],
      ['$(WEBHOOK_SECRET)', 'fail', /_KEY|placeholder/],
      ['a-secret\nof two lines', 'fail', /control character/]
    ] as const
  ) {
    for (const check of ['hooks', 'notifications', 'access']) {
      const values = { WINDLASS_SERVICE_SECRET_KEY: value, WINDLASS_SECRET_NAUTILUS__KEY: value }
      assertFinding(await found(check, { ...files, ...values }), state, reason)
    }
  }
})

test('a receiver of traces is found, missing, or refuses traces', async (context) => {
  const { found } = await machine(context)
  const receiver = await startOtlpReceiver()
  context.after(() => receiver.close())
  const variables = {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=hunter2'
  }
  assertFinding(await found('traces', variables), 'ok', /which answers/)
  assert.equal(receiver.headers.some(({ authorization }) => authorization !== undefined), false)
  receiver.status = 404
  assertFinding(await found('traces', variables), 'warn', /does not accept traces there/)
  await receiver.close()
  assertFinding(await found('traces', variables), 'warn', /does not answer \(/)
})

test('live without a CLI fails, or warns if it is downloaded; rehearsals need none', async (context) => {
  const { found } = await machine(context)
  assertFinding(
    await found('pulumi', { WINDLASS_LIVE: 'on', PATH: '/nowhere' }),
    'fail',
    /no Pulumi CLI on the PATH/
  )
  assertFinding(
    await found('pulumi', { WINDLASS_LIVE: 'on', WINDLASS_PULUMI_INSTALL: 'on', PATH: '/nowhere' }),
    'warn',
    /downloaded at the start/
  )
  assertFinding(await found('live'), 'ok', /rehearsals need no CLI/)
})

test('plugins of the CLI are compared with the versions that the programs use', async (context) => {
  const { folder } = await machine(context)
  const file = join(folder, 'pulumi')
  const { version } = (await import('@pulumi/aws/package.json', { with: { type: 'json' } })).default as {
    version: string
  }
  await writeFile(
    file,
    `#!/bin/sh\n[ "$*" = "plugin ls --json" ] || exit 1\necho ` +
      `'[{"name":"aws","kind":"resource","version":"${version}"},{"name":"gcp","kind":"resource",` +
      `"version":"1.0.0"},{"name":"nodejs","kind":"language"}]'\n`,
    { mode: 0o755 }
  )
  const plugins = await providerPlugins({ file, version: '3.260.0' }, new AbortController().signal)
  assert.deepEqual(plugins.map(({ name, installed }) => [name, installed]), [
    ['aws', [version]],
    ['azure-native', []],
    ['gcp', ['1.0.0']],
    ['kubernetes', []]
  ])
  assert.equal(plugins[0]?.needed, version)
})

test('credentials of each cloud are looked for, and never shown', async (context) => {
  const { folder } = await machine(context)
  const level = async (cloud: string, environment: Record<string, string>) =>
    (await credentials(cloud, environment, folder)).level
  for (const cloud of ['aws', 'gcp', 'azure']) assert.equal(await level(cloud, {}), 'warn', cloud)
  const given = await credentials('aws', {
    AWS_ACCESS_KEY_ID: 'AKIAHUNTER2',
    AWS_SECRET_ACCESS_KEY: 'hunter2'
  }, folder)
  assert.equal(given.level, 'ok')
  assert.doesNotMatch(JSON.stringify(given), /hunter2/i)
  assert.equal(await level('aws', { AWS_ACCESS_KEY_ID: 'AKIA' }), 'warn')
  assert.equal(await level('gcp', { GOOGLE_APPLICATION_CREDENTIALS: join(folder, 'gone.json') }), 'fail')
  await mkdir(join(folder, '.azure'))
  await writeFile(join(folder, '.azure', 'azureProfile.json'), '{}')
  assert.equal(await level('azure', {}), 'ok')
})
