import assert from 'node:assert/strict'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { ESLint } from 'eslint'
import ts from 'typescript'
import { repository } from '../fixtures/service.ts'

/** A text that a rule of the linter must refuse, as if it were in that file. */
type Fixture = readonly [rule: string, file: string, text: string]

const untyped: readonly Fixture[] = [
  ['no-restricted-imports', 'programs/a.ts', "import { readFileSync } from 'node:fs'\nreadFileSync('a')\n"],
  ['no-restricted-imports', 'programs/a.ts', "import { Client } from 'pg'\nexport const a = new Client()\n"],
  ['no-restricted-globals', 'programs/a.ts', 'export const a = new Date()\n'],
  ['no-restricted-globals', 'programs/a.ts', 'export const a = process.env\n'],
  ['no-restricted-globals', 'programs/a.ts', "export const a = await fetch('https://example.com')\n"],
  ['no-restricted-properties', 'programs/a.ts', 'export const a = Math.random()\n'],
  ...['automation/plan', 'server', 'cli'].map((folder): Fixture => [
    'no-restricted-imports',
    `${folder}/a.ts`,
    "import { type Stack } from '@pulumi/pulumi/automation/index.js'\nexport type A = Stack\n"
  ]),
  ['@typescript-eslint/no-explicit-any', 'server/a.ts', 'export const a = (b: any): string => String(b)\n'],
  [
    '@typescript-eslint/consistent-type-imports',
    'server/a.ts',
    "import { App } from './app.ts'\nexport type A = App\n"
  ],
  [
    'import-x/order',
    'server/a.ts',
    "import { a } from './a.ts'\nimport { join } from 'node:path'\nexport const b = join(a)\n"
  ],
  ['no-void', 'server/a.ts', 'export const a = void 0\n'],
  [
    'no-restricted-syntax',
    'server/a.ts',
    'export const a = (b?: number): object => ({ ...(b === undefined ? {} : { b }) })\n'
  ],
  ['@typescript-eslint/naming-convention', 'server/a.ts', 'export const LONGEST_WAIT = 1\n'],
  ['prefer-const', 'server/a.ts', 'let a = 1\nexport const b = a\n']
]

/** These need the types of the file. */
const typed: readonly Fixture[] = [
  [
    '@typescript-eslint/no-floating-promises',
    'server/fixture-1.ts',
    'export function a (): void {\n  Promise.resolve()\n}\n'
  ],
  [
    '@typescript-eslint/no-misused-promises',
    'server/fixture-2.ts',
    'export const a = Promise.resolve() ? 1 : 2\n'
  ],
  [
    '@typescript-eslint/switch-exhaustiveness-check',
    'server/fixture-3.ts',
    "export function a (b: 'c' | 'd'): void {\n  switch (b) {\n    case 'c':\n      break\n  }\n}\n"
  ]
]

/** A program of fixtures alone: the linter's own would read the whole repository for each. */
function programOf (fixtures: readonly Fixture[]): ts.Program {
  const texts = new Map(fixtures.map(([, file, text]) => [join(repository, file), text]))
  const options: ts.CompilerOptions = { strict: true, target: ts.ScriptTarget.ESNext, types: [] }
  const host = ts.createCompilerHost(options)
  const { getSourceFile } = host
  return ts.createProgram([...texts.keys()], options, {
    ...host,
    fileExists: (file) => texts.has(file) || host.fileExists(file),
    getSourceFile (file, version, ...rest) {
      const text = texts.get(file)
      return text === undefined
        ? getSourceFile(file, version, ...rest)
        : ts.createSourceFile(file, text, version, true)
    }
  })
}

/** Asserts that the linter refuses a fixture by its rule. */
async function refuses (eslint: ESLint, [rule, file, text]: Fixture): Promise<void> {
  const [result] = await eslint.lintText(text, { filePath: join(repository, file) })
  const rules = result?.messages.map(({ ruleId }) => ruleId) ?? []
  assert.ok(rules.includes(rule), `${rule} says nothing of ${text}; ${JSON.stringify(result?.messages)}`)
}

suite('the linter', () => {
  test('refuses what a rule about the text forbids', async () => {
    const off = typed.map(([rule]) => [rule, 'off'] as const)
    const eslint = new ESLint({
      cwd: repository,
      overrideConfig: {
        files: ['**/*.ts'],
        languageOptions: { parserOptions: { projectService: false } },
        rules: Object.fromEntries(off)
      }
    })
    for (const fixture of untyped) await refuses(eslint, fixture)
  })

  test('refuses what a rule about the types forbids', async () => {
    const eslint = new ESLint({
      cwd: repository,
      overrideConfig: {
        files: ['**/*.ts'],
        languageOptions: { parserOptions: { projectService: false, programs: [programOf(typed)] } }
      }
    })
    for (const fixture of typed) await refuses(eslint, fixture)
  })
})
