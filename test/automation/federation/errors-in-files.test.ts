import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { cases } from './error-cases.ts'
import { edit, here, nautilusText, overVpnText, problemsOf } from './nautilus.ts'

describe('a problem is found, and points at', () => {
  for (const [title, replacements, code, path, message, expected] of cases) {
    test(title, () => {
      const { text, marks } = edit(overVpnText, ...replacements)
      const found = problemsOf(text)
      assert.deepEqual(
        found.map(({ file, code, path, line, column }) => ({ file, code, path, line, column })),
        [{ file: 'broken.yaml', code, path, ...marks[0] }]
      )
      assert.match(found[0]?.message ?? '', message)
      assert.match(found[0]?.expected ?? '', expected)
    })
  }
})

test('a cycle of pairs is found once, with its members', () => {
  const { text, marks } = edit(
    nautilusText,
    ['standby: nautilus-dr-us-west', 'standby: nautilus-primary-eu-west'],
    ['standby: nautilus-dr-eu-central', `standby: ${here}nautilus-primary-us-east`],
    ['us: [us]', 'us: [us, eu]'],
    ['eu: [eu]', 'eu: [us, eu]']
  )
  const cycles = problemsOf(text).filter((problem) => problem.code === 'FED_DR_CYCLE')
  assert.deepEqual(cycles.map(({ line, column, path }) => ({ line, column, path })), [{
    ...marks[0],
    path: 'disasterRecovery.pairs[1].standby'
  }])
  assert.match(
    cycles[0]?.message ?? '',
    /nautilus-primary-us-east -> nautilus-primary-eu-west -> nautilus-primary-us-east/
  )
})

test('a credential anywhere in the file is named by what it is, and its value is in no message', () => {
  const secrets = {
    'an AWS access key id': 'AKIAIOSFODNN7EXAMPLE',
    'a secret access key': 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    'a Google API key': `AIza${'x'.repeat(35)}`,
    'an Azure client secret': `abc8Q~${'y'.repeat(34)}`,
    'a private key': '-----BEGIN RSA PRIVATE KEY-----'
  }
  for (const [what, secret] of Object.entries(secrets)) {
    const { text } = edit(nautilusText, ['accountId: "123456789012"', `accountId: "${secret}"`])
    const found = problemsOf(text)
    assert.deepEqual(found.map(({ code, path }) => [code, path]), [[
      'FED_KEY_IN_FILE',
      'accounts.aws.accountId'
    ]], what)
    assert.match(found[0]?.message ?? '', new RegExp(what))
    assert.ok(!JSON.stringify(found).includes(secret), what)
  }
  const { text } = edit(nautilusText, [
    'description: Global trading',
    'description: AKIAIOSFODNN7EXAMPLE for global trading'
  ])
  assert.ok(problemsOf(text).some(({ code }) => code === 'FED_KEY_IN_FILE'))
})

test('a pair of a cluster with itself is refused', () => {
  const { text, marks } = edit(nautilusText, [
    'standby: nautilus-dr-us-west',
    `standby: ${here}nautilus-primary-us-east`
  ])
  const found = problemsOf(text).find((problem) => problem.code === 'FED_DR_SELF')
  assert.deepEqual({ line: found?.line, column: found?.column }, marks[0])
})

test('pairs that Cloud DNS cannot fail over are refused before anything is deployed', () => {
  const { text } = edit(nautilusText, ['  provider: aws', '  provider: gcp'])
  const [problem] = problemsOf(text).filter(({ code }) => code === 'FED_DR_ADDRESS')
  assert.match(problem?.message ?? '', /nautilus-primary-us-east/)
  assert.ok(!problemsOf(nautilusText).some(({ code }) => code === 'FED_DR_ADDRESS'))
})

