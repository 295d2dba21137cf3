import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { configTable, parseConfig } from '../../server/config.ts'
import { storedSecretsKey } from '../../server/secrets-key.ts'
import { ConfigError } from '../../server/start-errors.ts'

const problemsOf = (environment: Record<string, string>): string[] => {
  try {
    parseConfig(environment)
  } catch (error) {
    assert.ok(error instanceof ConfigError)
    assert.equal(error.code, 'config-invalid')
    return error.details.problems.map(({ text }) => text)
  }
  return []
}

test('without variables the defaults hold, and an empty variable counts as unset', () => {
  const { workers, ...rest } = parseConfig({ WINDLASS_PORT: '', DATABASE_URL: '' })
  assert.deepEqual(rest, {
    host: '127.0.0.1',
    port: 8080,
    dataFolder: '.windlass',
    federations: 'federations',
    proxies: [],
    notifyHosts: ['hooks.slack.com', 'events.pagerduty.com'],
    logLevel: 'info',
    engine: 'rehearsal',
    live: 'off',
    pulumiInstall: 'off',
    graceSeconds: 30,
    keepEvents: 90,
    keepPreviews: 30,
    keepAudit: 730,
    keepNotifications: 90,
    keepTokens: 90,
    keepWorlds: 90,
    secretValues: {}
  })
  assert.ok(workers >= 1)
})

test('a proxy is an address or a block of addresses', () => {
  for (const wrong of ['proxy.example.com', '10.0.0.0/33', '10.0.0', '::/129', '10.0.0.0/8/8', ',']) {
    assert.throws(() => parseConfig({ WINDLASS_PROXIES: wrong }), /WINDLASS_PROXIES .*expected addresses/)
  }
})

test('every variable is read', () => {
  const config = parseConfig({
    WINDLASS_HOST: '::1',
    WINDLASS_PORT: '0',
    WINDLASS_DATA: '/d',
    DATABASE_URL: 'postgres://u:p@h/d',
    WINDLASS_FEDERATIONS: '/f',
    WINDLASS_LOG_LEVEL: 'warn',
    WINDLASS_WORKERS: '3',
    WINDLASS_ENGINE: 'pulumi',
    WINDLASS_LIVE: 'on',
    WINDLASS_SECRETS_KEY: 'ab'.repeat(32),
    WINDLASS_SECRETS_KEY_NEXT: 'cd'.repeat(32),
    WINDLASS_GRACE_SECONDS: '5',
    WINDLASS_PULUMI_BACKEND: 's3://states',
    WINDLASS_PULUMI_SECRETS_PROVIDER: 'awskms://alias/windlass',
    WINDLASS_PULUMI_INSTALL: 'on',
    WINDLASS_HOOKS: '/h.yaml',
    WINDLASS_PROXIES: '10.0.0.0/8, 192.0.2.1,fd00::/8',
    WINDLASS_NOTIFY_HOSTS: 'chat.example.com, *.internal',
    WINDLASS_URL: 'https://windlass.example.com/',
    WINDLASS_KEEP_EVENTS: '7',
    WINDLASS_KEEP_PREVIEWS: '8',
    WINDLASS_KEEP_AUDIT: 'forever',
    WINDLASS_KEEP_NOTIFICATIONS: '0',
    WINDLASS_KEEP_TOKENS: '9',
    WINDLASS_KEEP_WORLDS: '36500',
    WINDLASS_SECRET_SLACK: 'x',
    WINDLASS_SERVER: 'http://elsewhere',
    PATH: '/bin'
  })
  assert.deepEqual(config, {
    host: '::1',
    port: 0,
    dataFolder: '/d',
    databaseUrl: 'postgres://u:p@h/d',
    federations: '/f',
    hooks: '/h.yaml',
    proxies: ['10.0.0.0/8', '192.0.2.1', 'fd00::/8'],
    notifyHosts: ['chat.example.com', '*.internal'],
    url: 'https://windlass.example.com',
    logLevel: 'warn',
    workers: 3,
    engine: 'pulumi',
    live: 'on',
    secretsKey: Buffer.from('ab'.repeat(32), 'hex'),
    secretsKeyNext: Buffer.from('cd'.repeat(32), 'hex'),
    graceSeconds: 5,
    pulumiBackend: 's3://states',
    pulumiSecretsProvider: 'awskms://alias/windlass',
    pulumiInstall: 'on',
    keepEvents: 7,
    keepPreviews: 8,
    keepAudit: 0,
    keepNotifications: 0,
    keepTokens: 9,
    keepWorlds: 36_500,
    secretValues: { WINDLASS_SECRET_SLACK: 'x' }
  })
  for (const end of ['\n', '\r\n']) {
    assert.deepEqual(
      parseConfig({ WINDLASS_SECRETS_KEY: `${'07'.repeat(32)}${end}` }).secretsKey,
      Buffer.alloc(32, 7)
    )
  }
  assert.deepEqual(
    parseConfig({ WINDLASS_SECRETS_KEY: Buffer.alloc(32, 7).toString('base64') }).secretsKey,
    Buffer.alloc(32, 7)
  )
})

