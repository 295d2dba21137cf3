/** Functions of the `aws` package. */
import { type WireObject, type WireValue } from '../../wire.ts'
import { identifiers } from '../identifiers.ts'
import { type Invoke, type InvokeContext } from '../model.ts'
import { isObject, objectAt, stringAt, stringsAt, valuesAt } from '../wire-values.ts'
import { arn, partitionOf } from './arns.ts'
import { REGIONS, zoneId, zonesOf } from './regions.ts'

const CLUSTER = 'aws:eks/cluster:Cluster'
const NODE_GROUP = 'aws:eks/nodeGroup:NodeGroup'
const ZONE = 'aws:route53/zone:Zone'

/** Quota codes of the Service Quotas API and the quotas that they are here. */
const QUOTAS: Record<string, { quota: string, service: string, initial: number }> = {
  'L-1216C47A': {
    quota: 'aws:ec2:standard-vcpus',
    service: 'Amazon Elastic Compute Cloud (Amazon EC2)',
    initial: 5
  },
  'L-34B43A08': {
    quota: 'aws:ec2:standard-vcpus-spot',
    service: 'Amazon Elastic Compute Cloud (Amazon EC2)',
    initial: 5
  },
  'L-DB2E81BA': {
    quota: 'aws:ec2:g-vcpus',
    service: 'Amazon Elastic Compute Cloud (Amazon EC2)',
    initial: 0
  },
  'L-3819A6DF': {
    quota: 'aws:ec2:g-vcpus-spot',
    service: 'Amazon Elastic Compute Cloud (Amazon EC2)',
    initial: 0
  },
  'L-417A185B': {
    quota: 'aws:ec2:p-vcpus',
    service: 'Amazon Elastic Compute Cloud (Amazon EC2)',
    initial: 0
  },
  'L-7212CCBC': {
    quota: 'aws:ec2:p-vcpus-spot',
    service: 'Amazon Elastic Compute Cloud (Amazon EC2)',
    initial: 0
  },
  'L-0263D0A3': { quota: 'aws:ec2:eips', service: 'Amazon Elastic Compute Cloud (Amazon EC2)', initial: 5 },
  'L-A2478D36': {
    quota: 'aws:ec2:transit-gateways',
    service: 'Amazon Elastic Compute Cloud (Amazon EC2)',
    initial: 5
  },
  'L-3E6EC3A3': {
    quota: 'aws:ec2:vpn-connections',
    service: 'Amazon Elastic Compute Cloud (Amazon EC2)',
    initial: 50
  },
  'L-4FB7FF5D': {
    quota: 'aws:ec2:customer-gateways',
    service: 'Amazon Elastic Compute Cloud (Amazon EC2)',
    initial: 50
  },
  'L-F678F1CE': { quota: 'aws:vpc:vpcs', service: 'Amazon Virtual Private Cloud (Amazon VPC)', initial: 5 },
  'L-FE5A380F': {
    quota: 'aws:vpc:nat-gateways',
    service: 'Amazon Virtual Private Cloud (Amazon VPC)',
    initial: 5
  },
  'L-A4707A72': {
    quota: 'aws:vpc:internet-gateways',
    service: 'Amazon Virtual Private Cloud (Amazon VPC)',
    initial: 5
  },
  'L-1194D53C': {
    quota: 'aws:eks:clusters',
    service: 'Amazon Elastic Kubernetes Service (Amazon EKS)',
    initial: 100
  },
  'L-DC2B2D3D': {
    quota: 'aws:s3:buckets',
    service: 'Amazon Simple Storage Service (Amazon S3)',
    initial: 10000
  },
  'L-FE177D64': { quota: 'aws:iam:roles', service: 'AWS Identity and Access Management (IAM)', initial: 1000 }
}

const regionOf = ({ args, instance }: InvokeContext): string => stringAt(args, 'region') ?? instance.region
const listOf = (value: WireValue): WireValue[] => Array.isArray(value) ? value : [value]
const oneOrMany = (values: WireValue[]): WireValue => values.length === 1 ? values[0] ?? '' : values

