/** API errors in the words of the Azure Native provider. */
import { ProviderError } from '../../provider.ts'
import { type Failure } from '../draft.ts'
import { type PackageModel } from '../package-model.ts'
import { tokenParts } from '../tokens.ts'

/** Words an error as autorest does: `Status=409 Code="…" Message="…"`. */
export function azureError (failure: Failure): ProviderError {
  return new ProviderError(
    `autorest/azure: Service returned an error. Status=${failure.status} Code="${failure.code}" ` +
      `Message="${failure.message}"`
  )
}

export const azureFailures: PackageModel['failures'] = {
  invalid: (message) => ({ status: 400, code: 'InvalidParameter', message }),
  // https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors
  denied: () => ({
    status: 401,
    code: 'ExpiredAuthenticationToken',
    message: 'The access token expiry UTC time is earlier than current UTC time.'
  }),
  throttled: () => ({
    status: 429,
    code: 'TooManyRequests',
    message: 'The request is being throttled as the limit has been reached for operation type - ' +
      'Write_ObservationWindow_00:01:00. For more information, see - https://aka.ms/srpthrottlinglimits. ' +
      'Retry after 27 seconds.'
  }),
  overQuota: (quota, limit, place, type) => ({
    status: 409,
    code: 'QuotaExceeded',
    message: 'Operation could not be completed as it results in exceeding approved ' +
      `${quota.includes('azure:compute') ? 'Total Regional Cores' : tokenParts(type).name} quota. ` +
      `Additional details - Deployment Model: Resource Manager, Location: ${place.region}, Current Limit: ` +
      `${limit}.`
  }),
  inUse: (record, user) =>
    record.type.endsWith(':Subnet')
      ? {
        status: 400,
        code: 'InUseSubnetCannotBeDeleted',
        message:
          `Subnet ${record.name} is in use by ${user.id} and cannot be deleted. In order to delete the ` +
          'subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.'
      }
      : {
        status: 409,
        code: `InUse${tokenParts(record.type).name}CannotBeDeleted`,
        message: `${tokenParts(record.type).name} ${record.id} is in use by ${user.id} and cannot be deleted.`
      },
  notFound: (value) =>
    value.startsWith('/subscriptions/')
      ? { status: 404, code: 'NotFound', message: `Resource ${value} not found.` }
      : {
        status: 404,
        code: 'ResourceNotFound',
        message: `The Resource '${value}' was not found. For more details please go to ` +
          'https://aka.ms/ARMResourceNotFoundFix'
      },
  taken: (draft) => ({
    status: 409,
    code: 'Conflict',
    message: `A resource with the ID '${draft.id}' already exists - to be managed it needs to be imported`
  })
}
