/**
 * Decides what a provider's error means for whoever asked: whether the same call may succeed later,
 * and whether something else holds the resource. It goes by the words of the real clouds' providers
 * (the simulated ones use the same), since nothing but words comes through the engine. Pure.
 */

/** Kinds of things that go wrong. */
export type FailureKind =
  | 'throttle'
  | 'quota'
  | 'conflict'
  | 'not-found'
  | 'invalid'
  | 'permission'
  | 'unavailable'
  | 'unknown'

/** The meaning of an error message. */
export interface ClassifiedError {
  /** The cloud that speaks; absent where the words do not tell. */
  cloud?: 'aws' | 'gcp' | 'azure' | 'kubernetes'
  kind: FailureKind
  retryable: boolean
}

type Cloud = NonNullable<ClassifiedError['cloud']>

/** Words that tell who speaks: the first that match count. */
const speakers: [Cloud, RegExp][] = [
  [
    'kubernetes',
    /Kubernetes (API server|cluster)|Helm release|no matches for kind|admission webhook|the server (has|could not|is currently)|etcdserver/
  ],
  [
    'gcp',
    /googleapi: |googleapis\.com|rpc error: code = .*cloud|rateLimitExceeded|QUOTA_EXCEEDED|ZONE_RESOURCE_POOL_EXHAUSTED/
  ],
  [
    'azure',
    /autorest|azure|Status=\d+ Code="|Code="[A-Za-z]+" Message="|ERROR CODE: |management\.azure\.com/i
  ],
  [
    'aws',
    /operation error [A-Z][\w ]+:|api error \w+|https response error StatusCode|AWS|amazonaws\.com|RequestID: |\(Client\.|status code: \d+, request id/
  ]
]

/**
 * Kinds by the words for them: the first that match count. Sources: the services' API references,
 * "Common errors".
 */
const kinds: { kind: FailureKind, words: RegExp, retryable?: boolean }[] = [
  // Throttling: asked too often, the request itself is fine.
  {
    kind: 'throttle',
    words:
      /\b(Throttling(Exception)?|ThrottledException|RequestLimitExceeded|RequestThrottled(Exception)?|TooManyRequestsException|SlowDown|PriorRequestNotComplete|EC2ThrottledException|BandwidthLimitExceeded)\b/
  },
  {
    kind: 'throttle',
    words:
      /Rate exceeded|rate ?limit ?exceeded|userRateLimitExceeded|client rate limiter|Too ?Many ?Requests|too many requests|\bStatus(Code)?[=:] ?429\b|\bError 429\b|RESPONSE 429|Quota exceeded for quota metric .* per minute/i
  },
  // Capacity is not a quota of ours: another try may find some.
  {
    kind: 'unavailable',
    words:
      /InsufficientInstanceCapacity|InsufficientCapacity|ZONE_RESOURCE_POOL_EXHAUSTED|stockout|SkuNotAvailable|AllocationFailed|OverconstrainedAllocationRequest|Server\.InsufficientInstanceCapacity/
  },
  // Quotas: no retry helps until somebody raises them or deletes something.
  {
    kind: 'quota',
    words:
      /\b\w*(LimitExceeded|QuotaExceeded)(Exception|Fault)?\b|ServiceQuotaExceeded|QUOTA_EXCEEDED|quotaExceeded|exceeding approved .* quota|exceeded quota|TooManyBuckets|LimitExceededException|insufficient.*quota|Quota .* exceeded/i
  },
  // Permission.
  {
    kind: 'permission',
    words:
      /AccessDenied(Exception)?|UnauthorizedOperation|AuthorizationFailed|LinkedAuthorizationFailed|PERMISSION_DENIED|InvalidClientTokenId|ExpiredToken(Exception)?|SignatureDoesNotMatch|UnrecognizedClientException|AuthFailure|KeyVaultAuthenticationFailure|OptInRequired|InvalidAuthenticationToken|Error 401|Error 403|StatusCode: 40[13]\b|Status=40[13]\b|Unauthorized|not authorized|is forbidden|permission denied/i
  },
  // The object exists, is in use, or changed underneath. Azure's and EKS' "still working on it"
  // pass by themselves.
  {
    kind: 'conflict',
    words:
      /AnotherOperationInProgress|OperationNotAllowed.*in progress|RetryableError|OperationPreempted|ConcurrentModification|OperationAborted|ResourceInUseException.*(in progress|currently)|resourceNotReady|the object has been modified|Operation cannot be fulfilled|fingerprint|has a conflicting operation|Error 412|conditionNotMet|ConflictException.*in progress|UpdateInProgress|operation in progress/i,
    retryable: true
  },
  // Dependents that are still on their way out go away by themselves.
  {
    kind: 'conflict',
    words:
      /DependencyViolation|InUse\w*CannotBeDeleted|resourceInUseByAnotherResource|DeleteConflict|BucketNotEmpty|has active peerings/i,
    retryable: true
  },
  {
    kind: 'conflict',
    words:
      /AlreadyExists|already exists|EntityAlreadyExists|\.Duplicate\b|Duplicate\w+|AlreadyTaken|already (taken|in use|being used)|ResourceInUseException|BucketAlready(Exists|OwnedByYou)|RoleAssignmentExists|StorageAccountAlreadyTaken|VaultAlreadyExists|cannot re-use a name|Error 409|StatusCode: 409|Status=409|InvalidSubnet\.Conflict|NetcfgSubnetRangesOverlap|VnetAddressSpacesOverlap|RouteAlreadyExists/
  },
  // What is asked for is not there.
  {
    kind: 'not-found',
    words:
      /\.NotFound\b|NotFoundException|NoSuch\w+|ResourceNotFound|ResourceGroupNotFound|ParentResourceNotFound|\bNotFound\b|not found|notFound|could not be found|does not exist|no matches for kind|Error 404|StatusCode: 404|Status=404/
  },
  // The request is wrong, and stays so.
  {
    kind: 'invalid',
    words:
      /Invalid\w*|badRequest|BadRequest|Validation(Error|Exception|Failed)|MalformedPolicyDocument|MissingParameter|UnsupportedOperation|Error 400|StatusCode: 400|Status=400|422|invalid value|is required|LocationNotAvailable|admission webhook .* denied|must be/
  },
  // The service, or the way to it, does not answer.
  {
    kind: 'unavailable',
    words:
      /ServiceUnavailable|InternalError|InternalServerError|InternalFailure|ServerTimeout|GatewayTimeout|Service ?Unavailable|backendError|Error 50[0234]|StatusCode: 50[0234]|Status=50[0234]|connection (refused|reset)|i\/o timeout|TLS handshake timeout|no such host|EOF|context deadline exceeded|cluster is unreachable|the server is currently unable|etcdserver: |ECONNRESET|ECONNREFUSED|ETIMEDOUT|RequestTimeout|unavailable/i
  }
]

const retryableKinds: Record<FailureKind, boolean> = {
  throttle: true,
  quota: false,
  conflict: false,
  'not-found': false,
  invalid: false,
  permission: false,
  unavailable: true,
  unknown: false
}

/** Classifies a provider's error. A message that says nothing known is `unknown`, not retryable. */
export function classifyProviderError (message: string): ClassifiedError {
  const cloud = speakers.find(([, words]) => words.test(message))?.[0]
  // A network failure names hosts and verbs that look like other kinds: it is told apart first.
  const network = /dial tcp|connection (refused|reset)|i\/o timeout|no such host|TLS handshake timeout/.test(
    message
  )
  const found = network
    ? { kind: 'unavailable' as const, retryable: undefined }
    : kinds.find((entry) => entry.words.test(message))
  const kind = found?.kind ?? 'unknown'
  return { ...cloud && { cloud }, kind, retryable: found?.retryable ?? retryableKinds[kind] }
}

/** Says whether the same call may succeed later, by a provider's message. */
export function retryableMessage (message: string): boolean {
  return classifyProviderError(message).retryable
}

/**
 * Words of credentials that are not taken: no grant changes that. Kubernetes' own are left out: it
 * says so too of somebody whose entry in the cluster has not taken effect.
 */
const untaken =
  /InvalidClientTokenId|ExpiredToken|SignatureDoesNotMatch|UnrecognizedClientException|OptInRequired|InvalidAuthenticationToken|ExpiredAuthenticationToken|invalid authentication credentials/

/** Says whether a call was denied to whoever made it, by a provider's message. */
export function deniedMessage (message: string): boolean {
  return classifyProviderError(message).kind === 'permission' && !untaken.test(message)
}

/** Says whether something else still uses or blocks a resource, by a provider's message. */
export function heldMessage (message: string): boolean {
  return classifyProviderError(message).kind === 'conflict'
}
