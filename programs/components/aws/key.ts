/**
 * A customer managed key of one region, rotated every year, that the region's log services may use.
 */
import * as aws from '@pulumi/aws'
import { ComponentResource, type ComponentResourceOptions, type Output } from '@pulumi/pulumi'

/** Calls of the services that encrypt with the key. */
const use = [
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo'
]

export interface RegionKeyArgs {
  /** Account that owns the key. */
  readonly accountId: string
  readonly region: string
  /** Description of the key. */
  readonly purpose: string
  /** CloudTrail trail that encrypts with the key, alone. */
  readonly trailArn?: string
}

export class RegionKey extends ComponentResource {
  /** The key's ARN. */
  readonly arn: Output<string>

  constructor (name: string, args: RegionKeyArgs, options?: ComponentResourceOptions) {
    super('windlass:aws:RegionKey', name, {}, options)
    const key = new aws.kms.Key(`${name}-key`, {
      description: args.purpose,
      enableKeyRotation: true,
      rotationPeriodInDays: 365,
      // The longest there is: whatever was encrypted with the key is lost with it.
      deletionWindowInDays: 30,
      policy: JSON.stringify({ Version: '2012-10-17', Statement: statements(args) })
    }, { parent: this })
    new aws.kms.Alias(`${name}-key-alias`, { name: `alias/${name}`, targetKeyId: key.keyId }, {
      parent: this
    })
    this.arn = key.arn
    this.registerOutputs({ arn: this.arn })
  }
}

/**
 * Statements of the key's policy: the account, and the trail or, of a key without one, log groups,
 * log delivery and disks.
 */
function statements ({ accountId, region, trailArn }: RegionKeyArgs): object[] {
  const account = {
    Sid: 'Account',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${accountId}:root` },
    Action: 'kms:*',
    Resource: '*'
  }
  if (trailArn !== undefined) return [account, ...trailStatements(trailArn)]
  return [
    account,
    {
      // CloudWatch Logs names the log group in the encryption context: AWS, "Encrypt log data in
      // CloudWatch Logs using AWS KMS".
      Sid: 'LogGroups',
      Effect: 'Allow',
      Principal: { Service: `logs.${region}.amazonaws.com` },
      Action: use,
      Resource: '*',
      Condition: {
        ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${region}:${accountId}:*` }
      }
    },
    {
      Sid: 'LogDelivery',
      Effect: 'Allow',
      Principal: { Service: 'delivery.logs.amazonaws.com' },
      Action: use,
      Resource: '*',
      Condition: { StringEquals: { 'aws:SourceAccount': accountId } }
    },
    {
      // As in AWS's own key for volumes: whoever of this account makes disks through EC2. Auto
      // Scaling's linked role, which makes the disks of nodes, has no permission of its own for
      // keys and may not exist yet, so that a policy cannot name it.
      Sid: 'Disks',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: [...use, 'kms:CreateGrant'],
      Resource: '*',
      Condition: {
        StringEquals: { 'kms:ViaService': `ec2.${region}.amazonaws.com`, 'kms:CallerAccount': accountId }
      }
    }
  ]
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