test('bad values and unknown variables are all named, with what is expected', () => {
  const cases: [string, string][] = [
    ['WINDLASS_PORT', '65536'],
    ['WINDLASS_PORT', '0x10'],
    ['WINDLASS_PORT', '-1'],
    ['WINDLASS_WORKERS', '0'],
    ['WINDLASS_WORKERS', '2.5'],
    ['WINDLASS_LOG_LEVEL', 'loud'],
    ['WINDLASS_LIVE', 'yes'],
    ['WINDLASS_KEEP_EVENTS', 'never'],
    ['WINDLASS_KEEP_AUDIT', '36501'],
    ['WINDLASS_ENGINE', 'terraform'],
    ['DATABASE_URL', 'mysql://x'],
    ['WINDLASS_HOST', 'a b'],
    ['WINDLASS_GRACE_SECONDS', 'x'],
    ['WINDLASS_PROT', '1'],
    ['WINDLASS_PULUMI_BACKEND', 'file://relative'],
    ['WINDLASS_PULUMI_SECRETS_PROVIDER', 'vault'],
    ['WINDLASS_PULUMI_INSTALL', 'yes'],
    ['WINDLASS_URL', 'https://example.com/windlass'],
    ['WINDLASS_URL', 'https://example.com//'],
    ['WINDLASS_URL', 'https://user@example.com'],
    ['WINDLASS_SECRET_', 'x']
  ]
  for (const [name, value] of cases) {
    const problems = problemsOf({ [name]: value })
    assert.equal(problems.length, 1, `${name}=${value}`)
    assert.match(problems[0] ?? '', new RegExp(`^${name} is .*expected `))
  }
  assert.equal(problemsOf({ WINDLASS_PORT: 'x', WINDLASS_LIVE: 'x', WINDLASS_X: 'x' }).length, 3)
  for (const name of ['WINDLASS_SECRETS_KEY', 'DATABASE_URL']) {
    assert.doesNotMatch(problemsOf({ [name]: 'hunter2' })[0] ?? '', /hunter2/)
  }
})

test(
  'traces are sent where a receiver is named, and variables that would be misread are named',
  () => {
    const receiver = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' }
    assert.equal(parseConfig(receiver).traces, true)
    assert.equal(
      parseConfig({
        ...receiver,
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
        OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
        OTEL_TRACES_SAMPLER_ARG: '0.1'
      }).traces,
      true
    )
    for (
      const off of [{}, { ...receiver, OTEL_SDK_DISABLED: 'true' }, {
        ...receiver,
        OTEL_TRACES_EXPORTER: 'none'
      }, { OTEL_SERVICE_NAME: 'x' }]
    ) assert.equal('traces' in parseConfig(off), false)
    for (
      const [name, value] of [
        ['OTEL_TRACES_EXPORTER', 'zipkin'],
        ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
        ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'grpc'],
        ['OTEL_TRACES_SAMPLER', 'some'],
        ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'collector:4318']
      ] as const
    ) {
      const [problem = '', ...more] = problemsOf({ ...receiver, [name]: value })
      assert.match(problem, new RegExp(`^${name} is .*expected `))
      assert.equal(more.length, 0)
    }
    assert.match(
      problemsOf({ ...receiver, OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '7' })[0] ?? '',
      /^OTEL_TRACES_SAMPLER_ARG is "7": expected a number from 0 to 1/
    )
    assert.doesNotMatch(
      problemsOf({ OTEL_EXPORTER_OTLP_ENDPOINT: 'user:hunter2@collector' })[0] ?? '',
      /hunter2/
    )
  }
)

test('the table of variables has each of them', () => {
  for (const name of ['WINDLASS_PORT', 'DATABASE_URL', 'WINDLASS_SECRETS_KEY', 'WINDLASS_SECRET_<NAME>']) {
    assert.ok(configTable().includes(`| \`${name}\` |`))
  }
})

test('the secrets key is created once, for its owner only, and a damaged one refused', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'windlass-key-'))
  context.after(() => rm(folder, { recursive: true }))
  const keys = await Promise.all(Array.from({ length: 8 }, () => storedSecretsKey(folder)))
  for (const key of keys) assert.deepEqual(key, keys[0])
  assert.equal(keys[0]?.length, 32)
  const file = join(folder, 'secrets.key')
  assert.equal((await stat(file)).mode & 0o777, 0o600)
  assert.equal((await readFile(file, 'utf8')).trim(), keys[0]?.toString('hex'))
  await writeFile(file, 'short')
  await assert.rejects(storedSecretsKey(folder), {
    name: 'SecretsKeyError',
    code: 'secrets-key-invalid',
    details: { file, wrong: 'malformed' }
  })
})
