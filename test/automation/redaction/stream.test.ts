/** Secrets in the pieces of a stream, and the work that a search is. */
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { suite, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { Redactor, redacted } from '../../../automation/redaction/redactor.ts'

/** What a reader of all pieces sees of a secret: pieces of it of eight characters or more. */
function leaks (pieces: readonly string[], secret: string): string[] {
  const text = pieces.join('').replaceAll(/\s/g, '')
  return Array.from({ length: Math.max(0, secret.length - 7) }, (_, at) => secret.slice(at, at + 8))
    .filter((piece) => text.includes(piece))
}

suite('secrets in a stream', () => {
  const secrets = [
    'hunter2-hunter2',
    'correct-horse-battery-staple',
    'O+QPj2ni/4w+Zr8sKq1T',
    'a+b+c+d+E1f2g3'
  ]

  test('a secret that is split over two pieces anywhere is taken out of both', () => {
    for (const secret of secrets) {
      for (let at = 1; at < secret.length; at++) {
        const redactor = new Redactor()
        redactor.learn(secret)
        const first = redactor.piece('a', `it is ${secret.slice(0, at)}`)
        const second = redactor.piece('a', `${secret.slice(at)} and ends`)
        assert.ok(second.endsWith(' and ends'), second)
        assert.deepEqual(leaks([first, second], secret), [], `${first}|${second}`)
      }
    }
  })

  test('a key that is printed line by line, or character by character, is taken out', () => {
    const key = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
      .export({ type: 'pkcs8', format: 'pem' }).toString()
    for (const pieces of [key.split(/(?<=\n)/), [...key], key.match(/[^]{1,50}/g) ?? []]) {
      const redactor = new Redactor()
      redactor.learn(key)
      const body = key.split('\n').filter((line) => !line.startsWith('-----')).join('')
      const told = pieces.map((piece) => redactor.piece('a', piece))
      assert.deepEqual(leaks(told, body), [], told.join('|'))
      const last = key.trim().split('\n').at(-2) ?? ''
      assert.ok(!told.join('').includes(last), told.join('|'))
    }
  })

  test('pieces of other streams are not taken together, and words at an end stay', () => {
    const redactor = new Redactor()
    redactor.learn('correct-horse-battery-staple')
    assert.equal(redactor.piece('a', 'it is correct'), 'it is correct')
    assert.equal(redactor.piece('b', '-horse-battery'), '-horse-battery')
    assert.equal(redactor.piece('a', ' as it was'), ' as it was')
  })
})

suite('the work of a search', () => {
  // Of a length that base64 needs no padding for: many of them are one row of digits.
  const gzip = ['a', 'ab', 'abc'].map((text) => gzipSync(text)).find(({ length }) => length % 3 === 0) ??
    Buffer.from('')

  function steps (text: string, secrets: number): number {
    const redactor = new Redactor()
    for (let index = 0; index < secrets; index++) redactor.learn(`secret-${index * 7919}-${index}`)
    return redactor.find(text).steps
  }

  test('twice the text is about twice the work, whatever the text is', () => {
    const texts = [
      'The quick brown fox jumps over 0123456789abcdef. ',
      'A',
      '%25',
      '\\\\',
      '&amp;',
      'secret-',
      'secret-7919-',
      '[1,2,3,4,5,6,7,8]',
      Buffer.from('%2541secret-').toString('base64'),
      // One or more for each reader: what begins it again and again, and ends it as often or never.
      ...[
        'MFRGGZDF',
        'mfrggzdfmztwq ',
        '0123456789ABCDEFGHIJKLMNOPQRSTUV\n',
        'abcd-',
        'ab-cd-ef-gh ',
        '0x68, '
      ],
      ...['104 117 110 ', '7,', '150\n', '=41', '=\n', '=3D=0A=', '0000: 68 ', '00000010  6162 6364  ab|\n'],
      ...['H4sI', 'H4sI.', '1f8b08', 'H4sI\\n', gzip.toString('base64'), gzip.toString('hex')],
      ...['\u200b', 'a\u202e', '\u001b[', '\u001b[1;', '\u001b]8;;', '\u001b]8;;\u0007', '\u{e0041}']
    ]
    for (const part of texts) {
      const half = part.repeat(Math.ceil(32_768 / part.length))
      const once = steps(half, 50)
      const twice = steps(half + half, 50)
      assert.ok(twice <= 2.2 * once, `${part}: ${once} steps, then ${twice}`)
      // Views in views: four places for base64 to begin, three deep, escapes read six times.
      assert.ok(once <= 600 * half.length, `${part}: ${once / half.length} steps a character`)
    }
  })

  test('a MiB is searched for 500 secrets in as many steps as for one', () => {
    const text = 'The quick brown fox jumps over 13 lazy dogs; nothing was created. '.repeat(16_384)
    assert.ok(text.length > 1_000_000)
    assert.ok(steps(text, 500) <= 1.05 * steps(text, 1))
  })

  test('a secret in a large text is found in base64 of base64', () => {
    const redactor = new Redactor()
    redactor.learn('hunter2-hunter2')
    const inner = Buffer.from(`${'x'.repeat(500)}hunter2-hunter2`).toString('base64')
    const text = redactor.text(`${'word '.repeat(10_000)}${Buffer.from(inner).toString('base64')}`)
    assert.ok(text.includes(redacted))
  })
})
