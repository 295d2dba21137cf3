/** From the engine's telling of an event to the clients that follow the deployment. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Service } from '../service-process.ts'
import { cancel, launch } from './api.ts'
import { memoryOf, milliseconds, type Row } from './measure.ts'

export interface StreamLoad {
  clients: number
  phases: { from: number, to: number }
  aimMilliseconds: number
}
interface Read {
  latencies: [milliseconds: number, many: number][]
  shortest: number
  longest: number
  lost: number
}

/** Nearest rank of a distribution that is given as how many took how long. */
function rank (latencies: Read['latencies'], part: number): number {
  const all = latencies.reduce((sum, [, many]) => sum + many, 0)
  let seen = 0
  return latencies.find(([, many]) => (seen += many) >= part * all)?.[0] ?? Number.NaN
}

/**
 * A deployment with that many followers, all of them there before it starts. Throws when one of
 * them did not get every event.
 */
export async function streams (
  service: Service,
  { clients, phases, aimMilliseconds }: StreamLoad
): Promise<Row[]> {
  const request = {
    federation: 'nautilus',
    operation: 'up',
    rehearsal: { world: `bench-streams-${process.pid}-${clients}` }
  }
  // A lane runs one deployment at a time: the one that is watched waits behind another, which waits
  // for an approval, until all its clients are there.
  const first = await launch(service.url, { ...request, phases: { from: 1, to: 1 }, approvals: 'each-phase' })
  const watched = await launch(service.url, { ...request, phases })
  const before = await memoryOf(service.pid) ?? Number.NaN
  const child = spawn(process.execPath, [
    join(import.meta.dirname, 'stream-clients.ts'),
    service.url,
    watched.id,
    String(clients)
  ], { stdio: ['ignore', 'pipe', 'inherit'] })
  let connected = Number.NaN
  let most = before
  // Once a second, of a process that takes seconds to grow.
  const look = setInterval(() => {
    void memoryOf(service.pid).then((size) => {
      most = Math.max(most, size ?? Number.NaN)
    })
  }, 1_000)
  let last = '{}'
  for await (const line of createInterface({ input: child.stdout })) {
    last = line
    if (!line.includes('connected')) continue
    connected = await memoryOf(service.pid) ?? Number.NaN
    await cancel(service.url, first.id)
  }
  clearInterval(look)
  const { latencies, shortest, longest, lost } = JSON.parse(last) as Read
  if (lost > 0 || shortest !== longest) {
    throw new Error(
      `${lost} of ${clients} clients lost their stream; one saw ${shortest} events, another ${longest}`
    )
  }
  const what = `engine event to SSE client, ${clients} clients, phases ${phases.from} to ${phases.to}`
  const p99 = rank(latencies, 0.99)
  const kibibytes = (size: number) => `${((size - before) * 1024 / clients).toFixed(0)} KiB`
  return [
    {
      what: `${what}, p50`,
      figure: milliseconds(rank(latencies, 0.5)),
      baseline: `${latencies.reduce((sum, [, many]) => sum + many, 0)} arrivals`
    },
    {
      what: `${what}, p99`,
      figure: milliseconds(p99),
      baseline: `${longest} events each, none lost`,
      aim: `under ${aimMilliseconds} ms`,
      met: p99 < aimMilliseconds
    },
    {
      what: '  memory of the service for each of them, waiting and at most',
      figure: `${kibibytes(connected)}, ${kibibytes(most)}`,
      baseline: `${Math.round(before)} MiB without them`
    }
  ]
}
