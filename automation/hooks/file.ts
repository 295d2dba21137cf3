/**
 * The hooks file: who may trigger deployments by a webhook, and what each push, tag or pull request
 * deploys. docs/ci.md describes its fields; the schema here is what it is judged by.
 */
import { Type, type Static } from 'typebox'
import { type Launch } from '../../contract/launch.ts'
import { closed, integer, list, oneOf, text } from '../../contract/schema.ts'
import { approvalRequests, lastPhase, modes, operations, orderings } from '../../contract/words.ts'
import { reserveForService, secretPlace, secretValue } from '../federation/secret-variable.ts'
import { parseSettings, readSettings, type SettingsFinding } from '../settings/read.ts'
import { judgeKey } from '../signing-key.ts'

const patterns = (item: string, pattern = '^\\S+$') =>
  list(text(item, { pattern }), `a list of at least one of: ${item}`, { minItems: 1 })
const glob = (what: string) => `a pattern of ${what}: * stands for anything but a slash, ** for anything`

const launch = Type.Object({
  federation: text('the name of a federation', {
    maxLength: 24,
    pattern: '^[a-z]([-a-z0-9]{0,22}[a-z0-9])?$'
  }),
  operation: oneOf(operations),
  mode: Type.Optional(oneOf(modes)),
  phases: Type.Optional(
    Type.Object({
      from: Type.Optional(integer('the first phase', 1, lastPhase)),
      to: Type.Optional(integer('the last phase', 1, lastPhase))
    }, { ...closed, description: 'a range of phases: from, to' })
  ),
  clusters: Type.Optional(patterns('the name of a cluster', '^[a-z][-a-z0-9]{0,39}$')),
  ordering: Type.Optional(oneOf(orderings)),
  approvals: Type.Optional(oneOf(approvalRequests)),
  parallelism: Type.Optional(integer('units at once', 1, 64)),
  world: Type.Optional(
    text('the world to rehearse in, such as default or fresh', {
      maxLength: 100,
      pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$'
    })
  )
}, {
  ...closed,
  description:
    'a launch: federation, operation and, optionally, mode, phases, clusters, ordering, approvals, ' +
    'parallelism, world'
})

const rule = Type.Object({
  on: oneOf(['push', 'tag', 'pull-request']),
  branches: Type.Optional(patterns(glob('branches'))),
  tags: Type.Optional(patterns(glob('tags'))),
  paths: Type.Optional(patterns(glob('changed files'))),
  launch
}, { ...closed, description: 'a rule: on, launch and, optionally, branches, tags, paths' })

const hook = Type.Object({
  name: text(
    "the hook's name, last part of its address: lower case letters, digits and dashes, starting with a " +
      'letter, 40 at most',
    { maxLength: 40, pattern: '^[a-z][-a-z0-9]{0,39}$' }
  ),
  sender: oneOf(['github', 'gitlab', 'generic']),
  secret: text(
    'the name of a secret, whose value is in WINDLASS_SERVICE_SECRET_<NAME>: lower case letters, digits ' +
      'and dashes',
    { maxLength: 63, pattern: '^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$' }
  ),
  callback: Type.Optional(Type.Object({
    url: text(
      'an address that is told of the deployments: https://, without user and password',
      { maxLength: 500, pattern: '^https?://[^\\s@#]+$' }
    ),
    secret: text('the name of the secret that it is signed with', {
      maxLength: 63,
      pattern: '^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$'
    })
  }, { ...closed, description: 'a mapping: url, secret' })),
  repositories: Type.Optional(patterns('the full name of a repository, such as acme/platform')),
  rules: Type.Array(rule, {
    minItems: 1,
    maxItems: 200,
    description: 'a list of at least one rule: the first that fits decides'
  })
}, { ...closed, description: 'a hook: name, sender, secret, rules and, optionally, repositories, callback' })

const schema = Type.Object({ hooks: Type.Array(hook, { maxItems: 200, description: 'a list of hooks' }) }, {
  ...closed,
  description: 'a mapping: hooks'
})

type FileHook = Static<typeof hook>
type FileLaunch = Static<typeof launch>

/** A rule with its launch complete. */
export interface HookRule {
  on: 'push' | 'tag' | 'pull-request'
  branches?: string[]
  tags?: string[]
  paths?: string[]
  launch: Launch
}
/** A hook with the value of its secret. */
export interface Hook {
  name: string
  sender: 'github' | 'gitlab' | 'generic'
  key: string
  callback?: { url: string, secret: string }
  repositories?: string[]
  rules: HookRule[]
}

/** GitHub signs with the text of a secret; the others know Standard Webhooks secrets. */
const formOf = (sender: Hook['sender']) => sender === 'github' ? 'text' : 'standard'

