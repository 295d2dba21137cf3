/**
 * What each error code means, for the API's document. A code without a line here does not compile.
 */
import { errorKind, type ErrorCode } from '../../automation/index.ts'
import { httpErrorStatus, isHttpErrorCode, statusOfKind, type HttpErrorCode } from '../errors.ts'

export type ProblemCode = HttpErrorCode | ErrorCode

export const meanings: Record<ProblemCode, string> = {
  'http-request-invalid': 'A field, parameter or header is not acceptable: `errors` lists all that is wrong',
  'http-body-malformed': 'The body is not JSON, or not as long as it says',
  'http-cross-site': 'A page of another web site asked for a change',
  'http-host-refused': 'The service authenticates nobody and was reached under a name that is not its own',
  'http-unauthenticated': 'No credentials, or ones that are no good (any more)',
  'http-issuer-unavailable': "The issuer's keys or sign-in can not be reached at the moment",
  'http-too-many-requests':
    'Too many requests, failed attempts or streams of one caller: try again after Retry-After',
  'http-overloaded': 'The service has more to do than it can; health, cancel, approve and reject go on',
  'http-authentication-off': 'The service authenticates nobody: there is nothing to sign in to',
  'http-login-unknown': 'Nobody signs in with an issuer of that name',
  'token-not-found': 'There is no such token, or none that the caller may see',
  'http-forbidden': 'The caller may not do this: `details.permission` is what is missing',
  'http-route-not-found': 'There is nothing at this address',
  'http-method-not-allowed': 'The address exists, not for this method: `Allow` lists those that do',
  'http-not-acceptable': 'None of the accepted media types can be given',
  'http-request-timeout': 'The request came too slowly',
  'http-headers-too-large': 'Address and headers are too large',
  'http-body-too-large': 'The body is too large',
  'http-content-type-unsupported': 'The body is not application/json',
  'http-internal': 'Something went wrong that nobody foresaw; the log has the cause under `requestId`',
  'deployment-not-found': 'There is no such deployment, or none that the caller may see',
  'events-removed':
    'Events before `details.eventsFrom` were kept for as long as they are to be, and removed: read on ' +
    'after the one before it',
  'unit-not-found': 'The deployment has no such unit',
  'validation-not-found': 'The validation phase has not run in this deployment',
  'notification-not-found': 'There is no such notification, or none that the caller may see',
  'federation-not-found': 'There is no such federation, or none that the caller may see',
  'stack-not-found': 'There is no such stack',
  'hook-not-found': 'There is no such hook',
  'hook-refused':
    'Nothing shows that the delivery comes from who shares the secret of the hook, or it is too old',
  'hook-payload-invalid': 'The payload is not what its sender and event promise',
  'hook-delivery-mismatch': "The delivery's id was used with another body",
  'federation-invalid': "The federation's file has mistakes: `errors` lists them with line and column",
  'request-invalid': 'A field does not fit the federation or the service: `errors` names it',
  'plan-empty': 'The selected phases and clusters hold no unit',
  'plan-cycle': 'Units of the federation depend on each other in a circle',
  'prerequisites-missing': 'Units that the selected phases stand on are not deployed: `details.missing`',
  'dependants-deployed': 'Deployed units stand on what would be destroyed: `details.dependants`',
  'wrong-status': "The deployment's status does not allow it: `details.status`",
  'approval-refused':
    "This person's approval does not count at this gate: `details.people` and `details.groups` say whose " +
    'does',
  'approval-expired': 'The gate waited as long as it may: the deployment fails, and can be resumed',
  'approval-impossible': 'A gate of the launch could never open: `details.phase`',
  'idempotency-mismatch': 'The Idempotency-Key was used with another body',
  'live-refused': 'Live mode is off, or there is no Pulumi CLI',
  'shutting-down': 'The service is stopping; what was queued goes on at the next start',
  'store-unavailable': 'The database can not be reached at the moment',
  internal: 'Something went wrong in the deployment service; the log has the cause under `requestId`'
}

/** The HTTP status that a code is answered with. */
export function statusOfCode (code: ProblemCode): number {
  return isHttpErrorCode(code) ? httpErrorStatus(code) : statusOfKind[errorKind(code)]
}
