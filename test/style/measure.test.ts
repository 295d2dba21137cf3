import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { limits, measure } from '../../scripts/style/measure.ts'

/** Excesses over a limit, as kind, line and size. */
const excesses = (text: string, path = 'a.ts') =>
  measure(path, text).map(({ kind, line, size }) => [kind, line, size])
const lines = (count: number, line = 'a()'): string => `${line}\n`.repeat(count)
const words = (columns: number): string => 'word '.repeat(Math.ceil(columns / 5)).slice(0, columns)

suite('columns', () => {
  test('code has 110 and a comment 100', () => {
    const code = `a('${words(limits.code - 5)}')`
    assert.equal(code.length, limits.code)
    assert.deepEqual(excesses(`${code}\n`), [])
    assert.deepEqual(excesses(`a()\n${code};\n`), [['code', 2, limits.code + 1]])
    for (const begin of ['// ', '/** ', ' * ']) {
      const text = (columns: number) => `${begin}${'x'.repeat(columns - begin.length)}`
      const whole = (line: string) =>
        begin === '// ' ? line : begin === '/** ' ? `${line}\n*/` : `/**\n${line}\n*/`
      assert.deepEqual(excesses(whole(text(limits.comment))), [])
      assert.equal(excesses(whole(text(limits.comment + 1)))[0]?.[0], 'comment')
    }
  })

  test('an address is not counted, and the rest of its line is', () => {
    const address = `https://example.com/${'x'.repeat(120)}`
    assert.deepEqual(excesses(`// See ${address}\n`), [])
    assert.equal(excesses(`// ${words(limits.comment)} ${address}\n`)[0]?.[0], 'comment')
  })

  test('a regular expression, and a literal without a space, cannot be broken', () => {
    assert.deepEqual(excesses(`const a = /${'x'.repeat(120)}/\n`), [])
    assert.deepEqual(excesses(`const a = '${'x'.repeat(120)}'\n`), [])
    assert.equal(excesses(`const a = '${words(120)}'\n`)[0]?.[0], 'code')
  })

  test('what looks like a comment inside a template is code', () => {
    const line = `// ${'x'.repeat(limits.comment)}`
    assert.deepEqual(excesses(`const a = \`\n${line}\n\`\n`), [])
    assert.equal(excesses(`${line}\n`)[0]?.[0], 'comment')
    assert.deepEqual(
      excesses(`class A {\n*next () { return '${'x '.repeat(40)}' + ${'y'.repeat(1)} }\n}\n`),
      []
    )
  })
})

suite('lines', () => {
  test('a file has 400', () => {
    assert.deepEqual(excesses(lines(limits.fileLines)), [])
    assert.deepEqual(excesses(lines(limits.fileLines + 1)), [['file', 1, limits.fileLines + 1]])
  })

  test('a function has 70, with its first and its last', () => {
    const whole = (body: number) => `function work () {\n${lines(body)}}\n`
    assert.deepEqual(excesses(whole(limits.functionLines - 2)), [])
    assert.deepEqual(excesses(`\n${whole(limits.functionLines - 1)}`), [[
      'function',
      2,
      limits.functionLines + 1
    ]])
  })

  test('functions of every form count, by the name that a reader looks for', () => {
    const body = `{\n${lines(limits.functionLines)}}`
    const named = (text: string) => measure('a.ts', text).map(({ name }) => name)
    assert.deepEqual(named(`function work () ${body}`), ['work'])
    assert.deepEqual(named(`const work = () => ${body}`), ['work'])
    assert.deepEqual(named(`const all = { work: async () => ${body} }`), ['work'])
    assert.deepEqual(named(`class A { work () ${body} }`), ['work'])
    assert.deepEqual(named(`class A { get work () ${body} }`), ['work'])
    assert.deepEqual(named(`class A { constructor () ${body} }`), ['constructor'])
    assert.deepEqual(named(`test('works', async () => ${body})`), ['works'])
    assert.deepEqual(named(`start(() => ${body})`), ['a function for start'])
    assert.deepEqual(named(`export default (() => ${body})`), ['a function without a name'])
  })

  test('a suite of tests is as long as its tests are many', () => {
    assert.deepEqual(excesses(`suite('it', () => {\n${lines(limits.functionLines)}})\n`), [])
    assert.equal(excesses(`test('it', () => {\n${lines(limits.functionLines)}})\n`).length, 1)
  })
})

test('a data table is not judged, and says so in its first line', () => {
  const rows = lines(limits.fileLines + 1, words(150))
  assert.deepEqual(excesses(`/** Data table: a row for each thing. */\n${rows}`), [])
  assert.notDeepEqual(excesses(`/** A data table. */\n${rows}`), [])
  assert.notDeepEqual(excesses(`\n/** Data table: a row for each thing. */\n${rows}`), [])
})
