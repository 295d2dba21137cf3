/**
 * The service's configuration: one schema, by which the environment is parsed once, and from which
 * the table of docs/configuration.md is made.
 */
import { isIP } from 'node:net'
import { Type, type TSchema } from 'typebox'
import Value from 'typebox/value'
import { type RetentionPeriods, unitsOfThisMachine } from '../automation/index.ts'
import { federationPrefix, olderFormEnds, servicePrefix } from '../automation/index.ts'
import { ConfigError, type ConfigProblem } from './start-errors.ts'
import { readTraceVariables, traceVariablesRow } from './trace-variables.ts'

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'

export interface Config {
  host: string
  port: number
  dataFolder: string
  /** The file that heads of the audit log are noted in; absent: one in the data folder. */
  auditHeads?: string
  databaseUrl?: string
  federations: string
  scenarios?: string
  /** The hooks file; absent: no webhooks. */
  hooks?: string
  /** `tokens`, or the access file; absent: nobody is authenticated. */
  access?: string
  /** Addresses and blocks of proxies before the service, beside those of the access file. */
  proxies: string[]
  /** Hosts that notifications may be sent to. */
  notifyHosts: string[]
  /** The address at which people reach the service. */
  url?: string
  logLevel: LogLevel
  workers: number
  engine: 'rehearsal' | 'pulumi'
  live: 'off' | 'on'
  /** The state backend of live stacks; absent: a folder of the data folder. */
  pulumiBackend?: string
  pulumiSecretsProvider?: string
  pulumiInstall: 'off' | 'on'
  /** 32 bytes; absent: created once in the data folder. */
  secretsKey?: Buffer
  /** The key that a rotation puts in its place. */
  secretsKeyNext?: Buffer
  graceSeconds: number
  /** Spans of traces are sent to OTEL_EXPORTER_OTLP_ENDPOINT. */
  traces?: true
  /** Days that things of each kind are kept; 0: for ever. */
  keepEvents: number
  keepPreviews: number
  keepAudit: number
  keepNotifications: number
  keepTokens: number
  keepWorlds: number
  /** Values of the federations' secrets in live deployments, by variable. */
  secretValues: Record<string, string>
}

interface Variable {
  /** The field that its value goes to. */
  key: Exclude<keyof Config, 'secretValues' | 'traces'>
  schema: TSchema
  /** Completes "expected …" in errors. */
  expected: string
  /** The text that is read when the variable is not set. */
  fallback?: string
  /** The default as the documentation shows it. */
  shownDefault: string
  /** Reads the text; the value is the text itself unless given. */
  read?: (given: string) => unknown
  purpose: string
}

// Decimal digits only: Number('') is 0 and Number('0x10') is 16.
const decimal = (digits: string) => /^\d{1,9}$/.test(digits) ? Number(digits) : digits
const number = (minimum: number, maximum: number) => ({
  schema: Type.Integer({ minimum, maximum }),
  expected: `a whole number from ${minimum} to ${maximum}`,
  read: decimal
})
const oneOf = (...values: string[]) => ({
  schema: Type.Enum(values),
  expected: `one of ${values.join(', ')}`
})
const text = (pattern: string, expected: string) => ({ schema: Type.String({ pattern }), expected })

/** Tells whether a text is an address, or a block of addresses. */
function isAddressBlock (text: string): boolean {
  const [address = '', length, ...more] = text.split('/')
  const version = isIP(address)
  return version !== 0 && more.length === 0 &&
    (length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (version === 4 ? 32 : 128)))
}

/** Days, at most a hundred years. */
const days = (key: Extract<keyof Config, `keep${string}`>, usual: number, purpose: string): Variable => ({
  key,
  schema: Type.Integer({ minimum: 0, maximum: 36_500 }),
  expected: 'a whole number of days from 1 to 36500, or forever',
  read: (given) => given === 'forever' ? 0 : decimal(given),
  fallback: String(usual),
  shownDefault: String(usual),
  purpose
})

/**
 * The bytes of a key written as 64 hexadecimal digits or as base64; its text when it is neither.
 */
function keyOf (written: string): Buffer | string {
  // Files and `envFrom` leave a line break at its end.
  const text = written.replace(/[\r\n]+$/, '')
  if (/^[0-9a-fA-F]{64}$/.test(text)) return Buffer.from(text, 'hex')
  return /^[A-Za-z0-9+/]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : written
}

