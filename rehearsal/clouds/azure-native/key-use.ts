/** Keys in vaults that Azure's services encrypt with: if their identity may use them by now. */
import { type ProviderError } from '../../provider.ts'
import { type CloudQuery } from '../../store.ts'
import { type Draft, type Failure, type Found } from '../draft.ts'
import { effective } from '../late-grants.ts'
import { isObject, plain, stringAt, stringsAt, valueAt } from '../wire-values.ts'
import { assignmentType } from './identity/roles.ts'

const identityType = 'azure-native:managedidentity:UserAssignedIdentity'

/** Paths of the identities that use a resource's key: ids, or a map whose keys are ids. */
const identities: Readonly<Record<string, readonly string[]>> = {
  'azure-native:storage:StorageAccount': ['encryption.encryptionIdentity.encryptionUserAssignedIdentity'],
  'azure-native:containerregistry:Registry': ['identity.userAssignedIdentities'],
  'azure-native:compute:DiskEncryptionSet': ['identity.userAssignedIdentities']
}
/** Paths that say that a key in a vault is used. */
const keys: readonly string[] = [
  'encryption.keyVaultProperties.keyVaultUri',
  'encryption.keyVaultProperties.keyIdentifier',
  'activeKey.keyUrl'
]

function usersOf ({ type, inputs }: Draft): string[] {
  return (identities[type] ?? []).flatMap((path) => {
    const value = plain(valueAt(inputs, path))
    return isObject(value)
      ? Object.keys(value)
      : [...stringsAt(inputs, path), ...stringsAt(inputs, `${path}[]`)]
  })
}

/** Queries for what says whether a new resource's identity may use its key. */
export function keyQueries (draft: Draft): CloudQuery[] {
  const { instance, account, inputs } = draft
  if (!instance.fresh || !keys.some((path) => valueAt(inputs, path) !== undefined)) return []
  return usersOf(draft).length === 0
    ? []
    : [identityType, assignmentType].map((type) => ({ pkg: 'azure-native', type, account }))
}

/**
 * Throws the refusal of a new resource whose identity has no role on a vault yet. Source: the words
 * in Azure/bicep issue 16601.
 */
export function checkKeyUse (draft: Draft, found: Found, fail: (failure: Failure) => ProviderError): void {
  const { instance, created, previous, inputs } = draft
  if (!instance.fresh || previous !== undefined) return
  if (!keys.some((path) => valueAt(inputs, path) !== undefined)) return
  const { records } = effective(found.of(assignmentType), { late: instance.late, now: new Date(created) })
  for (const user of usersOf(draft)) {
    const principal = stringAt(plain(found.id(user)?.outputs), 'principalId')
    const granted = records.some(({ inputs: grant }) =>
      stringAt(plain(grant), 'principalId') === principal &&
      /\/providers\/Microsoft\.KeyVault\/vaults\//i.test(stringAt(plain(grant), 'scope') ?? '')
    )
    if (principal !== undefined && !granted) {
      throw fail({
        status: 403,
        code: 'KeyVaultAuthenticationFailure',
        message: 'The operation failed because of authentication issue on the keyvault.'
      })
    }
  }
}
