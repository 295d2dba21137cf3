/**
 * A process with many server-sent event clients of one deployment, so that reading costs the benchmark's own loop nothing. Arguments: base URL, deployment, number of clients. Prints one JSON line when all are connected, and one with
 * the latencies (milliseconds from the engine's telling to the client's reading, both on this machine's clock) when all streams ended.
 */
const [base = '', id = '', count = '0'] = process.argv.slice(2)
const latencies: number[] = []
let connected = 0
let shortest = Number.POSITIVE_INFINITY
let longest = 0

async function client (): Promise<void> {
  const response = await fetch(`${base}/v1/deployments/${id}/events`, { headers: { accept: 'text/event-stream' } })
  if (!response.body) throw new Error(`the stream was answered ${response.status}`)
  if (++connected === Number(count)) console.log(JSON.stringify({ connected }))
  let events = 0
  let rest = ''
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const now = Date.now()
    const text = rest + chunk
    const end = text.lastIndexOf('\n\n')
    if (end < 0) {
      rest = text
      continue
    }
    const whole = text.slice(0, end + 2)
    rest = text.slice(end + 2)
    for (const [, emitted] of whole.matchAll(/"emittedAt":"([^"]+)"/g)) latencies.push(now - Date.parse(emitted ?? ''))
    events += whole.match(/^id:/gm)?.length ?? 0
  }
  shortest = Math.min(shortest, events)
  longest = Math.max(longest, events)
}

await Promise.all(Array.from({ length: Number(count) }, client))
console.log(JSON.stringify({ latencies, shortest, longest }))
