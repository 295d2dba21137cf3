import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { loadFormatter } from '../../../scripts/style/formatter.ts'
import { shownTexts } from '../../../scripts/style/jsx-text.ts'

const element = (content: string) =>
  `export const Line = ({ name }: { name: string }) => name === 'a long condition' && ` +
  `<span className='a class that fills the line'>${content}</span>\n`

suite('the formatter', async () => {
  const format = await loadFormatter()

  test('changes nothing in its own result', () => {
    const once = format('line.tsx', element("{' '}by {name}"))
    assert.notEqual(once, element("{' '}by {name}"))
    assert.equal(format('line.tsx', once), once)
  })

  test('refuses to remove the space at the end of an element', () => {
    assert.throws(() => format('line.tsx', element(' by {name}')), /^Error: line\.tsx:1: .*" by {}".*{' '}/)
    assert.throws(() => format('line.tsx', element('by {name} ')), /^Error: line\.tsx:1: .*"by {} "/)
  })

  test('refuses what does not parse, with the place', () => {
    assert.throws(() => format('line.ts', 'const = 1\n'), /line\.ts:1:7/)
  })
})

test('the text of elements is what JSX shows of it', () => {
  const source = `const a = <p>\n  one\n  two <b> three </b>{' '}\n  {four}\n</p>\n`
  assert.deepEqual(shownTexts('a.tsx', source), [
    { line: 1, text: 'one two <> {}' },
    { line: 3, text: ' three ' }
  ])
})
