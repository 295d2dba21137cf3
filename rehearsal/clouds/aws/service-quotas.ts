/** Service Quotas: the quota codes that exist here, and the function that asks for one. */
import { type Invoke } from '../package-model.ts'
import { stringAt } from '../wire-values.ts'
import { arn } from './arns.ts'
import { regionOf } from './regions.ts'

const ec2 = 'Amazon Elastic Compute Cloud (Amazon EC2)'
const vpcService = 'Amazon Virtual Private Cloud (Amazon VPC)'
const eks = 'Amazon Elastic Kubernetes Service (Amazon EKS)'
const s3 = 'Amazon Simple Storage Service (Amazon S3)'
const iam = 'AWS Identity and Access Management (IAM)'

/** A quota code's entry. */
interface CodedQuota {
  /** Key in the table of quotas. */
  quota: string
  /** Service's name as the API spells it. */
  service: string
}

const knownQuotas: Record<string, CodedQuota> = {
  'L-1216C47A': { quota: 'aws:ec2:standard-vcpus', service: ec2 },
  'L-34B43A08': { quota: 'aws:ec2:standard-vcpus-spot', service: ec2 },
  'L-DB2E81BA': { quota: 'aws:ec2:g-vcpus', service: ec2 },
  'L-3819A6DF': { quota: 'aws:ec2:g-vcpus-spot', service: ec2 },
  'L-417A185B': { quota: 'aws:ec2:p-vcpus', service: ec2 },
  'L-7212CCBC': { quota: 'aws:ec2:p-vcpus-spot', service: ec2 },
  'L-0263D0A3': { quota: 'aws:ec2:eips', service: ec2 },
  'L-A2478D36': { quota: 'aws:ec2:transit-gateways', service: ec2 },
  'L-3E6EC3A3': { quota: 'aws:ec2:vpn-connections', service: ec2 },
  'L-4FB7FF5D': { quota: 'aws:ec2:customer-gateways', service: ec2 },
  'L-F678F1CE': { quota: 'aws:vpc:vpcs', service: vpcService },
  'L-FE5A380F': { quota: 'aws:vpc:nat-gateways', service: vpcService },
  'L-A4707A72': { quota: 'aws:vpc:internet-gateways', service: vpcService },
  'L-1194D53C': { quota: 'aws:eks:clusters', service: eks },
  'L-DC2B2D3D': { quota: 'aws:s3:buckets', service: s3 },
  'L-FE177D64': { quota: 'aws:iam:roles', service: iam }
}

export const getServiceQuota: Invoke = (context) => {
  const { args, quotas, instance } = context
  const region = regionOf(context)
  const [code, entry] = Object.entries(knownQuotas).find(([key, value]) =>
    key === args.quotaCode ||
    (args.quotaCode === undefined && quotas[value.quota]?.name === args.quotaName)
  ) ?? []
  const quota = entry && quotas[entry.quota]
  if (!code || !entry || !quota) {
    throw context.fail({
      status: 400,
      code: 'NoSuchResourceException',
      message: 'The request failed because the specified quota ' +
        `(${stringAt(args, 'quotaCode') ?? stringAt(args, 'quotaName')}) does not exist in this ` +
        `rehearsal; it has ${Object.keys(knownQuotas).join(', ')}.`
    }, 'GetServiceQuota')
  }
  const serviceCode = stringAt(args, 'serviceCode') ?? ''
  const id = arn('servicequotas', { account: instance.account, region }, `${serviceCode}/${code}`)
  return {
    id,
    arn: id,
    adjustable: true,
    defaultValue: quota.initial,
    globalQuota: quota.per === 'account',
    quotaCode: code,
    quotaName: quota.name,
    serviceCode,
    serviceName: entry.service,
    usageMetrics: [],
    value: quota.limit,
    region
  }
}