/** Every variable that the service reads. */
const variables: Record<string, Variable> = {
  WINDLASS_HOST: {
    key: 'host',
    ...text('^[A-Za-z0-9.:_-]{1,253}$', 'a host name or address to listen on'),
    fallback: '127.0.0.1',
    shownDefault: '127.0.0.1',
    purpose: 'Address to listen on. Every address but a loopback one needs WINDLASS_ACCESS.'
  },
  WINDLASS_PORT: {
    key: 'port',
    ...number(0, 65_535),
    fallback: '8080',
    shownDefault: '8080',
    purpose: 'Port to listen on; 0 picks a free one.'
  },
  WINDLASS_DATA: {
    key: 'dataFolder',
    ...text('.', 'a folder that the service may write to'),
    fallback: '.windlass',
    shownDefault: '.windlass',
    purpose: 'Folder of the embedded PostgreSQL and the secrets key.'
  },
  DATABASE_URL: {
    key: 'databaseUrl',
    ...text('^postgres(ql)?://.+', 'a URL such as postgres://user:password@host:5432/database'),
    shownDefault: 'embedded PostgreSQL',
    purpose: 'PostgreSQL to use instead of the embedded one.'
  },
  WINDLASS_FEDERATIONS: {
    key: 'federations',
    ...text('.', 'a folder of YAML files'),
    fallback: 'federations',
    shownDefault: 'federations',
    purpose: 'Folder of the federations, one YAML file each.'
  },
  WINDLASS_SCENARIOS: {
    key: 'scenarios',
    ...text('.', 'a folder of YAML files (rehearsal/scenarios/README.md)'),
    shownDefault: 'those that come with Windlass',
    purpose: 'Folder of the scenarios that rehearsals can be launched with, one YAML file each.'
  },
  WINDLASS_HOOKS: {
    key: 'hooks',
    ...text('.', 'a YAML file (docs/ci.md)'),
    shownDefault: 'no webhooks',
    purpose: 'The hooks file, which says which webhooks launch what.'
  },
  WINDLASS_ACCESS: {
    key: 'access',
    ...text('.', '`tokens`, or an access file (docs/access.md)'),
    shownDefault: 'off: only this machine reaches the service',
    purpose: 'How callers are authenticated: `tokens` for API tokens, or a file for OpenID Connect too.'
  },
  WINDLASS_AUDIT_HEADS: {
    key: 'auditHeads',
    ...text('.', 'a file that the service may write to'),
    shownDefault: 'audit-heads.ndjson in the data folder',
    purpose: 'File in which the head of the audit log is noted, for `windlass audit verify --head`.'
  },
  WINDLASS_PROXIES: {
    key: 'proxies',
    schema: Type.Array(Type.Refine(Type.String(), isAddressBlock), { minItems: 1 }),
    read: (given) => given.split(',').map((block) => block.trim()),
    expected: 'addresses or blocks such as 10.0.0.0/8 with commas between them',
    shownDefault: 'those of the access file',
    purpose:
      'Proxies before the service, whose X-Forwarded-For and X-Forwarded-Proto are trusted, beside those ' +
      'of the access file.'
  },
  WINDLASS_NOTIFY_HOSTS: {
    key: 'notifyHosts',
    schema: Type.Array(Type.String({ pattern: '^[A-Za-z0-9*_.:\\[\\]-]{1,253}$' }), { minItems: 1 }),
    read: (given) => given.split(',').map((host) => host.trim()),
    expected: 'host names with commas between them',
    fallback: 'hooks.slack.com,events.pagerduty.com',
    shownDefault: 'hooks.slack.com,events.pagerduty.com',
    purpose: 'Hosts that notifications and callbacks may be sent to; `*` stands for any characters.'
  },
  WINDLASS_URL: {
    key: 'url',
    ...text(
      '^https?://[^\\s?#/@]+$',
      'a URL such as https://windlass.example.com, without a path: the page and the API are at the root of ' +
        'a host name of their own'
    ),
    // As people write an address: with the slash at its end.
    read: (given) => given.replace(/\/$/, ''),
    shownDefault: 'no links',
    purpose: 'Address at which people reach the service, for links in notifications.'
  },
  WINDLASS_LOG_LEVEL: {
    key: 'logLevel',
    ...oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
    fallback: 'info',
    shownDefault: 'info',
    purpose: 'Lowest level that is logged.'
  },
  WINDLASS_WORKERS: {
    key: 'workers',
    ...number(1, 64),
    fallback: String(unitsOfThisMachine()),
    shownDefault: 'by memory: one for each 0.6 GiB beyond the first 0.5',
    purpose: 'Unit hosts in this process: units at once. Unless set, rehearsals take one for each core.'
  },
  WINDLASS_ENGINE: {
    key: 'engine',
    ...oneOf('rehearsal', 'pulumi'),
    fallback: 'rehearsal',
    shownDefault: 'rehearsal',
    purpose:
      'Engine of rehearsals: the rehearsal engine, or the Pulumi CLI against the same simulated clouds.'
  },
  WINDLASS_LIVE: {
    key: 'live',
    ...oneOf('off', 'on'),
    fallback: 'off',
    shownDefault: 'off',
    purpose: 'Allows live deployments, which need a Pulumi CLI.'
  },
  WINDLASS_PULUMI_BACKEND: {
    key: 'pulumiBackend',
    ...text(
      '^((s3|gs|azblob|postgres|postgresql)://.+|file:///.+)$',
      'file:// with an absolute folder, s3://, gs://, azblob:// or postgres://'
    ),
    shownDefault: 'a folder in the data folder',
    purpose: 'State backend of live stacks.'
  },
  WINDLASS_PULUMI_SECRETS_PROVIDER: {
    key: 'pulumiSecretsProvider',
    ...text(
      '^(awskms|gcpkms|azurekeyvault|hashivault)://.+',
      'awskms://, gcpkms://, azurekeyvault:// or hashivault://'
    ),
    shownDefault: 'a passphrase made from the secrets key',
    purpose: 'Secrets provider, which encrypts secrets in the states of live stacks.'
  },
  WINDLASS_PULUMI_INSTALL: {
    key: 'pulumiInstall',
    ...oneOf('off', 'on'),
    fallback: 'off',
    shownDefault: 'off',
    purpose: 'Downloads a Pulumi CLI into the data folder when one is needed and missing.'
  },
  WINDLASS_SECRETS_KEY: {
    key: 'secretsKey',
    schema: Type.Unsafe<Buffer>({}),
    expected: '32 bytes as 64 hexadecimal digits or as base64',
    read: keyOf,
    shownDefault: 'created once, in the data folder',
    purpose: 'Key that encrypts secrets at rest. All processes on one database need the same key.'
  },
  WINDLASS_SECRETS_KEY_NEXT: {
    key: 'secretsKeyNext',
    schema: Type.Unsafe<Buffer>({}),
    expected: '32 bytes as 64 hexadecimal digits or as base64',
    read: keyOf,
    shownDefault: 'none',
    purpose: 'Key that `npm run rotate-key` replaces WINDLASS_SECRETS_KEY with.'
  },
  WINDLASS_GRACE_SECONDS: {
    key: 'graceSeconds',
    ...number(0, 3_600),
    fallback: '30',
    shownDefault: '30',
    purpose:
      'Seconds that resource operations under way get to end when the service stops; the rest continues ' +
      'at the next start.'
  },
  WINDLASS_KEEP_EVENTS: days(
    'keepEvents',
    90,
    'Days that events of a deployment are kept after its end, and histories of stacks.'
  ),
  WINDLASS_KEEP_PREVIEWS: days(
    'keepPreviews',
    30,
    'Days that previews and refreshes keep the outputs of their units.'
  ),
  WINDLASS_KEEP_AUDIT: days('keepAudit', 730, 'Days that entries of the audit log are kept.'),
  WINDLASS_KEEP_NOTIFICATIONS: days(
    'keepNotifications',
    90,
    'Days that notifications are kept after they were delivered or given up.'
  ),
  WINDLASS_KEEP_TOKENS: days(
    'keepTokens',
    90,
    'Days that API tokens are shown after they expired or were revoked.'
  ),
  WINDLASS_KEEP_WORLDS: days(
    'keepWorlds',
    90,
    'Days that a simulated world is kept after the last deployment in it.'
  )
}

