/** The operations of the API: each has its row in the tables, and in docs/access.md. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { deploymentOperations, everywhere, permits, rolePermissions } from '../../../automation/index.ts'
import { operations, roles, type Role } from '../../../contract/words.ts'
import { routes } from '../../../server/routes.ts'

/** Operations that change something, but no deployment. */
const elsewhere = new Set([
  'signIn',
  'signOut',
  'createToken',
  'revokeToken',
  'dropWorld',
  'beginOutage',
  'endOutages',
  'ageWorld'
])

const table: Readonly<Record<string, { act: string, drives: boolean }>> = deploymentOperations

test('each operation that changes a deployment says whether it makes the run go on', () => {
  const changing = routes.filter(({ method }) => method !== 'GET').map(({ schema }) => schema.operationId)
  for (const operation of changing) {
    assert.ok(
      Object.hasOwn(table, operation) !== elsewhere.has(operation),
      `${operation}: expected a row in automation/access/driving.ts, or that it changes no deployment here`
    )
  }
  for (const operation of [...Object.keys(table), ...elsewhere]) {
    assert.ok(changing.includes(operation), `${operation} is no operation of the API`)
  }
})

test('a grant for one operation permits each act on deployments of that operation alone', () => {
  const acting = routes.filter(({ method, config: { permission } }) =>
    method !== 'GET' && permission !== 'open'
  )
  let asked = 0
  for (const { schema: { operationId }, config: { permission } } of acting) {
    if (elsewhere.has(operationId) || permission === 'anyone' || permission === 'open') continue
    for (const operation of operations) {
      for (const granted of operations) {
        const may: Role[] = roles.filter((role): boolean =>
          permits([{ ...everywhere(role), operations: [granted] }], permission, {
            federation: 'nautilus',
            mode: 'live',
            phases: { from: 2, to: 3 },
            operation
          })
        )
        const able: Role[] = roles.filter((role) => rolePermissions[role].includes(permission))
        assert.deepEqual(
          may,
          granted === operation ? able : [],
          `${operationId} of ${operation} by ${granted}`
        )
        asked++
      }
    }
  }
  assert.equal(asked, (Object.keys(table).length - 1) * operations.length ** 2, 'hooks are signed instead')
})

test('docs/access.md has a row for each operation, as the code decides', async () => {
  const text = await readFile(new URL('../../../docs/access.md', import.meta.url), 'utf8')
  const rows = routes.map(({ method, url, schema: { operationId }, config: { permission } }) => {
    const able = permission === 'open' || permission === 'anyone'
      ? 'everybody'
      : roles.filter((role) => rolePermissions[role].includes(permission)).join(', ')
    const drives = table[operationId]?.drives ? 'yes' : ''
    return `| \`${operationId}\` | \`${method} ${url}\` | ${permission} | ${able} | ${drives} |`
  })
  const [, section = ''] = text.split('### Operations\n')
  const written = (section.split('\n#')[0] ?? '').split('\n').filter((line) => line.startsWith('| `'))
  assert.deepEqual(written, rows)
})
