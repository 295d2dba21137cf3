import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { EngineError } from '../../../rehearsal/engine/errors.ts'
import { readPolicyConfig } from '../../../rehearsal/engine/policies/policy-config.ts'
import { ProviderRegistry } from '../../../rehearsal/engine/providers/provider-registry.ts'
import { openCrypter } from '../../../rehearsal/engine/secrets/passphrase.ts'
import { runProgram } from '../../../rehearsal/engine/services/language-client.ts'
import { parseExport } from '../../../rehearsal/engine/stack/export.ts'
import { passphraseOf } from '../../../rehearsal/engine/stack/stack-secrets.ts'

const ref = { project: 'test', stack: 'dev' }
const run = {
  ...ref,
  organization: 'organization',
  pwd: tmpdir(),
  config: {},
  secretKeys: [],
  preview: false,
  parallel: 1,
  engineAddress: '127.0.0.1:1'
}

suite('the engine says by code', () => {
  test('that a salt, a secret or a passphrase is of no use', async () => {
    await assert.rejects(openCrypter('a', 'v9:salt:proof'), { code: 'RHE_SALT_MALFORMED', retryable: false })
    const crypter = await openCrypter('a')
    assert.throws(() => crypter.decrypt('plain'), {
      code: 'RHE_SECRET_MALFORMED',
      details: { value: 'plain' }
    })
    await assert.rejects(passphraseOf({}), { code: 'RHE_PASSPHRASE_MISSING' })
    await assert.rejects(openCrypter('b', crypter.state), { code: 'RHE_PASSPHRASE_WRONG' })
  })

  test('that a document to import is of another version, stack or order', () => {
    const document = (resources: object[]) => JSON.stringify({ version: 3, deployment: { resources } })
    for (
      const text of [
        JSON.stringify({ version: 2 }),
        document([{ urn: 'urn:pulumi:other::test::a:b:C::x' }]),
        document([{ urn: 'urn:pulumi:dev::test::a:b:C::x', parent: 'urn:pulumi:dev::test::a:b:C::y' }])
      ]
    ) assert.throws(() => parseExport(text, ref), { code: 'RHE_STATE_MALFORMED' })
  })

  test('that nothing provides a package', async () => {
    const registry = new ProviderRegistry({ connect: async () => undefined, preview: false })
    await assert.rejects(registry.check('urn:pulumi:dev::test::pulumi:providers:odd::x', {}, {}), {
      code: 'RHE_PROVIDER_UNKNOWN',
      details: { package: 'odd' }
    })
  })

  test('that a policy configuration is none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'windlass-engine-'))
    try {
      const file = join(folder, 'policies.json')
      for (const text of ['{', '[]', '{"a":"sometimes"}']) {
        await writeFile(file, text)
        assert.throws(() => readPolicyConfig(file), { code: 'RHE_POLICY_CONFIG' })
      }
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test("that the program's language host does not answer, which a retry may change", async () => {
    const error = await runProgram('127.0.0.1:1', run, AbortSignal.timeout(30_000))
    assert.ok(error instanceof EngineError)
    assert.deepEqual([error.code, error.retryable], ['RHE_LANGUAGE_HOST', true])
  })
})
