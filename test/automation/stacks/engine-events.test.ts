import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type EngineEvent } from '@pulumi/pulumi/automation/index.js'
import { Redactor } from '../../../automation/redaction/redactor.ts'
import { EventTranslator } from '../../../automation/stacks/engine-events.ts'
import { ofType } from '../../../contract/event.ts'

const urn = 'urn:pulumi:s::windlass::aws:ec2/vpc:Vpc::main'

/** The event that the engine sends when a resource's step has ended. */
function ended (op: string, metadata: Record<string, unknown>): EngineEvent {
  return {
    sequence: 1,
    timestamp: 0,
    resOutputsEvent: { metadata: { op, urn, type: 'aws:ec2/vpc:Vpc', provider: '', ...metadata } }
  } as unknown as EngineEvent
}
const translate = (event: EngineEvent, redactor = new Redactor()) =>
  ofType(
    new EventTranslator({ phase: 2, unit: 'infrastructure.a' }, redactor).translate(event),
    'resource.succeeded'
  )[0]

suite('events of changed resources', () => {
  test('name the properties that differ, and which of them replace, without values', () => {
    const event = translate(
      ended('replace', {
        detailedDiff: {
          cidrBlock: { diffKind: 'update-replace', inputDiff: true },
          'tags.team': { diffKind: 'add', inputDiff: true },
          'tags.old': { diffKind: 'delete', inputDiff: true }
        }
      })
    )
    assert.deepEqual(event?.diff, [{ path: 'cidrBlock', kind: 'update', replaces: true }, {
      path: 'tags.team',
      kind: 'add',
      replaces: false
    }, { path: 'tags.old', kind: 'delete', replaces: false }])
    assert.deepEqual(translate(ended('update', { diffs: ['tags'] }))?.diff, [{
      path: 'tags',
      kind: 'update',
      replaces: false
    }])
  })

  test(
    'say nothing of differences where a resource is made, or its replacement and its removal are told one ' +
      'by one',
    () => {
      for (const op of ['create', 'create-replacement', 'delete-replaced', 'delete']) {
        assert.ok(!('diff' in (translate(ended(op, { diffs: ['cidrBlock'] })) ?? {})))
      }
    }
  )

  test('have both sides of a property, but of secrets, and bounded', () => {
    const secret = {
      '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270',
      ciphertext: '[secret]'
    }
    const redactor = new Redactor()
    redactor.learn('correct-horse')
    const old = {
      inputs: {
        tags: { team: 'a', gone: 'x' },
        size: 1,
        password: secret,
        login: { password: secret },
        key: 'correct-horse',
        id: 'i-1',
        text: 'a'
      }
    }
    const now = {
      inputs: {
        tags: { team: 'b' },
        size: 2,
        password: 'plain',
        key: 'new',
        id: '04da6b54-80e4-46f7-96ec-b56ff0331ba9',
        text: 'b'.repeat(1000)
      }
    }
    const event = translate(
      ended('update', {
        old,
        new: now,
        diffs: ['tags.team', 'tags.gone', 'size', 'password', 'login', 'key', 'id', 'text']
      }),
      redactor
    )
    const diff = new Map(
      (event?.diff ?? []).map((
        { path, before, after }
      ) => [path, [before, after]])
    )
    assert.deepEqual([diff.get('tags.team'), diff.get('tags.gone'), diff.get('size'), diff.get('id')], [
      ['a', 'b'],
      ['x', undefined],
      [1, 2],
      ['i-1', { unknown: true }]
    ])
    assert.deepEqual([diff.get('password'), diff.get('login'), diff.get('key')], [[undefined, undefined], [
      undefined,
      undefined
    ], ['[secret]', 'new']])
    assert.equal(String(diff.get('text')?.[1]).length, 301)
  })

  test('hold a bounded number of paths, with secrets taken out', () => {
    const redactor = new Redactor()
    redactor.learn('correct-horse')
    const diffs = ['data["correct-horse"]', ...Array.from({ length: 60 }, (_, index) => `data.k${index}`)]
    const event = translate(ended('update', { diffs }), redactor)
    assert.equal(event?.diff?.length, 50)
    assert.equal(event?.diffsCut, 11)
    assert.ok(!JSON.stringify(event).includes('correct-horse'))
  })
})
