import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { claimOf, grantsOf, principalOf } from '../../../automation/access/claims.ts'
import { loadAccess, parseAccess } from '../../../automation/access/file.ts'
import { everywhere } from '../../../automation/access/model.ts'
import { SettingsError } from '../../../automation/settings/errors.ts'

const issuer = (text: string) =>
  `url: https://windlass.example\nissuers:\n  - name: corp\n    issuer: https://login.example\n    ` +
  `audience: windlass\n${text}`
const rules = '    rules:\n      - when: { groups: platform }\n        grants: [{ role: admin }]\n'

function problemsOf (text: string): string[] {
  try {
    parseAccess(text, 'access.yaml')
  } catch (error) {
    assert.ok(error instanceof SettingsError)
    return error.details.problems.map(({ line, column, path }) => `${line}:${column} ${path}`)
  }
  return []
}

test('an access file gets its defaults', () => {
  const { issuers: [one], sessions, limits, proxies } = parseAccess(issuer(rules), 'access.yaml')
  assert.deepEqual(one, {
    name: 'corp',
    issuer: 'https://login.example',
    audience: ['windlass'],
    algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
    clockToleranceSeconds: 30,
    kind: 'person',
    groupsClaim: 'groups',
    rules: [{ when: { groups: ['platform'] }, grants: [everywhere('admin')] }]
  })
  assert.deepEqual([sessions, limits, proxies], [{ idleMinutes: 240, hours: 12 }, {
    requestsPerMinute: 1200,
    streamsPerCaller: 50,
    streams: 5000
  }, []])
  assert.deepEqual(parseAccess('{}', 'x').issuers, [])
})

const wrong: [string, string, string[]][] = [
  [
    'several mistakes, with their places',
    issuer('    algorithms: [HS256]\n    kinde: people\n    rules: []\n'),
    ['6:18 issuers[0].algorithms[0]', '7:5 issuers[0].kinde', '8:12 issuers[0].rules']
  ],
  ...['token', 'hook', 'schedule', 'local', 'TOKEN'].map((name): [string, string, string[]] => [
    `the name ${name}, as the service names its own callers`,
    issuer(rules).replace('name: corp', `name: ${name}`),
    ['3:11 issuers[0].name']
  ]),
  ['no YAML', 'issuers: [', ['1:11 ']],
  ['a list', '- x\n', ['1:1 ']],
  ['nothing', '', ['1:1 ']],
  ['no rules', issuer(''), ['3:5 issuers[0].rules']],
  [
    'a rule without a condition',
    issuer('    rules:\n      - when: {}\n        grants: [{ role: admin }]\n'),
    ['7:15 issuers[0].rules[0].when']
  ],
  ['a role that is none', issuer('    rules:\n      - when: { a: b }\n        grants: [{ role: root }]\n'), [
    '8:26 issuers[0].rules[0].grants[0].role'
  ]],
  [
    'a pattern that fits everything',
    issuer('    rules:\n      - when: { email: "**" }\n        grants: [{ role: admin }]\n'),
    ['7:24 issuers[0].rules[0].when.email']
  ],
  [
    'phases in the wrong order',
    issuer(
      '    rules:\n      - when: { a: b }\n        grants: [{ role: viewer, phases: { from: 5, to: 2 } }]\n'
    ),
    ['8:42 issuers[0].rules[0].grants[0].phases']
  ],
  [
    'plain http beyond the machine',
    'issuers:\n  - name: a\n    issuer: http://login.example\n    audience: x\n' + rules,
    ['3:13 issuers[0].issuer']
  ],
  [
    'a login without an address to come back to',
    issuer(`    login: { clientId: w }\n${rules}`).replace('url: https://windlass.example\n', ''),
    ['5:5 issuers[0].login']
  ],
  [
    'an address under a path',
    issuer(rules).replace('windlass.example\n', 'windlass.example/windlass\n'),
    ['1:6 url']
  ],
  ['a login of jobs', issuer(`    kind: jobs\n    login: { clientId: w }\n${rules}`), [
    '7:5 issuers[0].login'
  ]],
  [
    'a name twice',
    `${issuer(rules)}  - name: corp\n    issuer: https://other.example\n    audience: x\n${rules}`,
    ['9:11 issuers[1].name']
  ],
  ['a key in the file', issuer(`    login: { clientId: w, clientSecret: "s3cr3t value" }\n${rules}`), [
    '6:41 issuers[0].login.clientSecret'
  ]]
]
for (const [what, text, expected] of wrong) {
  test(`an access file with ${what} is refused, and says where`, () => {
    assert.deepEqual(problemsOf(text), expected)
  })
}

