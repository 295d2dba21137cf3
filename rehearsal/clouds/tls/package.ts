/**
 * The `tls` package: real keys, requests and certificates. Nothing of it is in a cloud: the state
 * is all there is.
 */
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto'
import { ProviderError, Status, type CheckFailure } from '../../provider.ts'
import { unknownValue, type WireObject } from '../../wire.ts'
import { type Draft, type Failure } from '../draft.ts'
import { type PackageModel } from '../package-model.ts'
import { type ResourceModel } from '../resource-model.ts'
import { numberAt, objectAt, stringAt, stringsAt } from '../wire-values.ts'
import {
  algorithms,
  algorithmOf,
  ecdsaCurves,
  generateKey,
  keyOutputs,
  opensshOf,
  privateKeyFrom
} from './keys.ts'
import {
  knownUses,
  encodeName,
  issueCertificate,
  parseRequest,
  requestCertificate,
  subjectOf,
  type AlternativeNames,
  type Subject
} from './x509.ts'

const hourMs = 3600 * 1000

function oneOf (inputs: WireObject, property: string, allowed: string[]): CheckFailure[] {
  const value = stringAt(inputs, property)
  return value === undefined || value === unknownValue || allowed.includes(value)
    ? []
    : [{
      property,
      reason: `Attribute ${property} value must be one of: [${
        allowed.map((item) => `"${item}"`).join(' ')
      }], got: "${value}"`
    }]
}

function checkUses (inputs: WireObject): CheckFailure[] {
  return stringsAt(inputs, 'allowedUses[]').filter((use) => !knownUses.includes(use)).map((use) => ({
    property: 'allowedUses',
    reason: `value must be one of: [${knownUses.map((item) => `"${item}"`).join(' ')}], got: "${use}"`
  }))
}

/** Runs what reads PEM, its errors as the provider's own. */
function reading<T> (property: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new ProviderError(
      `Failed to read ${property}: ${error instanceof Error ? error.message : String(error)}`,
      { code: Status.InvalidArgument }
    )
  }
}

function names (inputs: WireObject): AlternativeNames {
  return {
    dnsNames: stringsAt(inputs, 'dnsNames[]'),
    ipAddresses: stringsAt(inputs, 'ipAddresses[]'),
    uris: stringsAt(inputs, 'uris[]')
  }
}

/** Validity of a certificate, and the outputs about it. */
function validity (draft: Draft): { notBefore: Date, notAfter: Date, outputs: WireObject } {
  const notBefore = new Date(draft.created)
  const notAfter = new Date(notBefore.getTime() + numberAt(draft.inputs, 'validityPeriodHours', 0) * hourMs)
  const renewal = notAfter.getTime() - numberAt(draft.inputs, 'earlyRenewalHours', 0) * hourMs
  return {
    notBefore,
    notAfter,
    outputs: {
      validityStartTime: notBefore.toISOString().replace('.000', ''),
      validityEndTime: notAfter.toISOString().replace('.000', ''),
      readyForRenewal: renewal <= notBefore.getTime()
    }
  }
}

/**
 * A certificate is due once less than its early renewal is left of it, at every diff and read: an
 * up replaces it then, with or without a refresh (hashicorp/terraform-provider-tls,
 * internal/provider/common_cert.go, modifyPlanIfCertificateReadyForRenewal and
 * modifyStateIfCertificateReadyForRenewal).
 */
function overdue (outputs: WireObject, now: Date): WireObject {
  const end = Date.parse(stringAt(outputs, 'validityEndTime') ?? '')
  const due = end - numberAt(outputs, 'earlyRenewalHours', 0) * hourMs
  return due <= now.getTime() ? { readyForRenewal: true } : {}
}

const certificateDefaults = (inputs: WireObject): WireObject => ({
  earlyRenewalHours: 0,
  isCaCertificate: false,
  setSubjectKeyId: false,
  ...(inputs.caCertPem === undefined && { setAuthorityKeyId: false })
})
/** Certificates are issued once; only how early they count as due changes in place. */
const certificateMutable = ['earlyRenewalHours']