test('all problems of shape and across fields are found at once, in file order', () => {
  const { text, marks } = edit(
    nautilusText,
    ['owner: trading-platform', `${here}ownr: trading-platform`],
    ['cidr: 10.2.0.0/16', `cidr: ${here}10.1.0.0/16`],
    ['role: analytics', `role: ${here}nothing`],
    ['to: nautilus-primary-eu-west, kind', `to: ${here}nowhere, kind`],
    ['hub: nautilus-hub-us-west', `hub: ${here}nowhere`]
  )
  const found = problemsOf(text).filter((problem) => problem.code !== 'FED_MISSING_FIELD')
  assert.deepEqual(found.map(({ code }) => code), [
    'FED_UNKNOWN_FIELD',
    'FED_CIDR_OVERLAP',
    'FED_VALUE',
    'FED_UNKNOWN_CLUSTER',
    'FED_UNKNOWN_CLUSTER'
  ])
  assert.deepEqual(found.map(({ line, column }) => ({ line, column })), marks)
  assert.deepEqual(
    problemsOf(text).filter((problem) => problem.code === 'FED_MISSING_FIELD').map((problem) => problem.path),
    ['owner']
  )
})

test('more problems than a validator stops at are all listed', () => {
  const extra = Array.from({ length: 40 }, (_, index) => `extra${index}: 1`).join('\n')
  assert.equal(problemsOf(`${nautilusText}\n${extra}\n`).length, 40)
})

test('a text that is no YAML gets the place where it stops making sense', () => {
  const found = problemsOf('name: nautilus\nclusters:\n  - name: "a\n')
  assert.ok(found.length > 0 && found.every((problem) => problem.code === 'FED_SYNTAX'))
  assert.equal(found[0]?.line, 4)
})

test('tabs for indentation are a syntax problem at the tab', () => {
  const found = problemsOf('name: nautilus\ndns:\n\tzone: a\n')
  assert.deepEqual([found[0]?.code, found[0]?.line, found[0]?.column], ['FED_SYNTAX', 3, 1])
})

for (
  const [title, text] of [['an empty file', ''], ['a comment', '# nothing\n'], ['a list', '- a\n'], [
    'a word',
    'nautilus\n'
  ]] as const
) {
  test(`${title} is no federation`, () => {
    assert.deepEqual(problemsOf(text).map((problem) => problem.code), ['FED_EMPTY'])
  })
}

test('several documents in one file are refused', () => {
  assert.ok(
    problemsOf(`${nautilusText}\n---\nname: other\n`).some((problem) => problem.code === 'FED_SYNTAX')
  )
})

test('aliases that expand without bound are refused', () => {
  const bomb = [
    'a: &a [x, x, x, x, x, x, x, x, x, x]',
    ...[...'bcdefghi'].map((name, index) =>
      `${name}: &${name} [${Array(10).fill(`*${'abcdefgh'[index]}`).join(', ')}]`
    )
  ].join('\n')
  assert.ok(problemsOf(bomb).some((problem) => problem.code === 'FED_SYNTAX'))
})

test('a file that is too large is refused unread', () => {
  assert.deepEqual(problemsOf('#'.repeat(1024 * 1024 + 1)).map((problem) => problem.code), ['FED_TOO_LARGE'])
})

test('a value of the wrong type anywhere is a problem and never an exception', () => {
  for (const value of ['1', '"text"', '[]', '{}', 'null', 'true']) {
    for (
      const key of [
        'clusters',
        'links',
        'disasterRecovery',
        'dns',
        'monitoring',
        'mesh',
        'ranges',
        'accounts',
        'secrets',
        'latencyTargets',
        'residency',
        'tiers',
        'capacity',
        'name'
      ]
    ) {
      const lines = nautilusText.split('\n')
      const start = lines.findIndex((line) => line.startsWith(`${key}:`))
      const end = lines.findIndex((line, index) => index > start && /^[a-zA-Z]/.test(line))
      const text = [
        ...lines.slice(0, start),
        `${key}: ${value}`,
        ...lines.slice(end === -1 ? lines.length : end)
      ].join('\n')
      assert.ok(Array.isArray(problemsOf(text)), `${key}: ${value}`)
    }
  }
})
