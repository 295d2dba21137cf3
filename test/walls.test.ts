/**
 * The walls between the rooms hold, types included: each is shown to refuse, and the repository
 * keeps to all.
 */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { dirname, join, posix } from 'node:path'
import { suite, test } from 'node:test'
import { sourceFiles } from '../scripts/style/sources.ts'
import { structureProblems } from '../scripts/style/structure.ts'
import { walls } from '../scripts/style/walls.ts'
import { repository } from './fixtures/service.ts'

/** For every wall, by its room: an import that it refuses. */
const forbidden: readonly (readonly [room: string, from: string, imported: string])[] = [
  ['contract/words.ts', 'contract/words.ts', 'contract/schema.ts'],
  ['contract/errors.ts', 'contract/errors.ts', 'contract/words.ts'],
  ['contract/text/', 'contract/text/cut.ts', 'contract/schema.ts'],
  ['contract/latency/', 'contract/latency/round-trips.ts', 'contract/words.ts'],
  ['contract/', 'contract/event.ts', 'automation/index.ts'],
  ['programs/', 'programs/mesh/program.ts', 'automation/index.ts'],
  ['programs/', 'programs/mesh/program.ts', 'rehearsal/wire.ts'],
  ['programs/', 'programs/mesh/program.ts', 'contract/schema.ts'],
  ['policies/', 'policies/policy.ts', 'programs/scopes.ts'],
  ['pricing/', 'pricing/estimate.ts', 'contract/words.ts'],
  ['rehearsal/', 'rehearsal/command.ts', 'automation/place.ts'],
  ['rehearsal/', 'rehearsal/command.ts', 'programs/types.ts'],
  ['automation/stacks/', 'automation/stacks/engine.ts', 'server/app.ts'],
  ['automation/stacks/', 'automation/stacks/engine.ts', 'programs/scopes.ts'],
  ['automation/', 'automation/service/start.ts', 'server/app.ts'],
  ['automation/', 'automation/service/start.ts', 'rehearsal/wire.ts'],
  ['automation/', 'automation/store/stacks/stack-store.ts', 'rehearsal/store.ts'],
  ['automation/', 'automation/plan/plan.ts', 'programs/scopes.ts'],
  ['server/', 'server/app.ts', 'automation/ports.ts'],
  ['server/', 'server/app.ts', 'rehearsal/wire.ts'],
  ['cli/', 'cli/main.ts', 'automation/index.ts'],
  ['cli/', 'cli/main.ts', 'server/app.ts'],
  ['dashboard/', 'dashboard/src/main.tsx', 'server/config.ts']
]

/** Packages that a room with a list of them may not import. */
const foreign: readonly (readonly [from: string, name: string])[] = [
  ['contract/words.ts', 'typebox'],
  ['contract/text/cut.ts', 'typebox'],
  ['contract/event.ts', 'fastify'],
  ['policies/policy.ts', 'node:fs'],
  ['pricing/estimate.ts', 'typebox']
]

/** Forms in which one file imports another. */
const forms: Readonly<Record<string, (specifier: string) => string>> = {
  values: (specifier) => `import { a } from '${specifier}'\nexport const b = a\n`,
  types: (specifier) => `import { type A } from '${specifier}'\nexport type B = A\n`,
  'types as a whole': (specifier) => `import type * as all from '${specifier}'\nexport type B = all.A\n`,
  'an inline type': (specifier) => `export type B = import('${specifier}').A\n`,
  'what it exports': (specifier) =>
    `export * as all from '${specifier}'\nexport type * from '${specifier}'\n`,
  'values later': (specifier) => `const tick = /\`/\nexport const b = await import('${specifier}')\n`
}

function specifier (from: string, to: string): string {
  const relative = posix.relative(dirname(from), to)
  return relative.startsWith('.') ? relative : `./${relative}`
}

