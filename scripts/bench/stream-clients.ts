/**
 * A process with many server-sent event clients of one deployment, so that reading costs the
 * benchmark's own loop nothing. Arguments: base URL, deployment, number of clients. Prints one JSON
 * line when all are connected, and one with the latencies when all streams ended: how many events
 * took how many milliseconds from the engine's telling to the client's reading (both on this
 * machine's clock).
 *
 * They read from bare connections: a thousand full HTTP clients would cost more than the service
 * they measure.
 */
import { connect } from 'node:net'

const [base = '', id = '', count = '0'] = process.argv.slice(2)
const { hostname, port } = new URL(base)
/** Events by their latency in whole milliseconds; the last holds what took longer. */
const latencies = new Uint32Array(60_001)
let connected = 0
let lost = 0
let shortest = Number.POSITIVE_INFINITY
let longest = 0

const emitted = Buffer.from('"emittedAt":"')
const eventStart = Buffer.from('\nid: ')
const final = /"type":"deployment\.(succeeded|failed|canceled)"/

/** Times by their text: readers of the same bytes would parse them again and again. */
const times = new Map<string, number>()
function timeOf (text: string): number {
  let time = times.get(text)
  if (time === undefined) {
    if (times.size > 10_000) times.clear()
    time = Date.parse(text)
    times.set(text, time)
  }
  return time
}

/** Counts how often `needle` is in `chunk`, and reports each place. */
function each (chunk: Buffer, needle: Buffer, found?: (at: number) => void): number {
  let many = 0
  for (let at = chunk.indexOf(needle); at !== -1; at = chunk.indexOf(needle, at + needle.length)) {
    many++
    found?.(at + needle.length)
  }
  return many
}

/**
 * One client, to the end of its stream. What a chunk's end cuts in two is joined to the next chunk.
 */
async function client (): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    let events = 0
    let rest: Buffer = Buffer.alloc(0)
    let tail = ''
    socket.write(
      `GET /v1/deployments/${id}/events HTTP/1.1\r\nhost: ${hostname}:${port}\r\naccept: ` +
        `text/event-stream\r\nconnection: close\r\n\r\n`
    )
    socket.once('data', (chunk) => {
      if (!chunk.toString('latin1', 0, 15).startsWith('HTTP/1.1 200')) {
        reject(new Error(`a stream was answered ${chunk.toString('latin1', 0, 200)}`))
      }
      if (++connected === Number(count)) console.log(JSON.stringify({ connected }))
    })
    socket.on('data', (chunk) => {
      const now = Date.now()
      const cut = chunk.lastIndexOf('\n\n')
      if (cut === -1) {
        rest = Buffer.concat([rest, chunk])
        return
      }
      const whole = rest.length === 0
        ? chunk.subarray(0, cut + 1)
        : Buffer.concat([rest, chunk.subarray(0, cut + 1)])
      rest = chunk.subarray(cut + 1)
      events += each(whole, eventStart)
      each(whole, emitted, (at) => {
        const late = Math.max(
          0,
          Math.min(latencies.length - 1, now - timeOf(whole.toString('latin1', at, at + 24)))
        )
        latencies[late] = (latencies[late] ?? 0) + 1
      })
      tail = whole.toString('latin1', Math.max(0, whole.length - 2_000))
    })
    socket.once('error', reject)
    socket.once('close', () => {
      if (!final.test(tail)) lost++
      shortest = Math.min(shortest, events)
      longest = Math.max(longest, events)
      resolve()
    })
  })
}

await Promise.all(Array.from({ length: Number(count) }, client))
console.log(
  JSON.stringify({
    latencies: [...latencies.entries()].filter(([, many]) => many > 0),
    shortest,
    longest,
    lost
  })
)
