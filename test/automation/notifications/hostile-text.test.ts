/** Messages with text of providers and people in them: well-formed, bounded, on their line. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  mailOf,
  pagerdutyEvent,
  slackMessage,
  webhookBody
} from '../../../automation/notifications/messages.ts'
import { type Facts } from '../../../automation/store/messages/facts.ts'
import { hostileText, hostileTexts } from '../../fixtures/hostile-text.ts'

/** Facts whose every text is hostile. */
function factsOf (text: string): Facts {
  return {
    federation: 'nautilus',
    deployment: 'd-1',
    operation: 'up',
    mode: 'live',
    world: text,
    what: 'failed',
    unit: text,
    seq: 9,
    time: '2026-11-21T12:00:00.000Z',
    error: { code: 'resource-failed', message: text },
    actor: { subject: text, name: text, kind: 'person' },
    launchedBy: { subject: 'p', name: text, kind: 'person' },
    policies: [{ policy: text, enforcement: 'mandatory', count: 1 }],
    types: [{ type: text, count: 1 }]
  }
}

interface SlackText {
  type: string
  text: string
  verbatim?: boolean
}
interface Slack {
  blocks: { text?: SlackText, elements?: SlackText[] }[]
}
interface Page {
  dedup_key: string
  payload: { summary: string }
}
/** Controls, separators and marks that reorder: none may stand in a title. */
const acting = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/u

function check (text: string): void {
  const facts = factsOf(text)
  const slack = slackMessage(facts, undefined) as unknown as Slack
  const page = pagerdutyEvent(facts, 'key', undefined) as unknown as Page
  const mail = mailOf(facts, undefined)
  for (const message of [slack, page, mail, webhookBody(facts, undefined)]) {
    // What strict readers of JSON refuse.
    assert.doesNotMatch(JSON.stringify(message).replaceAll('\\\\', ''), /\\u0000|\\u[dD][89a-fA-F]/)
  }
  // Slack makes no links of what only looks like one.
  const marked = slack.blocks.flatMap(({ text, elements = [] }) => text ? [text, ...elements] : elements)
    .filter(({ type }) => type === 'mrkdwn')
  assert.deepEqual(marked.map(({ verbatim }) => verbatim), [true, true])
  const [header = '', section = ''] = slack.blocks.map((block) => block.text?.text ?? '')
  assert.ok(header.length <= 150 && section.length <= 3_000)
  assert.ok(
    page.payload.summary.length <= 1_024 && page.dedup_key.length <= 255 && mail.subject.length <= 200
  )
  for (const title of [header, page.payload.summary, mail.subject]) assert.doesNotMatch(title, acting)
  // Each ampersand begins one of Slack's three escapes.
  assert.deepEqual(section.match(/&(?!(amp|lt|gt);)/g), null)
  assert.doesNotMatch(section.replaceAll(/[\n\t]/g, ''), acting)
  // Further lines of a message are indented: they cannot pass for facts.
  assert.ok(!mail.text.split('\n').some((line) => line.startsWith('forged   admin')))
}

test('a message is well-formed, within its bounds and in its order whatever it tells of', () => {
  for (
    const text of [...hostileTexts, '🚀'.repeat(900), `x${'🚀'.repeat(1_990)}`, `<&>${'&'.repeat(4_000)}`]
  ) check(text)
  for (let length = 570; length < 600; length++) check('&'.repeat(length))
  fc.assert(fc.property(hostileText, check))
})
