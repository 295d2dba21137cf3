// Runs recorded scenarios of the real engine against the rehearsal engine and compares what
// happened. A scenario in which an update fails has a process of its own: after one the SDK leaves
// process-wide handlers behind (test/recordings/README.md, Traps). The others share a process.
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

const LEVELS = ['result', 'events', 'eventOrder', 'rpc', 'rpcOrder', 'state', 'history', 'cli']
/**
 * A scenario takes about three seconds, most of it for loading the SDK and its own waits; a machine
 * may be ten times slower.
 */
const timeoutMs = 60_000

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
  'tree-create-noop',
  'update-in-place',
  // Beyond what this engine has to do so far:
  'aliases',
  'assets',
  'check-defaults-autoname',
  'check-failure',
  'config-operations',
  'continue-on-error',
  'delete-fails-then-retry',
  'deleted-with-and-retain-small',
  'duplicate-urn',
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

/**
 * Tells whether no step of a scenario failed: such scenarios leave nothing behind in their process.
 */
async function isClean (scenario: string): Promise<boolean> {
  return (await recorded(scenario)).steps.every(({ result }) => result?.ok !== false)
}

/** Runs scenarios one after another in one process; each leaves `NAME.json` in the folder. */
async function record (scenarios: string[], folder: string): Promise<void> {
  const pairs = scenarios.flatMap((name) => [
    join(recordings, 'scenarios', `${name}.json`),
    join(folder, `${name}.json`)
  ])
  await run(process.execPath, [join(recordings, 'runner.mjs'), ...pairs, '--command', command], {
    timeout: timeoutMs * scenarios.length
  })
}

describe('the rehearsal engine behaves as the real engine did', { concurrency: 2 }, () => {
  let folder: string
  let together: Promise<void>
  const clean = new Set<string>()
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'windlass-recording-'))
    for (const scenario of SCENARIOS) if (await isClean(scenario)) clean.add(scenario)
    together = record([...clean], folder)
    // Told by the tests that wait for it.
    together.catch(() => undefined)
  })
  after(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  for (const scenario of SCENARIOS) {
    test(scenario, async () => {
      await (clean.has(scenario) ? together : record([scenario], folder))
      const actual = await readJson(join(folder, `${scenario}.json`))
      assert.deepEqual(compareRecordings(await recorded(scenario), actual, LEVELS), [])
    })
  }
})