type SecretValues = Readonly<Record<string, string | undefined>>

function ruleFindings (
  { on, branches, tags, paths, launch: { operation, mode, phases, world } }: FileHook['rules'][number],
  at: (string | number)[]
): SettingsFinding[] {
  const findings: SettingsFinding[] = []
  const unfit = (field: string, given: unknown, fits: string) => {
    if (given !== undefined) {
      findings.push({ path: [...at, field], at: 'key', message: `says nothing about ${on}`, expected: fits })
    }
  }
  if (on === 'tag') unfit('branches', branches, 'tags, or on: push')
  else unfit('tags', tags, 'branches, or on: tag')
  if (on !== 'push') unfit('paths', paths, 'no paths: only a push tells which files it changed')
  const { from = 1, to = 8 } = phases ?? {}
  if (from > to) {
    findings.push({
      path: [...at, 'launch', 'phases', 'from'],
      message: `is ${from}, after to, which is ${to}`,
      expected: `a whole number from 1 to ${to}`
    })
  }
  if (mode === 'live' && world !== undefined) {
    findings.push({
      path: [...at, 'launch', 'world'],
      at: 'key',
      message: 'has no meaning in mode live',
      expected: 'no world, or mode: rehearsal'
    })
  }
  if (mode === 'live' && operation === 'destroy') {
    findings.push({
      path: [...at, 'launch', 'operation'],
      message: 'would let a push destroy what is live',
      expected: 'up, preview or refresh, or mode: rehearsal'
    })
  }
  return findings
}

/** Says why the value of a secret cannot be a key. */
function secretFindings (
  values: SecretValues,
  path: (string | number)[],
  secret: string,
  form: 'standard' | 'text'
): SettingsFinding[] {
  const variable = secretPlace(values, 'service', secret)
  const judged = judgeKey(values[variable], form)
  return 'wrong' in judged
    ? [{
      path,
      message: `${secret} ${judged.wrong}`,
      expected: `${variable} to be set for the service, to 16 characters or more, or to whsec_ and the ` +
        'base64 of 24 bytes or more'
    }]
    : []
}

function rulesOf (values: SecretValues) {
  return ({ hooks }: Static<typeof schema>): SettingsFinding[] =>
    hooks.flatMap(({ name, sender, secret, callback, rules }, index) => {
      const findings = rules.flatMap((one, number) => ruleFindings(one, ['hooks', index, 'rules', number]))
      if (hooks.findIndex((other) => other.name === name) < index) {
        findings.push({
          path: ['hooks', index, 'name'],
          message: `${name} is the name of a hook before it`,
          expected: 'a name that no other hook has'
        })
      }
      findings.push(...secretFindings(values, ['hooks', index, 'secret'], secret, formOf(sender)))
      if (callback) {
        const path = ['hooks', index, 'callback', 'secret']
        findings.push(...secretFindings(values, path, callback.secret, 'standard'))
      }
      return findings
    })
}

function complete (
  {
    federation,
    operation,
    mode = 'rehearsal',
    phases,
    clusters,
    ordering = 'phased',
    approvals = 'none',
    parallelism,
    world = 'default'
  }: FileLaunch
): Launch {
  return {
    federation,
    operation,
    mode,
    phases: { from: phases?.from ?? 1, to: phases?.to ?? 8 },
    ordering,
    approvals,
    ...(clusters && { clusters }),
    ...(parallelism !== undefined && { parallelism }),
    ...(mode === 'rehearsal' && { rehearsal: { world, timeScale: 0, seed: 1, faults: [] } })
  }
}

function resolved ({ hooks }: Static<typeof schema>, values: SecretValues): Hook[] {
  reserveForService(
    values,
    hooks.flatMap(({ secret, callback }) => [secret, ...callback ? [callback.secret] : []])
  )
  return hooks.map(({ name, sender, secret, callback, repositories, rules }) => {
    const judged = judgeKey(secretValue(values, 'service', secret), formOf(sender))
    if ('wrong' in judged) throw new RangeError(`the hook ${name} was not validated`)
    return {
      name,
      sender,
      ...(callback && { callback }),
      key: judged.text,
      ...(repositories && { repositories }),
      rules: rules.map(({ launch, ...rest }) => ({ ...rest, launch: complete(launch) }))
    }
  })
}

/** Judges a text. Throws a SettingsError with all that is wrong. */
export function parseHooks (text: string, file: string, values: SecretValues): Hook[] {
  return resolved(parseSettings(text, file, schema, rulesOf(values)), values)
}

/** Reads and judges a hooks file. Rejects with a SettingsError with all that is wrong. */
export async function loadHooks (file: string, values: SecretValues): Promise<Hook[]> {
  return resolved(await readSettings(file, schema, rulesOf(values)), values)
}
