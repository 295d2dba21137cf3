/** Calls that services of AWS make of keys and buckets of the account, judged by those. Pure. */
import { type CloudRecord } from '../../../store.ts'
import { type WireValue } from '../../../wire.ts'
import { conditionHolds } from '../../aws/identity/conditions.ts'
import { keyPoliciesIn, keyType } from '../../aws/identity/key-policies.ts'
import { statementsOf } from '../../aws/identity/policies.ts'
import { plain, stringAt, stringsAt } from '../../wire-values.ts'
import { bucketsOf, keysOf } from './aws-table.ts'
import { letsIn, names, requestOf } from './aws-trust.ts'
import { type Claim, type RefusedCloudCall } from './refused-call.ts'

interface ServiceCall extends Claim {
  readonly from: string
  /** Resource that the service calls for. */
  readonly of: CloudRecord
  readonly principal: Readonly<Record<string, string>>
  readonly action: string
  /** ARN of a key, a bucket, or of an object in one. */
  readonly resource: string
  readonly keys?: Readonly<Record<string, string>>
}

const claims = {
  groups: {
    claim: 'CloudWatch Logs encrypts log groups with their key',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html'
  },
  delivery: {
    claim: 'flow logs are delivered to their bucket, which encrypts with its key',
    source: 'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html'
  },
  trail: {
    claim: 'CloudTrail writes to its bucket and encrypts with its key',
    source:
      'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html, ' +
      'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html'
  },
  disks: {
    claim: 'Auto Scaling makes the encrypted disks of nodes',
    source:
      'https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html'
  },
  account: {
    claim: 'the account administers its keys, and lets its roles use them',
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html'
  },
  plainHttp: {
    claim: 'a bucket answers no request over plain HTTP',
    source: 'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-5'
  }
} satisfies Record<string, Claim>

const inputs = (record: CloudRecord): WireValue => plain(record.inputs)
const arnAt = (record: CloudRecord, path: string): string[] => stringsAt(inputs(record), path)

function logCalls (records: readonly CloudRecord[]): ServiceCall[] {
  const groups = records.filter(({ type }) => type === 'aws:cloudwatch/logGroup:LogGroup')
  return groups.flatMap((group) =>
    arnAt(group, 'kmsKeyId').flatMap((resource) =>
      ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'].map((action) => ({
        ...claims.groups,
        of: group,
        from: `logs.${group.region}.amazonaws.com`,
        principal: { Service: `logs.${group.region}.amazonaws.com` },
        action,
        resource,
        keys: {
          'kms:EncryptionContext:aws:logs:arn':
            `arn:aws:logs:${group.region}:${group.account}:log-group:${group.name}`
        }
      }))
    )
  )
}

function deliveryCalls (records: readonly CloudRecord[]): ServiceCall[] {
  const from = 'delivery.logs.amazonaws.com'
  return records.filter(({ type }) => type === 'aws:ec2/flowLog:FlowLog').flatMap((log) => {
    const [destination] = arnAt(log, 'logDestination')
    const name = /^arn:aws:s3:::([^/]+)/.exec(destination ?? '')?.[1]
    if (name === undefined) return []
    const bucket = `arn:aws:s3:::${name}`
    const call = { ...claims.delivery, of: log, from, principal: { Service: from } }
    const keys = { 'aws:SourceAccount': log.account }
    return [
      { ...call, action: 's3:GetBucketAcl', resource: bucket, keys },
      {
        ...call,
        action: 's3:PutObject',
        resource: `${bucket}/AWSLogs/${log.account}/log`,
        keys: { ...keys, 's3:x-amz-acl': 'bucket-owner-full-control' }
      },
      ...keysOf(name, records).flatMap((resource) =>
        ['kms:GenerateDataKey', 'kms:Decrypt'].map((action) => ({ ...call, action, resource, keys }))
      )
    ]
  })
}

function trailCalls (records: readonly CloudRecord[]): ServiceCall[] {
  const from = 'cloudtrail.amazonaws.com'
  return records.filter(({ type }) => type === 'aws:cloudtrail/trail:Trail').flatMap((trail) => {
    const call = { ...claims.trail, of: trail, from, principal: { Service: from } }
    const source = stringAt(plain(trail.outputs), 'arn') ??
      `arn:aws:cloudtrail:${trail.region}:${trail.account}:trail/${trail.name}`
    const keys = { 'aws:SourceArn': source }
    return [
      ...arnAt(trail, 's3BucketName').flatMap((name) => [
        { ...call, action: 's3:GetBucketAcl', resource: `arn:aws:s3:::${name}`, keys },
        {
          ...call,
          action: 's3:PutObject',
          resource: `arn:aws:s3:::${name}/AWSLogs/${trail.account}/log`,
          keys: { ...keys, 's3:x-amz-acl': 'bucket-owner-full-control' }
        }
      ]),
      ...arnAt(trail, 'kmsKeyId').flatMap((resource) => [
        { ...call, action: 'kms:DescribeKey', resource, keys },
        {
          ...call,
          action: 'kms:GenerateDataKey',
          resource,
          keys: { ...keys, 'kms:EncryptionContext:aws:cloudtrail:arn': source }
        }
      ])
    ]
  })
}

