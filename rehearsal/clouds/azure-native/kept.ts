/** Names that Azure keeps after a deletion. */
import { type CloudRecord } from '../../store.ts'
import { type KeptName } from '../resource-model.ts'
import { numberAt } from '../wire-values.ts'

/** Days for which a vault is kept that does not say. Source: Microsoft, "Key Vault soft-delete". */
const defaultDays = 90

/**
 * Vaults are deleted softly, and one with protection against purging cannot be purged before its
 * days are over. Sources: Microsoft, "Azure Key Vault soft-delete overview"; the words as
 * azure-native gives them: alan-turing-institute/data-safe-haven issue 2523.
 */
export function keptVault ({ inputs }: CloudRecord): KeptName {
  return {
    days: numberAt(inputs, 'properties.softDeleteRetentionInDays', defaultDays),
    refusal: () => ({
      status: 409,
      code: 'ConflictError',
      message: 'A vault with the same name already exists in deleted state. You need to either recover or ' +
        'purge existing key vault. Follow this link https://go.microsoft.com/fwlink/?linkid=2149745 for more ' +
        'information on soft delete.'
    })
  }
}
