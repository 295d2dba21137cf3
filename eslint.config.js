import neostandard from 'neostandard'
import tseslint from 'typescript-eslint'
import importX from 'eslint-plugin-import-x'

const node = (...names) => names.flatMap((name) => [name, `node:${name}`])

export default tseslint.config(
  {
    ignores: [
      'node_modules/**',
      '.windlass/**',
      'coverage/**',
      'test/recordings/**',
      'dashboard/dist*/**',
      'dashboard/src/api/schema.d.ts'
    ]
  },
  // The formatter decides the layout; scripts/check-style.ts judges walls, cycles and sizes.
  ...neostandard({ ts: true, noStyle: true }),
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX, '@typescript-eslint': tseslint.plugin },
    settings: {
      'import-x/resolver': { node: { extensions: ['.ts', '.tsx', '.js', '.mjs'] } },
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] }
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', {
        considerDefaultExhaustiveForUnions: true
      }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      'import-x/order': ['error', {
        groups: ['builtin', 'external', 'parent', 'sibling', 'index'],
        alphabetize: { order: 'asc' }
      }],
      // `void promise` says that nobody waits for it on purpose.
      'no-void': ['error', { allowAsStatement: true }],
      'no-restricted-syntax': ['error', {
        selector:
          "ObjectExpression > SpreadElement > ConditionalExpression[consequent.type='ObjectExpression']" +
          "[alternate.type='ObjectExpression'] > ObjectExpression[properties.length=0]",
        message: 'Write an optional field as `...(condition && { field })`.'
      }],
      '@typescript-eslint/naming-convention': ['error', {
        selector: 'variable',
        modifiers: ['const'],
        format: ['camelCase', 'PascalCase'],
        // What is taken apart and not used begins with an underscore.
        leadingUnderscore: 'allow',
        filter: { regex: '^_+$', match: false }
      }],
      // TypeScript finds redeclarations; an error class that a table makes has its type beside it.
      '@typescript-eslint/no-redeclare': 'off'
    }
  },
  {
    files: ['test/**/*.ts'],
    // node:test's `test()` returns a promise that the runner awaits itself.
    rules: {
      '@typescript-eslint/no-floating-promises': ['error', {
        allowForKnownSafeCalls: [{
          from: 'package',
          name: ['test', 'describe', 'it', 'suite'],
          package: 'node:test'
        }]
      }]
    }
  },
  {
    files: ['programs/**/*.ts'],
    rules: {
      // A resource is made for its effect.
      'no-new': 'off',
      'no-restricted-imports': ['error', {
        paths: node('fs', 'fs/promises', 'child_process', 'process', 'http', 'https', 'net', 'os', 'pg').map((
          name
        ) => ({ name, message: 'A program has no file system, process, clock or database.' }))
      }],
      'no-restricted-globals': [
        'error',
        { name: 'process', message: 'A program gets what it needs in its context.' },
        { name: 'Date', message: 'A program has no clock.' },
        { name: 'fetch', message: 'A program has no network.' }
      ],
      'no-restricted-properties': ['error', {
        object: 'Math',
        property: 'random',
        message: 'A program has no randomness.'
      }]
    }
  },
  {
    files: ['automation/**/*.ts', 'server/**/*.ts', 'cli/**/*.ts'],
    ignores: ['automation/stacks/**'],
    rules: {
      'no-restricted-imports': ['error', {
        patterns: [{
          group: ['@pulumi/pulumi/automation', '@pulumi/pulumi/automation/*'],
          message: 'Only automation/stacks touches the Automation API.'
        }]
      }]
    }
  }
)
