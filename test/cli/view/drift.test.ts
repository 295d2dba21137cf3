import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { driftLines, driftMarkdown, driftSummary } from '../../../cli/view/drift.ts'
import { longestComment } from '../../../cli/view/markdown.ts'
import { type Deployment } from '../../../contract/deployment.ts'
import { type DriftFinding } from '../../../contract/drift.ts'

const counts = {
  resources: 318,
  changed: 1,
  output: 1,
  missing: 1,
  ignored: { changed: 1, output: 0, missing: 0 }
}
const about = (name: string, more: Partial<DriftFinding>): DriftFinding => ({
  number: 1,
  phase: 2,
  unit: 'infrastructure.a',
  urn: `urn:pulumi:s::p::aws:ec2/vpc:Vpc::${name}`,
  resource: { type: 'aws:ec2/vpc:Vpc', name },
  kind: 'changed',
  properties: [],
  ...more
})
const findings = [
  about('changed', {
    properties: [{ path: 'tags.owner', kind: 'changed', expected: 'platform', actual: 'someone | else' }, {
      path: 'status',
      kind: 'output',
      expected: 'a',
      actual: 'b'
    }]
  }),
  about('gone', { kind: 'missing' }),
  about('computed', { kind: 'output', properties: [{ path: 'arn', kind: 'output', actual: { a: 1 } }] }),
  about('owned', {
    ignored: 'the autoscaler owns it',
    properties: [{ path: 'size', kind: 'changed', expected: 1, actual: 2 }]
  })
]
const deployment = {
  id: 'd-1',
  federation: 'nautilus',
  operation: 'drift-check',
  mode: 'live',
  status: 'succeeded',
  drift: counts
} as unknown as Deployment

test('the table has what needs attention, and everything with --all', () => {
  const text = driftLines(deployment, findings, false).join('\n')
  assert.match(
    text,
    /^changed +infrastructure\.a +aws:ec2\/vpc:Vpc changed +tags\.owner +platform +someone \| else$/m
  )
  assert.match(text, /^missing +infrastructure\.a +aws:ec2\/vpc:Vpc gone/m)
  assert.doesNotMatch(text, /Vpc computed|owned|status/)
  assert.match(
    text,
    /1 changed, 1 missing of 318 resources; 1 differ in computed values only, 1 ignored \(--all lists them\)$/
  )
  const all = driftLines(deployment, findings, true).join('\n')
  for (
    const wanted of [
      /^output .*arn +– +\{"a":1\}/m,
      /^changed .*owned +size +1 +2 +the autoscaler owns it/m,
      /^output .*changed +status/m
    ]
  ) assert.match(all, wanted)
  assert.deepEqual(driftLines({}, [], false), ['nothing was compared'])
  assert.equal(
    driftSummary({
      ...counts,
      changed: 0,
      missing: 0,
      output: 0,
      ignored: { changed: 0, output: 0, missing: 0 }
    }),
    'no drift of 318 resources'
  )
})

test('a comment is short enough whatever was found, and texts in it are no markup', () => {
  const text = driftMarkdown(deployment, findings)
  assert.match(
    text,
    /^<!-- windlass drift-check nautilus -->\n### 🟠 nautilus: drift check succeeded \(live\)/
  )
  assert.match(
    text,
    /\| changed \| `infrastructure\.a` \| `aws:ec2\/vpc:Vpc changed` \| `tags\.owner` \| platform \| someone \\\| else \|/
  )
  fc.assert(
    fc.property(
      fc.array(fc.record({ path: fc.string({ maxLength: 300 }), value: fc.string({ maxLength: 1000 }) }), {
        maxLength: 300
      }),
      (values) => {
        const many = values.map(({ path, value }) =>
          about('x', { properties: [{ path, kind: 'changed', expected: value, actual: value }] })
        )
        const comment = driftMarkdown(deployment, many)
        assert.ok(comment.length <= longestComment)
        assert.ok(!/<(?!!-- windlass)/.test(comment.replaceAll(/`[^`]*`/g, '')))
      }
    ),
    { numRuns: 30 }
  )
})