/** One statement of a policy document in IAM's JSON. */
function statement (input: WireObject): WireObject {
  const result: WireObject = {}
  if (input.sid !== undefined) result.Sid = input.sid
  result.Effect = input.effect ?? 'Allow'
  for (
    const [from, to] of [['actions', 'Action'], ['notActions', 'NotAction'], ['resources', 'Resource'], [
      'notResources',
      'NotResource'
    ]] as const
  ) {
    const values = valuesAt(input, `${from}[]`)
    if (values.length > 0) result[to] = oneOrMany(values)
  }
  for (const [from, to] of [['principals', 'Principal'], ['notPrincipals', 'NotPrincipal']] as const) {
    const principals = valuesAt(input, `${from}[]`).filter(isObject)
    if (principals.length === 0) continue
    const wildcard = principals.length === 1 && principals[0]?.type === '*'
    result[to] = wildcard
      ? '*'
      : Object.fromEntries(
        principals.map((
          principal
        ) => [stringAt(principal, 'type') ?? '', oneOrMany(listOf(principal.identifiers ?? []))])
      )
  }
  const conditions = valuesAt(input, 'conditions[]').filter(isObject)
  if (conditions.length > 0) {
    const merged: Record<string, WireObject> = {}
    for (const condition of conditions) {
      ;(merged[stringAt(condition, 'test') ?? ''] ??= {})[stringAt(condition, 'variable') ?? ''] = oneOrMany(
        listOf(condition.values ?? [])
      )
    }
    result.Condition = merged
  }
  return result
}

const getPolicyDocument: Invoke = ({ args, fail }) => {
  const parse = (text: string): WireObject => {
    try {
      return JSON.parse(text) as WireObject
    } catch (error) {
      throw fail({
        status: 400,
        code: 'MalformedPolicyDocument',
        message: error instanceof Error ? error.message : String(error)
      }, 'getPolicyDocument')
    }
  }
  const sources = [...stringsAt(args, 'sourceJson'), ...stringsAt(args, 'sourcePolicyDocuments[]')].flatMap((
    text
  ) => valuesAt(parse(text), 'Statement').flatMap(listOf))
  const overrides = [...stringsAt(args, 'overridePolicyDocuments[]'), ...stringsAt(args, 'overrideJson')]
    .flatMap((text) => valuesAt(parse(text), 'Statement').flatMap(listOf))
  const own: WireValue[] = valuesAt(args, 'statements[]').filter(isObject).map(statement)
  const kept = [...sources, ...own].filter((item) =>
    stringAt(item, 'Sid') === undefined ||
    !overrides.some((other) => stringAt(other, 'Sid') === stringAt(item, 'Sid'))
  )
  const document: WireObject = {
    Version: args.version ?? '2012-10-17',
    ...args.policyId === undefined ? {} : { Id: args.policyId },
    Statement: [...kept, ...overrides]
  }
  const json = JSON.stringify(document, null, 2)
  return {
    ...args,
    version: args.version ?? '2012-10-17',
    id: identifiers(json).digits(10),
    json,
    minifiedJson: JSON.stringify(document)
  }
}

