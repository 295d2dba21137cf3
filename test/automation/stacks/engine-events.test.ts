import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type EngineEvent } from '@pulumi/pulumi/automation/index.js'
import { EventTranslator } from '../../../automation/stacks/engine-events.ts'
import { Redactor } from '../../../automation/stacks/redact.ts'

const urn = 'urn:pulumi:s::windlass::aws:ec2/vpc:Vpc::main'

/** What the engine tells when a resource's step has ended. */
function ended (op: string, metadata: Record<string, unknown>): EngineEvent {
  return { sequence: 1, timestamp: 0, resOutputsEvent: { metadata: { op, urn, type: 'aws:ec2/vpc:Vpc', provider: '', ...metadata } } } as unknown as EngineEvent
}
const translate = (event: EngineEvent, redactor = new Redactor()) => new EventTranslator({ phase: 2, unit: 'infrastructure.a' }, redactor).translate(event)[0]

suite('events of changed resources', () => {
  test('name the properties that differ, and which of them replace, without values', () => {
    const event = translate(ended('replace', { detailedDiff: { cidrBlock: { diffKind: 'update-replace', inputDiff: true }, 'tags.team': { diffKind: 'add', inputDiff: true }, 'tags.old': { diffKind: 'delete', inputDiff: true } } }))
    assert.deepEqual(event?.['diff'], [{ path: 'cidrBlock', kind: 'update', replaces: true }, { path: 'tags.team', kind: 'add', replaces: false }, { path: 'tags.old', kind: 'delete', replaces: false }])
    assert.deepEqual(translate(ended('update', { diffs: ['tags'] }))?.['diff'], [{ path: 'tags', kind: 'update', replaces: false }])
  })

  test('say nothing of differences where a resource is made, or its replacement and its removal are told one by one', () => {
    for (const op of ['create', 'create-replacement', 'delete-replaced', 'delete']) assert.ok(!('diff' in (translate(ended(op, { diffs: ['cidrBlock'] })) ?? {})))
  })

  test('hold a bounded number of paths, with secrets taken out', () => {
    const redactor = new Redactor()
    redactor.learn('correct-horse')
    const diffs = ['data["correct-horse"]', ...Array.from({ length: 60 }, (_, index) => `data.k${index}`)]
    const event = translate(ended('update', { diffs }), redactor)
    assert.equal((event?.['diff'] as unknown[]).length, 50)
    assert.equal(event?.['diffsCut'], 11)
    assert.ok(!JSON.stringify(event).includes('correct-horse'))
  })
})
