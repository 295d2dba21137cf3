import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type Hook, parseHooks } from '../../../automation/hooks/file.ts'
import { launchFor, mostSteps } from '../../../automation/hooks/match.ts'
import { type Happening } from '../../../automation/hooks/payload.ts'
import { secrets } from './fixtures.ts'

/** A hook with one rule for each list of fields. */
function hookOf (...rules: string[]): Hook {
  const launch = 'launch: { federation: nautilus, operation: preview }'
  const [hook = assert.fail()] = parseHooks(
    `hooks: [{ name: h, sender: generic, secret: other, rules: [${
      rules.map((rule) => `{ ${rule}, ${launch} }`).join(', ')
    }] }]`,
    'hooks.yaml',
    secrets
  )
  return hook
}
const launches = (hook: Hook, told: Happening): boolean => !('ignored' in launchFor(hook, told))

suite('rules', () => {
  test('only stars stand for something: in branches, in tags and in paths', () => {
    const table = [
      ['docs/(internal)/**', 'docs/(internal)/a.md', 'docs/internal/a.md'],
      ['app/[slug]/**', 'app/[slug]/page.tsx', 'app/s/page.tsx'],
      ['v?', 'v?', 'v1'],
      ['release/**', 'release/1/2', 'release'],
      ['release**', 'release/1/2', 'releas'],
      ['release/*', 'release/1', 'release/1/2'],
      ['{a,b}', '{a,b}', 'a'],
      ['!main', '!main', 'develop'],
      ['a\\\\b', 'a\\b', 'a/b'],
      ['@(a|b)', '@(a|b)', 'a'],
      ['*.md', '.md', 'docs/a.md']
    ] as const
    for (const [pattern, fits, differs] of table) {
      const text = JSON.stringify(pattern.replaceAll('\\\\', '\\'))
      const branches = hookOf(`on: push, branches: [${text}]`)
      const tags = hookOf(`on: tag, tags: [${text}]`)
      const paths = hookOf(`on: push, paths: [${text}]`)
      for (const [name, expected] of [[fits, true], [differs, false]] as const) {
        assert.equal(launches(branches, { on: 'push', branch: name }), expected, `branch ${pattern} ${name}`)
        assert.equal(launches(tags, { on: 'tag', tag: name }), expected, `tag ${pattern} ${name}`)
        assert.equal(
          launches(paths, { on: 'push', branch: 'main', paths: [name] }),
          expected,
          `path ${pattern} ${name}`
        )
      }
    }
  })

  test('the work grows with the number of files as they grow, and 60,000 of them are few', () => {
    const hook = hookOf(
      ...['federations/**', '**/*.tf', 'clusters/*/nodes/*.yaml', 'v*.*.*-*.*'].map((path) =>
        `on: push, paths: [${JSON.stringify(path)}]`
      )
    )
    const stepsFor = (files: number): number => {
      const steps = { count: 0 }
      const paths = Array.from(
        { length: files },
        (_, index) => `services/team-${index % 50}/src/file-${index}.ts`
      )
      assert.ok('ignored' in launchFor(hook, { on: 'push', branch: 'main', paths }, steps))
      return steps.count
    }
    const [once, twice] = [stepsFor(30_000), stepsFor(60_000)]
    assert.ok(twice <= 2.1 * once, `${once}, then ${twice} steps`)
    assert.ok(twice <= 60_000 * 50)
  })

  test('files that take too long to look at count as unknown, and the rule is taken', () => {
    const hook = hookOf(`on: push, paths: [${JSON.stringify('*a'.repeat(90) + '*z*b')}]`)
    const steps = { count: 0 }
    const path = 'a'.repeat(4000) + 'b'
    const paths = Array.from({ length: 60_000 }, () => path)
    assert.ok(!('ignored' in launchFor(hook, { on: 'push', branch: 'main', paths }, steps)))
    assert.ok(steps.count < 2 * mostSteps, `${steps.count} steps`)
    assert.ok(launches(hook, { on: 'push', branch: 'main', paths: ['x'.repeat(5000)] }), 'a path too long')
    assert.ok(!launches(hookOf('on: push, branches: ["**"]'), { on: 'push', branch: 'x'.repeat(5000) }))
  })
})
