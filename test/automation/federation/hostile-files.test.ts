// Files that are made to keep the process busy: work and answers are bounded, and a problem says
// where the limit was passed.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { Type } from 'typebox'
import { parseYaml } from '../../../automation/federation/document.ts'
import { FederationError, mostFindings } from '../../../automation/federation/errors.ts'
import { federationFolder } from '../../../automation/federation/federations.ts'
import { parseFederation } from '../../../automation/federation/load.ts'
import { distanceWithin, nearest, type Tally } from '../../../automation/federation/near.ts'
import { SettingsError } from '../../../automation/settings/errors.ts'
import { parseSettings, readSettings } from '../../../automation/settings/read.ts'
import { nautilusText } from './nautilus.ts'

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n')

/** Files of a size, by what they are full of. */
const floods: readonly (readonly [what: string, text: (count: number) => string])[] = [
  ['unknown keys', (count) => `${nautilusText}\n${lines(count, (index) => `key${index}: 1`)}\n`],
  [
    'keys that are nearly right',
    (count) => `${nautilusText}\n${lines(count, (index) => `cluster${index}: 1`)}\n`
  ],
  [
    'clusters in regions that are nearly right',
    (count) =>
      `name: x\nclusters:\n${
        lines(count, (index) => `  - { name: c-${index}, cloud: aws, region: us-east${index} }`)
      }\n`
  ],
  [
    'links of clusters that are nearly there',
    (count) =>
      `name: x\nclusters:\n${lines(count, (index) => `  - { name: ${'a'.repeat(40)}${index} }`)}\n` +
      `links:\n${
        lines(count, (index) => `  - { from: ${'a'.repeat(39)}b${index}, to: ${'a'.repeat(39)}c${index} }`)
      }\n`
  ],
  ['lists in lists', (count) => `a: ${'['.repeat(count)}`],
  ['mappings in mappings', (count) => `a: ${'{a: '.repeat(count)}`],
  ['the same key', (count) => `${nautilusText}\n${lines(count, () => 'owner: x')}\n`],
  [
    'exceptions of policies that are nearly there',
    (count) =>
      `${nautilusText}\npolicies:\n  exceptions:\n${
        lines(
          count,
          (index) =>
            `    - { policy: aws-s3-versionin${index}, resources: ["x"], reason: r, expires: 2027-01-01 }`
        )
      }\n`
  ]
]

describe('a file full of mistakes', () => {
  for (const [what, text] of floods) {
    test(`of ${what} has a bounded answer, however long it is`, () => {
      const sizes = [1_000, 2_000].map((count) => {
        const result = parseFederation(text(count), 'any.yaml')
        assert.ok('errors' in result)
        assert.ok(result.errors.length <= 2 * mostFindings, `${result.errors.length} problems`)
        return JSON.stringify(result.errors).length
      })
      // Names and numbers grow by a digit.
      assert.ok((sizes[1] ?? 0) <= (sizes[0] ?? 0) * 1.2, sizes.join(' and '))
    })
  }

  test('of settings is bounded too', () => {
    const schema = Type.Object({ hooks: Type.Optional(Type.Number()) }, { additionalProperties: false })
    assert.throws(
      () => parseSettings(lines(8_000, (index) => `hook${index}: 1`), 'hooks.yaml', schema),
      (error) => error instanceof SettingsError && error.details.problems.length <= 200
    )
  })
})

describe('the search for near names', () => {
  const steps = (name: string, known: string[]): number => {
    const tally: Tally = { steps: 0 }
    nearest(name, known, 3, tally)
    return tally.steps
  }
  const name = (letters: number, tail: string): string => 'n'.repeat(letters) + tail

  test('takes work in proportion to the names, and no more beyond the first 200', () => {
    const names = (count: number) => Array.from({ length: count }, (_, index) => name(30, `x${index}`))
    const [one, two] = [steps(name(31, 'y'), names(50)), steps(name(31, 'y'), names(100))]
    assert.ok(two > 0 && two <= one * 2.2, `${one} and ${two}`)
    assert.equal(steps(name(31, 'y'), names(400)), steps(name(31, 'y'), names(200)))
  })

  test('takes work in proportion to the letters, and no more beyond the first 64', () => {
    const [one, two] = [steps(name(20, 'y'), [name(20, 'z')]), steps(name(40, 'y'), [name(40, 'z')])]
    assert.ok(two > 0 && two <= one * 2.2, `${one} and ${two}`)
    assert.equal(steps(name(10_000, 'y'), [name(10_000, 'z')]), steps(name(64, ''), [name(64, '')]))
  })

  test('counts edits as the whole table does, up to its limit', () => {
    const whole = (a: string, b: string): number =>
      a === '' || b === ''
        ? a.length + b.length
        : Math.min(
          whole(a.slice(1), b.slice(1)) + (a[0] === b[0] ? 0 : 1),
          whole(a.slice(1), b) + 1,
          whole(a, b.slice(1)) + 1
        )
    const words = ['', 'a', 'ab', 'ba', 'abc', 'cab', 'abcab', 'bcabc', 'ccccc', 'aabbcc']
    for (const a of words) {
      for (const b of words) {
        for (const most of [0, 1, 2, 4]) {
          assert.equal(distanceWithin(a, b, most), Math.min(whole(a, b), most + 1), `${a} ${b} ${most}`)
        }
      }
    }
  })
})

