/** Answers that are large: how often they are written, and how much of them at once. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Deployment } from '../../contract/deployment.ts'
import { type Page } from '../../contract/schema.ts'
import { deploymentExample } from '../../server/routes/examples/deployment.ts'
import { writtenPage } from '../../server/written-page.ts'
import { startServer } from '../fixtures/server/server.ts'

test('the API document is written once, whoever asks and however often', async (context) => {
  const { url, call, app } = await startServer(context)
  const answers = await Promise.all(
    ['/openapi.json', '/docs/json', '/openapi.json', '/docs/json'].map((path) => call('GET', path))
  )
  assert.equal(app.apiDocument.writings, 1)
  assert.deepEqual(new Set(answers.map(({ text }) => text)).size, 1)
  assert.deepEqual(answers[0]?.body, JSON.parse(JSON.stringify(app.swagger())))
  const tag = answers[0]?.headers.get('etag') ?? ''
  for (const accepted of ['identity', 'gzip']) {
    const headers = { 'if-none-match': tag, 'accept-encoding': accepted }
    assert.equal((await call('GET', '/openapi.json', { headers })).status, 304)
  }
  for (const [accepted, coding] of [['gzip', 'gzip'], ['gzip;q=0', null], ['identity', null]] as const) {
    const { headers } = await fetch(`${url}/openapi.json`, { headers: { 'accept-encoding': accepted } })
    assert.equal(headers.get('content-encoding'), coding, accepted)
    assert.equal(headers.get('vary'), 'accept-encoding')
  }
  assert.equal(app.apiDocument.writings, 1)
})

test('a page that is written in slices reads as it would in one', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.jsonValue(), { maxLength: 400 }),
      fc.option(fc.string(), { nil: undefined }),
      async (items, next) => {
        const page = { items, ...(next !== undefined && { next }) }
        assert.equal(await writtenPage(page), JSON.stringify(page))
      }
    ),
    { numRuns: 50, seed: 4 }
  )
})

test('ten lists of a thousand at once are written a few rows at a time', {
  timeout: 60_000
}, async (context) => {
  const { automation, call } = await startServer(context)
  let written = 0
  let most = 0
  let reading = 0
  let readAtOnce = 0
  const row = {
    ...deploymentExample,
    toJSON () {
      written++
      return deploymentExample
    }
  }
  automation.deployments = async (): Promise<Page<Deployment>> => {
    readAtOnce = Math.max(readAtOnce, ++reading)
    await new Promise(setImmediate)
    reading--
    return { items: Array.from({ length: 1_000 }, () => row) }
  }
  let before = 0
  let watching = true
  const look = () => {
    most = Math.max(most, written - before)
    before = written
    if (watching) setImmediate(look)
  }
  look()
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => call('GET', '/v1/deployments?limit=1000'))
  )
  watching = false
  for (const { body } of answers) assert.equal((body as Page<Deployment>).items.length, 1_000)
  assert.equal(written, 10_000)
  assert.ok(most <= 200, `${most} rows were written between two turns`)
  assert.ok(readAtOnce <= 2, `${readAtOnce} lists were read at once`)
})
