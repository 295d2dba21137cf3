import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { brotliCompressSync } from 'node:zlib'
import { startServer } from '../../fixtures/server/server.ts'

/** A folder like the one that the build makes. */
async function built (context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'windlass-dashboard-'))
  context.after(() => rm(folder, { recursive: true, force: true }))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Windlass</title>')
  await writeFile(join(folder, 'assets', 'index-abc.js'), 'export {}')
  await writeFile(join(folder, 'assets', 'index-abc.js.br'), brotliCompressSync('export {}'))
  return folder
}

test('each address of the page gives the document under a strict policy, uncached', async (context) => {
  const { call } = await startServer(context, { dashboardFolder: await built(context) })
  for (
    const path of ['/', '/deployments', '/deployments/x/events?unit=a.b', '/federations/nautilus', '/launch']
  ) {
    const answer = await call('GET', path)
    assert.equal(answer.status, 200, path)
    assert.match(answer.headers.get('content-type') ?? '', /^text\/html/)
    assert.equal(answer.headers.get('cache-control'), 'no-cache')
    const policy = answer.headers.get('content-security-policy') ?? ''
    assert.match(policy, /default-src 'none'; script-src 'self'/)
    assert.doesNotMatch(policy, /unsafe|https?:|data:/)
    assert.equal(
      (await call('GET', path, { headers: { 'if-none-match': answer.headers.get('etag') ?? '' } })).status,
      304
    )
  }
})

test('an unknown address of the API is a problem document, not the page', async (context) => {
  const { call } = await startServer(context, { dashboardFolder: await built(context) })
  for (
    const path of [
      '/v1/nothing',
      '/v1/deployments/x',
      '/deploymentsx',
      '/assets/',
      '/assets/index-abc.js.br',
      '/assets/../index.html',
      '/index.html'
    ]
  ) {
    const answer = await call('GET', path)
    assert.equal(answer.status, 404, path)
    assert.match(answer.headers.get('content-type') ?? '', /problem\+json/, path)
  }
  assert.equal((await call('POST', '/launch')).status, 405)
})

test('files are cached for ever, and sent as the build compressed them', async (context) => {
  const { call } = await startServer(context, { dashboardFolder: await built(context) })
  const answer = await call('GET', '/assets/index-abc.js', { headers: { 'accept-encoding': 'br' } })
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('content-encoding'), 'br')
  assert.match(answer.headers.get('cache-control') ?? '', /max-age=31536000, immutable/)
  assert.equal(
    (await call('GET', '/assets/index-abc.js', { headers: { 'accept-encoding': 'identity' } })).headers.get(
      'content-encoding'
    ),
    null
  )
})

test('without a build the page says what to do, and the API works', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'windlass-dashboard-'))
  context.after(() => rm(folder, { recursive: true, force: true }))
  const { call } = await startServer(context, { dashboardFolder: folder })
  const answer = await call('GET', '/')
  assert.equal(answer.status, 503)
  assert.match(answer.text, /npm run dashboard/)
  assert.equal((await call('GET', '/v1/deployments')).status, 200)
})
