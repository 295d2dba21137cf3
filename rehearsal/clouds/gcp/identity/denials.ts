/**
 * Refusals in the words of Google's services. Sources: answers quoted in issues of
 * hashicorp/terraform-provider-google (for each service), and Google Cloud, "Troubleshoot
 * permission error messages".
 */
import { type Failure } from '../../draft.ts'

interface Refused {
  permission: string
  /** Resource that the permission was missing on. */
  on: string
  /** Address of whoever asked. */
  email: string
  project: string
  member: string | undefined
}

const words: Record<string, (refused: Refused) => string> = {
  compute: ({ permission, on }) => `Required '${permission}' permission for '${on}'`,
  container: ({ permission, project }) => `Required "${permission}" permission(s) for "projects/${project}".`,
  resourcemanager: ({ permission }) =>
    permission.endsWith('setIamPolicy')
      ? 'Policy update access denied.'
      : 'The caller does not have permission',
  storage: ({ permission, email }) =>
    `${email} does not have ${permission} access to the Google Cloud Storage bucket. Permission ` +
    `'${permission}' denied on resource (or it may not exist).`,
  dns: () => 'Forbidden'
}

/** Refusal of a permission by its service. */
export function refusal (refused: Refused): Failure {
  const { permission, on } = refused
  const message = permission === 'iam.serviceAccounts.actAs'
    ? `The user does not have access to service account "${on}". Ask a project owner to grant you the ` +
      'iam.serviceAccountUser role on the service account.'
    : words[permission.split('.')[0] ?? '']?.(refused) ??
      `Permission '${permission}' denied on resource '${on}' (or it may not exist).`
  return { status: 403, code: 'forbidden', message }
}

/** Refusal of a token for a service account that is impersonated. */
export function tokenRefusal (email: string): Failure {
  return {
    status: 404,
    code: 'notFound',
    message: `Not found; Gaia id not found for email ${email}: unable to impersonate`
  }
}

/**
 * Refusal of a token to whoever may not impersonate. Source: Google Cloud, "Use service account
 * impersonation": the Service Account Token Creator role, or for principals of pools the Workload
 * Identity User role.
 */
export const impersonationRefusal: Failure = {
  status: 403,
  code: 'forbidden',
  message: "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist).: " +
    'unable to impersonate'
}
