import neostandard from 'neostandard'
import tseslint from 'typescript-eslint'
import importX from 'eslint-plugin-import-x'

// The rooms' walls (see README, "How it is built"). A zone says: files under `target` may not
// import files under `from`, but for `except`.
const rooms = [
  'programs',
  'policies',
  'pricing',
  'automation',
  'rehearsal',
  'server',
  'cli',
  'dashboard',
  'test',
  'scripts'
]
const wall = (target, allowed, message) => ({
  target: `./${target}`,
  from: rooms.filter((room) => room !== target && !allowed.includes(room)).map((room) => `./${room}`),
  message
})
const walls = [
  wall('programs', [], 'programs imports the provider SDKs and itself.'),
  wall('policies', ['pricing'], 'policies imports itself, pricing and @pulumi/policy.'),
  wall('pricing', [], 'pricing imports only itself.'),
  wall('rehearsal', [], 'rehearsal imports @pulumi/pulumi and itself.'),
  wall(
    'automation',
    ['programs', 'policies', 'rehearsal', 'pricing'],
    'automation reaches pricing, programs (catalog, contract), policies (index, handlers, facts) and, ' +
      'from stacks only, rehearsal.'
  ),
  wall('server', ['automation'], 'server imports automation/index.ts only.'),
  wall('cli', ['server'], 'cli imports server/contract only.'),
  wall('dashboard', ['server'], 'dashboard imports server/contract only.'),
  {
    target: './automation',
    from: './programs',
    except: ['./catalog.ts', './contract.ts'],
    message: 'automation sees programs/catalog.ts and programs/contract.ts only.'
  },
  {
    target: './automation',
    from: './policies',
    except: ['./index.ts', './handlers.ts', './facts.ts'],
    message: 'automation sees policies/index.ts, handlers.ts and facts.ts only.'
  },
  {
    target: ['./automation/!(stacks)/**/*', './automation/*.ts'],
    from: './rehearsal',
    message: 'only automation/stacks imports rehearsal.'
  },
  {
    target: './server',
    from: './automation',
    except: ['./index.ts'],
    message: 'automation/index.ts is the only door.'
  },
  {
    target: './cli',
    from: './server',
    except: ['./contract'],
    message: 'cli is a client of the HTTP API: server/contract only.'
  },
  {
    target: './dashboard',
    from: './server',
    except: ['./contract'],
    message: 'dashboard is a client of the HTTP API: server/contract only.'
  }
]

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
  // The formatter decides how code is laid out (scripts/style/formatter.ts).
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
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-restricted-paths': ['error', { zones: walls }],
      'import-x/order': ['error', {
        groups: ['builtin', 'external', 'parent', 'sibling', 'index'],
        alphabetize: { order: 'asc' }
      }],
      // `void promise` says that nobody waits for it on purpose.
      'no-void': ['error', { allowAsStatement: true }]
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
