/** API errors in the words of the Google Cloud provider. */
import type { FaultOperation } from '../../../contract/words.ts'
import { ProviderError } from '../../provider.ts'
import { type Failure } from '../draft.ts'
import { type PackageModel } from '../package-model.ts'
import { tokenParts } from '../tokens.ts'
import { conventionalPath } from './paths.ts'

const verbs: Record<FaultOperation, string> = {
  create: 'creating',
  update: 'updating',
  delete: 'deleting',
  read: 'reading'
}

/**
 * Words an error as terraform-provider-google does: `Error creating Network: googleapi: Error 409:
 * …, alreadyExists`.
 */
export function gcpError (failure: Failure, operation: FaultOperation, type: string): ProviderError {
  return new ProviderError(
    `Error ${verbs[operation]} ${tokenParts(type).name}: googleapi: Error ${failure.status}: ` +
      `${failure.message}, ${failure.code}`
  )
}

export const gcpFailures: PackageModel['failures'] = {
  invalid: (message) => ({ status: 400, code: 'badRequest', message }),
  // https://cloud.google.com/apis/design/errors#error_codes, UNAUTHENTICATED.
  denied: () => ({
    status: 401,
    code: 'authError',
    message: 'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie ' +
      'or other valid authentication credential.'
  }),
  throttled: () => ({
    status: 429,
    code: 'rateLimitExceeded',
    message: "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute' of service " +
      "'compute.googleapis.com'"
  }),
  overQuota: (quota, limit, place, type) => ({
    status: 403,
    code: 'quotaExceeded',
    message: `QUOTA_EXCEEDED - Quota '${
      quota.includes('/')
        ? tokenParts(type).name.toUpperCase()
        : (quota.split(':').at(-1) ?? quota).replaceAll('-', '_').toUpperCase()
    }' exceeded.  Limit: ${limit.toFixed(1)} in region ${place.region || 'global'}.`
  }),
  inUse: (record, user) => ({
    status: 400,
    code: 'resourceInUseByAnotherResource',
    message:
      `The ${tokenParts(record.type).name.toLowerCase()} resource '${record.id}' is already being used by ` +
      `'${user.id}'`
  }),
  notFound: (value) => ({ status: 404, code: 'notFound', message: `The resource '${value}' was not found` }),
  taken: (draft) => ({
    status: 409,
    code: 'alreadyExists',
    message: `The resource '${draft.id === '' ? conventionalPath(draft) : draft.id}' already exists`
  })
}