/** The functions by token. */
export const invokes: Record<string, Invoke> = {
  'aws:index/getCallerIdentity:getCallerIdentity': ({ instance }) => ({
    id: instance.account,
    accountId: instance.account,
    arn: `arn:${partitionOf(instance.region)}:iam::${instance.account}:user/windlass`,
    userId: `AIDA${identifiers(instance.account).alnum(17).toUpperCase()}`
  }),
  'aws:index/getPartition:getPartition': ({ instance }) => {
    const partition = partitionOf(instance.region)
    return partition === 'aws-cn'
      ? { id: partition, partition, dnsSuffix: 'amazonaws.com.cn', reverseDnsPrefix: 'cn.com.amazonaws' }
      : { id: partition, partition, dnsSuffix: 'amazonaws.com', reverseDnsPrefix: 'com.amazonaws' }
  },
  'aws:index/getRegion:getRegion': (context) => {
    const region = stringAt(context.args, 'name') ?? regionOf(context)
    return { id: region, name: region, region, endpoint: `ec2.${region}.amazonaws.com`, description: region }
  },
  'aws:index/getRegions:getRegions': () => ({
    id: 'aws',
    names: REGIONS.filter((region) => partitionOf(region) === 'aws')
  }),
  'aws:index/getAvailabilityZones:getAvailabilityZones': (context) => {
    const region = regionOf(context)
    const left = stringsAt(context.args, 'excludeNames[]')
    const names = zonesOf(region).filter((zone) =>
      !left.includes(zone) && !stringsAt(context.args, 'excludeZoneIds[]').includes(zoneId(zone))
    )
    if (zonesOf(region).length === 0) {
      throw context.fail({
        status: 400,
        code: 'InvalidParameterValue',
        message: `there is no region ${region}`
      }, 'DescribeAvailabilityZones')
    }
    return { ...context.args, id: region, region, names, zoneIds: names.map(zoneId), groupNames: [region] }
  },
  'aws:iam/getPolicyDocument:getPolicyDocument': getPolicyDocument,
  'aws:servicequotas/getServiceQuota:getServiceQuota': (context) => {
    const { args, quotas, instance } = context
    const region = regionOf(context)
    const [code, entry] = Object.entries(QUOTAS).find(([key, value]) =>
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
          `rehearsal; it has ${Object.keys(QUOTAS).join(', ')}.`
      }, 'GetServiceQuota')
    }
    const serviceCode = stringAt(args, 'serviceCode') ?? ''
    const id = arn('servicequotas', { account: instance.account, region }, `${serviceCode}/${code}`)
    return {
      id,
      arn: id,
      adjustable: true,
      defaultValue: entry.initial,
      globalQuota: quota.per === 'account',
      quotaCode: code,
      quotaName: quota.name,
      serviceCode,
      serviceName: entry.service,
      usageMetrics: [],
      value: quota.limit,
      region
    }
  },
  'aws:eks/getCluster:getCluster': async (context) => {
    const { outputs } = await clusterNamed(context)
    return {
      ...outputs,
      id: stringAt(outputs, 'name') ?? '',
      certificateAuthorities: [objectAt(outputs, 'certificateAuthority')],
      accessConfigs: [objectAt(outputs, 'accessConfig')],
      kubernetesNetworkConfigs: [objectAt(outputs, 'kubernetesNetworkConfig')],
      upgradePolicies: [objectAt(outputs, 'upgradePolicy')]
    }
  },
  'aws:eks/getClusters:getClusters': async (context) => ({
    id: regionOf(context),
    region: regionOf(context),
    names: (await context.find({
      pkg: 'aws',
      type: CLUSTER,
      account: context.instance.account,
      region: regionOf(context)
    })).map((record) => record.name).sort()
  }),
  'aws:eks/getNodeGroups:getNodeGroups': async (context) => {
    const clusterName = stringAt(context.args, 'clusterName') ?? ''
    await clusterNamed(context, 'clusterName')
    return {
      id: clusterName,
      clusterName,
      region: regionOf(context),
      names: (await nodeGroupsOf(context, clusterName)).map((record) => record.name).sort()
    }
  },
  'aws:eks/getNodeGroup:getNodeGroup': async (context) => {
    const [clusterName, name] = [
      stringAt(context.args, 'clusterName') ?? '',
      stringAt(context.args, 'nodeGroupName') ?? ''
    ]
    const record = (await nodeGroupsOf(context, clusterName)).find((one) => one.name === name)
    if (!record) {
      throw context.fail({
        status: 404,
        code: 'ResourceNotFoundException',
        message: `No node group found for name: ${name}.`
      }, 'DescribeNodegroup')
    }
    const { outputs } = record
    return {
      ...outputs,
      id: `${clusterName}:${name}`,
      scalingConfigs: [objectAt(outputs, 'scalingConfig')],
      launchTemplates: [objectAt(outputs, 'launchTemplate')],
      remoteAccesses: []
    }
  },
  // A token is a presigned STS request: it is made without asking whether the cluster exists.
  'aws:eks/getClusterAuth:getClusterAuth': (context) => {
    const name = stringAt(context.args, 'name') ?? ''
    return {
      id: name,
      name,
      region: regionOf(context),
      token: `k8s-aws-v1.${
        Buffer.from(
          `https://sts.${regionOf(context)}.amazonaws.com/?Action=GetCallerIdentity&x-k8s-aws-id=${name}`
        ).toString('base64url')
      }`
    }
  },
  'aws:route53/getZone:getZone': async ({ args, instance, find, fail }) => {
    const name = stringAt(args, 'name')?.replace(/\.$/, '')
    const records = await find({
      pkg: 'aws',
      type: ZONE,
      account: instance.account,
      ...args.zoneId === undefined ? {} : { id: stringAt(args, 'zoneId') ?? '' }
    })
    const record = records.find((candidate) => name === undefined || candidate.name === name)
    if (!record) {
      throw fail(
        { status: 404, code: 'NoSuchHostedZone', message: 'no matching Route 53 Hosted Zone found' },
        'ListHostedZones'
      )
    }
    return {
      ...record.outputs,
      id: record.id,
      zoneId: record.id,
      name: record.name,
      callerReference: record.id,
      privateZone: valuesAt(record.inputs, 'vpcs[]').length > 0,
      resourceRecordSetCount: 2,
      linkedServiceDescription: '',
      linkedServicePrincipal: ''
    }
  },
  'aws:ssm/getParameter:getParameter': async (context) => {
    const name = stringAt(context.args, 'name') ?? ''
    const region = regionOf(context)
    const found = await context.find({
      pkg: 'aws',
      type: 'aws:ssm/parameter:Parameter',
      account: context.instance.account,
      region,
      name
    })
    const own = found[0]
    // Public parameters name machine images: AWS keeps them in every region.
    const value = own
      ? stringAt(own.outputs, 'value')
      : name.startsWith('/aws/service/')
      ? name.includes('release_version') ? '1.34.1-20260105' : `ami-0${identifiers(region, name).hex(16)}`
      : undefined
    if (value === undefined) {
      throw context.fail({
        status: 400,
        code: 'ParameterNotFound',
        message: `couldn't find resource ${name}`
      }, 'GetParameter')
    }
    return {
      id: name,
      name,
      region,
      arn: arn(
        'ssm',
        { account: own ? context.instance.account : '', region },
        `parameter/${name.replace(/^\//, '')}`
      ),
      type: 'String',
      value,
      insecureValue: value,
      version: 1,
      withDecryption: context.args.withDecryption ?? true
    }
  },
  'aws:ec2/getAmi:getAmi': (context) => {
    const id = `ami-0${
      identifiers(
        regionOf(context),
        JSON.stringify(context.args.filters ?? []),
        stringAt(context.args, 'nameRegex') ?? ''
      ).hex(16)
    }`
    const pattern = valuesAt(context.args, 'filters[]').find((filter) => stringAt(filter, 'name') === 'name')
    return {
      ...context.args,
      id,
      imageId: id,
      arn: arn('ec2', { account: '', region: regionOf(context) }, `image/${id}`),
      architecture: 'x86_64',
      name: (stringsAt(pattern, 'values[]')[0] ?? 'image').replaceAll('*', '20260105'),
      creationDate: '2026-01-05T00:00:00.000Z',
      state: 'available',
      rootDeviceType: 'ebs',
      virtualizationType: 'hvm',
      region: regionOf(context),
      ownerId: '137112412989'
    }
  }
}

/** The cluster's managed node groups. */
async function nodeGroupsOf (
  context: InvokeContext,
  clusterName: string
): Promise<readonly { readonly name: string, readonly outputs: WireObject }[]> {
  const records = await context.find({
    pkg: 'aws',
    type: NODE_GROUP,
    account: context.instance.account,
    region: regionOf(context)
  })
  return records.filter(({ outputs }) => stringAt(outputs, 'clusterName') === clusterName)
}

async function clusterNamed (
  context: InvokeContext,
  argument: 'name' | 'clusterName' = 'name'
): Promise<{ outputs: WireObject }> {
  const name = stringAt(context.args, argument) ?? ''
  const [record] = await context.find({
    pkg: 'aws',
    type: CLUSTER,
    account: context.instance.account,
    region: regionOf(context),
    name
  })
  if (!record) {
    throw context.fail({
      status: 404,
      code: 'ResourceNotFoundException',
      message: `No cluster found for name: ${name}.`
    }, 'DescribeCluster')
  }
  return record
}
