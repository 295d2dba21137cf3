/** One gate for events, failures and the audit log: none shows a secret of the service. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { ended, logger, request, unitsOf, withService } from '../../fixtures/automation/harness.ts'
import { failed, ScriptedRunner } from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'
import { startServer } from '../../fixtures/server/server.ts'

const secret = 'known-secret-of-another-federation'
const token = `ghp_${'aB3dE6gH9j'.repeat(4)}`
const pasted = `see ${encodeURIComponent(secret)}, ${token} and postgres://sa:hunter2-pw@db/x`

suite('what is told', () => {
  let server: TestServer
  before(async () => {
    server = await startDatabase()
  })
  after(async () => {
    await server.close()
  })

  test('shows no secret in events, units, deployments, the audit log and their tables', async () => {
    const runner = new ScriptedRunner(1)
    runner.script = (unit, { onEvents }) => {
      onEvents([{ type: 'diagnostic', phase: 1, unit: unit.unit, severity: 'info', message: pasted }])
      return failed(false, `a fault says ${pasted}`)
    }
    const values = { WINDLASS_SECRET_OTHER__KEY: secret }
    let told = ''
    await withService(server, runner, async (automation) => {
      const { deployment: { id } } = await automation.launch(
        request({ phases: { from: 1, to: 1 }, clusters: ['nautilus-hub-us-west'] })
      )
      const { deployment, events } = await ended(automation, id)
      const audit = await automation.audit.page({ limit: 100 })
      told = JSON.stringify([events, deployment, [...(await unitsOf(automation, id)).values()], audit.items])
    }, { secretValues: values, logger: { ...logger, error: () => undefined } })
    assert.match(
      told,
      /a fault says see \[secret\], \[a GitHub token\] and postgres:\/\/sa:\[a password\]@db/
    )
    for (const value of [secret, 'hunter2-pw', token]) assert.ok(!told.includes(value), told)
  })
})

test('what people type is taken out before it is judged, stored or logged', async (context) => {
  const { call, launch, automation } = await startServer(context)
  const id = await launch()
  automation.emit(id, { type: 'deployment.started', run: 1 }, { type: 'deployment.waiting', phase: 1 })
  await call('POST', `/v1/deployments/${id}/reject`, { body: { phase: 1, comment: pasted } })
  const events = JSON.stringify((await call('GET', `/v1/deployments/${id}/events`)).body)
  assert.match(events, /see .*, \[a GitHub token\] and postgres:\/\/sa:\[a password\]@db/)
  assert.ok(!events.includes(token) && !events.includes('hunter2-pw'), events)
  // An id of a request is in every line of the log, and one that is a credential is not taken.
  const answer = await call('GET', '/v1/federations', { headers: { 'x-request-id': token } })
  assert.notEqual(answer.headers.get('x-request-id'), token)
  const wrong = await call('POST', '/v1/deployments', { body: { federation: token, operation: pasted } })
  assert.ok(!JSON.stringify(wrong.body).includes(token))
})
