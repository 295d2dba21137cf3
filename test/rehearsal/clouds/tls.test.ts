import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { children, header, integer, oid, sequence } from '../../../rehearsal/clouds/tls/der.ts'
import { isSecret, plain } from '../../../rehearsal/clouds/wire-values.ts'
import { type Provider } from '../../../rehearsal/provider.ts'
import { type WireObject, type WireValue } from '../../../rehearsal/wire.ts'
import { eksCluster, make, provider, subject, world } from './world.ts'

const keyType = 'tls:index/privateKey:PrivateKey'
const text = (value: WireValue | undefined): string => String(plain(value))
const tls = async (): Promise<Provider> => provider(world().clouds, 'tls')
const keyOf = async (on: Provider, inputs: WireObject = { algorithm: 'ECDSA', ecdsaCurve: 'P256' }) =>
  (await make(on, keyType, 'k', inputs)).properties

const kinds: WireObject[] = [
  { algorithm: 'RSA', rsaBits: 2048 },
  { algorithm: 'ECDSA', ecdsaCurve: 'P224' },
  { algorithm: 'ECDSA', ecdsaCurve: 'P384' },
  { algorithm: 'ECDSA', ecdsaCurve: 'P521' },
  { algorithm: 'ED25519' }
]
for (const inputs of kinds) {
  test(`keys are real, their private parts secret: ${Object.values(inputs).join(' ')}`, async () => {
    const on = await tls()
    const key = await keyOf(on, inputs)
    assert.ok(
      isSecret(key.privateKeyPem) && isSecret(key.privateKeyPemPkcs8) && isSecret(key.privateKeyOpenssh)
    )
    const own = createPublicKey(createPrivateKey(text(key.privateKeyPem))).export({
      type: 'spki',
      format: 'pem'
    })
    assert.equal(key.publicKeyPem, own)
    const self = await make(on, 'tls:index/selfSignedCert:SelfSignedCert', 'ca', {
      privateKeyPem: key.privateKeyPem ?? '',
      allowedUses: ['cert_signing', 'crl_signing'],
      isCaCertificate: true,
      validityPeriodHours: 24,
      subject: { commonName: 'root', organization: 'Nautilus' }
    })
    const certificate = new X509Certificate(text(self.properties.certPem))
    assert.ok(certificate.verify(createPublicKey(text(key.publicKeyPem))))
    assert.ok(certificate.ca)
  })
}

test('a hierarchy: root, intermediate and leaf, each verified by its issuer', async () => {
  const on = await tls()
  const [rootKey, middleKey, leafKey] = [
    await keyOf(on),
    await keyOf(on),
    await keyOf(on, { algorithm: 'RSA' })
  ]
  const root = await make(on, 'tls:index/selfSignedCert:SelfSignedCert', 'root', {
    privateKeyPem: rootKey.privateKeyPem ?? '',
    allowedUses: ['cert_signing'],
    isCaCertificate: true,
    maxPathLength: 1,
    setSubjectKeyId: true,
    validityPeriodHours: 87600,
    subject: { commonName: 'Nautilus Root CA', country: 'US' }
  })
  const sign = async (
    name: string,
    key: WireObject,
    issuer: WireObject,
    issuerKey: WireObject,
    isCaCertificate: boolean,
    names: WireObject = {}
  ) => {
    const request = await make(on, 'tls:index/certRequest:CertRequest', name, {
      privateKeyPem: key.privateKeyPem ?? '',
      subject: { commonName: name },
      ...names
    })
    return (await make(on, 'tls:index/locallySignedCert:LocallySignedCert', name, {
      certRequestPem: request.properties.certRequestPem ?? '',
      caCertPem: issuer.certPem ?? '',
      caPrivateKeyPem: issuerKey.privateKeyPem ?? '',
      allowedUses: isCaCertificate
        ? ['cert_signing', 'digital_signature']
        : ['server_auth', 'key_encipherment'],
      isCaCertificate,
      validityPeriodHours: 720
    })).properties
  }
  const middle = await sign('intermediate', middleKey, root.properties, rootKey, true)
  const leaf = await sign('gateway', leafKey, middle, middleKey, false, {
    dnsNames: ['gateway.nautilus.example'],
    ipAddresses: ['10.1.0.5', '2001:db8::1'],
    uris: ['spiffe://nautilus/ns/istio-system/sa/gateway']
  })
  const [rootCert, middleCert, leafCert] = [root.properties, middle, leaf].map((outputs) =>
    new X509Certificate(text(outputs.certPem))
  )
  assert.ok(rootCert && middleCert && leafCert)
  assert.ok(middleCert.verify(rootCert.publicKey) && middleCert.checkIssued(rootCert) && middleCert.ca)
  assert.ok(leafCert.verify(middleCert.publicKey) && leafCert.checkIssued(middleCert) && !leafCert.ca)
  assert.ok(leafCert.checkPrivateKey(createPrivateKey(text(leafKey.privateKeyPem))))
  assert.equal(leafCert.checkHost('gateway.nautilus.example'), 'gateway.nautilus.example')
  assert.equal(leafCert.checkIP('10.1.0.5'), '10.1.0.5')
  assert.match(leafCert.subjectAltName ?? '', /URI:spiffe:\/\/nautilus\/ns\/istio-system\/sa\/gateway/)
  assert.ok(!leafCert.verify(rootCert.publicKey))
})

