/** A customer managed key of one region, rotated every year, that the region's log services may use. */
import * as aws from '@pulumi/aws'
import { ComponentResource, type ComponentResourceOptions, type Output } from '@pulumi/pulumi'

/** `accountId` owns the key; `purpose` is its description. */
export interface RegionKeyArgs { readonly accountId: string, readonly region: string, readonly purpose: string }

/** Outputs `arn`, the key's ARN. */
export class RegionKey extends ComponentResource {
  readonly arn: Output<string>

  constructor (name: string, args: RegionKeyArgs, options?: ComponentResourceOptions) {
    super('windlass:aws:RegionKey', name, {}, options)
    const use = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo']
    const key = new aws.kms.Key(`${name}-key`, {
      description: args.purpose,
      enableKeyRotation: true,
      rotationPeriodInDays: 365,
      // The longest there is: whatever was encrypted with the key is lost with it.
      deletionWindowInDays: 30,
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Sid: 'Account', Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${args.accountId}:root` }, Action: 'kms:*', Resource: '*' },
          {
            Sid: 'Logs',
            Effect: 'Allow',
            Principal: { Service: [`logs.${args.region}.amazonaws.com`, 'delivery.logs.amazonaws.com'] },
            Action: use,
            Resource: '*',
            Condition: { StringEquals: { 'aws:SourceAccount': args.accountId } }
          },
          {
            // Nodes' disks are made by Auto Scaling on behalf of the managed node groups.
            Sid: 'NodeDisks',
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${args.accountId}:root` },
            Action: [...use, 'kms:CreateGrant'],
            Resource: '*',
            Condition: { StringEquals: { 'kms:ViaService': `ec2.${args.region}.amazonaws.com`, 'kms:CallerAccount': args.accountId } }
          }
        ]
      })
    }, { parent: this })
    new aws.kms.Alias(`${name}-key-alias`, { name: `alias/${name}`, targetKeyId: key.keyId }, { parent: this })
    this.arn = key.arn
    this.registerOutputs({ arn: this.arn })
  }
}