test('an issuer that signs for jobs alone is one of jobs', () => {
  const file = (address: string, kind: string) =>
    `issuers:\n  - name: a\n    issuer: ${address}\n    audience: x\n${kind}    rules:\n` +
    '      - when: { sub: a }\n        grants: [{ role: approver }]\n'
  for (
    const address of [
      'https://token.actions.githubusercontent.com',
      'https://token.actions.githubusercontent.com/acme',
      'https://token.actions.acme.ghe.com',
      'https://github.acme.example/_services/token',
      'https://agent.buildkite.com',
      'https://oidc.circleci.com/org/1234',
      'https://app.terraform.io'
    ]
  ) {
    assert.deepEqual(problemsOf(file(address, '')), ['3:13 issuers[0].issuer'], address)
    assert.deepEqual(problemsOf(file(address, '    kind: people\n')), ['5:11 issuers[0].kind'], address)
    assert.deepEqual(problemsOf(file(address, '    kind: jobs\n')), [], address)
  }
  for (const address of ['https://login.example', 'https://gitlab.com']) {
    assert.deepEqual(problemsOf(file(address, '')), [], address)
  }
})

test('a rule for an issuer of everybody must say whose tokens it means', () => {
  const github = (when: string) =>
    `issuers:\n  - name: github\n    issuer: https://token.actions.githubusercontent.com\n    audience: ` +
    `windlass\n    kind: jobs\n    rules:\n      - when: ${when}\n        grants: [{ role: operator }]\n`
  for (
    const when of [
      '{ ref: refs/heads/main }',
      '{ repository: "*/*" }',
      '{ repository: "**x" }',
      '{ repository: [acme/infra, "*/infra"] }',
      '{ environment: production, ref: "refs/heads/*" }'
    ]
  ) assert.deepEqual(problemsOf(github(when)), ['7:15 issuers[0].rules[0].when'], when)
  for (
    const when of [
      '{ repository: acme/infra }',
      '{ repository: "acme/*" }',
      '{ repository_owner_id: "1234", ref: "refs/heads/*" }',
      '{ sub: "repo:acme/infra:environment:production" }'
    ]
  ) assert.deepEqual(problemsOf(github(when)), [], when)
})

test('a file that cannot be read is a problem like any other', async () => {
  await assert.rejects(
    loadAccess('/nonexistent/access.yaml'),
    (error: SettingsError) => error.name === 'SettingsError' && /cannot be read/.test(error.message)
  )
})

test('the documented example is a good file', async () => {
  const text = await readFile(join(import.meta.dirname, '..', '..', '..', 'docs', 'access.md'), 'utf8')
  const examples = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']) => yaml).filter((yaml) =>
    yaml.includes('issuers:')
  )
  assert.ok(examples.length > 0)
  for (const yaml of examples) assert.deepEqual(problemsOf(yaml), [])
})

test('a rule grants when all its claims match: lists, nested claims, numbers, booleans', () => {
  const grants = [everywhere('viewer')]
  const granted = (when: Record<string, string[]>, claims: Record<string, unknown>) =>
    grantsOf([{ when, grants }], claims).length === 1
  assert.ok(granted({ groups: ['platform', 'sre'] }, { groups: ['staff', 'sre'] }))
  assert.ok(granted({ ref_protected: ['true'], project_id: ['42'] }, { ref_protected: true, project_id: 42 }))
  assert.ok(granted({ 'realm_access.roles': ['ops'] }, { realm_access: { roles: ['ops'] } }))
  assert.ok(granted({ 'https://x.example/groups': ['ops'] }, { 'https://x.example/groups': ['ops'] }))
  assert.ok(
    !granted({ repository: ['acme/infra'], ref: ['refs/heads/main'] }, {
      repository: 'acme/infra',
      ref: 'refs/heads/feature'
    })
  )
  assert.ok(
    !granted({ repository: ['acme/infra'], environment: ['production'] }, { repository: 'acme/infra' })
  )
  for (const value of [null, undefined, {}, [], [[]], [{ platform: 1 }], 'platforms', ['Platform']]) {
    assert.ok(!granted({ groups: ['platform'] }, { groups: value }), JSON.stringify(value))
  }
  assert.ok(!granted({ constructor: ['**x'], toString: ['x'] }, {}))
  assert.equal(claimOf({ a: { b: 1 } }, 'a.b.c'), undefined)
})

test('whoever bears a token is named for people and known by subject', () => {
  const [one] = parseAccess(issuer(rules), 'x').issuers
  assert.ok(one)
  const { actor, groups, grants, expiresAt } = principalOf(one, {
    sub: 'u1',
    email: 'alice@example.com',
    groups: ['platform'],
    exp: 1_900_000_000
  })
  assert.deepEqual([actor, groups, grants, expiresAt], [
    { subject: 'corp:u1', name: 'alice@example.com', kind: 'person' },
    ['platform'],
    [everywhere('admin')],
    '2030-03-17T17:46:40.000Z'
  ])
  assert.equal(
    principalOf({ ...one, nameClaim: 'nick' }, { sub: 'u1', nick: 'al', name: 'Alice' }).actor.name,
    'al'
  )
  assert.equal(principalOf(one, { sub: 'u1', name: ' ' }).actor.name, 'u1')
})
