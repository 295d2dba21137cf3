/** The few calls of the HTTP API that the benchmark makes. */
import { type Deployment, type Unit } from '../../contract/deployment.ts'
import { type Event } from '../../contract/event.ts'

export async function launch (base: string, body: Record<string, unknown>): Promise<Deployment> {
  const response = await fetch(`${base}/v1/deployments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body)
  })
  const answer = await response.json() as Deployment
  if (response.status !== 202) throw new Error(`the launch was refused: ${JSON.stringify(answer)}`)
  return answer
}

/** Cancels a deployment that has not ended. */
export async function cancel (base: string, id: string): Promise<void> {
  const response = await fetch(`${base}/v1/deployments/${id}/cancel`, { method: 'POST' })
  if (!response.ok) throw new Error(`the cancel was refused: ${await response.text()}`)
}

export async function get<T> (base: string, path: string): Promise<T> {
  const response = await fetch(base + path)
  if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`)
  return await response.json() as T
}

export const unitsOf = async (base: string, id: string): Promise<Unit[]> =>
  (await get<{ items: Unit[] }>(base, `/v1/deployments/${id}/units?limit=1000`)).items

/** Follows a deployment's stream to its end; resolves with the final event. */
export async function follow (base: string, id: string): Promise<Event> {
  const response = await fetch(`${base}/v1/deployments/${id}/events`, {
    headers: { accept: 'application/x-ndjson' }
  })
  if (!response.body) throw new Error('the stream has no body')
  let rest = ''
  let last = ''
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    last = lines.findLast((line) => line !== '') ?? last
  }
  return JSON.parse(last) as Event
}

/**
 * Launches, follows to the end, and insists that it succeeded. Gives the wall time from the call to
 * the final event in milliseconds.
 */
export async function deploy (
  base: string,
  body: Record<string, unknown>
): Promise<{ id: string, wall: number }> {
  const start = performance.now()
  const { id } = await launch(base, body)
  const final = await follow(base, id)
  const wall = performance.now() - start
  if (final.type !== 'deployment.succeeded') {
    throw new Error(`deployment ${id} ended as ${final.type}: ${JSON.stringify(final)}`)
  }
  return { id, wall }
}
