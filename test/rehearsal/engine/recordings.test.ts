// Runs recorded scenarios of the real engine against the rehearsal engine and compares what
// happened. Scenarios share few processes: loading the SDK takes most of the time.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const recordings = fileURLToPath(new URL('../../recordings', import.meta.url))
const command = fileURLToPath(new URL('../../../rehearsal/command.ts', import.meta.url))
/** The same engine, in a process that a scenario can kill. */
const killable = fileURLToPath(new URL('fixtures/killable-command.ts', import.meta.url))

const LEVELS = ['result', 'events', 'eventOrder', 'rpc', 'rpcOrder', 'state', 'history', 'cli']
/**
 * A scenario takes about three seconds, most of it for loading the SDK and its own waits; a machine
 * may be ten times slower.
 */
const timeoutMs = 60_000

/**
 * Left out: backend-file-tree (the engine has stores, no files).
 */
const SCENARIOS = [
  'abort-signal',
  'concurrent-up-lock',
  'create-fails-midway-resume',
  'delete-removed-reverse-order',
  'depends-on',
  'destroy-order',
  'explicit-providers-multi-region',
  'invoke',
  'parallel-default',
  'preview-and-expect-no-changes',
  'preview-unknowns',
  'program-throws',
  'protect',
  'read-resource-simple',
  'refresh-drift-then-up',
  'replace-create-before-delete',
  'replace-delete-before-option',
  'secrets',
  'policy-advisory',
  'policy-mandatory',
  'stack-lifecycle',
  'stack-outputs-change',
  'stack-reference',
  'refresh-run-program',
  'tree-create-noop',
  'update-in-place',
  'aliases',
  'assets',
  'check-defaults-autoname',
  'check-failure',
  'config-operations',
  'configure-fails',
  'continue-on-error',
  'default-provider-config-and-version',
  'delete-fails-then-retry',
  'deleted-with-and-retain-small',
  'duplicate-urn',
  'failure-then-program-error',
  'import-by-id',
  'init-failure-create',
  'log-diagnostics',
  'policy-stack-and-remediate',
  'provider-config-unknown-in-preview',
  'refresh-missing-then-up',
  'replace-delete-fails',
  'replace-on-changes-detailed',
  'targeted-up',
  'transform'
]

interface Recording {
  steps: { result?: { ok: boolean } }[]
}
type Compare = (expected: Recording, actual: Recording, levels: string[]) => Record<string, unknown>[]

const { compareRecordings } = await import(join(recordings, 'compare.mjs')) as { compareRecordings: Compare }

const readJson = async (file: string): Promise<Recording> =>
  JSON.parse(await readFile(file, 'utf8')) as Recording
const recorded = (scenario: string): Promise<Recording> =>
  readJson(join(recordings, 'recordings', `${scenario}.json`))

/** Runs scenarios one after another in one process; each leaves `NAME.json` in the folder. */
async function record (scenarios: string[], folder: string, engine = command): Promise<void> {
  const pairs = scenarios.flatMap((name) => [
    join(recordings, 'scenarios', `${name}.json`),
    join(folder, `${name}.json`)
  ])
  await run(process.execPath, [join(recordings, 'runner.mjs'), ...pairs, '--command', engine], {
    timeout: timeoutMs * scenarios.length
  })
}

describe('the rehearsal engine behaves as the real engine did', { concurrency: 2 }, () => {
  let folder: string
  let halves: Promise<void>[]
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'windlass-recording-'))
    halves = [0, 1].map((half) => record(SCENARIOS.filter((_, n) => n % 2 === half), folder))
    // Told by the tests that wait for them.
    for (const half of halves) half.catch(() => undefined)
  })
  after(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  const compare = async (scenario: string): Promise<void> => {
    const actual = await readJson(join(folder, `${scenario}.json`))
    assert.deepEqual(compareRecordings(await recorded(scenario), actual, LEVELS), [])
  }
  for (const [n, scenario] of SCENARIOS.entries()) {
    test(scenario, async () => {
      await halves[n % 2]
      await compare(scenario)
    })
  }
  test('kill-cli-pending', async () => {
    await record(['kill-cli-pending'], folder, killable)
    await compare('kill-cli-pending')
  })
})