/** Auto Scaling's own role has no permission for keys by itself. */
function diskCalls (records: readonly CloudRecord[]): ServiceCall[] {
  const templates = records.filter(({ type }) => type === 'aws:ec2/launchTemplate:LaunchTemplate')
  return templates.flatMap((template) => {
    const from = `arn:aws:iam::${template.account}:role/aws-service-role/autoscaling.amazonaws.com/` +
      'AWSServiceRoleForAutoScaling'
    return arnAt(template, 'blockDeviceMappings[].ebs.kmsKeyId').flatMap((resource) =>
      ['kms:CreateGrant', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:Decrypt'].map((action) => ({
        ...claims.disks,
        of: template,
        from,
        principal: { AWS: from },
        action,
        resource,
        keys: {
          'kms:ViaService': `ec2.${template.region}.amazonaws.com`,
          'kms:CallerAccount': template.account
        }
      }))
    )
  })
}

function accountCalls (records: readonly CloudRecord[]): ServiceCall[] {
  return records.filter(({ type }) => type === keyType).map((key) => {
    const from = `arn:aws:iam::${key.account}:root`
    return {
      ...claims.account,
      of: key,
      from,
      principal: { AWS: from },
      action: 'kms:PutKeyPolicy',
      resource: stringAt(plain(key.outputs), 'arn') ?? key.id
    }
  })
}

/** Policies of keys and buckets, by ARN. */
function policiesOf (records: readonly CloudRecord[]): Map<string, string> {
  const found = new Map(keyPoliciesIn(records))
  for (const record of records) {
    const policy = stringAt(inputs(record), 'policy')
    if (policy === undefined) continue
    if (record.type === 'aws:s3/bucketPolicy:BucketPolicy') {
      found.set(`arn:aws:s3:::${stringAt(inputs(record), 'bucket') ?? ''}`, policy)
    }
  }
  return found
}

/** Buckets that nothing keeps from answering plain HTTP. */
function plainAnswers (records: readonly CloudRecord[], policies: Map<string, string>): RefusedCloudCall[] {
  const request = requestOf({ 'aws:SecureTransport': 'false' })
  return records.filter(({ type }) => type === 'aws:s3/bucket:Bucket').flatMap((of) => {
    const name = stringAt(inputs(of), 'bucket') ?? ''
    const statements = statementsOf(policies.get(`arn:aws:s3:::${name}`) ?? '') ?? []
    const denied = statements.some((one) =>
      one.effect === 'Deny' && one.actions('s3:getobject') && names(one.principals, { AWS: '*' }) &&
      one.resources?.(`arn:aws:s3:::${name}/object`) !== false &&
      conditionHolds(one.condition, request) === 'yes'
    )
    return denied ? [] : [{
      ...claims.plainHttp,
      of,
      from: 'anybody',
      to: `arn:aws:s3:::${name}`,
      why: `no statement of the policy of bucket ${name} denies requests without aws:SecureTransport`
    }]
  })
}

/** Lists calls of AWS' services that keys and buckets refuse. */
export function refusedToServices (records: readonly CloudRecord[]): RefusedCloudCall[] {
  const policies = policiesOf(records)
  const calls = [
    ...logCalls(records),
    ...deliveryCalls(records),
    ...trailCalls(records),
    ...diskCalls(records),
    ...accountCalls(records)
  ]
  return [
    ...calls.flatMap(({ claim, source, from, of, principal, action, resource, keys }) => {
      const holder = resource.startsWith('arn:aws:s3') ? resource.split('/')[0] ?? '' : resource
      const policy = policies.get(holder)
      // What is not in this world has a policy that nobody knows.
      if (policy === undefined && !ownedBy(records, holder)) return []
      const taken = letsIn(
        policy ?? '{}',
        principal,
        { action, resource },
        requestOf({
          'aws:SecureTransport': 'true',
          ...keys
        })
      )
      return taken ? [] : [{
        claim,
        source,
        from,
        of,
        to: resource,
        why: `${from} is not authorized to perform: ${action} on resource: ${resource} because no ` +
          `resource-based policy allows the ${action} action`
      }]
    }),
    ...plainAnswers(records, policies)
  ]
}

function ownedBy (records: readonly CloudRecord[], arn: string): boolean {
  return bucketsOf(records).some((name) => arn === `arn:aws:s3:::${name}`) ||
    records.some(({ type, outputs }) => type === keyType && stringAt(plain(outputs), 'arn') === arn)
}