describe('YAML that is more than it looks', () => {
  const laugh = lines(
    9,
    (index) => `k${index}: &a${index} [${Array(9).fill(index === 0 ? '1' : `*a${index - 1}`).join()}]`
  )
  const cases: readonly (readonly [what: string, text: string, problem: RegExp])[] = [
    [
      'a list that is part of itself',
      'a: 1\nb: &b [*b]',
      /^2:8 .*\*b stands for something that it is part of/
    ],
    ['a mapping that is part of itself, from below', 'a: &a\n  b: [{ c: *a }]', /^2:12 .*\*a stands for/],
    ['a value in itself as a key', 'a: &a\n  ? *a\n  : 1', /stands for/],
    ['aliases of aliases', laugh, /more than 100000 values, aliases included/],
    ['too many aliases', `a: &a 1\nb: [${Array(1_001).fill('*a').join()}]`, /more than 1000 aliases/],
    ['too many levels', `a: ${'['.repeat(70)}${']'.repeat(70)}`, /more than 64 levels/],
    ['more levels than the parser can follow', `a: ${'['.repeat(100_000)}`, /too deep|levels|./],
    ['an alias of nothing', 'a: *b', /b/],
    ['a key twice', 'a: 1\nb: 2\na: 3', /^3:1 .*unique/]
  ]
  for (const [what, text, problem] of cases) {
    test(`${what} is refused, with its place`, () => {
      const { problems: [found] } = parseYaml(text, 'any.yaml')
      assert.match(`${found?.line}:${found?.column} ${found?.message}`, problem)
    })
  }

  test('an alias stands for the last anchor of its name before it', () => {
    const text = 'a: &x 1\nb: &y [&x 2]\nc: *x\nd: &x 3\ne: *y\nf: *x'
    assert.deepEqual(parseYaml(text, 'any.yaml').data, { a: 1, b: [2], c: 2, d: 3, e: [2], f: 3 })
  })

  test('an anchor may be used often, and problems behind an alias have its place', () => {
    const text = `a: &a { b: 1 }\nc: [${Array(300).fill('*a').join()}]`
    const document = parseYaml(text, 'any.yaml')
    assert.deepEqual(document.problems, [])
    const place = document.locate({ code: 'x', path: ['c', 7, 'b'], at: 'value', message: '', expected: '' })
    assert.deepEqual([place.line, place.column], [1, 12])
  })
})

describe('a folder of files', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'windlass-hostile-'))
  })
  after(() => rm(folder, { recursive: true }))

  test('is judged once, however many there are', async () => {
    const many = await mkdtemp(join(folder, 'many-'))
    const small = nautilusText.replace(/^name: .*$/m, 'name: NAME')
    for (let index = 0; index < 70; index++) {
      await writeFile(join(many, `f${index}.yaml`), small.replace('NAME', `f${index}`))
    }
    const federations = async () =>
      (await federationFolder(many).list()).map((entry) => 'federation' in entry && entry.federation)
    const [first, second] = [await federations(), await federations()]
    assert.equal(first.length, 70)
    // What is judged again is another object.
    assert.deepEqual(first.filter((one, index) => one !== second[index]), [])
  })

  test('that holds too many bytes is refused', async () => {
    const large = await mkdtemp(join(folder, 'large-'))
    const text = `# ${'x'.repeat(200_000)}\n`
    for (let index = 0; index < 43; index++) await writeFile(join(large, `f${index}.yaml`), text)
    await assert.rejects(
      federationFolder(large).list(),
      (error) =>
        error instanceof FederationError && error.code === 'FED_TOO_MANY' &&
        /8388608 bytes/.test(error.message)
    )
  })

  test('with a named pipe or a device in it is read, and says which file is none', async () => {
    const pipes = await mkdtemp(join(folder, 'pipes-'))
    await promisify(execFile)('mkfifo', [join(pipes, 'pipe.yaml')])
    await writeFile(join(pipes, 'nautilus.yaml'), nautilusText)
    const [nautilus, pipe] = await federationFolder(pipes).list()
    assert.ok(nautilus && 'federation' in nautilus)
    assert.ok(pipe && 'errors' in pipe)
    assert.match(pipe.errors[0]?.message ?? '', /pipe.yaml is not a regular file/)
    await assert.rejects(readSettings(join(pipes, 'pipe.yaml'), Type.Object({})), /is not a regular file/)
    await assert.rejects(readSettings('/dev/zero', Type.Object({})), /is not a regular file/)
  })
})
