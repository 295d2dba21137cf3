// Runs small programs against the rehearsal engine and compares with what the real engine answered:
// hooks, dynamic resources, transforms of functions, state commands, assets on disk, configuration
// of the project, naming. They share a process: loading the SDK takes most of the time.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const folder = fileURLToPath(new URL('../../recordings/programs', import.meta.url))
const command = fileURLToPath(new URL('../../../rehearsal/command.ts', import.meta.url))
/** A program takes about a second; a machine may be ten times slower, and busy. */
const timeoutMs = 60_000

interface Report {
  steps: { ok: boolean | string }[]
}
type Compare = (real: Report, mine: Report) => string[]
const { compareProgram } = await import(join(folder, 'compare.mjs')) as { compareProgram: Compare }

/**
 * Steps, by their numbers, in which the engine answers otherwise, and why. A step that has become
 * equal must leave the list.
 */
const OTHERWISE: Record<string, { steps: number[], why: string }> = {
  '02-resource-hooks': { steps: [3, 6], why: 'order of two hooks at once, and of diagnostics: by chance' },
  '13-hide-diffs': { steps: [1], why: 'text of --diff' },
  '17-protect-and-state': { steps: [1], why: 'order of refused deletions: by chance' },
  '23-stacks': { steps: [1, 2, 3, 14, 17, 18], why: 'stack tags, plugin ls, about and logs are refused' },
  '30-previews-and-text': { steps: [1, 5], why: 'order of rows of two resources at once: by chance' }
}

const real = JSON.parse(await readFile(join(folder, 'real.json'), 'utf8')) as Record<string, Report>
const names = Object.keys(real)
/** Dynamic resources take a process an operation, and as long as all the others. */
const slow = '01-dynamic-resource'

describe('the rehearsal engine answers programs as the real engine did', { concurrency: true }, () => {
  let out: string
  let runs: Record<'slow' | 'others', Promise<void>>
  const record = async (programs: string[], file: string): Promise<void> => {
    await run(
      process.execPath,
      [join(folder, 'run.mjs'), join(out, file), ...programs, '--command', command],
      { timeout: timeoutMs * programs.length }
    )
  }
  before(async () => {
    out = await mkdtemp(join(tmpdir(), 'windlass-programs-'))
    runs = {
      slow: record([slow], 'slow.json'),
      others: record(names.filter((name) => name !== slow), 'others.json')
    }
    // Told by the tests that wait for them.
    for (const started of Object.values(runs)) started.catch(() => undefined)
  })
  after(async () => {
    await rm(out, { recursive: true, force: true })
  })

  for (const name of names) {
    test(name, async () => {
      const which = name === slow ? 'slow' : 'others'
      await runs[which]
      const mine = JSON.parse(await readFile(join(out, `${which}.json`), 'utf8')) as Record<string, Report>
      const [expected, actual] = [real[name], mine[name]]
      assert.ok(expected && actual)
      const found = compareProgram(expected, actual)
      const known = OTHERWISE[name]?.steps ?? []
      const stepOf = (text: string): number => Number.parseInt(text, 10)
      assert.deepEqual(found.filter((text) => !known.includes(stepOf(text))), [])
      assert.deepEqual(known.filter((step) => !found.some((text) => stepOf(text) === step)), [])
    })
  }
})