/** Variables that belong to the command line: they may be set in the same shell. */
const clientVariables = ['WINDLASS_SERVER', 'WINDLASS_TOKEN', 'WINDLASS_TOKEN_FILE', 'WINDLASS_AUDIENCE']
const secretPrefixes = [federationPrefix, servicePrefix]

/** Values that may hold credentials: problems do not show them. */
const secretKeys: readonly string[] = ['secretsKey', 'secretsKeyNext', 'databaseUrl', 'pulumiBackend']

/** Tells whether a value is acceptable; keys are bytes, which no schema describes. */
const acceptable = ({ key, schema }: Variable, value: unknown) =>
  key === 'secretsKey' || key === 'secretsKeyNext'
    ? Buffer.isBuffer(value) && value.length === 32
    : Value.Check(schema, value)

/**
 * Reads the configuration. Throws one ConfigError that names all unknown WINDLASS_ variables and
 * all values that are not acceptable; values of secrets are not shown.
 */
export function parseConfig (environment: Readonly<Record<string, string | undefined>>): Config {
  const problems: ConfigProblem[] = []
  const config: Record<string, unknown> = { secretValues: {}, proxies: [] }
  for (const [name, variable] of Object.entries(variables)) {
    // An empty variable counts as unset, as compose files and CI settings write it.
    const given = environment[name] || variable.fallback
    if (given === undefined) continue
    const value = variable.read ? variable.read(given) : given
    if (acceptable(variable, value)) config[variable.key] = value
    else {
      const secret = secretKeys.includes(variable.key)
      problems.push({
        variable: name,
        text: `${name} is ${secret ? 'not of the right form' : JSON.stringify(given)}: expected ` +
          variable.expected
      })
    }
  }
  for (const [name, value] of Object.entries(environment)) {
    if (!name.startsWith('WINDLASS_') || name in variables || clientVariables.includes(name)) continue
    if (secretPrefixes.some((prefix) => name.startsWith(prefix) && name.length > prefix.length)) {
      ;(config.secretValues as Record<string, string>)[name] = value ?? ''
    } else {
      problems.push({
        variable: name,
        text: `${name} is an unknown variable: expected one of ${Object.keys(variables).join(', ')}, or ` +
          `${federationPrefix}<FEDERATION>__<NAME> or ${servicePrefix}<NAME>`
      })
    }
  }
  const traces = readTraceVariables(environment)
  if (traces.wanted) config.traces = true
  problems.push(...traces.problems)
  if (problems.length > 0) throw new ConfigError('config-invalid', { problems })
  // Each value has passed its variable's schema, and each required key has a default.
  return config as unknown as Config
}

