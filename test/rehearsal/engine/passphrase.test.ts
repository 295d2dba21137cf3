import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openCrypter } from '../../../rehearsal/engine/secrets/passphrase.ts'

describe('the passphrase crypter', () => {
  test('reads what it wrote, with a crypter opened from its state', async () => {
    const written = (await openCrypter('passphrase')).encrypt('"a secret"')
    assert.match(written, /^v1:[\w+/=]+:[\w+/=]+$/)
    const { state } = await openCrypter('passphrase')
    assert.equal((await openCrypter('passphrase', state)).decrypt(written), '"a secret"')
  })

  test('writes an unchanged secret as it was read', async () => {
    const { state, encrypt } = await openCrypter('passphrase')
    const written = encrypt('"kept"')
    const other = await openCrypter('passphrase', state)
    assert.equal(other.decrypt(written), '"kept"')
    assert.equal(other.encrypt('"kept"'), written)
  })

  test('shares one salt among the stacks that a process makes with one passphrase', async () => {
    assert.equal((await openCrypter('shared')).state, (await openCrypter('shared')).state)
    assert.notEqual((await openCrypter('shared')).state, (await openCrypter('other')).state)
  })

  test('refuses a wrong passphrase', async () => {
    const { state } = await openCrypter('right')
    await assert.rejects(openCrypter('wrong', state), { code: 'RHE_PASSPHRASE_WRONG' })
  })
})