const models: Record<string, ResourceModel> = {
  'tls:index/privateKey:PrivateKey': {
    check: (
      inputs
    ) => [...oneOf(inputs, 'algorithm', algorithms), ...oneOf(inputs, 'ecdsaCurve', ecdsaCurves)],
    defaults: () => ({ rsaBits: 2048, ecdsaCurve: 'P224' }),
    outputs: (draft) =>
      draft.previous
        ? {}
        : keyOutputs(
          generateKey(stringAt(draft.inputs, 'algorithm') ?? 'RSA', {
            rsaBits: numberAt(draft.inputs, 'rsaBits', 2048),
            ecdsaCurve: stringAt(draft.inputs, 'ecdsaCurve') ?? 'P224'
          })
        )
  },
  'tls:index/certRequest:CertRequest': {
    outputs: (draft): WireObject => {
      const key = reading(
        'privateKeyPem',
        () => privateKeyFrom(stringAt(draft.inputs, 'privateKeyPem') ?? '')
      )
      return draft.previous
        ? {}
        : {
          keyAlgorithm: algorithmOf(key),
          certRequestPem: reading(
            'subject',
            () => requestCertificate(objectAt(draft.inputs, 'subject') as Subject, names(draft.inputs), key)
          )
        }
    }
  },
  'tls:index/selfSignedCert:SelfSignedCert': {
    check: checkUses,
    defaults: certificateDefaults,
    mutable: certificateMutable,
    overdue,
    outputs: (draft) => {
      if (draft.previous) return {}
      const privateKey = reading(
        'privateKeyPem',
        () => privateKeyFrom(stringAt(draft.inputs, 'privateKeyPem') ?? '')
      )
      const publicKey = createPublicKey(privateKey)
      const subject = encodeName(objectAt(draft.inputs, 'subject') as Subject)
      const { outputs, ...period } = validity(draft)
      const certPem = reading("the certificate's properties", () =>
        issueCertificate({
          ...names(draft.inputs),
          ...period,
          subject,
          publicKey,
          allowedUses: stringsAt(draft.inputs, 'allowedUses[]'),
          isCa: draft.inputs.isCaCertificate === true,
          ...(typeof draft.inputs.maxPathLength === 'number' &&
            { maxPathLength: draft.inputs.maxPathLength }),
          setSubjectKeyId: draft.inputs.setSubjectKeyId === true,
          setAuthorityKeyId: draft.inputs.setAuthorityKeyId === true
        }, { subject, privateKey, publicKey }))
      return {
        ...outputs,
        certPem,
        keyAlgorithm: algorithmOf(privateKey),
        ...(draft.inputs.maxPathLength === undefined && { maxPathLength: -1 })
      }
    }
  },
  'tls:index/locallySignedCert:LocallySignedCert': {
    check: checkUses,
    defaults: certificateDefaults,
    mutable: certificateMutable,
    overdue,
    outputs: (draft) => {
      if (draft.previous) return {}
      const privateKey = reading(
        'caPrivateKeyPem',
        () => privateKeyFrom(stringAt(draft.inputs, 'caPrivateKeyPem') ?? '')
      )
      const caCertPem = stringAt(draft.inputs, 'caCertPem') ?? ''
      const authority = reading('caCertPem', () => new X509Certificate(caCertPem))
      if (!authority.checkPrivateKey(privateKey)) {
        throw new ProviderError('caPrivateKeyPem is not the key of the certificate in caCertPem', {
          code: Status.InvalidArgument
        })
      }
      const request = reading(
        'certRequestPem',
        () => parseRequest(stringAt(draft.inputs, 'certRequestPem') ?? '')
      )
      const { outputs, ...period } = validity(draft)
      const certPem = issueCertificate({
        ...request.names,
        ...period,
        subject: request.subject,
        publicKey: request.publicKey,
        allowedUses: stringsAt(draft.inputs, 'allowedUses[]'),
        isCa: draft.inputs.isCaCertificate === true,
        ...(typeof draft.inputs.maxPathLength === 'number' && { maxPathLength: draft.inputs.maxPathLength }),
        setSubjectKeyId: draft.inputs.setSubjectKeyId === true,
        setAuthorityKeyId: true
      }, { subject: subjectOf(caCertPem), privateKey, publicKey: createPublicKey(privateKey) })
      return {
        ...outputs,
        certPem,
        caKeyAlgorithm: algorithmOf(privateKey),
        ...(draft.inputs.maxPathLength === undefined && { maxPathLength: -1 })
      }
    }
  }
}

const refused = (message: string): Failure => ({ status: 400, code: 'Invalid', message })

export const tls: PackageModel = {
  pkg: 'tls',
  cloud: undefined,
  stateOnly: true,
  models,
  invokes: {
    'tls:index/getPublicKey:getPublicKey': ({ args }) => {
      const key = reading(
        'privateKeyPem',
        () => createPrivateKey(stringAt(args, 'privateKeyPem') ?? stringAt(args, 'privateKeyOpenssh') ?? '')
      )
      const ssh = opensshOf(key)
      return {
        ...args,
        id: ssh.sha256,
        algorithm: algorithmOf(key),
        publicKeyPem: createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString(),
        publicKeyOpenssh: ssh.publicKey,
        publicKeyFingerprintMd5: ssh.md5,
        publicKeyFingerprintSha256: ssh.sha256
      }
    }
  },
  configure: (config) => ({ account: '', region: '', config }),
  replacingConfig: [],
  place: () => ({ account: '', region: '' }),
  nameRule: () => undefined,
  // The provider's ids are hashes or serial numbers of what was made: 40 hexadecimal digits either
  // way.
  id: (draft) => draft.make.hex(40, 'id'),
  computed: (_draft, { kind }) => kind === 'b' ? false : kind === 'i' ? 0 : '',
  replaces: () => true,
  deletesFirst: () => false,
  candidates: (value) => [value],
  fail: (failure) => new ProviderError(failure.message, { code: Status.InvalidArgument }),
  failures: {
    invalid: refused,
    denied: () => refused('the credentials are not taken'),
    throttled: () => refused('the tls package asks no cloud: it cannot be throttled'),
    overQuota: () => refused('the tls package has no quotas'),
    inUse: () => refused('in use'),
    notFound: (value) => refused(`${value} was not found`),
    taken: (draft) => refused(`${draft.name} exists`)
  }
}