/** The retention periods. */
export function periodsOf (
  { keepEvents, keepPreviews, keepAudit, keepNotifications, keepTokens, keepWorlds }: Config
): RetentionPeriods {
  return {
    events: keepEvents,
    previews: keepPreviews,
    audit: keepAudit,
    notifications: keepNotifications,
    tokens: keepTokens,
    worlds: keepWorlds
  }
}

/** The table of variables, in Markdown. */
export function configTable (): string {
  const rows = Object.entries(variables).map(([name, { expected, shownDefault, purpose }]) =>
    `| \`${name}\` | ${shownDefault} | ${purpose} Expected: ${expected}. |`
  )
  const secrets =
    `| \`${federationPrefix}<FEDERATION>__<NAME>\` | none | Value of a federation's secret in live ` +
    `deployments and notifications: \`${federationPrefix}NAUTILUS__SLACK_WEBHOOK\` is the secret ` +
    '`slack-webhook` of the federation `nautilus`. Capitals, with `_` for a dash. |\n' +
    `| \`${servicePrefix}<NAME>\` | none | Value of a secret that the hooks or the access file names: ` +
    `\`${servicePrefix}GITHUB_HOOK\` is \`github-hook\`. |\n` +
    `| \`${federationPrefix}<NAME>\` | none | The form of before: read until version ${olderFormEnds} for ` +
    'federations and the service. For a federation it is no name that holds `__`, and none that the hooks ' +
    'or the access file uses. `windlass doctor` and the log name the variables to rename. |'
  return ['| Variable | Default | Purpose |', '| --- | --- | --- |', ...rows, secrets, traceVariablesRow, '']
    .join('\n')
}
