/** Names that Google Cloud keeps after a deletion. */
import { type Draft } from '../draft.ts'
import { type KeptName } from '../resource-model.ts'

/**
 * Key rings and keys cannot be deleted: a destroy forgets a ring, and destroys the versions of a
 * key. Sources: terraform-provider-google, documentation of `google_kms_key_ring` and
 * `google_kms_crypto_key`; the words: hashicorp/terraform-provider-google issues 1214 and 7067.
 */
export function keptForEver (what: 'KeyRing' | 'CryptoKey'): () => KeptName {
  return () => ({
    refusal: (draft: Draft) => ({
      status: 409,
      code: 'alreadyExists',
      message: `${what} ${draft.id} already exists.`
    })
  })
}

/**
 * Pools and their providers are deleted softly for 30 days, and the provider does not undelete.
 * Sources: Google Cloud, "Manage workload identity pools and providers"; the words:
 * hashicorp/terraform-provider-google issue 14191, pulumi/pulumi-gcp issue 1149.
 */
export function keptPool (): KeptName {
  return {
    days: 30,
    refusal: () => ({ status: 409, code: 'alreadyExists', message: 'Requested entity already exists' })
  }
}

/**
 * Roles are deleted softly for 7 days, in which the provider undeletes and updates them; their ids
 * come free up to 30 days later. Sources: terraform-provider-google, documentation of
 * `google_project_iam_custom_role`; Google Cloud, "Create and manage custom roles"; the words:
 * terraform-google-modules/terraform-google-bastion-host issue 14.
 */
export function keptRole (): KeptName {
  return {
    days: 37,
    recoveredFor: 7,
    refusal: (draft) => ({
      status: 400,
      code: 'failedPrecondition',
      message: `You can't create a role_id (${draft.name}) which has been marked for deletion.`
    })
  }
}
