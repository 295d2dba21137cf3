import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { Redactor, redacted } from '../../../automation/redaction/redactor.ts'

suite('redaction by value', () => {
  test('a learnt value never survives in a text, whatever surrounds it and whatever else was learnt', () => {
    const secret = fc.string({ minLength: 6, maxLength: 60 }).filter((text) => text.trim().length >= 6)
    fc.assert(
      fc.property(
        fc.array(secret, { minLength: 1, maxLength: 8 }),
        fc.string(),
        fc.string(),
        (secrets, before, after) => {
          const redactor = new Redactor()
          redactor.learn(secrets)
          for (const value of secrets) {
            // A marker of our own could itself contain a short secret such as "secret": what is
            // asked is that the value is gone from what was there.
            const text = redactor.text(`${before}${value}${after}`).replaceAll(redacted, '')
            assert.ok(!text.includes(value.trim()), JSON.stringify([text, value]))
          }
        }
      )
    )
  })

  test('values inside objects are learnt, and objects are redacted with their keys', () => {
    const redactor = new Redactor()
    redactor.learn({ database: { password: 'hunter2-hunter2' }, pins: [123456] })
    assert.deepEqual(redactor.value({ 'hunter2-hunter2': ['x hunter2-hunter2 y', 5], pin: 'is 123456.' }), {
      [redacted]: [`x ${redacted} y`, 5],
      pin: `is ${redacted}.`
    })
  })

  test('a key is recognised line by line, as JSON writes it, and in base64', () => {
    const pem =
      '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIIGLp0gP1jFqYw5m\noAoGCCqGSM49AwEHoUQDQgAE\n-----END EC ' +
      'PRIVATE KEY-----\n'
    const redactor = new Redactor()
    redactor.learn(pem)
    assert.equal(redactor.text('line MHcCAQEEIIGLp0gP1jFqYw5m.'), `line ${redacted}.`)
    assert.doesNotMatch(redactor.text(`as json ${JSON.stringify(pem)}`), /MHcCAQ/)
    assert.equal(redactor.text(`as base64 ${Buffer.from(pem).toString('base64')}`), `as base64 ${redacted}`)
    assert.equal(redactor.text('-----BEGIN EC PRIVATE KEY-----'), '-----BEGIN EC PRIVATE KEY-----')
  })

  test('what the federation file spells out stays readable, also when a provider calls it a secret', () => {
    const redactor = new Redactor()
    redactor.allow({ labels: { system: 'nautilus', owner: 'trading-platform' } })
    redactor.learn({ effectiveLabels: { system: 'nautilus' }, token: 'nautilus-token-1234' })
    assert.equal(
      redactor.text('nautilus of trading-platform has nautilus-token-1234'),
      `nautilus of trading-platform has ${redacted}`
    )
  })

  test('short values are left alone', () => {
    const redactor = new Redactor()
    redactor.learn(['true', 'a', 443])
    assert.equal(redactor.text('true a 443'), 'true a 443')
  })
})
