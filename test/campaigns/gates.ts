import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { toldCut } from '../../contract/text/cut.ts'
import { repository } from '../fixtures/service.ts'
import type { Campaign } from './campaign.ts'
import { type Gate, withoutGate } from './gates/gate.ts'
import { copyRepository } from './gates/overlay.ts'
import { gates as table } from './gates/table.ts'

/** Some of the gates, by chance, in the order of the table. */
function sampled (seed: number, runs: number): readonly Gate[] {
  const count = Math.min(runs, table.length)
  const [chosen = []] = fc.sample(
    fc.shuffledSubarray([...table], { minLength: count, maxLength: count }),
    { seed, numRuns: 1 }
  )
  return table.filter((gate) => chosen.includes(gate))
}

/** The name of the innermost test that failed: suites and files fail with it. */
const told = (failures: readonly string[]): string => toldCut(failures[0] ?? 'an exit before any test', 120)

export const gates: Campaign = {
  name: 'gates',
  searches: 'gates against hostile input that can be taken out, and no test or generator finds it',
  runs: table.length,
  async search ({ seed, runs, say }) {
    const chosen = sampled(seed, runs)
    const edits = await Promise.all(chosen.map(async (gate) => ({
      gate,
      text: withoutGate(await readFile(join(repository, gate.file), 'utf8'), gate)
    })))
    const overlay = await copyRepository()
    try {
      const whole = [...new Set(chosen.flatMap(({ tests }) => tests))]
      for (const file of whole) {
        const { passed, failures } = await overlay.run([file])
        assert.ok(passed, `${file} fails with every gate in place: ${told(failures)}`)
      }
      say(`${whole.length} test files pass with every gate in place`)
      const missed: string[] = []
      for (const [index, { gate, text }] of edits.entries()) {
        const { passed, failures } = await overlay.run(gate.tests, { file: gate.file, text })
        if (passed) missed.push(gate.name)
        say(`${index + 1} ${gate.name}: ${passed ? 'NOT FOUND' : `found by "${told(failures)}"`}`)
      }
      assert.deepEqual(missed, [], `${missed.length} of ${edits.length} gates can be taken out unnoticed`)
    } finally {
      await overlay.close()
    }
  }
}
