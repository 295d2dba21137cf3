/** The gate for texts from outside: what can be stored, cut, shown and read. */
import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { cutText, headOf, toldCut } from '../../contract/text/cut.ts'
import { faultIn, mostLevels, storableValue } from '../../contract/text/json-walk.ts'
import { linesOf } from '../../contract/text/lines.ts'
import { isStorable, madeStorable } from '../../contract/text/storable.ts'
import { readUtf8 } from '../../contract/text/utf8.ts'
import { visibleJson, visibleLine, visibleText } from '../../contract/text/visible.ts'
import {
  hidingTexts,
  hostileJson,
  hostileText,
  hostileTexts,
  longTexts,
  nested,
  unstorableTexts
} from '../fixtures/hostile-text.ts'

/** What may stand nowhere in a line that people read; a joiner and a selector have uses. */
const acting =
  /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\u061c\u2060\ufeff\u00ad\u3164\u{e0000}-\u{e007f}]/u

suite('texts that are stored', () => {
  test('are themselves when they can be, and carry a mark for each part that cannot', () => {
    for (const text of Object.values(unstorableTexts)) {
      const made = madeStorable(text)
      assert.ok(!isStorable(text) && isStorable(made), text)
      assert.match(made, /[\u2400\ufffd]/)
      assert.equal(made.length, text.length)
    }
    fc.assert(fc.property(hostileText, (text) => {
      const made = madeStorable(text)
      return isStorable(made) && (made === text) === isStorable(text) && madeStorable(made) === made
    }))
  })

  test('are cut between characters, within the bound, and say so', () => {
    for (const text of [...hostileTexts, ...Object.values(longTexts)]) {
      for (const most of [0, 1, 2, 3, 11, 300, 8_000]) {
        const cut = cutText(text, most)
        assert.ok(isStorable(cut))
        assert.ok(cut.length <= Math.max(1, most), `${cut.length} of ${most}`)
        assert.equal(cut.endsWith('…'), text.length > most)
        assert.ok(madeStorable(text).startsWith(headOf(text, most)))
      }
    }
    fc.assert(fc.property(hostileText, fc.nat(60), (text, most) => isStorable(headOf(text, most))))
  })

  test('keep an emoji, a flag and an accent whole at the cut', () => {
    assert.equal(cutText('👩‍👩‍👧‍👦'.repeat(3), 20), '👩‍👩‍👧‍👦…')
    assert.equal(cutText('🇩🇪'.repeat(3), 8), '🇩🇪…')
    assert.equal(cutText('abe\u0301f', 4), 'ab…')
    assert.equal(toldCut(`x${'🚀'.repeat(5)}`, 4), 'x🚀… (8 characters cut)')
  })

  test('are cut by looking at what lies near the cut, however long they are', () => {
    const lookedAt: number[] = []
    for (const length of [10_000, 20_000]) {
      const text = 'e\u0301'.repeat(length)
      let most = 0
      // As much of a text as is needed to cut one.
      const watched = {
        length: text.length,
        slice: (from: number, to: number) => {
          most = Math.max(most, to - from)
          return text.slice(from, to)
        }
      } as unknown as string
      headOf(watched, 100)
      lookedAt.push(most)
    }
    assert.equal(lookedAt[0], lookedAt[1])
  })
})

suite('JSON values that are stored', () => {
  test('are made storable in values and keys, and equal otherwise', () => {
    fc.assert(fc.property(hostileJson, (value) => {
      const made = storableValue(value)
      assert.equal(faultIn(made), undefined)
      if (faultIn(value) === undefined) assert.equal(made, value)
      // What PostgreSQL refuses in JSON.
      assert.doesNotMatch(JSON.stringify(made).replaceAll('\\\\', ''), /\\u0000|\\u[dD][89a-fA-F]/)
    }))
  })

  test('keep dates, a field named __proto__ and the order of their fields', () => {
    const value = JSON.parse('{"b":"\\u0000","__proto__":{"x":1},"a":[1,null]}') as object
    assert.equal(JSON.stringify(storableValue(value)), '{"b":"\u2400","__proto__":{"x":1},"a":[1,null]}')
    const at = new Date(0)
    assert.deepEqual(
      JSON.stringify(storableValue({ at, bad: '\ud800' })),
      '{"at":"1970-01-01T00:00:00.000Z","bad":"\ufffd"}'
    )
  })

  test('end at a depth that no reader overflows at, and name the place', () => {
    for (const levels of [mostLevels, mostLevels + 1, 5_000, 200_000]) {
      const value = { list: [1, nested(levels - 2)] }
      assert.deepEqual(faultIn(value) === undefined, levels <= mostLevels, String(levels))
      assert.ok(JSON.stringify(storableValue(value)).includes('nested deeper') === levels > mostLevels)
    }
    assert.deepEqual(faultIn({ a: [1, { 'b\u0000': 1 }] }), { path: ['a', 1], wrong: 'key' })
    assert.deepEqual(faultIn({ a: [1, { b: '\ud800' }], c: '\u0000' }), {
      path: ['a', 1, 'b'],
      wrong: 'text'
    })
  })

  test('are looked at once: twice the parts are twice the reads', () => {
    const readsOf = (items: number): number => {
      let reads = 0
      faultIn(
        new Proxy(Array.from({ length: items }, () => 'x'), {
          get: (target, name, receiver) => {
            if (typeof name === 'string' && /^\d+$/.test(name)) reads++
            return Reflect.get(target, name, receiver) as unknown
          }
        })
      )
      return reads
    }
    assert.deepEqual([readsOf(1_000), readsOf(2_000)], [1_000, 2_000])
  })
})