/** Files with imports, given as path and the paths that each imports. */
function files (
  imports: Readonly<Record<string, readonly string[]>>,
  form = forms['types'] ?? assert.fail()
): Map<string, string> {
  return new Map(
    Object.entries(imports).map(([path, others]) => [
      path,
      others.map((other) => form(specifier(path, other))).join('\n')
    ])
  )
}

suite('walls', () => {
  for (const [room, from, imported] of forbidden) {
    test(`${from} may not import ${imported}`, () => {
      const rule = walls.find((wall) => wall.room === room)?.rule
      assert.deepEqual(structureProblems(files({ [from]: [imported], [imported]: [] })), [
        `${from} imports ${imported}: ${rule}`
      ])
    })
  }

  test('every wall is shown to refuse something, and lets through what it allows', () => {
    const shown = new Set(forbidden.map(([room]) => room))
    assert.deepEqual(walls.filter(({ room }) => !shown.has(room)), [])
    for (const { room, allowed } of walls) {
      const from = room.endsWith('/') ? `${room}file.ts` : room
      for (const begin of allowed) {
        const imported = begin.endsWith('/') ? `${begin}other.ts` : begin
        assert.deepEqual(structureProblems(files({ [from]: [imported], [imported]: [] })), [])
      }
    }
  })

  for (const [from, name] of foreign) {
    test(`${from} may not import the package ${name}`, () => {
      const [problem, ...others] = structureProblems(new Map([[from, `import '${name}'\n`]]))
      assert.match(problem ?? '', new RegExp(`^${from} imports ${name}: `))
      assert.deepEqual(others, [])
    })
  }

  for (const [what, form] of Object.entries(forms)) {
    test(`an import of ${what} counts`, () => {
      const problems = structureProblems(
        files({ 'cli/main.ts': ['server/app.ts'], 'server/app.ts': [] }, form)
      )
      assert.equal(problems.length, 1)
    })
  }
})

suite('circles', () => {
  test('files that import each other are refused, by their types alone and at any distance', () => {
    assert.deepEqual(
      structureProblems(files({ 'pricing/a.ts': ['pricing/b.ts'], 'pricing/b.ts': ['pricing/a.ts'] })),
      [
        'these files import each other: pricing/a.ts, pricing/b.ts'
      ]
    )
    assert.deepEqual(
      structureProblems(files({
        'cli/a.ts': ['cli/b.ts'],
        'cli/b.ts': ['cli/c.ts', 'cli/d.ts'],
        'cli/c.ts': ['cli/a.ts'],
        'cli/d.ts': []
      })),
      ['these files import each other: cli/a.ts, cli/b.ts, cli/c.ts']
    )
  })

  test('folders of automation that import each other are refused, though no files do', () => {
    assert.deepEqual(
      structureProblems(files({
        'automation/store/rows.ts': ['automation/access/names.ts'],
        'automation/access/store.ts': ['automation/store/tokens.ts'],
        'automation/store/tokens.ts': [],
        'automation/access/names.ts': []
      })),
      ['these folders import each other: automation/access, automation/store']
    )
  })

  test('a file beside the folders of automation is one of them', () => {
    assert.deepEqual(
      structureProblems(files({
        'automation/ports.ts': ['automation/hooks/file.ts'],
        'automation/hooks/receive.ts': ['automation/ports.ts'],
        'automation/hooks/file.ts': []
      })),
      ['these folders import each other: automation/hooks, automation/ports.ts']
    )
  })

  test('folders of other rooms may import each other', () => {
    assert.deepEqual(
      structureProblems(files({
        'server/routes/a.ts': ['server/access/b.ts'],
        'server/access/c.ts': ['server/routes/d.ts'],
        'server/access/b.ts': [],
        'server/routes/d.ts': []
      })),
      []
    )
  })
})

test('the repository keeps to its walls and has no circles', async () => {
  const all = new Map<string, string>()
  for (const path of await sourceFiles(repository)) {
    all.set(path, await readFile(join(repository, path), 'utf8'))
  }
  assert.deepEqual(structureProblems(all), [])
})
