/**
 * The walls between the rooms hold: a forbidden import is an error of the linter, for every wall.
 */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { ESLint } from 'eslint'
import { repository } from './fixtures/service.ts'

const forbidden: [from: string, imported: string][] = [
  ['programs', '../automation/ports.ts'],
  ['programs', '../rehearsal/wire.ts'],
  ['policies', '../programs/scopes.ts'],
  ['pricing', '../programs/contract.ts'],
  ['rehearsal', '../automation/ports.ts'],
  ['rehearsal', '../programs/contract.ts'],
  ['automation', '../server/app.ts'],
  ['automation', '../rehearsal/wire.ts'],
  ['automation/store', '../../rehearsal/store.ts'],
  ['automation/plan', '../../programs/scopes.ts'],
  ['automation/deployments', '@pulumi/pulumi/automation/index.js'],
  ['server', '../automation/ports.ts'],
  ['server', '../rehearsal/wire.ts'],
  ['cli', '../automation/index.ts'],
  ['cli', '../server/app.ts'],
  ['dashboard', '../server/config.ts']
]

suite('walls', () => {
  // Only the walls: the rules that need types would have each text checked against the whole
  // project.
  const untyped = Object.fromEntries(
    ['no-floating-promises', 'no-misused-promises', 'switch-exhaustiveness-check'].map((rule) =>
      [`@typescript-eslint/${rule}`, 'off'] as const
    )
  )
  const eslint = new ESLint({
    cwd: repository,
    overrideConfig: {
      files: ['**/*.ts'],
      languageOptions: { parserOptions: { projectService: false } },
      rules: untyped
    }
  })
  for (const [from, imported] of forbidden) {
    test(`${from} may not import ${imported}`, async () => {
      const text = `import * as anything from '${imported}'\n\nexport const used = anything\n`
      const [result] = await eslint.lintText(text, { filePath: join(repository, from, 'wall.ts') })
      const rules = result?.messages.map((message) => message.ruleId) ?? []
      assert.ok(
        rules.includes('import-x/no-restricted-paths') || rules.includes('no-restricted-imports'),
        JSON.stringify(result?.messages)
      )
    })
  }
})
