// Runs recorded scenarios of the real engine against the rehearsal engine and compares what
// happened. Each scenario has a process of its own: after a failed update the SDK leaves
// process-wide handlers behind (test/recordings/README.md, Traps).
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const recordings = fileURLToPath(new URL('../../recordings', import.meta.url))
const command = fileURLToPath(new URL('../../../rehearsal/command.ts', import.meta.url))

const LEVELS = 'result,events,eventOrder,rpc,rpcOrder,state,history,cli'
/**
 * A scenario takes about three seconds, most of it for loading the SDK and its own waits; a machine
 * may be ten times slower.
 */
const TIMEOUT_MS = 60_000

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
  'continue-on-error',
  'delete-fails-then-retry',
  'deleted-with-and-retain-small',
  'duplicate-urn',
  'import-by-id',
  'init-failure-create',
  'log-diagnostics',
  'provider-config-unknown-in-preview',
  'refresh-missing-then-up',
  'replace-delete-fails',
  'replace-on-changes-detailed',
  'targeted-up',
  'transform'
]

/**
 * The differences between the recording and a run of its scenario, one a line; empty when there are
 * none.
 */
async function differences (scenario: string, folder: string): Promise<string> {
  const actual = join(folder, 'actual.json')
  await run(process.execPath, [
    join(recordings, 'runner.mjs'),
    join(recordings, 'scenarios', `${scenario}.json`),
    actual,
    '--command',
    command
  ], { timeout: TIMEOUT_MS })
  const compared = await run(process.execPath, [
    join(recordings, 'compare.mjs'),
    join(recordings, 'recordings', `${scenario}.json`),
    actual,
    '--levels',
    LEVELS
  ], { timeout: TIMEOUT_MS })
    .catch((error: { stdout: string, stderr: string }) => ({ stdout: error.stdout + error.stderr }))
  return compared.stdout
}

describe('the rehearsal engine behaves as the real engine did', { concurrency: 2 }, () => {
  for (const scenario of SCENARIOS) {
    test(scenario, async () => {
      const folder = await mkdtemp(join(tmpdir(), 'windlass-recording-'))
      try {
        assert.equal(await differences(scenario, folder), '')
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    })
  }
})
