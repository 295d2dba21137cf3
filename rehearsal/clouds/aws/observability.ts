/** Models of CloudTrail, CloudWatch, SNS, SQS and Systems Manager parameters. */
import { type ResourceModel } from '../resource-model.ts'
import { numberAt, stringAt } from '../wire-values.ts'
import { arn } from './arns.ts'

const bucketPolicyType = 'aws:s3/bucketPolicy:BucketPolicy'

export const observability: Record<string, ResourceModel> = {
  'aws:cloudwatch/logGroup:LogGroup': {
    name: {
      property: 'name',
      auto: 'random',
      max: 512,
      pattern: /^[.\-_/#A-Za-z0-9]+$/,
      rule: 'alphanumeric characters, hyphens(-), underscores(_), periods(.), slashes(/) and hash(#) allowed'
    },
    unique: 'region',
    id: (draft) => draft.name,
    references: [{ path: 'kmsKeyId', types: ['aws:kms/key:Key'], holds: false }],
    taken: () => ({
      status: 400,
      code: 'ResourceAlreadyExistsException',
      message: 'The specified log group already exists'
    }),
    defaults: () => ({ retentionInDays: 0, skipDestroy: false }),
    outputs: (draft) => ({
      arn: arn('logs', draft, `log-group:${draft.name}`),
      logGroupClass: draft.inputs.logGroupClass ?? 'STANDARD',
      namePrefix: ''
    })
  },
  'aws:cloudtrail/trail:Trail': {
    name: {
      property: 'name',
      auto: 'random',
      max: 128,
      pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{2,127}$/,
      rule: 'it must begin with a letter or digit and hold 3 to 128 letters, digits, periods, underscores ' +
        'and dashes'
    },
    unique: 'region',
    id: (draft) => arn('cloudtrail', draft, `trail/${draft.name}`),
    references: [{ path: 's3BucketName', types: ['aws:s3/bucket:Bucket'], holds: false, anywhere: true }, {
      path: 'kmsKeyId',
      types: ['aws:kms/key:Key'],
      holds: false,
      anywhere: true
    }],
    taken: (draft) => ({
      status: 400,
      code: 'TrailAlreadyExistsException',
      message: `Trail ${draft.name} already exists for customer: ${draft.account}`
    }),
    // CloudTrail asks the bucket whether it may write before it makes the trail.
    looksAt: (draft) => [{ pkg: 'aws', type: bucketPolicyType, account: draft.account }],
    validate: (draft, found, fail) => {
      const bucket = stringAt(draft.inputs, 's3BucketName')
      const allowed = found.of(bucketPolicyType).some((record) =>
        stringAt(record.inputs, 'bucket') === bucket &&
        (stringAt(record.inputs, 'policy') ?? '').includes('cloudtrail.amazonaws.com')
      )
      if (!allowed) {
        throw fail({
          status: 400,
          code: 'InsufficientS3BucketPolicyException',
          message: `Incorrect S3 bucket policy is detected for bucket: ${bucket}`
        })
      }
    },
    outputs: (draft) => ({
      arn: draft.id,
      homeRegion: draft.region,
      enableLogging: draft.inputs.enableLogging ?? true
    })
  },
  'aws:cloudwatch/metricAlarm:MetricAlarm': {
    unique: 'region',
    id: (draft) => draft.name,
    outputs: (draft) => ({ arn: arn('cloudwatch', draft, `alarm:${draft.name}`) })
  },
  'aws:cloudwatch/dashboard:Dashboard': {
    name: { property: 'dashboardName', auto: 'none' },
    unique: 'account',
    id: (draft) => draft.name,
    outputs: (draft) => ({ dashboardArn: arn('cloudwatch', draft, `dashboard/${draft.name}`, '') })
  },
  'aws:sns/topic:Topic': {
    unique: 'region',
    id: (draft) => arn('sns', draft, draft.name),
    outputs: (draft) => ({ arn: draft.id, owner: draft.account })
  },
  'aws:sns/topicSubscription:TopicSubscription': {
    id: (draft) => `${stringAt(draft.inputs, 'topic')}:${draft.make.uuid('id')}`,
    immutable: ['topic', 'protocol', 'endpoint'],
    outputs: (draft) => ({ arn: draft.id })
  },
  'aws:sqs/queue:Queue': {
    unique: 'region',
    id: (draft) => `https://sqs.${draft.region}.amazonaws.com/${draft.account}/${draft.name}`,
    outputs: (draft) => ({ arn: arn('sqs', draft, draft.name), url: draft.id })
  },
  'aws:ssm/parameter:Parameter': {
    unique: 'region',
    id: (draft) => draft.name,
    outputs: (draft) => ({
      arn: arn('ssm', draft, `parameter/${draft.name.replace(/^\//, '')}`),
      version: numberAt(draft.previous, 'version', 0) + 1
    })
  }
}
