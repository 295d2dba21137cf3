import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { longestComment, markdownOf, plain, type MarkdownInput } from '../../../cli/view/markdown.ts'

const changes = (create: number, same = 0) => ({ create, update: 0, delete: 0, replace: 0, same })
const counts = { total: 1, succeeded: 1, failed: 0, running: 0, skipped: 0, waiting: 0, canceled: 0 }
const unit = (id: string, more: object = {}) =>
  ({
    id,
    phase: 2,
    scope: 'global',
    clusters: [],
    stack: `nautilus.${id}`,
    status: 'succeeded',
    attempt: 1,
    startedAt: null,
    finishedAt: null,
    dependsOn: [],
    resourceChanges: changes(3, 1),
    outputs: {},
    ...more
  }) as MarkdownInput['units'][number]
const finding = (policy: string, more: object = {}) =>
  ({
    seq: 1,
    time: '2026-11-21T08:00:00.000Z',
    phase: 2,
    unit: 'infrastructure.a',
    policy,
    pack: 'windlass',
    enforcement: 'advisory',
    message: 'Rule.\nChange it.',
    urn: 'urn:pulumi:s::p::aws:eks/cluster:Cluster::main',
    ...more
  }) as MarkdownInput['findings'][number]
const input = (more: Partial<MarkdownInput> = {}, deployment: object = {}): MarkdownInput => ({
  deployment: {
    id: 'd-1',
    federation: 'nautilus',
    operation: 'preview',
    mode: 'rehearsal',
    world: 'ci',
    status: 'succeeded',
    createdAt: '',
    startedAt: null,
    finishedAt: null,
    lastEvent: 9,
    resourceChanges: changes(3, 1),
    phases: [{
      number: 2,
      name: 'infrastructure',
      status: 'succeeded',
      startedAt: null,
      finishedAt: null,
      units: counts
    }],
    cost: {
      monthly: 1500,
      before: 1000,
      difference: 500,
      currency: 'USD',
      range: { min: 900, max: 3000 },
      usage: 0,
      fromMemory: 0,
      unpriced: 2,
      units: 1,
      perPhase: [{ phase: 2, monthly: 1500, before: 1000, difference: 500 }]
    },
    request: {
      federation: 'nautilus',
      operation: 'preview',
      mode: 'rehearsal',
      phases: { from: 2, to: 2 },
      ordering: 'phased',
      approvals: 'none'
    },
    ...deployment
  } as MarkdownInput['deployment'],
  units: [unit('infrastructure.a'), unit('infrastructure.b', { resourceChanges: changes(0, 4) })],
  findings: [
    finding('aws-eks-private'),
    finding('kubernetes-non-root', { enforcement: 'mandatory' }),
    finding('aws-eks-private')
  ],
  plan: {
    makespanSeconds: 1683,
    targetSeconds: 1800,
    meetsTarget: true,
    criticalPath: ['infrastructure.a']
  } as unknown as NonNullable<MarkdownInput['plan']>,
  ...more
})

test('a comment has what a reviewer needs', () => {
  const text = markdownOf(input())
  for (
    const wanted of [
      '<!-- windlass preview nautilus -->',
      '### ✅ nautilus: preview succeeded (rehearsal in ci)',
      '- **Resources:** 3 to create, 1 unchanged',
      '- **Cost:** +$500 a month at list prices, $1,500 in all ($900 to $3,000 as pools scale); 2 parts ' +
      'are not priced',
      '- **Predicted duration of a live run:** 28 min 03 s, target 30 min 00 s: met; decided by ' +
      '`infrastructure.a`',
      '| 2 infrastructure | succeeded | 1 of 1 | 3 |  |  |  | +$500 |',
      'Policies: 1 mandatory, 1 advisory findings',
      '- **mandatory** `kubernetes-non-root` in `infrastructure.a`, `aws:eks/cluster:Cluster::main`: ' +
      'Rule. Change it.',
      '1 of 2 units change',
      '| `infrastructure.a` | 3 |  |  |  |'
    ]
  ) assert.ok(text.includes(wanted), `${wanted}\n\n${text}`)
  assert.ok(text.indexOf('kubernetes-non-root') < text.indexOf('aws-eks-private'))
})

