/** Files that people write are UTF-8 text; whatever else they are is said with its place. */
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { loadAccess } from '../../../automation/access/file.ts'
import { parseYaml } from '../../../automation/federation/document.ts'
import { loadFederation } from '../../../automation/federation/load.ts'
import { loadHooks } from '../../../automation/hooks/file.ts'
import { SettingsError } from '../../../automation/settings/errors.ts'
import { nautilusText } from './nautilus.ts'

interface Told {
  code: string
  line: number
  column: number
  message: string
}

const wide = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')
const utf32 = (text: string) =>
  Buffer.concat(['\ufeff', ...text].map((character) => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32LE(character.codePointAt(0) ?? 0)
    return bytes
  }))

/** What is put in front of a good text, and what is said then; nothing: the text is taken. */
const cases: [
  title: string,
  bytesOf: (text: string) => Buffer,
  told?: [RegExp, line: number, column: number]
][] = [
  ['UTF-8', (text) => Buffer.from(`# Größe 🚀\n${text}`)],
  ['UTF-8 with its mark', (text) => Buffer.from(`\ufeff${text}`)],
  ['Latin-1', (text) => Buffer.from(`# one\n# Größe\n${text}`, 'latin1'), [/0xf6/, 2, 5]],
  ['UTF-16 as PowerShell writes it', wide, [/is UTF-16, has to be UTF-8/, 1, 1]],
  ['UTF-16 in the other order', (text) => wide(text).swap16(), [/is UTF-16, has to be UTF-8/, 1, 1]],
  ['UTF-32', utf32, [/is UTF-32, has to be UTF-8/, 1, 1]],
  ['UTF-32 in the other order', (text) => utf32(text).swap32(), [/is UTF-32, has to be UTF-8/, 1, 1]],
  ['UTF-16 without its mark', (text) => wide(`# a\n${text}`).subarray(2), [/U\+0000/, 1, 2]],
  ['U+0000', (text) => Buffer.from(`# a\n# b\u0000\n${text}`), [/U\+0000/, 2, 4]],
  ['an escape character', (text) => Buffer.from(`# a\u001b[31m\n${text}`), [/U\+001B/, 1, 4]],
  ['a control of C1', (text) => Buffer.from(`# 🚀\u009b\n${text}`), [/U\+009B/, 1, 4]],
  ['U+FFFE', (text) => Buffer.from(`# a\n\r\n# \ufffe\n${text}`), [/U\+FFFE/, 3, 3]]
]

suite('a file', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'windlass-encodings-'))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  const settingsProblems = async (loading: Promise<unknown>): Promise<Told[]> =>
    await loading.then(() => [], (error: unknown) => {
      assert.ok(error instanceof SettingsError)
      return [...error.details.problems]
    })
  const kinds: [kind: string, text: string, code: string, problems: (file: string) => Promise<Told[]>][] = [
    ['of a federation', nautilusText, 'FED_ENCODING', async (file) => {
      const result = await loadFederation(file)
      return 'errors' in result ? [...result.errors] : []
    }],
    [
      'of the access settings',
      'url: https://windlass.example\n',
      'SETTINGS_SYNTAX',
      (file) => settingsProblems(loadAccess(file))
    ],
    ['of hooks', 'hooks: []\n', 'SETTINGS_SYNTAX', (file) => settingsProblems(loadHooks(file, {}))]
  ]
  for (const [kind, text, code, problemsOf] of kinds) {
    for (const [title, bytesOf, told] of cases) {
      test(`${kind} that is or has ${title} is ${told ? 'refused at its place' : 'read'}`, async () => {
        const file = join(folder, 'file.yaml')
        await writeFile(file, bytesOf(text))
        const problems = await problemsOf(file)
        if (!told) return assert.deepEqual(problems, [])
        const [wrong, line, column] = told
        assert.deepEqual(problems.map(({ code }) => code), [code])
        assert.match(problems[0]?.message ?? '', wrong)
        assert.deepEqual([problems[0]?.line, problems[0]?.column], [line, column])
      })
    }
  }

  test('whose escapes stand for U+0000 or half a surrogate pair is refused at their place', () => {
    for (const escape of ['\\0', '\\x00', '\\u0000', '\\ud83d', '\\udc00', '\\ud83d\\ud83d']) {
      for (const text of [`a: 1\nb: "x${escape}y"\n`, `a: 1\nb: ["x${escape}y"]\n`]) {
        const [problem, ...others] = parseYaml(text, 'file.yaml').problems
        assert.deepEqual(others, [])
        assert.match(problem?.message ?? '', /escape that stands for U\+0000 or half/, text)
        assert.equal(problem?.line, 2)
      }
      const key = parseYaml(`a: 1\n"x${escape}y": 1\n`, 'file.yaml').problems
      assert.deepEqual(key.map(({ line, column }) => [line, column]), [[2, 1]], escape)
    }
    assert.deepEqual(parseYaml('a: "\\ud83d\\ude80 \\U0001F680 \\t"\n', 'file.yaml').problems, [])
  })
})
