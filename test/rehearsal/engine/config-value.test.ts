// Values of a configuration, as pulumi's `sdk/go/common/resource/config/object.go` treats them.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import {
  type Setting,
  coerced,
  hasSecrets,
  recrypted,
  settingAt,
  settingJson,
  shownSetting,
  topLevel,
  withSetting,
  withoutSetting
} from '../../../rehearsal/engine/stack/config-value.ts'
import { type PropertyPath } from '../../../rehearsal/engine/values/property-path.ts'

/** A cipher that can be read: `k` is encrypted as `<k>`. */
const decrypt = (text: string): string => text.slice(1, -1)
const hidden = (text: string): Setting => ({ secure: `<${text}>` })

suite('a value of the configuration', () => {
  test('that is set inside an object becomes what its text says', () => {
    const cases: [text: string, value: Setting][] = [
      ['true', true],
      ['false', false],
      ['True', 'True'],
      ['10', 10],
      ['0', 0],
      ['-7', -7],
      ['+7', 7],
      ['007', '007'],
      ['1.5', '1.5'],
      ['', ''],
      ['9007199254740993', 9007199254740993n],
      ['18446744073709551615', 18446744073709551615n],
      ['18446744073709551616', '18446744073709551616'],
      ['-9223372036854775809', '-9223372036854775809']
    ]
    for (const [text, value] of cases) assert.deepEqual(coerced(text), value, text)
  })

  test('is set at a path, in what is there or in what the path needs', () => {
    const cases: [value: Setting | undefined, path: PropertyPath, result: Setting | RegExp][] = [
      [undefined, [], 'new'],
      [undefined, ['a'], { a: 'new' }],
      [undefined, ['a', 0], { a: ['new'] }],
      [{ a: 1, b: 2 }, ['a'], { a: 'new', b: 2 }],
      [['x'], [0], ['new']],
      [['x'], [1], ['x', 'new']],
      // What was a text or a secret as a whole gives way.
      ['text', ['a'], { a: 'new' }],
      [hidden('x'), ['a'], { a: 'new' }],
      [{ a: null }, ['a', 'b'], { a: { b: 'new' } }],
      [['x'], [2], /array index out of range/],
      [['x'], ['a'], /key for an array must be an int/],
      [{ a: 1 }, [0], /key for a map must be a string/],
      [{ a: 1 }, ['a', 'b'], /expected a map/],
      [{ a: 1 }, ['a', 0], /expected an array/],
      [{ a: {} }, ['a', 'secure'], /maps with the single key "secure" are reserved/],
      [{ a: { b: 1 } }, ['a', 'secure'], { a: { b: 1, secure: 'new' } }]
    ]
    for (const [value, path, result] of cases) {
      const before = JSON.stringify(value)
      const set = (): Setting => withSetting(value, path, 'new', ['key'])
      if (result instanceof RegExp) assert.throws(set, result)
      else assert.deepEqual(set(), result)
      assert.equal(JSON.stringify(value), before, 'the value itself is never changed')
    }
  })

  test('is removed at a path, and stays where there is nothing', () => {
    const cases: [value: Setting, path: PropertyPath, result: Setting | RegExp][] = [
      [{ a: 1, b: 2 }, ['a'], { b: 2 }],
      [{ a: { b: 1, c: 2 } }, ['a', 'b'], { a: { c: 2 } }],
      [[1, 2, 3], [1], [1, 3]],
      [[1], [5], [1]],
      [{ a: 1 }, ['b', 'c'], { a: 1 }],
      ['text', ['a'], 'text'],
      [hidden('x'), ['secure'], hidden('x')],
      [{ a: 1, secure: 'x' }, ['a'], /reserved/]
    ]
    for (const [value, path, result] of cases) {
      const remove = (): Setting => withoutSetting(value, path)
      if (result instanceof RegExp) assert.throws(remove, result)
      else assert.deepEqual(remove(), result)
    }
  })

  test('is found at a path, but not inside a secret', () => {
    const value: Setting = { a: [{ b: 'x' }], s: hidden('y') }
    assert.equal(settingAt(value, ['a', 0, 'b']), 'x')
    assert.equal(settingAt(value, ['a', '0']), undefined)
    assert.equal(settingAt(value, ['s', 'secure']), undefined)
    assert.deepEqual(settingAt(value, ['s']), hidden('y'))
  })

  test('is shown with its secrets, which are known wherever they are', () => {
    const nested: Setting = { b: [hidden('k')], a: 9007199254740993n }
    assert.ok(hasSecrets(nested))
    assert.ok(!hasSecrets({ secure: 'x', other: 1 }), 'a map with more than that key is a map')
    assert.deepEqual(shownSetting('plain', decrypt), { value: 'plain', secret: false })
    assert.deepEqual(shownSetting(hidden('k'), decrypt), { value: 'k', secret: true })
    assert.equal(shownSetting(nested, decrypt).value, '{"a":9007199254740993,"b":["k"]}')
    assert.deepEqual(shownSetting({ b: [hidden('k')] }, decrypt), {
      value: '{"b":["k"]}',
      secret: true,
      objectValue: { b: ['k'] }
    })
    assert.deepEqual(recrypted({ b: hidden('k') }, decrypt, (text) => `(${text})`), { b: { secure: '(k)' } })
  })

  test('is written with its keys in order, and as a text at the top of a file', () => {
    assert.equal(
      settingJson({ b: null, a: [true, { d: 1, c: 'x' }] }),
      '{"a":[true,{"c":"x","d":1}],"b":null}'
    )
    assert.deepEqual([topLevel(true), topLevel(5), topLevel('x'), topLevel({ a: 1 })], ['true', '5', 'x', {
      a: 1
    }])
  })
})
