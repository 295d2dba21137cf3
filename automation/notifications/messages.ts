/** Messages in the words of each receiver. Pure. */
import { cutText, headOf } from '../../contract/text/cut.ts'
import { storableValue } from '../../contract/text/json-walk.ts'
import { visibleLine, visibleText } from '../../contract/text/visible.ts'
import { hasDrift } from '../drift/ignore.ts'
import { type Facts } from '../store/messages/facts.ts'

/**
 * Slack cuts a header at 150 characters and refuses a text above 3,000; PagerDuty cuts a summary at
 * 1,024.
 */
const headerLength = 150
const textLength = 2_900
const summaryLength = 1_024

/** `nautilus: up (live) failed`. */
export function titleOf ({ federation, operation, mode, world, what, phase, unit, window }: Facts): string {
  const where = world === undefined ? mode : `${mode} in ${world}`
  const words: Record<string, string> = {
    queued: 'is queued',
    started: 'started',
    waiting: `waits for the approval of phase ${phase ?? ''}`.trimEnd(),
    canceling: 'is being canceled',
    resumed: 'goes on',
    drift: 'found drift',
    findings: 'violates policies',
    'unit-failed': `goes on without ${unit ?? 'a unit'}, which failed`,
    window: `waits with phase ${phase ?? ''} for ` +
      `${window?.because === 'freeze' ? 'the end of a freeze' : 'a maintenance window'}`,
    continued: 'goes on'
  }
  return visibleLine(
    `${federation}: ${operation} (${where}) ${
      words[what] ?? (phase === undefined ? what : `${what}: phase ${phase}`)
    }`
  )
}

/**
 * `2 changed, 1 missing of 318 resources, in 2 units`; what is only computed or ignored is counted
 * behind it.
 */
function driftText (
  { resources, changed, missing, output, ignored }: NonNullable<Facts['drift']>,
  units: number | undefined
): string {
  const aside = [
    ...(output > 0 ? [`${output} differ in computed values only`] : []),
    ...(ignored.changed + ignored.missing + ignored.output > 0
      ? [`${ignored.changed + ignored.missing + ignored.output} ignored`]
      : [])
  ]
  return `drift: ${changed} changed, ${missing} missing of ${resources} resources${
    units === undefined ? '' : `, in ${units} ${units === 1 ? 'unit' : 'units'}`
  }${aside.length > 0 ? ` (${aside.join(', ')})` : ''}`
}

/**
 * Lists further facts, line by line. A message of several lines goes on with indented ones, so that
 * it cannot pass for further facts.
 */
export function linesOf (
  {
    deployment,
    actor,
    launchedBy,
    error,
    resourceChanges,
    drift,
    units,
    types,
    window,
    mandatory = 0,
    advisory = 0,
    policies
  }: Facts,
  link: string | undefined
): string[] {
  const changed = resourceChanges &&
    Object.entries(resourceChanges).filter(([kind, count]) => kind !== 'same' && count > 0).map((
      [kind, count]
    ) => `${count} ${kind}`).join(', ')
  return [
    ...(error ? [`${visibleText(error.message).replaceAll('\n', '\n  ')} (${error.code})`] : []),
    ...(changed ? [`resources: ${changed}`] : []),
    ...(window
      ? [
        `${visibleLine(window.names.join(', '))}${
          window.opens === undefined ? '' : `: until ${window.opens}`
        }`
      ]
      : []),
    ...(policies
      ? [
        `${mandatory} mandatory, ${advisory} advisory findings: ${
          policies.map(({ policy, count }) => `${count} ${visibleLine(policy)}`).join(', ')
        }`
      ]
      : []),
    ...(drift ? [driftText(drift, units)] : []),
    ...(types && types.length > 0
      ? [types.map(({ type, count }) => `${count} ${visibleLine(type)}`).join(', ')]
      : []),
    ...(actor ? [`by ${visibleLine(actor.name)}`] : []),
    ...(launchedBy && launchedBy.subject !== actor?.subject
      ? [`launched by ${visibleLine(launchedBy.name)}`]
      : []),
    link ?? `deployment ${deployment}`
  ]
}

/**
 * Slack's own escapes (docs.slack.dev, formatting message text): without them a text could mention
 * a channel or make up a link.
 */
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** An escaped text of at most `length` units. An escape that the cut would tear is left out. */
const cutEscaped = (text: string, length: number): string =>
  text.length <= length ? text : `${headOf(text, length - 1).replace(/&[a-z]{0,3}$/, '')}…`