test('failures come before changes, and an up says what it did', () => {
  const rest = input({
    units: [
      unit('infrastructure.a', {
        status: 'failed',
        error: { code: 'quota', message: 'no more VPCs', retryable: false }
      })
    ]
  }, {
    status: 'failed',
    operation: 'up',
    error: { code: 'quota', message: 'infrastructure.a failed', retryable: false }
  })
  delete rest.plan
  const text = markdownOf(rest)
  assert.match(text, /❌ nautilus: up failed/)
  assert.match(text, /3 created/)
  assert.match(text, /#### Failed units\n\n- `infrastructure\.a`: no more VPCs \(`quota`\)/)
  assert.ok(!text.includes('Predicted'))
})

test('texts from elsewhere are no markup and mention nobody', () => {
  const evil = '<img src=x> @everyone [a](http://b) `c` | d\n# e ![f](g) \u001b[2J'
  const text = markdownOf(
    input({
      findings: [finding('p', { message: evil })],
      units: [unit('u', { status: 'failed', error: { code: 'x', message: evil, retryable: false } })]
    })
  )
  assert.ok(!/<img|@everyone|(?<!\\)\]\(http|\n# e/.test(text) && !text.includes('\u001b'))
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), (given) => {
    const safe = plain(given)
    assert.ok(!/[<>\n]|@\w|(?<!\\)[`|]/.test(safe), safe)
  }))
})

test('a long comment is cut, and says what is missing', () => {
  const many = Array.from({ length: 1000 }, (_, index) => unit(`infrastructure.${'x'.repeat(80)}${index}`))
  const found = Array.from(
    { length: 5000 },
    (_, index) => finding(`policy-${index}`, { message: 'm'.repeat(5000) })
  )
  const text = markdownOf(input({ units: many, findings: found }))
  assert.ok(text.length <= longestComment)
  assert.match(text, /and 4940 more findings/)
  assert.equal(text.split('<details>').length, text.split('</details>').length)
})

test('texts from elsewhere become no links, without markup either', () => {
  // What is left of a text when escapes are taken away, and what GitHub and GitLab then link.
  const shown = (text: string) =>
    plain(text).replaceAll(/\\([!-/:-@[-`{-~])/g, '$1').replaceAll('&lt;', '<').replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
  const link = new RegExp([
    String.raw`[A-Za-z][A-Za-z0-9+.-]*:\/\/`,
    String.raw`[Ww][Ww][Ww]\.`,
    String.raw`@\w`,
    String.raw`[#!&%~$^]["\w]`,
    String.raw`(?:[Gg][Hh]|[A-Z][A-Z0-9_]+)-\d`
  ].join('|'))
  const texts = [
    'see https://evil.example/a?b=c',
    'HTTP://EVIL.EXAMPLE',
    'ftp://evil.example',
    'custom+scheme://evil',
    'www.evil.example',
    'a (www.evil.example)',
    'mail a.b@evil.example or mailto:a@evil.example',
    'xmpp:a@evil.example',
    '#12',
    'acme/infra#12',
    'acme/infra@0123456789abcdef',
    'GH-12',
    'gh-12',
    'ABC_D-12',
    '!34 &56 %"a milestone" ~label $78 ^alert#9',
    '@acme/platform'
  ]
  for (const text of texts) assert.doesNotMatch(shown(text), link, text)
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...texts, ' ', 'x', '\u202e', ':', '/'), { maxLength: 6 }),
      (parts) => {
        assert.doesNotMatch(shown(parts.join('')), link)
      }
    )
  )
  // What is read stays as it was.
  assert.equal(shown('https://a.example: GH-1').replaceAll('\u200b', ''), 'https://a.example: GH-1')
})
