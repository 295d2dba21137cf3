/**
 * Proofs that a delivery comes from whoever shares the hook's secret, judged over the body's raw
 * bytes. Pure but for the clock that is handed in.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { AutomationError } from '../errors.ts'
import { judgeKey } from '../signing-key.ts'
import { type Hook } from './file.ts'

export type Headers = Readonly<Record<string, string | string[] | undefined>>
/** A delivery that is what it claims to be. */
export interface Verified {
  delivery: string
  /** Its id is part of what was signed; otherwise deliveries are told apart by their bodies. */
  signedId: boolean
}

/**
 * Seconds that a signed time may be away from now: the tolerance of the Standard Webhooks
 * specification, five minutes.
 */
export const replayWindow = 300

const header = (headers: Headers, name: string): string | undefined => {
  const value = headers[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Compares in constant time, whatever the lengths. */
function same (given: string | Buffer, wanted: string | Buffer): boolean {
  const digest = (value: string | Buffer) => createHash('sha256').update(value).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}

const refused = (hook: Hook, why: string) => new AutomationError('hook-refused', { hook: hook.name, why })

/** The id of a delivery, as it is stored and shown. */
function idOf (hook: Hook, headers: Headers, ...names: string[]): string {
  const id = names.map((name) => header(headers, name)).find((value) => value !== undefined)
  if (id === undefined || !/^[\x21-\x7e]{1,200}$/.test(id)) {
    throw refused(hook, `expected 1 to 200 visible ASCII characters in the header ${names.join(' or ')}`)
  }
  return id
}

/**
 * The id of a delivery of a GitLab that sends no idempotency key (before 17): the event's id and
 * the body's hash, since events that follow from each other share the former.
 */
function idByBody (hook: Hook, headers: Headers, body: Buffer): string {
  const name = 'x-gitlab-event-uuid'
  const event = headers[name] === undefined ? 'body' : idOf(hook, headers, name)
  return `${event}:${createHash('sha256').update(body).digest('hex').slice(0, 32)}`
}

/**
 * `v1,` and the base64 of HMAC-SHA256 over id, time and body (https://www.standardwebhooks.com).
 * `timestamp`: seconds since 1970.
 */
export function standardSignature (
  secret: string,
  { id, timestamp, body }: { id: string, timestamp: number | string, body: Buffer | string }
): string {
  const judged = judgeKey(secret, 'standard')
  // Nobody may be able to sign with an empty key: who calls has judged the secret before.
  if ('wrong' in judged) throw new RangeError(`the secret ${judged.wrong}`)
  const { key } = judged
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`
}

function verifyStandard (hook: Hook, headers: Headers, body: Buffer, now: number): Verified {
  const id = idOf(hook, headers, 'webhook-id')
  const timestamp = header(headers, 'webhook-timestamp') ?? ''
  if (!/^\d{1,12}$/.test(timestamp)) {
    throw refused(hook, 'expected seconds since 1970 in the header webhook-timestamp')
  }
  // Several signatures, with blanks between them, while a secret is being changed.
  const given = (header(headers, 'webhook-signature') ?? '').split(' ').slice(0, 10)
  const wanted = standardSignature(hook.key, { id, timestamp, body })
  if (!given.map((one) => same(one, wanted)).includes(true)) {
    throw refused(hook, standardWrong)
  }
  const away = Math.abs(now / 1000 - Number(timestamp))
  if (away > replayWindow) {
    throw refused(
      hook,
      `it was signed ${Math.round(away)} s from now: expected at most ${replayWindow} s, so set the ` +
        'clocks right, or send it anew'
    )
  }
  return { delivery: id, signedId: true }
}

/** Says whether a hook's deliveries are signed by the Standard Webhooks specification. */
const isStandard = ({ sender, key }: Hook): boolean =>
  sender === 'generic' || (sender === 'gitlab' && key.startsWith('whsec_'))

const standardWrong =
  'the header webhook-signature is not "v1," and the base64 of HMAC-SHA256 over id, timestamp ' +
  "and body with the hook's secret"
const githubWrong =
  'the header X-Hub-Signature-256 is not "sha256=" and the HMAC-SHA256 of the body with the ' +
  "hook's secret"
const gitlabWrong = "the header X-Gitlab-Token is not the hook's secret"

/**
 * Throws `hook-refused` for headers that no body makes right: so strangers send none for nothing.
 */
export function checkProof (hook: Hook, headers: Headers): void {
  if (isStandard(hook)) {
    const given = (header(headers, 'webhook-signature') ?? '').split(' ').slice(0, 10)
    if (!given.some((one) => /^v1,[A-Za-z0-9+/]{43}=$/.test(one))) throw refused(hook, standardWrong)
  } else if (hook.sender === 'github') {
    if (!/^sha256=[0-9a-f]{64}$/.test(header(headers, 'x-hub-signature-256') ?? '')) {
      throw refused(hook, githubWrong)
    }
  } else if (!same(header(headers, 'x-gitlab-token') ?? '', hook.key)) throw refused(hook, gitlabWrong)
}

/** Judges a delivery. `now`: milliseconds. Throws `hook-refused` with what was expected. */
export function verify (hook: Hook, headers: Headers, body: Buffer, now: number): Verified {
  checkProof(hook, headers)
  // GitLab's signing token is a Standard Webhooks secret; the older secret token is sent as it is.
  if (isStandard(hook)) return verifyStandard(hook, headers, body, now)
  if (hook.sender === 'github') {
    const wanted = `sha256=${createHmac('sha256', hook.key).update(body).digest('hex')}`
    if (!same(header(headers, 'x-hub-signature-256') ?? '', wanted)) {
      throw refused(hook, githubWrong)
    }
    return { delivery: idOf(hook, headers, 'x-github-delivery'), signedId: false }
  }
  if (headers['idempotency-key'] !== undefined) {
    return { delivery: idOf(hook, headers, 'idempotency-key'), signedId: true }
  }
  return { delivery: idByBody(hook, headers, body), signedId: false }
}
