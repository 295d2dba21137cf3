/** Functions of the `aws` package. */
import { type WireObject } from '../../wire.ts'
import { identifiers } from '../identifiers.ts'
import { type Invoke, type InvokeContext } from '../package-model.ts'
import { objectAt, stringAt, stringsAt, valuesAt } from '../wire-values.ts'
import { arn, partitionOf } from './arns.ts'
import { getPolicyDocument } from './policy-document.ts'
import { awsRegionNames, regionOf, zoneId, zonesOf } from './regions.ts'
import { getServiceQuota } from './service-quotas.ts'

const clusterType = 'aws:eks/cluster:Cluster'
const nodeGroupType = 'aws:eks/nodeGroup:NodeGroup'
const zoneType = 'aws:route53/zone:Zone'

/** The functions by token. */
export const invokes: Record<string, Invoke> = {
  'aws:index/getCallerIdentity:getCallerIdentity': async ({ instance, who }) => {
    const arn = await who()
    return {
      id: instance.account,
      accountId: instance.account,
      arn,
      userId: `${arn.includes(':assumed-role/') ? 'AROA' : 'AIDA'}${
        identifiers(instance.account).alnum(17).toUpperCase()
      }`
    }
  },
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
    names: awsRegionNames.filter((region) => partitionOf(region) === 'aws')
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
  'aws:servicequotas/getServiceQuota:getServiceQuota': getServiceQuota,
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
      type: clusterType,
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
      type: zoneType,
      account: instance.account,
      ...(args.zoneId !== undefined && { id: stringAt(args, 'zoneId') ?? '' })
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
    type: nodeGroupType,
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
    type: clusterType,
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
