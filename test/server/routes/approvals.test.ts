import assert from 'node:assert/strict'
import { test } from 'node:test'
import { everywhere, type Principal } from '../../../automation/index.ts'
import { type Access } from '../../../server/access/caller.ts'
import { startServer, type Fields } from '../../fixtures/server/server.ts'

const people: Record<string, Principal> = {
  ada: {
    actor: { subject: 'corp:ada', name: 'Ada', kind: 'person' },
    groups: [],
    grants: [everywhere('admin')]
  },
  bob: {
    actor: { subject: 'corp:bob', name: 'Bob', kind: 'person' },
    groups: ['leads'],
    grants: [everywhere('approver')]
  },
  eve: {
    actor: { subject: 'corp:eve', name: 'Eve', kind: 'person' },
    groups: [],
    grants: [everywhere('viewer')]
  }
}
const access: Access = {
  kind: 'authenticated',
  identify: async ({ headers: { authorization } }) => people[authorization ?? '']
}

test('waiting deployments say whether the caller may approve, and why not', async (context) => {
  const { call, automation } = await startServer(context, { access })
  const { deployment: { id } } = await automation.launch({
    federation: 'nautilus',
    operation: 'up',
    mode: 'rehearsal',
    phases: { from: 1, to: 2 },
    ordering: 'phased',
    approvals: 'none'
  }, { actor: people.ada?.actor ?? assert.fail() })
  await automation.launch({
    federation: 'nautilus',
    operation: 'up',
    mode: 'rehearsal',
    phases: { from: 3, to: 3 },
    ordering: 'phased',
    approvals: 'none'
  })
  automation.wait(id, {
    phase: 2,
    because: 'federation',
    needed: 1,
    people: [],
    groups: ['leads'],
    launcherMayApprove: false,
    missing: 1,
    approvedBy: []
  })
  const asked = async (who: string) =>
    ((await call('GET', '/v1/approvals', { headers: { authorization: who } })).body as { items: Fields[] })
      .items
  assert.deepEqual((await asked('bob')).map(({ deployment, mine, refusal }) => [deployment, mine, refusal]), [
    [id, true, undefined]
  ])
  assert.match(String((await asked('ada'))[0]?.refusal), /Ada launched it: somebody else has to approve/)
  assert.match(String((await asked('eve'))[0]?.refusal), /needs deployments\.approve/)
})