suite('texts that are shown', () => {
  test('stay on their line and in their order', () => {
    for (const text of Object.values(hidingTexts)) {
      assert.doesNotMatch(visibleLine(text), acting)
      assert.match(visibleLine(text), /\\(u\{[0-9a-f]+\}|[nrt])/)
    }
    fc.assert(fc.property(hostileText, (text) => {
      const line = visibleLine(text)
      return !acting.test(line) && visibleLine(line) === line
    }))
    assert.equal(visibleLine('a\nb\u202ec\u001bd'), String.raw`a\nb\u{202e}c\u{1b}d`)
    assert.equal(visibleText('a\n\tb\rc'), 'a\n\tb\\rc')
  })

  test('keep what has a use: emoji, ideographs with variants, words of scripts that join', () => {
    for (
      const text of ['👩‍👩‍👧‍👦 ❤️ 👍🏽', '葛\u{e0100}飾', 'نمی\u200cخواهم', 'क्\u200dष', 'Größe, 100 €']
    ) {
      assert.equal(visibleLine(text), text)
    }
    // A joiner or selector anywhere else hides something.
    assert.equal(visibleLine('ad\u200dmin\ufe0f\u{e0101}'), String.raw`ad\u{200d}min\u{fe0f}\u{e0101}`)
  })

  test('are the same value as JSON', () => {
    fc.assert(fc.property(hostileJson, (value) => {
      const json = visibleJson(JSON.stringify(value, null, 2))
      assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify(value)))
      assert.doesNotMatch(json.replaceAll('\n', ''), acting)
    }))
  })
})

suite('bytes that are text', () => {
  const cases: [
    title: string,
    bytes: Uint8Array,
    expected: string | [wrong: RegExp, line: number, column: number]
  ][] = [
    ['UTF-8', Buffer.from('Größe 🚀'), 'Größe 🚀'],
    ['UTF-8 with its mark', Buffer.from('\ufeffname: a'), 'name: a'],
    ['nothing', Buffer.alloc(0), ''],
    ['Latin-1', Buffer.from('a: b\nc: Größe', 'latin1'), [/0xf6/, 2, 6]],
    ['UTF-16, little end first', Buffer.from('\ufeffa', 'utf16le'), [/is UTF-16, has to be UTF-8/, 1, 1]],
    ['UTF-16, big end first', Buffer.from('\ufeffa', 'utf16le').swap16(), [/is UTF-16/, 1, 1]],
    ['UTF-32, little end first', Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), [/is UTF-32/, 1, 1]],
    ['UTF-32, big end first', Buffer.from([0, 0, 0xfe, 0xff, 0, 0, 0, 0x61]), [/is UTF-32/, 1, 1]],
    ['a surrogate as bytes', Buffer.from([0x61, 0xed, 0xa0, 0x80]), [/0xed/, 1, 2]],
    ['a longer form than needed', Buffer.from([0x61, 0x0a, 0xc0, 0x80]), [/0xc0/, 2, 1]],
    ['more than Unicode has', Buffer.from([0xf4, 0x90, 0x80, 0x80]), [/0xf4/, 1, 1]],
    ['half a character at the end', Buffer.from('aö').subarray(0, 2), [/0xc3/, 1, 2]]
  ]
  for (const [title, bytes, expected] of cases) {
    test(`${title} is ${typeof expected === 'string' ? 'read' : 'refused with its place'}`, () => {
      const read = readUtf8(bytes)
      if (typeof expected === 'string') return assert.deepEqual(read, { text: expected })
      assert.ok('wrong' in read)
      assert.match(read.wrong, expected[0])
      assert.deepEqual([read.line, read.column], expected.slice(1))
    })
  }

  test('have a first wrong byte where the decoder of the platform has it', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 24 }), (bytes) => {
      const read = readUtf8(bytes)
      const shown = new TextDecoder().decode(bytes)
      if ('text' in read) return read.text === shown
      return /UTF-(16|32)/.test(read.wrong) ||
        new TextDecoder().decode(bytes.subarray(0, read.offset)) ===
          new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, read.offset))
    }))
  })
})

test('lines end at line feeds alone, however the text comes in pieces', async () => {
  const unit = fc.constantFrom('a', '"', '\n', '\u2028', '\u2029', '\r', '🚀')
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit, maxLength: 8 })), async (pieces) => {
      const lines: string[] = []
      for await (const line of linesOf(Readable.from(pieces))) lines.push(line)
      assert.equal(lines.join('\n'), pieces.join('').replace(/\n$/, ''))
      assert.ok(lines.every((line) => !line.includes('\n')))
    }),
    { seed: 12, numRuns: 200 }
  )
})
