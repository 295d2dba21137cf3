import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type Exception, exceptions } from '../../scripts/style/exceptions.ts'
import { findings } from '../../scripts/style/findings.ts'
import { type Excess } from '../../scripts/style/measure.ts'

const wide = (line: number): Excess => ({ kind: 'code', line, size: 120, name: 'text' })
const long = (size: number, name = 'work', line = 5): Excess => ({ kind: 'function', line, size, name })
const tall = (size: number): Excess => ({ kind: 'file', line: 1, size, name: '' })

/** Finds what is wrong in one file under one exception. */
function judged (excesses: readonly Excess[], exception: Omit<Exception, 'path'> = {}): string[] {
  return findings(new Map([['a.ts', excesses]]), [{ path: 'a.ts', ...exception }])
}

suite('what exceeds a limit', () => {
  test('is told with its place, its size and the limit', () => {
    assert.deepEqual(judged([tall(401), wide(3), { ...wide(4), kind: 'comment' }, long(71)]), [
      'a.ts:3: 120 columns, and code has 110 at most',
      'a.ts:4: 120 columns, and a comment has 100 at most',
      'a.ts: lines of the file: 401, and 400 is the most',
      'a.ts:5: lines of work: 71, and 70 is the most'
    ])
  })

  test('is let through by an exception that names it, and no further', () => {
    const excesses = [tall(450), wide(3), long(80)]
    const exception = { lines: 450, columns: 1, functions: { work: 80 } }
    assert.deepEqual(judged(excesses, exception), [])
    assert.deepEqual(judged([tall(451), wide(3), long(81)], exception), [
      'a.ts: lines of the file: 451, and 450 is the most',
      'a.ts:5: lines of work: 81, and 80 is the most'
    ])
    assert.equal(judged([wide(3), wide(4)], { columns: 1 }).length, 2, 'all lines, since none is named')
    assert.deepEqual(judged([long(80), long(80, 'other')], { functions: { work: 80 } }), [
      'a.ts:5: lines of other: 80, and 70 is the most'
    ])
  })

  test('of functions with one name the longest counts', () => {
    assert.deepEqual(judged([long(200, 'work', 5), long(80, 'work', 300)], { functions: { work: 80 } }), [
      'a.ts:5: lines of work: 200, and 80 is the most'
    ])
  })
})

suite('an exception that allows too much', () => {
  test('is to be lowered', () => {
    assert.deepEqual(
      judged([tall(440), wide(3), long(75)], { lines: 450, columns: 2, functions: { work: 80 } }),
      [
        'a.ts: lines of the file: 440, and the exception allows 450: lower it',
        'a.ts:5: lines of work: 75, and the exception allows 80: lower it',
        'a.ts: 1 lines are too wide, and the exception allows 2: lower it'
      ]
    )
  })

  test('is to be lowered when nothing exceeds the limit any more, also when the file is gone', () => {
    const lowered = [
      'a.ts: lines of the file: no more than 400, and the exception allows 450: lower it',
      'a.ts:1: lines of work: no more than 70, and the exception allows 80: lower it'
    ]
    const exception = { path: 'a.ts', lines: 450, functions: { work: 80 } }
    assert.deepEqual(judged([], exception), lowered)
    assert.deepEqual(findings(new Map(), [exception]), lowered)
  })
})

test('the list is sorted, and has each file once', () => {
  const paths = exceptions.map(({ path }) => path)
  assert.deepEqual(paths, [...new Set(paths)].sort())
})
