import fc from 'fast-check'
import { memoryOf } from '../../scripts/bench/measure.ts'
import type { Campaign } from './campaign.ts'
import { anyInput } from './hostile/inputs.ts'
import { startTarget, type Target } from './hostile/target.ts'
import { Watch } from './hostile/watch.ts'

/** Requests under way at once: a few callers, each of which waits for its answers. */
const atOnce = 8
/** Inputs between two looks at the process. */
const batch = 500
/**
 * Mebibytes that the service may have more at the end than after the first batch: its caches are
 * bounded by less, and garbage that was not collected yet counts too.
 */
const mostGrowth = 256

export const hostile: Campaign = {
  name: 'hostile',
  searches:
    'texts, bytes, files, bodies, patterns and claims that a service answers with a 5xx, keeps in memory, ' +
    'or ' +
    'answers or logs with a secret of its own',
  runs: 10_000,
  async search ({ seed, runs, say }) {
    const watch = new Watch()
    const target = await startTarget({
      seed,
      onLine: (line) => {
        watch.log(line)
      }
    })
    watch.seekSecrets(target.secrets)
    try {
      const inputs = fc.sample(anyInput(target), { seed, numRuns: runs })
      let first: number | undefined
      for (let start = 0; start < runs; start += batch) {
        await sendAll(inputs.slice(start, start + batch), target, watch)
        const [stall, memory] = [await target.stall(), await memoryOf(target.pid) ?? 0]
        watch.stalled(stall)
        first ??= memory
        if (memory - first > mostGrowth) {
          throw new Error(`the service grew from ${first.toFixed(0)} to ${memory.toFixed(0)} MiB`)
        }
        say(
          `${Math.min(runs, start + batch)} of ${runs} inputs: ${watch.answers()}; ${memory.toFixed(0)} ` +
            'MiB; ' +
            `longest stall of the loop ${stall.toFixed(0)} ms`
        )
      }
      await target.checkWhole()
      say(
        `longest stall of the loop in all: ${watch.longestStall.toFixed(0)} ms (aim on a quiet machine: ` +
          '250 ms)'
      )
    } catch (error) {
      say(`the end of the service's log:\n${watch.lastLines()}`)
      throw error
    } finally {
      await target.close()
    }
    watch.check()
  }
}

type Inputs = ReturnType<typeof anyInput> extends fc.Arbitrary<infer T> ? readonly T[] : never

async function sendAll (inputs: Inputs, target: Target, watch: Watch): Promise<void> {
  const queue = [...inputs]
  const work = async (): Promise<void> => {
    for (let input = queue.pop(); input !== undefined; input = queue.pop()) {
      const { about, requests } = await input.prepare()
      for (const request of requests) watch.answer(about, await target.send(request))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}
