/** A secret is found in every form in which a text may write it. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { Redactor, redacted } from '../../../automation/redaction/redactor.ts'

const base64 = (text: string | Buffer): string => Buffer.from(text).toString('base64')
const hex = (text: string): string => Buffer.from(text).toString('hex')
const wrapped = (text: string, width: number): string =>
  text.replaceAll(new RegExp(`.{${width}}`, 'g'), '$&\n')
/** Every character as `one` writes it. */
const each = (text: string, one: (code: number) => string): string =>
  [...text].map((character) => one(character.codePointAt(0) ?? 0)).join('')
const bytes = (text: string, one: (byte: string) => string): string =>
  [...Buffer.from(text)].map((byte) => one(byte.toString(16).padStart(2, '0'))).join('')
const unit = (text: string): string =>
  text.split('').map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')

/** Forms of a text, by name. */
const forms: Record<string, (text: string) => string> = {
  'as it is': (text) => text,
  'percent-encoded': encodeURIComponent,
  'percent-encoded in lower case': (text) =>
    encodeURIComponent(text).replaceAll(/%../g, (escape) => escape.toLowerCase()),
  'percent-encoded in part': encodeURI,
  'percent-encoded as a whole': (text) => bytes(text, (byte) => `%${byte}`),
  'percent-encoded twice': (text) => encodeURIComponent(encodeURIComponent(text)),
  'form-encoded': (text) => new URLSearchParams({ a: text }).toString().slice(2),
  'escape() of JavaScript': (text) => escape(text),
  base64,
  'base64 for URLs': (text) => Buffer.from(text).toString('base64url'),
  'base64 without padding': (text) => base64(text).replace(/=+$/, ''),
  'base64 one byte on': (text) => base64(`x${text}`),
  'base64 two bytes on': (text) => base64(`xy${text}zzzz`),
  'base64 in lines of 64': (text) => wrapped(base64(`${text}${'x'.repeat(90)}`), 64),
  'base64 in lines of 76': (text) => wrapped(base64(`${'x'.repeat(70)}${text}`), 76),
  'base64 in a JSON text with escaped lines': (text) =>
    JSON.stringify(wrapped(base64(`${'x'.repeat(50)}${text}`), 64)),
  'base64 behind a path': (text) => `/v1/secrets/${base64(text)}`,
  'basic authentication': (text) => `Basic ${base64(`somebody:${text}`)}`,
  'UTF-16 in base64, as PowerShell has it': (text) => base64(Buffer.from(text, 'utf16le')),
  hex,
  'hex in upper case': (text) => hex(text).toUpperCase(),
  'hex with colons': (text) => bytes(text, (byte) => `${byte}:`),
  'hex with blanks': (text) => bytes(text, (byte) => `${byte} `),
  'hex with backslashes': (text) => bytes(text, (byte) => `\\x${byte}`),
  'hex with prefixes': (text) => bytes(text, (byte) => `0x${byte}, `),
  'octal, as shells print bytes': (text) =>
    [...Buffer.from(text)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join(''),
  'a list of numbers, as Go prints bytes': (text) => `[${[...Buffer.from(text)].join(' ')}]`,
  'a Buffer in JSON': (text) => JSON.stringify(Buffer.from(text)),
  'HTML with names': (text) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll("'", '&apos;'),
  'HTML with numbers': (text) => each(text, (code) => `&#${code};`),
  'HTML with hexadecimal numbers': (text) => each(text, (code) => `&#x${code.toString(16)};`),
  'JSON': (text) => JSON.stringify(text),
  'JSON with escaped slashes': (text) => JSON.stringify(text).replaceAll('/', '\\/'),
  'JSON with all characters escaped': (text) => `"${unit(text)}"`,
  'JSON in JSON': (text) => JSON.stringify({ body: JSON.stringify({ text }) }),
  'Go with %q and its bytes': (text) =>
    `"${
      each(text, (code) =>
        code > 0x7e
          ? bytes(String.fromCodePoint(code), (byte) => `\\x${byte}`)
          : code === 34 || code === 92
          ? `\\${String.fromCodePoint(code)}`
          : String.fromCodePoint(code))
    }"`,
  'a shell with single quotes': (text) => `'${text.replaceAll("'", "'\\''")}'`,
  'a shell with double quotes': (text) => `"${text.replaceAll(/[\\"$`]/g, '\\$&')}"`,
  'a shell with backslashes': (text) => text.replaceAll(/[^\w\n]/gu, '\\$&'),
  'YAML with single quotes': (text) => `'${text.replaceAll("'", "''")}'`
}

/** Secrets with what each form has to escape. */
const secrets = [
  'p@ss w0rd/with+all=signs&more',
  'it\'s "quoted" \\ and <tagged>',
  'gr\u00fc\u00dfe-\u4e16\u754c-\ud83d\ude80-1234',
  'hunter2-hunter2',
  'https://hooks.example.com/services/T000/B000/XXXXyyyyZZZZ1234',
  '%41%42&amp;\\u0041\\n+ +x'
]

/** Says that a secret of eight characters or more is shown by the text. */
function shown (text: string, secret: string): string | undefined {
  return Array.from({ length: Math.max(0, secret.length - 7) }, (_, at) => secret.slice(at, at + 8))
    .find((piece) => text.includes(piece))
}

/**
 * Holds what is left of a written secret to what its form writes around it. A form in groups mixes
 * up to three characters with what is around, each of which an outer form may write as twelve.
 */
function checkLeft (text: string, form: (text: string) => string, around: number): void {
  const left = text.replaceAll(redacted, '')
  const most = around + form('').length + 36
  assert.ok(text.includes(redacted), text)
  assert.ok(left.length <= most, `${left.length} characters are left, expected at most ${most}: ${text}`)
}

suite('secrets in any form', () => {
  for (const [name, form] of Object.entries(forms)) {
    test(`a secret is taken out in the form: ${name}`, () => {
      for (const secret of secrets) {
        const redactor = new Redactor()
        redactor.learn(secret)
        const text = redactor.text(`before ${form(secret)} after`)
        assert.ok(text.startsWith('before ') && text.endsWith(' after'), text)
        checkLeft(text, form, 'before  after'.length)
        assert.equal(shown(text, secret), undefined, text)
      }
    })
  }

  test('a secret in any two forms, in each other and in any text, is taken out', () => {
    const texts = fc.string({ maxLength: 30 })
    const anyForm = fc.constantFrom(...Object.values(forms))
    const anySecret = fc.string({ minLength: 50, maxLength: 80, unit: 'grapheme' }).map((text) => text.trim())
    fc.assert(
      fc.property(anySecret, anyForm, anyForm, texts, texts, (secret, inner, outer, before, after) => {
        fc.pre(secret.length >= 40)
        const redactor = new Redactor()
        redactor.learn(secret)
        const text = redactor.text(`${before} ${outer(inner(secret))} ${after}`)
        checkLeft(text, (secret) => outer(inner(secret)), before.length + after.length + 2)
      }),
      { seed: 20261130, numRuns: 500 }
    )
  })
})
