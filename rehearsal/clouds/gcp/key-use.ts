/** Keys that services of Google Cloud encrypt with: whether their agent may use them by now. */
import { type ProviderError } from '../../provider.ts'
import { type CloudQuery } from '../../store.ts'
import { type Draft, type Failure, type Found } from '../draft.ts'
import { effective } from '../late-grants.ts'
import { plain, stringAt, stringsAt } from '../wire-values.ts'

const grantType = 'gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember'
const role = 'roles/cloudkms.cryptoKeyEncrypterDecrypter'

/** A key that a resource names, and the service agent that uses it. */
export interface KeyUse {
  /** Path of the key's name. */
  readonly path: string
  /** Domain of the agent's address. */
  readonly agent: string
  readonly refusal: (key: string) => Failure
}

/** Source: the words in hashicorp/terraform-provider-google issues 15415 and 10310. */
const undecided = (key: string): Failure => ({
  status: 403,
  code: 'forbidden',
  message:
    `Permission 'cloudkms.cryptoKeyVersions.useToEncrypt' denied on resource '${key}' (or it may not exist).`
})

/** Source: the words in GoogleCloudPlatform/magic-modules pull request 3747. */
export const bucketKey: KeyUse = {
  path: 'encryption.defaultKmsKeyName',
  agent: 'gs-project-accounts',
  refusal: () => ({
    status: 403,
    code: 'forbidden',
    message:
      'Permission denied on Cloud KMS key. Please ensure that your Cloud Storage service account has been ' +
      'authorized to use this key.'
  })
}
export const registryKey: KeyUse = {
  path: 'kmsKeyName',
  agent: 'gcp-sa-artifactregistry',
  refusal: undecided
}
export const clusterKey: KeyUse = {
  path: 'databaseEncryption.keyName',
  agent: 'container-engine-robot',
  refusal: undecided
}

/** Queries for the grants on the keys that a new resource names. */
export function keyQueries ({ instance, inputs, account }: Draft, { path }: KeyUse): CloudQuery[] {
  return instance.fresh && stringsAt(inputs, path).length > 0
    ? [{ pkg: 'gcp', type: grantType, account }]
    : []
}

/** Throws the refusal of a new resource whose service may not use its key yet. */
export function checkKeyUse (
  draft: Draft,
  found: Found,
  { path, agent, refusal }: KeyUse,
  fail: (failure: Failure) => ProviderError
): void {
  const { instance, inputs, created, previous } = draft
  if (!instance.fresh || previous !== undefined) return
  const { records } = effective(found.of(grantType), { late: instance.late, now: new Date(created) })
  for (const key of stringsAt(inputs, path)) {
    const granted = records.some((record) => {
      const grant = plain(record.inputs)
      return stringAt(grant, 'cryptoKeyId') === key && stringAt(grant, 'role') === role &&
        stringAt(grant, 'member')?.endsWith(`@${agent}.iam.gserviceaccount.com`)
    })
    if (!granted) throw fail(refusal(key))
  }
}
