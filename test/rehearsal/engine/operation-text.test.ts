// Parts of an operation's text that no recording has: differences in rows, outputs, counts. The
// rules are those of pulumi's `pkg/backend/display` (rows.go, object_diff.go, diff.go).
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type StateMetadata, type StepMetadata } from '../../../rehearsal/engine/events/engine-event.ts'
import { outputsText } from '../../../rehearsal/engine/events/outputs-text.ts'
import { shortDiff } from '../../../rehearsal/engine/events/short-diff.ts'
import { summaryText } from '../../../rehearsal/engine/events/summary-text.ts'
import { makeSecret } from '../../../rehearsal/engine/values/wire-values.ts'
import { type WireObject } from '../../../rehearsal/wire.ts'

const state = (more: Partial<StateMetadata>): StateMetadata => ({
  type: 't',
  urn: 'u',
  id: '',
  parent: '',
  provider: 'p',
  inputs: {},
  outputs: {},
  ...more
})
const step = (more: Partial<StepMetadata>): StepMetadata => ({
  op: 'update',
  urn: 'u',
  type: 't',
  old: null,
  new: null,
  detailedDiff: null,
  provider: 'p',
  ...more
})
const between = (old: WireObject, inputs: WireObject, more: Partial<StepMetadata> = {}): string =>
  shortDiff(step({ old: state({ inputs: old }), new: state({ inputs }), ...more }))

suite('the text of an operation', () => {
  test('names the properties that a row changes', () => {
    const update = { diffKind: 'update', inputDiff: true }
    const cases: [said: string, expected: string][] = [
      [between({ a: 1, b: 1, d: 1 }, { a: 2, c: 1, d: 1 }), 'diff: +c-b~a'],
      [between({ a: 1, z: 1 }, { a: 2, z: 2 }, { diffs: ['z'] }), 'diff: ~z'],
      [between({ __internal: 1 }, { __internal: 2 }), ''],
      [between({ a: 1 }, { a: 1 }), ''],
      [between({ a: 1 }, { a: 2 }, { op: 'same' }), ''],
      [
        between({}, {}, { detailedDiff: { 'a.b[0]': update, c: { ...update, diffKind: 'add-replace' } } }),
        'diff: +c~a'
      ],
      [between({ s: makeSecret('x') }, { s: makeSecret('x') }, { diffs: ['s'] }), 'diff: ~s'],
      [shortDiff(step({ op: 'create', new: state({ inputs: { a: 1 } }) })), ''],
      [
        shortDiff(step({ op: 'same', old: state({ protect: true }), new: state({ provider: 'q' }) })),
        'diff: ~protect,provider'
      ]
    ]
    for (const [said, expected] of cases) assert.equal(said, expected)
  })

  test('shows outputs, with what they were where they change', () => {
    const said = (olds: WireObject | undefined, news: WireObject, preview = false): string =>
      outputsText(
        step({ old: olds === undefined ? null : state({ outputs: olds }), new: state({ outputs: news }) }),
        preview
      )
    assert.equal(
      said(undefined, { b: [1, { c: 'x' }], long: makeSecret('s'), n: null }),
      [
        '    b   : [',
        '        [0]: 1',
        '        [1]: {',
        '            c: "x"',
        '        }',
        '    ]',
        '    long: [secret]',
        '    n   : <null>',
        ''
      ].join('\n')
    )
    assert.equal(
      said({ a: 1, gone: 'x', o: { k: 1, l: 2 }, list: [1], same: true }, {
        a: 2,
        new: {},
        o: { k: 3, l: 2 },
        list: [1, 2],
        same: true
      }),
      [
        '  ~ a   : 1 => 2',
        '  - gone: "x"',
        '  ~ list: [',
        '        [0]: 1',
        '      + [1]: 2',
        '    ]',
        '  + new : {}',
        '  ~ o   : {',
        '      ~ k: 1 => 3',
        '        l: 2',
        '    }',
        '    same: true',
        ''
      ].join('\n')
    )
    assert.equal(
      said({ a: 1, b: 'x' }, { a: 1, b: ['x'] }, true),
      '  - b: "x"\n  + b: [\n        [0]: "x"\n    ]\n'
    )
  })

  test('counts what was done, and how long it took', () => {
    const summary = { maybeCorrupt: false, PolicyPacks: {}, isPreview: false, result: 'succeeded' as const }
    assert.equal(
      summaryText({
        ...summary,
        durationSeconds: 61,
        resourceChanges: { same: 2, create: 1, replace: 3, read: 9 }
      }, 1),
      'Resources:\n    + 1 created\n    +-3 replaced\n    4 changes. 2 unchanged\n    1 errored\n\n' +
        'Duration: 1m1s\n\n'
    )
    assert.equal(
      summaryText({ ...summary, isPreview: true, durationSeconds: 1, resourceChanges: { import: 1 } }, 0),
      'Resources:\n    = 1 to import\n\n'
    )
  })
})
