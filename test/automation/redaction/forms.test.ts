/** A secret is found in every form in which a text may write it. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { gzipSync } from 'node:zlib'
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

const base32Alphabets = ['ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', '0123456789ABCDEFGHIJKLMNOPQRSTUV'] as const
/** RFC 4648, sections 6 and 7, without padding. */
const base32 = (text: string, alphabet: string = base32Alphabets[0]): string =>
  [...Buffer.from(text)].map((byte) => byte.toString(2).padStart(8, '0')).join('').match(/.{1,5}/g)
    ?.map((bits) => alphabet[Number.parseInt(bits.padEnd(5, '0'), 2)]).join('') ?? ''
const padded = (text: string): string => text.padEnd(Math.ceil(text.length / 8) * 8, '=')
/** The text with something behind every so many characters, of which none is torn. */
const cutBy = (text: string, width: number, what: string): string =>
  text.match(new RegExp(`.{1,${width}}`, 'gsu'))?.join(what) ?? ''
/** RFC 2045, section 6.7: lines of 76 characters. */
const quotedPrintable = (text: string): string =>
  [...Buffer.from(text)].map((byte) =>
    byte > 0x20 && byte < 0x7f && byte !== 0x3d
      ? String.fromCharCode(byte)
      : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
  ).join('').replaceAll(/((?:=..|[^=]){70,72})(?=.)/g, '$1=\r\n')
const inRows = (text: string, row: (bytes: Buffer, at: number, shown: string) => string): string => {
  const all = Buffer.from(text)
  return Array.from({ length: Math.ceil(all.length / 16) }, (_, index) => {
    const part = all.subarray(index * 16, index * 16 + 16)
    return row(part, index * 16, part.toString('latin1').replaceAll(/[^\x20-\x7e]/g, '.'))
  }).join('\n')
}
const xxd = (text: string): string =>
  inRows(text, (part, at, shown) => {
    const groups = part.toString('hex').match(/.{1,4}/g)?.join(' ') ?? ''
    return `${at.toString(16).padStart(8, '0')}: ${groups.padEnd(39)}  ${shown}`
  })
const hexdump = (text: string): string =>
  inRows(text, (part, at, shown) => {
    const pairs = part.toString('hex').match(/../g) ?? []
    const columns = `${pairs.slice(0, 8).join(' ').padEnd(23)}  ${pairs.slice(8).join(' ').padEnd(23)}`
    return `${at.toString(16).padStart(8, '0')}  ${columns}  |${shown}|`
  })
const od = (text: string): string =>
  inRows(
    text,
    (part, at) => `${at.toString(8).padStart(7, '0')} ${part.toString('hex').match(/../g)?.join(' ') ?? ''}`
  )

/**
 * Spellings of the same characters, and what readers of a wrong encoding make of them; with what is
 * found in no other form, because its escapes are read at once with those that they cut.
 */
const spellings: Record<string, (text: string) => string> = {
  'cut by colors in JSON': (text) => JSON.stringify(cutBy(text, 3, '\u001b[31m')),
  'composed': (text) => text.normalize('NFC'),
  'decomposed': (text) => text.normalize('NFD'),
  'UTF-8 read as Latin-1': (text) => Buffer.from(text).toString('latin1'),
  'UTF-8 read as Windows-1252': (text) => new TextDecoder('windows-1252').decode(Buffer.from(text)),
  'UTF-8 read as Latin-1, decomposed before': (text) => Buffer.from(text.normalize('NFD')).toString('latin1')
}

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
  'YAML with single quotes': (text) => `'${text.replaceAll("'", "''")}'`,
  'base32': (text) => padded(base32(text)),
  'base32 without padding, in lower case': (text) => base32(text).toLowerCase(),
  'base32 behind other bytes': (text) => base32(`xyz${text}`),
  'base32 with the extended hex alphabet': (text) => padded(base32(text, base32Alphabets[1])),
  'base32 in lines': (text) => wrapped(base32(text), 16),
  'gzip in base64': (text) => base64(gzipSync(text)),
  'gzip in base64 for URLs': (text) => gzipSync(text).toString('base64url'),
  'gzip in hex': (text) => gzipSync(text).toString('hex'),
  'gzip in base64 in lines': (text) => wrapped(base64(gzipSync(text)), 20),
  'quoted-printable': quotedPrintable,
  'a list of numbers with blanks': (text) => [...Buffer.from(text)].join(' '),
  'a list of numbers with commas': (text) => [...Buffer.from(text)].join(', '),
  'a list of numbers, one a line': (text) => [...Buffer.from(text)].join('\n'),
  'a list of octal numbers': (text) =>
    [...Buffer.from(text)].map((byte) => byte.toString(8).padStart(3, '0')).join(' '),
  'base64 cut by dashes': (text) => cutBy(base64(text), 4, '-'),
  'base64 cut by line breaks': (text) => cutBy(base64(text), 5, '\n'),
  'a dump of xxd': xxd,
  'a dump of hexdump': hexdump,
  'a dump of od': od,
  'cut by zero-width characters': (text) => cutBy(text, 2, '\u200b\u2060'),
  'cut by bidirectional marks and soft hyphens': (text) => cutBy(text, 3, '\u202e\u00ad\ufeff'),
  'cut by colors of a terminal': (text) => cutBy(text, 2, '\u001b[1;31m\u001b[0m'),
  'cut by a link of a terminal': (text) => cutBy(text, 4, '\u001b]8;;https://example.com\u0007')
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
function checkLeft (text: string, form: (text: string) => string, around: number, about: string): void {
  const left = text.replaceAll(redacted, '')
  // Base32 has groups of eight.
  const most = around + form('').length + (about.includes('base32') ? 84 : 36)
  assert.ok(text.includes(redacted), text)
  assert.ok(left.length <= most, `${left.length} characters are left, expected at most ${most}: ${text}`)
}

suite('secrets in any form', () => {
  for (const [name, form] of Object.entries({ ...forms, ...spellings })) {
    test(`a secret is taken out in the form: ${name}`, () => {
      for (const secret of secrets) {
        const redactor = new Redactor()
        redactor.learn(secret)
        const text = redactor.text(`before ${form(secret)} after`)
        assert.ok(text.startsWith('before ') && text.endsWith(' after'), text)
        checkLeft(text, form, 'before  after'.length, name)
        assert.equal(shown(text, secret), undefined, text)
      }
    })
  }

  test('a secret in any two forms, in each other and in any text, is taken out', () => {
    const texts = fc.string({ maxLength: 30 })
    const anyForm = fc.constantFrom(...Object.entries(forms))
    const anyWriting = fc.constantFrom(...Object.entries(forms), ...Object.entries(spellings))
    const anySecret = fc.string({ minLength: 50, maxLength: 80, unit: 'grapheme' }).map((text) => text.trim())
    fc.assert(
      fc.property(
        anySecret,
        anyWriting,
        anyForm,
        texts,
        texts,
        (secret, [first, inner], [second, outer], before, after) => {
          fc.pre(secret.length >= 40)
          const redactor = new Redactor()
          redactor.learn(secret)
          const text = redactor.text(`${before} ${outer(inner(secret))} ${after}`)
          checkLeft(
            text,
            (secret) => outer(inner(secret)),
            before.length + after.length + 2,
            `${first}, ${second}`
          )
        }
      ),
      { seed: 20261130, numRuns: 250 }
    )
  })
})
