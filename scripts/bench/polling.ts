/**
 * Answers a second that a poller of a deployment's status gets, beside a bare Fastify route
 * that returns the same bytes.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { json } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { median, type Row } from './measure.ts'

// As many as a dashboard on each desk of a large company; far more than one process' sockets cost
// it anything.
const connections = 50
const secondsEach = 4
const load = fileURLToPath(import.meta.resolve('autocannon'))

/** Answers a second, over some seconds. Throws when one was not of the status. */
async function rate (url: string, status: number, headers: Record<string, string>): Promise<number> {
  const options = [
    '--json',
    '--connections',
    String(connections),
    '--duration',
    String(secondsEach),
    ...Object.entries(headers).flatMap(([name, value]) => ['--headers', `${name}=${value}`])
  ]
  const child = spawn(process.execPath, [load, ...options, url], { stdio: ['ignore', 'pipe', 'ignore'] })
  const { requests, statusCodeStats, errors } = await json(child.stdout) as {
    requests: { average: number }
    statusCodeStats: Record<string, { count: number }>
    errors: number
  }
  if (errors > 0 || Object.keys(statusCodeStats).join() !== String(status)) {
    throw new Error(
      `${url} was answered ${JSON.stringify(statusCodeStats)} with ${errors} errors: expected ${status} only`
    )
  }
  return requests.average
}

// Of each connection, and of each moment: the bare server makes its own.
const ownHeaders = new Set(['connection', 'keep-alive', 'date', 'content-length', 'transfer-encoding'])

async function bareRoute (answer: Response): Promise<{ url: string, stop: () => void }> {
  const headers = Object.fromEntries([...answer.headers].filter(([name]) => !ownHeaders.has(name)))
  const child = spawn(process.execPath, [
    join(import.meta.dirname, 'bare-route.ts'),
    String(answer.status),
    JSON.stringify(headers)
  ], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(await answer.text())
  const [url] = await once(createInterface({ input: child.stdout }), 'line') as [string]
  return {
    url,
    stop: () => {
      child.kill()
    }
  }
}

/**
 * Measures both in turn, `runs` times, with a poll that nothing has changed for (304) and one that
 * knows nothing (200).
 */
export async function polling (base: string, deployment: string, runs: number): Promise<Row[]> {
  const path = `/v1/deployments/${deployment}`
  const etag = (await fetch(base + path)).headers.get('etag') ?? ''
  const rows: Row[] = []
  for (
    const [what, asked, aim] of [['with ETag (304)', { 'if-none-match': etag }, 0.8], [
      'whole (200)',
      {},
      undefined
    ]] as const
  ) {
    const answer = await fetch(base + path, { headers: asked, cache: 'no-store' })
    const { status } = answer
    const bare = await bareRoute(answer)
    const [own, bares]: [number[], number[]] = [[], []]
    try {
      for (let run = 0; run <= runs; run++) {
        const [service, alone] = [
          await rate(base + path, status, asked),
          await rate(bare.url + path, status, asked)
        ]
        // The first of each warms it.
        if (run === 0) continue
        own.push(service)
        bares.push(alone)
      }
    } finally {
      bare.stop()
    }
    const ratio = median(own) / median(bares)
    rows.push({
      what: `status polling ${what}, ${connections} connections`,
      figure: `${median(own).toFixed(0)}/s`,
      baseline: `${median(bares).toFixed(0)}/s (bare Fastify route, same bytes)`,
      ratio,
      ...(aim !== undefined && { aim: 'at least 0.8 times', met: ratio >= aim })
    })
  }
  return rows
}
