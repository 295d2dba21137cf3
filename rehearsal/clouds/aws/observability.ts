/** Models of CloudWatch, SNS, SQS and Systems Manager parameters. */
import { type ResourceModel } from '../model.ts'
import { numberAt, stringAt } from '../wire-values.ts'
import { arn } from './arns.ts'

export const observability: Record<string, ResourceModel> = {
  'aws:cloudwatch/logGroup:LogGroup': {
    name: { property: 'name', auto: 'random', max: 512, pattern: /^[.\-_/#A-Za-z0-9]+$/, rule: 'alphanumeric characters, hyphens(-), underscores(_), periods(.), slashes(/) and hash(#) allowed' },
    unique: 'region',
    id: (draft) => draft.name,
    references: [{ path: 'kmsKeyId', types: ['aws:kms/key:Key'], holds: false }],
    taken: () => ({ status: 400, code: 'ResourceAlreadyExistsException', message: 'The specified log group already exists' }),
    defaults: () => ({ retentionInDays: 0, skipDestroy: false }),
    outputs: (draft) => ({ arn: arn('logs', draft, `log-group:${draft.name}`), logGroupClass: draft.inputs.logGroupClass ?? 'STANDARD', namePrefix: '' })
  },
  'aws:cloudwatch/metricAlarm:MetricAlarm': { unique: 'region', id: (draft) => draft.name, outputs: (draft) => ({ arn: arn('cloudwatch', draft, `alarm:${draft.name}`) }) },
  'aws:cloudwatch/dashboard:Dashboard': { name: { property: 'dashboardName', auto: 'none' }, unique: 'account', id: (draft) => draft.name, outputs: (draft) => ({ dashboardArn: arn('cloudwatch', draft, `dashboard/${draft.name}`, '') }) },
  'aws:sns/topic:Topic': { unique: 'region', id: (draft) => arn('sns', draft, draft.name), outputs: (draft) => ({ arn: draft.id, owner: draft.account }) },
  'aws:sns/topicSubscription:TopicSubscription': { id: (draft) => `${stringAt(draft.inputs, 'topic')}:${draft.make.uuid('id')}`, immutable: ['topic', 'protocol', 'endpoint'], outputs: (draft) => ({ arn: draft.id }) },
  'aws:sqs/queue:Queue': { unique: 'region', id: (draft) => `https://sqs.${draft.region}.amazonaws.com/${draft.account}/${draft.name}`, outputs: (draft) => ({ arn: arn('sqs', draft, draft.name), url: draft.id }) },
  'aws:ssm/parameter:Parameter': { unique: 'region', id: (draft) => draft.name, outputs: (draft) => ({ arn: arn('ssm', draft, `parameter/${draft.name.replace(/^\//, '')}`), version: numberAt(draft.previous, 'version', 0) + 1 }) }
}
