/**
 * Meanings of error codes, for the API's document. A code without a line here does not compile.
 */
import { errorKind, type ErrorCode } from '../../automation/index.ts'
import { httpErrorStatus, isHttpErrorCode, statusOfKind, type HttpErrorCode } from '../errors.ts'

export type ProblemCode = HttpErrorCode | ErrorCode

export const meanings: Record<ProblemCode, string> = {
  'http-request-invalid': 'A field, parameter or header is not acceptable: `errors` lists all that is wrong',
  'http-body-malformed': 'The body is not JSON, or not as long as it says',
  'http-cross-site': 'A page of another web site asked for a change',
  'http-host-refused': 'The service authenticates nobody and was reached under a name that is not its own',
  'http-unauthenticated': 'The request has no credentials, or wrong, expired or revoked ones',
  'http-issuer-unavailable': "The issuer's keys or sign-in cannot be reached at the moment",
  'http-too-many-requests':
    'Too many requests, failed attempts or streams from one caller: try again after Retry-After',
  'http-overloaded': 'The service is overloaded; health, cancel, approve and reject still work',
  'http-authentication-off': 'The service authenticates nobody: there is nothing to sign in to',
  'http-login-unknown': 'There is no sign-in with an issuer of that name',
  'token-not-found': 'There is no such token, or none that the caller may see',
  'http-forbidden': 'The caller lacks the permission `details.permission`',
  'http-route-not-found': 'There is nothing at this address',
  'http-method-not-allowed': 'The address does not take this method: `Allow` lists those it takes',
  'http-not-acceptable': 'The answer has none of the accepted media types',
  'http-request-timeout': 'The request arrived too slowly',
  'http-headers-too-large': 'The address and headers are too large',
  'http-body-too-large': 'The body is too large',
  'http-content-type-unsupported': 'The body is not application/json',
  'http-internal': 'An unexpected error: the log has its cause under `requestId`',
  'deployment-not-found': 'There is no such deployment, or none that the caller may see',
  'events-removed':
    'Events before `details.eventsFrom` were removed after their retention period: read on after the ' +
    'one before it',
  'unit-not-found': 'The deployment has no such unit',
  'validation-not-found': 'The validation phase has not run in this deployment',
  'notification-not-found': 'There is no such notification, or none that the caller may see',
  'federation-not-found': 'There is no such federation, or none that the caller may see',
  'stack-not-found': 'There is no such stack',
  'queue-full':
    'The caller, or the federation (`details.of`), has `details.limit` deployments queued: try again after ' +
    'Retry-After, or cancel some',
  'worlds-full':
    'The caller, or the federation (`details.of`), has `details.limit` worlds: use one of them or ' +
    '`fresh`, or drop one',
  'world-not-found': 'There is no such world, or none that the caller may see',
  'outages-full': 'The world has as many outages as it may have: `details.limit`',
  'world-in-use': 'Deployments in the world have not ended: `details.deployments`',
  'hook-not-found': 'There is no such hook',
  'hook-refused': "The delivery is not signed with the hook's secret, or it is too old",
  'hook-payload-invalid': 'The payload is not what its sender and event require',
  'hook-delivery-mismatch': "The delivery's id was used with another body",
  'schedule-overlaps': 'What the schedule launched before is not over: `details.deployment`',
  'federation-invalid': "The federation's file has problems: `errors` lists them with line and column",
  'request-invalid': 'A field does not fit the federation or the service: `errors` names it',
  'plan-empty': 'The selected phases and clusters hold no unit',
  'plan-cycle': 'Units of the federation depend on each other in a circle',
  'prerequisites-missing':
    'Units that the selected phases depend on are not deployed: `details.missing` lists them',
  'dependants-deployed': 'Deployed units depend on what would be destroyed: `details.dependants` lists them',
  'wrong-status': "The deployment's status, `details.status`, does not allow it",
  'approval-refused':
    "The caller's approval does not count at this gate: `details.people` and `details.groups` say whose " +
    'does',
  'approval-expired': 'The gate expired: the deployment fails, and can be resumed',
  'approval-impossible': 'The gate of phase `details.phase` could never open',
  'idempotency-mismatch': 'The Idempotency-Key was used with another body',
  'live-refused': 'Live mode is off, or there is no Pulumi CLI',
  'shutting-down': 'The service is stopping; queued deployments continue after the next start',
  'store-unavailable': 'The database cannot be reached at the moment',
  internal: 'An unexpected error in the deployment service: the log has its cause under `requestId`'
}

/** The HTTP status that a code is answered with. */
export function statusOfCode (code: ProblemCode): number {
  return isHttpErrorCode(code) ? httpErrorStatus(code) : statusOfKind[errorKind(code)]
}
