import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo } from 'node:net'
import { test } from 'node:test'
import { Client } from '../../cli/client.ts'

const { signal } = new AbortController()

test('an address that is none, a silent one and a stranger are told apart by code', async (context) => {
  const stranger = createServer((_request, response) => response.end('<html>')).listen(0, '127.0.0.1')
  await once(stranger, 'listening')
  context.after(() => stranger.close())
  const { port } = stranger.address() as AddressInfo
  const at = (server: string) => new Client(server, signal).session()
  await assert.rejects(at('nonsense'), {
    code: 'cli-usage',
    exitCode: 2,
    retryable: false,
    message: /"nonsense": expected a URL/
  })
  const silent = 'http://127.0.0.1:9'
  await assert.rejects(at(silent), {
    code: 'cli-unreachable',
    exitCode: 5,
    retryable: true,
    message: /^nothing answers at http:\/\/127\.0\.0\.1:9 \(/
  })
  const strange = `http://127.0.0.1:${port}`
  await assert.rejects(at(strange), {
    code: 'cli-unexpected-answer',
    exitCode: 1,
    retryable: false,
    message: /an answer that is not JSON/
  })
})
