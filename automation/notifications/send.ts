/** Sends one notification, to hosts that the service is allowed to reach only. */
import { createTransport } from 'nodemailer'
import { cutText } from '../../contract/text/cut.ts'
import { matchesName } from '../../contract/text/names.ts'
import { standardSignature } from '../hooks/signature.ts'
import { teachGate, withoutSecrets } from '../redaction/gate.ts'
import { type Facts, type Receiver } from '../store/messages/facts.ts'
import { mailOf, pagerdutyEvent, slackMessage, webhookBody } from './messages.ts'
import { receiverSecret } from './receiver-secret.ts'

/** The result of an attempt. */
export type Sent = { delivered: true } | NotSent

/** An attempt that delivered nothing. */
interface NotSent {
  delivered: false
  error: string
  /** Another attempt may help. */
  again: boolean
  /** The pause that the receiver asked for. */
  afterSeconds?: number
}

/** Settings of all sending. */
export interface SenderOptions {
  /** Hosts that may be reached, `*` for any characters. */
  hosts: readonly string[]
  secretValues: Readonly<Record<string, string | undefined>>
  /** Address at which people reach the service. */
  url?: string
  /** Authorities of certificates beside those that Node trusts. */
  authorities?: string
  /** PagerDuty's address, unless it is its own. */
  pagerduty?: string
  /** Milliseconds. */
  now(): number
}

/**
 * Milliseconds for a receiver's answer: services that take webhooks answer in one second, and give
 * their senders ten.
 */
const patience = 10_000

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * Gives the reason why an address may not be used; undefined: it may. Only names and addresses that
 * were allowed, so that no file can make the service reach into its own network.
 */
export function refusal (
  address: string,
  hosts: readonly string[],
  schemes: readonly string[]
): string | undefined {
  if (!URL.canParse(address)) return 'its address is not a URL'
  const { protocol, hostname } = new URL(address)
  if (!hosts.some((pattern) => matchesName(pattern.toLowerCase(), hostname.toLowerCase()))) {
    return `the host ${hostname} is not among WINDLASS_NOTIFY_HOSTS: add it if the service may reach it`
  }
  if (!schemes.includes(protocol) && !(loopback.test(hostname) && protocol === 'http:')) {
    return `its address begins with ${protocol}: expected ${schemes.join(' or ')}`
  }
  return undefined
}

/** A text of an error as it is stored and shown: a receiver may repeat what it was sent. */
const shownError = (text: string): string => cutText(withoutSecrets(text), 500)

function reasonOf (error: unknown): string {
  const { message, cause } = error as { message?: string, cause?: { code?: string, message?: string } }
  return cause?.code ?? cause?.message ?? message ?? String(error)
}

async function post (
  address: string,
  body: string,
  headers: Record<string, string>,
  signal: AbortSignal
): Promise<Sent> {
  const response = await fetch(address, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', 'user-agent': 'Windlass', ...headers },
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(patience)])
  })
  // What it says is not kept: nobody knows what is in it.
  await response.body?.cancel()
  if (response.ok) return { delivered: true }
  if (response.status >= 300 && response.status < 400) {
    return {
      delivered: false,
      error:
        `it answers ${response.status}: redirects are not followed, so give the address that it leads to`,
      again: false
    }
  }
  const again = response.status === 408 || response.status === 425 || response.status === 429 ||
    response.status >= 500
  const wait = response.headers.get('retry-after')
  return {
    delivered: false,
    error: `it answers ${response.status}`,
    again,
    ...(wait !== null && /^\d{1,6}$/.test(wait) && { afterSeconds: Number(wait) })
  }
}

async function mail (
  address: string,
  receiver: Receiver,
  facts: Facts,
  id: string,
  { authorities }: SenderOptions,
  link: string | undefined
): Promise<Sent> {
  // Without TLS nothing is sent, whatever the server offers.
  const transport = createTransport({
    url: address,
    requireTLS: true,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    ...(authorities !== undefined && { tls: { ca: authorities } })
  })
  try {
    const domain = receiver.from?.split('@')[1] ?? 'windlass'
    await transport.sendMail({
      from: receiver.from,
      to: receiver.to,
      ...mailOf(facts, link),
      messageId: `<${id}@${domain}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true
    })
    return { delivered: true }
  } catch (error) {
    const { responseCode, code } = error as { responseCode?: number, code?: string }
    // 5xx is for good (RFC 5321, section 4.2.1), and so are a server without TLS and wrong
    // credentials.
    const final = (responseCode !== undefined && responseCode >= 500) || code === 'EAUTH' || code === 'ETLS'
    return { delivered: false, error: shownError(`the mail server: ${reasonOf(error)}`), again: !final }
  } finally {
    transport.close()
  }
}

/** Sends, and says what became of it. Never rejects. */
export async function send (
  receiver: Receiver,
  facts: Facts,
  id: string,
  options: SenderOptions,
  signal: AbortSignal
): Promise<Sent> {
  const judged = receiverSecret(receiver, facts.federation, options.secretValues)
  if ('wrong' in judged) {
    return {
      delivered: false,
      error: `the secret ${receiver.secret} ${judged.wrong}: set ${judged.variable} for the service`,
      again: false
    }
  }
  const { text: secret } = judged
  // Of an address, the gate knows the password too.
  teachGate([secret])
  const link = options.url === undefined
    ? undefined
    : `${options.url.replace(/\/+$/, '')}/deployments/${encodeURIComponent(facts.deployment)}`
  const address = receiver.kind === 'pagerduty'
    ? options.pagerduty ?? 'https://events.pagerduty.com/v2/enqueue'
    : receiver.kind === 'webhook'
    ? receiver.url ?? ''
    : secret
  const no = refusal(address, options.hosts, receiver.kind === 'email' ? ['smtp:', 'smtps:'] : ['https:'])
  if (no !== undefined) return { delivered: false, error: no, again: false }
  try {
    if (receiver.kind === 'email') {
      return await mail(address, receiver, facts, id, options, link)
    }
    if (receiver.kind === 'slack') {
      return await post(address, JSON.stringify(slackMessage(facts, link)), {}, signal)
    }
    if (receiver.kind === 'pagerduty') {
      return await post(address, JSON.stringify(pagerdutyEvent(facts, secret, link)), {}, signal)
    }
    const body = JSON.stringify(webhookBody(facts, link))
    const timestamp = Math.floor(options.now() / 1000)
    return await post(address, body, {
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': standardSignature(secret, { id, timestamp, body }),
      ...(facts.trace !== undefined && { traceparent: facts.trace })
    }, signal)
  } catch (error) {
    return {
      delivered: false,
      error: shownError(`it could not be reached: ${reasonOf(error)}`),
      again: true
    }
  }
}
