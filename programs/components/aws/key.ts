/**
 * A customer managed key of one region, rotated every year, that the region's log services may use.
 */
import * as aws from '@pulumi/aws'
import { ComponentResource, type ComponentResourceOptions, type Output } from '@pulumi/pulumi'

/**
 * `accountId` owns the key; `purpose` is its description; `trailArn` a CloudTrail trail that
 * encrypts with it.
 */
export interface RegionKeyArgs {
  readonly accountId: string
  readonly region: string
  readonly purpose: string
  readonly trailArn?: string
}

/** Outputs `arn`, the key's ARN. */
export class RegionKey extends ComponentResource {
  readonly arn: Output<string>

  constructor (name: string, args: RegionKeyArgs, options?: ComponentResourceOptions) {
    super('windlass:aws:RegionKey', name, {}, options)
    const use = [
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:GenerateDataKeyWithoutPlaintext',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo'
    ]
    const key = new aws.kms.Key(`${name}-key`, {
      description: args.purpose,
      enableKeyRotation: true,
      rotationPeriodInDays: 365,
      // The longest there is: whatever was encrypted with the key is lost with it.
      deletionWindowInDays: 30,
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'Account',
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${args.accountId}:root` },
            Action: 'kms:*',
            Resource: '*'
          },
          {
            // CloudWatch Logs names the log group in the encryption context: AWS, "Encrypt log data
            // in CloudWatch Logs using AWS KMS".
            Sid: 'LogGroups',
            Effect: 'Allow',
            Principal: { Service: `logs.${args.region}.amazonaws.com` },
            Action: use,
            Resource: '*',
            Condition: {
              ArnLike: {
                'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${args.region}:${args.accountId}:*`
              }
            }
          },
          {
            Sid: 'LogDelivery',
            Effect: 'Allow',
            Principal: { Service: 'delivery.logs.amazonaws.com' },
            Action: use,
            Resource: '*',
            Condition: { StringEquals: { 'aws:SourceAccount': args.accountId } }
          },
          {
            // As AWS's own key for volumes has it: whoever of this account makes disks through EC2.
            // Auto Scaling's linked role, which makes the nodes', has no permission of its own for
            // keys and may not exist yet, so that a policy cannot name it.
            Sid: 'Disks',
            Effect: 'Allow',
            Principal: { AWS: '*' },
            Action: [...use, 'kms:CreateGrant'],
            Resource: '*',
            Condition: {
              StringEquals: {
                'kms:ViaService': `ec2.${args.region}.amazonaws.com`,
                'kms:CallerAccount': args.accountId
              }
            }
          },
          ...(args.trailArn === undefined ? [] : trailStatements(args.trailArn))
        ]
      })
    }, { parent: this })
    new aws.kms.Alias(`${name}-key-alias`, { name: `alias/${name}`, targetKeyId: key.keyId }, {
      parent: this
    })
    this.arn = key.arn
    this.registerOutputs({ arn: this.arn })
  }
}

/** Source: AWS, "Configure AWS KMS key policies for CloudTrail". */
function trailStatements (trailArn: string): object[] {
  const trail = { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' }, Resource: '*' }
  return [
    {
      Sid: 'Trail',
      ...trail,
      Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
      Condition: {
        StringEquals: { 'aws:SourceArn': trailArn },
        StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': trailArn }
      }
    },
    {
      Sid: 'TrailLooks',
      ...trail,
      Action: 'kms:DescribeKey',
      Condition: { StringEquals: { 'aws:SourceArn': trailArn } }
    }
  ]
}
