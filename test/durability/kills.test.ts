/** `kill -9` of the service in each of the eight phases. Each restart continues the deployment. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { ofType } from '../../contract/event.ts'
import { type Installation, makeInstallation } from '../fixtures/installation.ts'
import { onePair, partOfNautilus } from '../fixtures/part-of-nautilus.ts'
import { killedDeployment, type Moment } from './killed-deployment.ts'

suite('kill -9 of the service', { timeout: 900_000 }, () => {
  let installation: Installation
  before(async () => {
    // The embedded PostgreSQL, as most services have it, outlives each kill.
    installation = await makeInstallation({
      database: 'embedded',
      environment: async (folder) => ({ WINDLASS_FEDERATIONS: await partOfNautilus(folder, onePair) })
    })
  })
  after(async () => {
    await installation?.close()
  })

  test('in each of the phases loses nothing, doubles nothing, and the deployment succeeds', async () => {
    // Each kill comes when the first resource of the phase has begun.
    const moments = Array.from(
      { length: 8 },
      (_, index): Moment => (seen) =>
        ofType(seen, 'resource.started').some(({ phase }) => phase === index + 1)
    )
    const { kills, events } = await killedDeployment(installation, moments)
    assert.equal(kills, 8)
    assert.ok(events.some((event) => event.type === 'unit.interrupted'), 'no kill interrupted a unit')
  })
})
