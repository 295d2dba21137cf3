import assert from 'node:assert/strict'
import { test } from 'node:test'
import { negotiate } from '../../server/accept.ts'

test(
  'the most wanted type is chosen, the more exact one among equals, else the first',
  () => {
    const offered = ['a/x', 'a/y', 'b/z'] as const
    const cases: [string | undefined, string | undefined][] = [
      [undefined, 'a/x'],
      ['', 'a/x'],
      ['*/*', 'a/x'],
      ['b/*', 'b/z'],
      ['a/*, b/z', 'b/z'],
      ['a/x;q=0.1, a/y;q=0.2', 'a/y'],
      ['a/x;q=0, a/*', 'a/y'],
      ['A/Y', 'a/y'],
      ['c/w', undefined],
      ['a/x;q=0', undefined],
      ['nonsense', undefined],
      ['a/x;q=x', undefined],
      ['a/y;charset=utf-8;q=0.9, */*;q=0.8', 'a/y']
    ]
    for (const [header, expected] of cases) assert.equal(negotiate(header, offered), expected, header)
  }
)
