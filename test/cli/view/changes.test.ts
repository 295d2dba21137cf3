import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeLines } from '../../../cli/view/changes.ts'
import { type ResourceChange } from '../../../contract/change.ts'

const change = (op: string, more: Partial<ResourceChange> = {}): ResourceChange => ({
  seq: 1,
  phase: 2,
  unit: 'infrastructure.a',
  urn: 'u',
  resource: { type: 'aws:ec2/vpc:Vpc', name: 'main' },
  op,
  ...more
})

test('changes are shown unit by unit, with both sides of each property', () => {
  const diff = [
    { path: 'cidrBlock', kind: 'update', replaces: true, before: '10.0.0.0/16', after: { unknown: true } },
    { path: 'tags.new', kind: 'add', replaces: false, after: 'x\u001b[31m' },
    { path: 'tags.old', kind: 'delete', replaces: false, before: 'y' },
    { path: 'key', kind: 'update', replaces: false }
  ]
  assert.deepEqual(
    changeLines([
      change('replace', { diff, diffsCut: 2 }),
      change('create-replacement'),
      change('create', { unit: 'mesh.a' })
    ]),
    [
      'infrastructure.a',
      '  ± aws:ec2/vpc:Vpc main',
      '      cidrBlock: 10.0.0.0/16 → (not known yet) (replaces the resource)',
      '      tags.new: x\\u{1b}[31m',
      '      tags.old: removed',
      '      key: (none or secret) → (none or secret)',
      '      and 2 more',
      'mesh.a',
      '  + aws:ec2/vpc:Vpc main'
    ]
  )
})
