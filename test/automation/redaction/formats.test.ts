/** Credentials of any service are told by their form, and prose is not taken for one. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { mintToken } from '../../../automation/access/tokens.ts'
import { formats } from '../../../automation/redaction/formats.ts'
import { clean, teachGate } from '../../../automation/redaction/gate.ts'
import { hideFormats } from '../../../automation/redaction/hide.ts'

const run = (length: number, alphabet = 'aB3dE6gH9jK2mN5pQ8sT'): string =>
  alphabet.repeat(Math.ceil(length / alphabet.length)).slice(0, length)
const hex = (length: number): string => run(length, '0f1e2d3c4b5a69788796')
const upper = (length: number): string => run(length, 'AB2CD3EF4GH5')

const ownToken = mintToken()

/** A text with a credential, and the credential. Made up here: none of them opens anything. */
const credentials: Record<string, [text: string, secret: string]> = {
  ...Object.fromEntries(
    [
      `ghp_${run(36)}`,
      `gho_${run(36)}`,
      `ghs_${run(36)}`,
      `github_pat_${run(22)}_${run(59)}`,
      `glpat-${run(20)}`,
      `gldt-${run(20)}`,
      `xoxb-123456789012-${run(24)}`,
      `xoxp-1234-5678-${run(32)}`,
      `xapp-1-A0123-${run(40)}`,
      `AKIA${upper(16)}`,
      `ASIA${upper(16)}`,
      `AIza${run(35)}`,
      `ya29.${run(60)}`,
      `sk_live_${run(24)}`,
      `rk_test_${run(24)}`,
      `whsec_${run(32)}`,
      `npm_${run(36)}`,
      `pul-${hex(40)}`,
      `hvs.${run(24)}`,
      `eyJ${run(20)}.eyJ${run(40)}.${run(43)}`
    ].map((secret) => [secret.slice(0, 8), [`use ${secret}, please`, secret]])
  ),
  'a token of this service': [`I used ${ownToken}`, ownToken],
  'an AWS secret': [`aws_secret_access_key = ${run(40)}`, run(40)],
  'an AWS secret in JSON': [`{"SecretAccessKey":"${run(40)}"}`, run(40)],
  'a Slack webhook': [`https://hooks.slack.com/services/T0123/B0123/${run(24)}`, run(24)],
  'an Azure connection string': [`AccountName=acme;AccountKey=${run(86)}==;EndpointSuffix=x`, run(86)],
  'an Azure signature': [`https://acme.blob.core.windows.net/c?sv=2024&sig=${run(43)}%3D`, run(43)],
  'a PagerDuty key': [`the routing key is ${hex(32)}`, hex(32)],
  'a private key': [`-----BEGIN RSA PRIVATE KEY-----\n${run(64)}\n-----END RSA PRIVATE KEY-----`, run(64)],
  'a private key in JSON': [JSON.stringify({ key: `-----BEGIN PRIVATE KEY-----\n${run(64)}\n` }), run(64)],
  'a private key that is cut off': [`-----BEGIN OPENSSH PRIVATE KEY-----\n${run(64)}\n${run(20)}`, run(64)],
  'a URL': ['git clone https://deployer:hunter2@git.example.com/a.git', 'hunter2'],
  'a URL without a user': ['redis://:hunter2@cache:6379/0', 'hunter2'],
  'a header': ['curl -H "Authorization: Basic ZGVwbG95ZXI6eA=="', 'ZGVwbG95ZXI6eA'],
  'a header with a token': [`authorization: Bearer ${run(20)}`, run(20)],
  'a bearer token alone': [`sent with bearer ${run(30)}`, run(30)]
}

suite('credentials by their form', () => {
  for (const [name, [text, secret]] of Object.entries(credentials)) {
    test(`is taken out of what people type: ${name}`, () => {
      const hidden = hideFormats(text)
      assert.ok(!hidden.includes(secret), hidden)
      assert.match(hidden, /\[(a|an|the) [^\]]+\]/)
      assert.equal(hideFormats(hidden), hidden)
      assert.deepEqual(clean({ [text]: [{ text }] }), { [hidden]: [{ text: hidden }] })
    })
  }

  test('prose, names and identifiers stay as they are', () => {
    const texts = [
      'approved: the change of Tuesday, see https://wiki.example.com/changes/42',
      'authorization is required, and basic authentication works',
      'authorization: granted by alice',
      'the bearer of this news; token expired; secret rotated',
      'urn:pulumi:nautilus.infrastructure.hub::windlass::aws:ec2/subnet:Subnet::nautilus-hub-1',
      'arn:aws:iam::123456789012:role/windlass-deployer',
      'git@github.com:acme/platform.git at https://example.com:8443/a@b',
      'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
      `sha256:${hex(64)}`,
      '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
      'key=value; the routing key is in the vault; sig=short',
      'xoxo, alice'
    ]
    for (const text of texts) assert.equal(hideFormats(text), text)
  })

  test('every format names its source, and has no repetition without a bound', () => {
    for (const { what, pattern, source } of formats) {
      assert.match(source, /^(https:\/\/|docs\/)/)
      assert.match(what, /^(a|an|the) /)
      assert.ok(pattern.global, what)
      const bare = pattern.source.replaceAll(/\\./g, 'y').replaceAll(/\[[^\]]*\]/g, 'x')
      // Neither a star or plus, nor a repeated group: the work at a place has a bound.
      assert.doesNotMatch(bare, /[*+]|\)\{/, pattern.source)
    }
  })

  test('what the service knows as secret is taken out by the same gate', () => {
    teachGate(['hunter2-of-the-service', undefined])
    assert.deepEqual(clean({ message: `it said ${encodeURIComponent('hunter2-of-the-service')}`, n: 1 }), {
      message: 'it said [secret]',
      n: 1
    })
  })
})
