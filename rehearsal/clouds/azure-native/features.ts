/** Features of Azure that a subscription has to be registered for. */
import { type ProviderError } from '../../provider.ts'
import { type CloudQuery } from '../../store.ts'
import { type Draft, type Failure, type Found } from '../draft.ts'
import { stringAt, valuesAt } from '../wire-values.ts'

const featureType = 'azure-native:features:SubscriptionFeatureRegistration'

/** Query for the features of a new cluster's subscription. */
export function featureQueries ({ account, instance }: Draft): CloudQuery[] {
  return instance.fresh ? [{ pkg: 'azure-native', type: featureType, account }] : []
}

/**
 * Throws the refusal of nodes that are encrypted at their host in a subscription without the
 * feature. Sources: Microsoft, "Host-based encryption on AKS" (prerequisites); the words in
 * Azure/azure-cli issue 16788.
 */
export function checkHostEncryption (
  { inputs, instance, previous }: Draft,
  found: Found,
  fail: (failure: Failure) => ProviderError
): void {
  if (!instance.fresh || previous !== undefined) return
  const asked = [
    ...valuesAt(inputs, 'agentPoolProfiles[].enableEncryptionAtHost'),
    ...valuesAt(inputs, 'enableEncryptionAtHost')
  ]
  if (!asked.includes(true)) return
  const on = found.of(featureType).some((record) =>
    stringAt(record.inputs, 'featureName') === 'EncryptionAtHost'
  )
  if (on) return
  throw fail({
    status: 400,
    code: 'InvalidParameter',
    message: "The property 'securityProfile.encryptionAtHost' is not valid because the " +
      "'Microsoft.Compute/EncryptionAtHost' feature is not enabled for this subscription."
  })
}
