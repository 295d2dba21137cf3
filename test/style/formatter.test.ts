import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { lineWidth, loadFormatter } from '../../scripts/style/formatter.ts'

const format = await loadFormatter()

/** For each rule: what it refuses, and what it makes of that. */
const rules: Readonly<Record<string, readonly [before: string, after: string]>> = {
  'no semicolons but where they are needed': ['a();\n[1].b();\n', 'a()\n;[1].b()\n'],
  'single quotes': ['a("b", "it\'s")\n', "a('b', \"it's\")\n"],
  'no trailing commas': ['a([\n  1,\n  2,\n])\n', 'a([\n  1,\n  2\n])\n'],
  'an indentation of two': ['if (a) {\n    b()\n}\n', 'if (a) {\n  b()\n}\n'],
  'a space before the parentheses of a definition': [
    'function a() {\n  return function() {}\n}\nclass A {\n  b() {}\n}\n',
    'function a () {\n  return function () {}\n}\nclass A {\n  b () {}\n}\n'
  ],
  'no space before the parentheses of a call': ['a (b)\n', 'a(b)\n'],
  'operators at the end of a line': [
    `const a = ${'b'.repeat(60)}\n  && ${'c'.repeat(60)}\n`,
    `const a = ${'b'.repeat(60)} &&\n  ${'c'.repeat(60)}\n`
  ],
  'question marks at the beginning of a line': [
    `const a = ${'b'.repeat(50)} ?\n  ${'c'.repeat(50)} :\n  ${'d'.repeat(50)}\n`,
    `const a = ${'b'.repeat(50)}\n  ? ${'c'.repeat(50)}\n  : ${'d'.repeat(50)}\n`
  ],
  'else beside its brace': [
    'if (a) {\n  b()\n}\nelse {\n  c()\n}\n',
    'if (a) {\n  b()\n} else {\n  c()\n}\n'
  ],
  'line breaks of one kind': ['a()\r\nb()\r\n', 'a()\nb()\n']
}

suite('the formatter', () => {
  for (const [rule, [before, after]] of Object.entries(rules)) {
    test(`wants ${rule}`, () => {
      assert.equal(format('a.ts', before), after)
      assert.equal(format('a.ts', after), after)
    })
  }

  test('breaks what is wider than its columns, and changes nothing the second time', () => {
    const before = `export const all = call(${
      Array.from({ length: 30 }, (_one, index) => `name${index}`).join(', ')
    })\n`
    const after = format('a.ts', before)
    assert.ok(before.length > lineWidth)
    assert.ok(after.split('\n').every((line) => line.length <= lineWidth))
    assert.equal(format('a.ts', after), after)
  })

  test('knows the languages of the repository by their names', () => {
    assert.equal(format('a.tsx', 'const a = <b c="d" />;\n'), "const a = <b c='d' />\n")
    assert.equal(format('a.mjs', 'a();\n'), 'a()\n')
  })

  test('refuses a text that does not parse, with its place', () => {
    assert.throws(() => format('a.ts', 'a()\nconst = 1\n'), /Line 2|a\.ts:2/)
  })
})
