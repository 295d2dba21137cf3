import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proxyTo } from '../../../../automation/stacks/preflight/proxies.ts'

const proxy = 'http://proxy.example:3128'
/** Server, value of NO_PROXY, and whether the proxy is passed by. */
const rows: readonly [string, string, boolean][] = [
  ['https://api.example', '', false],
  ['https://localhost:6443', '', true],
  ['https://127.8.0.1:6443', '', true],
  ['https://[::1]:6443', '', true],
  ['https://api.example', '*', true],
  ['https://api.example', 'other.example, api.example', true],
  ['https://api.example', 'example', true],
  ['https://api.example', '.example', true],
  ['https://example', '.example', false],
  ['https://api.example', '*.EXAMPLE', true],
  ['https://notexample', 'example', false],
  ['https://api.example', 'api.example:443', true],
  ['https://api.example:6443', 'api.example:443', false],
  ['https://10.5.1.4', '10.5.0.0/16', true],
  ['https://10.6.1.4', '10.5.0.0/16', false],
  ['https://api.example', '10.5.0.0/16', false],
  ['https://[fd00::4]', 'fd00::/8', true],
  ['https://10.5.1.4', '10.5.1.4', true],
  ['https://10.5.1.40', '10.5.1.4', false]
]

for (const [server, exempt, direct] of rows) {
  test(`${server} is called ${direct ? 'directly' : 'by the proxy'} with NO_PROXY='${exempt}'`, () => {
    const environment = { HTTPS_PROXY: proxy, NO_PROXY: exempt }
    assert.deepEqual(proxyTo(new URL(server), environment), direct ? {} : { https_proxy: proxy })
    assert.deepEqual(proxyTo(new URL(server), { no_proxy: exempt }), {})
  })
}
