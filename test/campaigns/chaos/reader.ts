/** A reader of HTTP alone, who holds three services to what they promise. */
import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import { type Deployment } from '../../../contract/deployment.ts'
import { type Event } from '../../../contract/event.ts'
import { assertNeverTwice } from '../../durability/never-twice.ts'
import { ended } from '../../fixtures/client.ts'
import { type Member } from './services.ts'

/** Milliseconds for one answer: the pool waits ten seconds for a connection. */
const patience = 20_000
/** Milliseconds in which every deployment of a schedule has to end, once its faults are over. */
const endPatience = 180_000

/** What was read, for the report. */
export interface Figures {
  answers: number
  unavailable: number
  unreached: number
  healthy: number
  events: number
  interrupted: number
  resumed: number
}

export class Reader {
  readonly figures: Figures = {
    answers: 0,
    unavailable: 0,
    unreached: 0,
    healthy: 0,
    events: 0,
    interrupted: 0,
    resumed: 0
  }

  readonly #members: readonly Member[]
  readonly #stop: AbortSignal
  /** By deployment: all events that were read, the first at 0. */
  readonly #events = new Map<string, Event[]>()
  #turn = 0

  /** Nothing is asked any more once `stop` is aborted. */
  constructor (members: readonly Member[], stop: AbortSignal) {
    this.#members = members
    this.#stop = stop
  }

  /**
   * Asks one service after another until one answers. Fails on an answer of 5xx that is none of an
   * outage, and when a service that was up all the while cannot be reached.
   */
  async ask<T> (method: string, path: string, body?: unknown, key?: string): Promise<T> {
    for (;;) {
      this.#stop.throwIfAborted()
      const member = this.#members[this.#turn++ % this.#members.length]
      const answer = member && await this.#once(member, method, path, { body, key })
      if (answer && answer.status < 300) return answer.body as T
      if (answer && answer.status !== 503) {
        assert.fail(`${method} ${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`)
      }
      await delay(100)
    }
  }

  /**
   * Looks after every service's health; a process that lives is healthy, whatever the database
   * does.
   */
  async health (): Promise<void> {
    for (const member of this.#members) {
      const answer = await this.#once(member, 'GET', '/healthz', {})
      if (!answer) continue
      assert.equal(answer.status, 200, `${member.name} is not healthy: ${JSON.stringify(answer.body)}`)
      this.figures.healthy++
    }
  }

  /** Reads what is new of a deployment: numbers without a gap. */
  async read (id: string): Promise<Deployment> {
    const known = this.#events.get(id) ?? []
    this.#events.set(id, known)
    const deployment = await this.ask<Deployment>('GET', `/v1/deployments/${id}`)
    for (;;) {
      const path = `/v1/deployments/${id}/events?after=${known.length}&limit=1000`
      const { items } = await this.ask<{ items: Event[] }>('GET', path)
      for (const event of items) {
        assert.equal(event.seq, known.length + 1, `deployment ${id} has a gap before event ${event.seq}`)
        known.push(event)
        this.figures.events++
        if (event.type === 'unit.interrupted') this.figures.interrupted++
      }
      if (items.length === 0) return deployment
    }
  }

  /** Waits for the end of a deployment, which has to succeed: nothing is wrong but the machines. */
  async end (id: string): Promise<void> {
    const until = Date.now() + endPatience
    for (;;) {
      const deployment = await this.read(id)
      if (deployment.status === 'failed' && deployment.error?.code === 'host-lost') {
        // Three hosts of one unit were killed in a row: a person resumes.
        await this.ask('POST', `/v1/deployments/${id}/resume`)
        this.figures.resumed++
      } else if (ended(deployment)) {
        assert.equal(deployment.status, 'succeeded', `${id}: ${JSON.stringify(deployment.error)}`)
        break
      }
      assert.ok(Date.now() < until, `deployment ${id} stands still: ${JSON.stringify(deployment)}`)
      await delay(200)
    }
    await this.again(id)
  }

  /**
   * Reads all events of a deployment anew: none may have changed, and no unit runs twice at once.
   */
  async again (id: string): Promise<void> {
    const all: Event[] = []
    for (;;) {
      const path = `/v1/deployments/${id}/events?after=${all.length}&limit=1000`
      const { items } = await this.ask<{ items: Event[] }>('GET', path)
      if (items.length === 0) break
      all.push(...items)
    }
    const known = this.#events.get(id) ?? []
    assert.deepEqual(all.slice(0, known.length), known, `events of deployment ${id} changed`)
    assertNeverTwice(all)
  }

  async #once (
    member: Member,
    method: string,
    path: string,
    { body, key }: { body?: unknown, key?: string | undefined }
  ): Promise<{ status: number, body: unknown } | undefined> {
    const { service, epoch } = member
    if (!service || member.frozen) return undefined
    try {
      const response = await fetch(service.url + path, {
        method,
        headers: {
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(key !== undefined && { 'idempotency-key': key })
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(patience)
      })
      const answer = response.status === 204 ? {} : await response.json() as { code?: string }
      this.figures.answers++
      if (response.status >= 500) {
        assert.deepEqual([response.status, answer.code], [503, 'store-unavailable'], `${method} ${path}`)
        assert.ok(response.headers.get('retry-after'), 'a 503 without Retry-After')
        this.figures.unavailable++
      }
      return { status: response.status, body: answer }
    } catch (error) {
      // It was killed or stopped meanwhile.
      if (error instanceof assert.AssertionError || member.epoch === epoch) throw error
      this.figures.unreached++
      return undefined
    }
  }
}
