import assert from 'node:assert/strict'
import { test } from 'node:test'
import { classifyProviderError, type ClassifiedError } from '../../../automation/stacks/provider-errors.ts'

const cases: [string, string, ClassifiedError][] = [
  [
    'an AWS throttle',
    '1 error occurred:\n\t* creating EC2 Subnet: operation error EC2: CreateSubnet, https response error ' +
    'StatusCode: 503, RequestID: 1, api error RequestLimitExceeded: Request limit exceeded.',
    { cloud: 'aws', kind: 'throttle', retryable: true }
  ],
  [
    'an AWS quota',
    'creating EKS Cluster (x): operation error EKS: CreateCluster, https response error StatusCode: 400, ' +
    'RequestID: 1, ResourceLimitExceededException: Cluster limit exceeded',
    { cloud: 'aws', kind: 'quota', retryable: false }
  ],
  [
    'AWS without capacity',
    'operation error EC2: RunInstances, api error InsufficientInstanceCapacity: We currently do not have ' +
    'sufficient capacity',
    { cloud: 'aws', kind: 'unavailable', retryable: true }
  ],
  [
    'an AWS dependency on its way out',
    'deleting EC2 VPC (vpc-1): operation error EC2: DeleteVpc, https response error StatusCode: 400, ' +
    'RequestID: 1, api error DependencyViolation: The vpc has dependencies and cannot be deleted.',
    { cloud: 'aws', kind: 'conflict', retryable: true }
  ],
  [
    'an AWS permission',
    'operation error IAM: CreateRole, https response error StatusCode: 403, RequestID: 1, api error ' +
    'AccessDenied: User is not authorized to perform: iam:CreateRole',
    { cloud: 'aws', kind: 'permission', retryable: false }
  ],
  [
    'an AWS reference',
    'operation error EC2: CreateSubnet, https response error StatusCode: 400, RequestID: 1, api error ' +
    'InvalidVpcID.NotFound: The vpc ID does not exist',
    { cloud: 'aws', kind: 'not-found', retryable: false }
  ],
  [
    'a GCP throttle',
    "Error creating Network: googleapi: Error 429: Quota exceeded for quota metric 'Queries' and limit " +
    "'Queries per minute' of service 'compute.googleapis.com', rateLimitExceeded",
    { cloud: 'gcp', kind: 'throttle', retryable: true }
  ],
  [
    'a GCP quota',
    "Error waiting to create Address: googleapi: Error 403: Quota 'STATIC_ADDRESSES' exceeded. Limit: " +
    '8.0 in region europe-west1., quotaExceeded',
    { cloud: 'gcp', kind: 'quota', retryable: false }
  ],
  [
    'GCP at work on the same thing',
    'googleapi: Error 412: The resource fingerprint changed, conditionNotMet',
    { cloud: 'gcp', kind: 'conflict', retryable: true }
  ],
  ['a GCP backend error', 'googleapi: Error 503: The service is currently unavailable., backendError', {
    cloud: 'gcp',
    kind: 'unavailable',
    retryable: true
  }],
  [
    'a GCP duplicate',
    "googleapi: Error 409: The resource 'projects/p/global/networks/n' already exists, alreadyExists",
    { cloud: 'gcp', kind: 'conflict', retryable: false }
  ],
  [
    'an Azure throttle',
    'autorest/azure: Service returned an error. Status=429 Code="TooManyRequests" Message="The request ' +
    'is being throttled"',
    { cloud: 'azure', kind: 'throttle', retryable: true }
  ],
  [
    'an Azure quota',
    'Status=409 Code="QuotaExceeded" Message="Operation could not be completed as it results in ' +
    'exceeding approved Total Regional Cores quota."',
    { cloud: 'azure', kind: 'quota', retryable: false }
  ],
  [
    'Azure at work',
    'Code="AnotherOperationInProgress" Message="Another operation on this or dependent resource is in ' +
    'progress."',
    { cloud: 'azure', kind: 'conflict', retryable: true }
  ],
  ['an Azure permission', 'RESPONSE 403: 403 Forbidden ERROR CODE: AuthorizationFailed', {
    cloud: 'azure',
    kind: 'permission',
    retryable: false
  }],
  [
    'a missing CRD',
    'creation of resource x failed because the Kubernetes API server reported that the apiVersion for ' +
    'this resource does not exist. no matches for kind "Gateway" in version "networking.istio.io/v1"',
    { cloud: 'kubernetes', kind: 'not-found', retryable: false }
  ],
  [
    'a cluster out of reach',
    'configured Kubernetes cluster is unreachable: unable to load schema information from the API ' +
    'server: Get "https://x.eks.amazonaws.com/openapi/v2?timeout=32s": dial tcp: lookup x on ' +
    '10.0.0.2:53: no such host',
    { cloud: 'kubernetes', kind: 'unavailable', retryable: true }
  ],
  ["a program's own error", 'TypeError: Cannot read properties of undefined', {
    kind: 'unknown',
    retryable: false
  }]
]

for (const [what, message, expected] of cases) {
  test(`${what} is ${expected.kind}${expected.retryable ? ', worth a retry' : ''}`, () =>
    assert.deepEqual(classifyProviderError(message), expected))
}
