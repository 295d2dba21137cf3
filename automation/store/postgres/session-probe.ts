import { createPool } from './database.ts'

/**
 * Milliseconds for which an answer holds: probes come every few seconds, and however many ask, a
 * session a second is nothing to the server.
 */
const kept = 1_000

/**
 * Makes a check that the database takes one session more: a pool's own are there while a limit
 * keeps unit hosts and peers out. It rejects with the database's reason when it does not.
 */
export function sessionProbe (url: string): () => Promise<void> {
  let last: { readonly until: number, readonly answer: Promise<void> } | undefined
  return () => {
    if (!last || Date.now() > last.until) last = { until: Date.now() + kept, answer: begin(url) }
    return last.answer
  }
}

async function begin (url: string): Promise<void> {
  const pool = createPool(url, { max: 1, name: 'windlass-probe' })
  try {
    await pool.query('SELECT 1')
  } finally {
    await pool.end()
  }
}