test("a certificate authority's key must be its own", async () => {
  const on = await tls()
  const [key, other] = [await keyOf(on), await keyOf(on)]
  const root = await make(on, 'tls:index/selfSignedCert:SelfSignedCert', 'root', {
    privateKeyPem: key.privateKeyPem ?? '',
    allowedUses: ['cert_signing'],
    isCaCertificate: true,
    validityPeriodHours: 24,
    subject: { commonName: 'root' }
  })
  const request = await make(on, 'tls:index/certRequest:CertRequest', 'r', {
    privateKeyPem: other.privateKeyPem ?? '',
    subject: { commonName: 'leaf' }
  })
  await assert.rejects(
    make(on, 'tls:index/locallySignedCert:LocallySignedCert', 'l', {
      certRequestPem: request.properties.certRequestPem ?? '',
      caCertPem: root.properties.certPem ?? '',
      caPrivateKeyPem: other.privateKeyPem ?? '',
      allowedUses: [],
      validityPeriodHours: 1
    }),
    /not the key of the certificate/
  )
})

test("a cluster's authority is a certificate that verifies itself", async () => {
  const { cluster } = await eksCluster(await provider(world().clouds, 'aws', { region: 'us-east-1' }))
  const authority = cluster.properties.certificateAuthority as { data: string }
  const certificate = new X509Certificate(Buffer.from(authority.data, 'base64').toString())
  assert.ok(certificate.ca && certificate.verify(certificate.publicKey))
})

test('DER is read as it was written', () => {
  fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 }), (values) => {
    const items = values.map((value) => integer(value.length === 0 ? 0 : value))
    const whole = sequence(...items)
    assert.equal(header(whole).end, whole.length)
    assert.deepEqual(children(whole), items)
  }))
  assert.equal(oid('1.2.840.113549.1.1.11').toString('hex'), '06092a864886f70d01010b')
})

test('random results repeat for a seed, obey their rules and are secret where they should be', async () => {
  const one = async (seed: number) => provider(world({ seed }).clouds, 'random')
  const password = (on: Provider) =>
    make(on, 'random:index/randomPassword:RandomPassword', 'p', {
      length: 24,
      minSpecial: 2,
      minNumeric: 3,
      overrideSpecial: '!#'
    })
  const first = await password(await one(1))
  assert.ok(isSecret(first.properties.result))
  assert.match(text(first.properties.result), /^(?=(.*[0-9]){3})(?=(.*[!#]){2})[A-Za-z0-9!#]{24}$/)
  assert.deepEqual(await password(await one(1)), first)
  assert.notDeepEqual((await password(await one(2))).properties.result, first.properties.result)
  await assert.rejects(
    make(await one(1), 'random:index/randomPassword:RandomPassword', 'p', { length: 1, minLower: 2 }),
    /at least sum of/
  )
  const id = await make(await one(1), 'random:index/randomId:RandomId', 'i', { byteLength: 4 })
  assert.match(String(id.properties.hex), /^[0-9a-f]{8}$/)
  assert.equal(Buffer.from(id.id, 'base64url').toString('hex'), id.properties.hex)
})

test('a certificate is due by the clock: an up replaces it, and a refresh says so', async () => {
  let now = new Date('2026-12-01T00:00:00Z')
  const on = await provider(world({ now: () => now }).clouds, 'tls')
  const key = await keyOf(on)
  const type = 'tls:index/selfSignedCert:SelfSignedCert'
  const { id, inputs, properties } = await make(on, type, 'leaf', {
    privateKeyPem: key.privateKeyPem ?? '',
    allowedUses: ['server_auth'],
    validityPeriodHours: 397 * 24,
    earlyRenewalHours: 30 * 24,
    subject: { commonName: 'leaf' }
  })
  const seen = async () => {
    const diff = await on.diff({
      ...subject(type, 'leaf'),
      id,
      olds: properties,
      oldInputs: inputs,
      news: inputs,
      ignoreChanges: []
    })
    const read = await on.read({ ...subject(type, 'leaf'), id, properties, inputs })
    return [diff.changes, diff.replaces, read.properties?.readyForRenewal]
  }
  now = new Date('2027-12-02T23:59:59Z')
  assert.deepEqual(await seen(), ['none', [], false])
  now = new Date('2027-12-03T00:00:00Z')
  assert.deepEqual(await seen(), ['some', ['readyForRenewal'], true])
})
