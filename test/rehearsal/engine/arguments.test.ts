import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseArguments } from '../../../rehearsal/engine/arguments.ts'

describe('command lines', () => {
  test('are read as the Automation API writes them', () => {
    const args = parseArguments([
      'up',
      '--yes',
      '--skip-preview',
      '--parallel',
      '4',
      '--target',
      'a',
      '--target',
      'b',
      '--client=127.0.0.1:1',
      '--stack',
      'dev',
      '--non-interactive'
    ])
    assert.equal(args.command, 'up')
    assert.equal(args.number('parallel'), 4)
    assert.deepEqual(args.list('target'), ['a', 'b'])
    assert.equal(args.value('client'), '127.0.0.1:1')
    assert.equal(args.value('stack'), 'dev')
  })

  test('keep a value that looks like a flag after --', () => {
    const args = parseArguments([
      'config',
      'set',
      'key',
      '--stack',
      'dev',
      '--secret',
      '--non-interactive',
      '--',
      '--value'
    ])
    assert.equal(args.command, 'config set')
    assert.deepEqual(args.positional, ['key', '--value'])
    assert.ok(args.has('secret'))
  })

  test('take pairs for config set-all', () => {
    const args = parseArguments([
      'config',
      'set-all',
      '--stack',
      'dev',
      '--plaintext',
      'a=1',
      '--secret',
      'b=2',
      '--plaintext',
      'c=3'
    ])
    assert.deepEqual(args.list('plaintext'), ['a=1', 'c=3'])
    assert.deepEqual(args.list('secret'), ['b=2'])
  })

  test('begin with commands of one to three words, also by their other names', () => {
    const lines = [['stack', 'ls'], ['stack', 'list', '--json'], ['config', 'env', 'add', 'e'], [
      'state',
      'mv'
    ]]
    assert.deepEqual(lines.map((line) => parseArguments(line).command), [
      'stack ls',
      'stack ls',
      'config env add',
      'state mv'
    ])
    assert.deepEqual(parseArguments(['config', 'remove', 'key']).positional, ['key'])
  })

  test('are refused by name where the engine would do something else than asked', () => {
    assert.throws(() => parseArguments(['up', '--attach-debugger']), {
      code: 'RHE_UNSUPPORTED',
      message: /--attach-debugger/
    })
    assert.throws(() => parseArguments(['up', '--remote-git-branch', 'main']), { code: 'RHE_UNSUPPORTED' })
    assert.throws(() => parseArguments(['up', '--frobnicate']), {
      code: 'RHE_ARGUMENT',
      message: /--frobnicate/
    })
    assert.throws(() => parseArguments(['up', '--parallel', 'many']).number('parallel'), {
      code: 'RHE_ARGUMENT'
    })
  })
})