/**
 * Slack's markup without its own reading of plain text: it would make links of addresses and of
 * names of channels (https://docs.slack.dev/reference/block-kit/composition-objects/text-object).
 */
const verbatim = { type: 'mrkdwn', verbatim: true } as const

/** The body for an incoming webhook of Slack: blocks, and a text for notifications. */
export function slackMessage (facts: Facts, link: string | undefined): Record<string, unknown> {
  const title = titleOf(facts)
  const marks: Record<string, string> = {
    failed: ':red_circle:',
    rejected: ':red_circle:',
    succeeded: ':large_green_circle:',
    waiting: ':large_yellow_circle:',
    canceled: ':white_circle:',
    drift: ':large_orange_circle:',
    window: ':large_yellow_circle:',
    findings: ':large_yellow_circle:',
    'unit-failed': ':red_circle:'
  }
  const lines = linesOf(facts, undefined).slice(0, -1).map(escaped)
  const at = link === undefined
    ? escaped(`deployment ${facts.deployment}`)
    : `<${link}|deployment ${escaped(facts.deployment)}>`
  return {
    text: escaped(title),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: cutText(title, headerLength), emoji: false } },
      {
        type: 'section',
        text: {
          ...verbatim,
          text: `${
            cutEscaped(`${marks[facts.what] ?? ':large_blue_circle:'} ${lines.join('\n')}`, textLength)
          }\n${at}`
        }
      },
      {
        type: 'context',
        elements: [{ ...verbatim, text: escaped(`event ${facts.seq} at ${facts.time}`) }]
      }
    ]
  }
}

const pagerdutyActions: Record<string, 'trigger' | 'acknowledge' | 'resolve'> = {
  failed: 'trigger',
  'unit-failed': 'trigger',
  drift: 'trigger',
  resumed: 'acknowledge',
  succeeded: 'resolve'
}

/**
 * Says whether PagerDuty is told of it: a failure or drift opens an incident, a resume acknowledges
 * it, and the next success of the same operation at the same place resolves it; of a drift check
 * only one that finds nothing to do about.
 */
export function pages ({ what, drift }: Pick<Facts, 'what' | 'drift'>): boolean {
  return what in pagerdutyActions && !(what === 'succeeded' && drift && hasDrift(drift))
}

/**
 * The body for PagerDuty's Events API v2. The same key stands for one incident: a federation's
 * operation in a mode and world.
 */
export function pagerdutyEvent (
  facts: Facts,
  routingKey: string,
  link: string | undefined
): Record<string, unknown> {
  const action = pagerdutyActions[facts.what] ?? 'trigger'
  const key = {
    routing_key: routingKey,
    event_action: action,
    dedup_key: cutText(
      `windlass:${facts.federation}:${facts.operation}:${facts.mode}:${facts.world ?? ''}`,
      255
    )
  }
  if (action !== 'trigger') return key
  const visibleMessage = facts.error && visibleLine(facts.error.message)
  return {
    ...key,
    client: 'Windlass',
    ...(link !== undefined &&
      { client_url: link, links: [{ href: link, text: `deployment ${facts.deployment}` }] }),
    payload: {
      summary: cutText(
        [titleOf(facts), visibleMessage ?? (facts.drift && driftText(facts.drift, facts.units))].filter(
          Boolean
        ).join(': '),
        summaryLength
      ),
      source: facts.federation,
      severity: facts.mode === 'live' ? 'critical' : 'warning',
      timestamp: facts.time,
      component: facts.operation,
      custom_details: storableValue(facts)
    }
  }
}

/** Subject and text of an e-mail. A line break in a subject would begin another header. */
export function mailOf (facts: Facts, link: string | undefined): { subject: string, text: string } {
  return {
    subject: cutText(titleOf(facts), 200),
    text: [titleOf(facts), '', ...linesOf(facts, link), '', `event ${facts.seq} at ${facts.time}`, ''].join(
      '\n'
    )
  }
}

/** The body of a signed webhook. */
export function webhookBody (facts: Facts, link: string | undefined): Record<string, unknown> {
  // A header has it.
  const { trace: _trace, ...told } = facts
  return {
    type: facts.type ?? `deployment.${facts.what}`,
    timestamp: facts.time,
    data: { ...storableValue(told), ...(link !== undefined && { url: link }) }
  }
}
