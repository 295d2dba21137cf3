import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fitsAny, patternOf } from '../../automation/pattern.ts'

test('patterns fit whole values only, and * stops at a slash', () => {
  const cases: [string, string, boolean][] = [
    ['acme/infra', 'acme/infra', true],
    ['acme/infra', 'acme/infra2', false],
    ['acme/infra', 'xacme/infra', false],
    ['acme/*', 'acme/infra', true],
    ['acme/*', 'acme/infra/x', false],
    ['acme/**', 'acme/infra/x', true],
    ['acme/*', 'acme/', true],
    ['refs/heads/release-*', 'refs/heads/release-1.2', true],
    ['refs/heads/release-*', 'refs/heads/release-1/evil', false],
    ['*', 'a/b', false],
    ['a.c', 'abc', false],
    ['a*b*c', 'a--b--c', true],
    ['a*b*c', 'a--c--b', false],
    ['a\n', 'a', false],
    ['main', 'main\n', false],
    ['release/**', 'release', false],
    ['release/**', 'release/', true],
    ['release/**', 'release/1/2', true],
    ['release**', 'release/1/2', true],
    ['release**', 'release', true],
    ['docs/(internal)/**', 'docs/(internal)/a.md', true],
    ['docs/(internal)/**', 'docs/internal/a.md', false],
    ['app/[slug]/**', 'app/[slug]/a', true],
    ['app/[slug]/**', 'app/s/a', false],
    ['v?', 'v?', true],
    ['v?', 'v1', false],
    ['{a,b}', 'a', false],
    ['{a,b}', '{a,b}', true],
    ['!a', 'a', false],
    ['!a', 'b', false],
    ['!a', '!a', true],
    ['a\\b*', 'a\\bc', true],
    ['a\\*', 'a*', false],
    ['+(a)', 'aa', false],
    ['**/*.md', 'README.md', false],
    ['**.md', 'docs/.hidden/README.md', true],
    ['*', '.git', true],
    ['***', 'a/b', true],
    ['ab*ba', 'aba', false],
    ['🚀*', '🚀/x', false],
    ['🚀**', '🚀/x', true]
  ]
  for (const [pattern, value, expected] of cases) {
    assert.equal(patternOf(pattern).fits(value), expected, `${pattern} ${value}`)
  }
  const escape = (text: string) => text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
  const pattern = fc.string({
    unit: fc.constantFrom('a', '/', '.', '*', '?', '(', ')', '[', '\\'),
    maxLength: 6
  })
  const value = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.', '(', '['), maxLength: 7 })
  fc.assert(
    fc.property(pattern, value, (one, text) => {
      const expected = new RegExp(
        `^${escape(one).replaceAll(/\*+/g, (stars) => stars.length > 1 ? '[^]*' : '[^/]*')}$`
      ).test(text)
      assert.equal(patternOf(one).fits(text), expected)
    }),
    { numRuns: 3_000, seed: 12 }
  )
})

/** The steps in which a value is held to a pattern. */
function stepsOf (pattern: string, value: string): number {
  const steps = { count: 0 }
  patternOf(pattern).fits(value, steps)
  return steps.count
}

test('the work is at most the product of the lengths, and grows with the value as it grows', () => {
  const hostile: [(times: number) => string, (times: number) => string][] = [
    [(n) => 'a*'.repeat(n) + 'b', (n) => 'a'.repeat(n)],
    [(n) => 'a**'.repeat(n) + 'b', (n) => 'a'.repeat(n)],
    [(n) => '**a*'.repeat(n) + 'b', (n) => 'a/'.repeat(n)],
    [() => 'v*.*.*-*.*', (n) => `v${'1.'.repeat(n)}`],
    [() => '*'.repeat(9) + 'x', (n) => 'a'.repeat(n)],
    [() => '**/**/**/**/**/x', (n) => 'a/'.repeat(n)],
    [(n) => '*' + 'ab'.repeat(n) + '*', (n) => 'ab'.repeat(n)]
  ]
  for (const [patternFor, valueFor] of hostile) {
    const pattern = patternFor(20)
    const [once, twice] = [500, 1000].map((times) => stepsOf(pattern, valueFor(times)))
    assert.ok(once && twice && twice <= 2.1 * once, `${pattern}: ${once}, then ${twice} steps`)
    const value = valueFor(1000)
    assert.ok(twice <= 3 * (pattern.length + 1) * (value.length + 1), pattern)
  }
})

test('a list of patterns fits what one of its patterns fits', () => {
  const list = ['docs/**', '*.md']
  for (const [value, expected] of [['docs/a', true], ['a.md', true], ['src/a.md', false]] as const) {
    assert.equal(fitsAny(list, value), expected)
  }
  assert.equal(fitsAny([], 'a'), false)
})
