/** Models of EKS and ECR. */
import { unknownValue, type WireObject } from '../../wire.ts'
import { clusterAuthority } from '../cluster-authority.ts'
import { type Draft } from '../draft.ts'
import { kubernetesObjectsOf } from '../kubernetes/objects-of.ts'
import { type ResourceModel, refersTo } from '../resource-model.ts'
import { refusedStep } from '../version-steps.ts'
import { numberAt, objectAt, stringAt, stringsAt, valuesAt } from '../wire-values.ts'
import { arn } from './arns.ts'
import { creatorEntry } from './identity/creator-entry.ts'
import { vcpusOf } from './instance-types.ts'
import { roleType, securityGroupType, subnetType } from './types.ts'

const clusterType = 'aws:eks/cluster:Cluster'
const nodeGroupType = 'aws:eks/nodeGroup:NodeGroup'
const repositoryType = 'aws:ecr/repository:Repository'
const launchTemplateType = 'aws:ec2/launchTemplate:LaunchTemplate'

/**
 * Version of a cluster that asks for none, and versions that EKS offers
 * (https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html, 2026).
 */
const defaultVersion = '1.34'
const versionPattern = /^1\.(2[8-9]|3[0-9])$/

const ofCluster = refersTo('clusterName', clusterType)
/** Cluster of what goes away with it. Node groups and Fargate profiles have to be deleted first. */
const inCluster = refersTo('clusterName', clusterType, { holds: false })
const goesWithCluster = [
  'aws:eks/addon:Addon',
  'aws:eks/accessEntry:AccessEntry',
  'aws:eks/accessPolicyAssociation:AccessPolicyAssociation',
  'aws:eks/podIdentityAssociation:PodIdentityAssociation'
]
const clusterName = (draft: Draft): string => stringAt(draft.inputs, 'clusterName') ?? ''

const isSpot = (inputs: WireObject): boolean => inputs.capacityType === 'SPOT'
const groupVcpus = (inputs: WireObject): number =>
  vcpusOf(stringsAt(inputs, 'instanceTypes[]')[0] ?? 't3.medium') *
  numberAt(inputs, 'scalingConfig.desiredSize', 1)

export const containers: Record<string, ResourceModel> = {
  [clusterType]: {
    filledIn: [
      'vpcConfig.clusterSecurityGroupId',
      'vpcConfig.vpcId',
      'vpcConfig.publicAccessCidrs',
      'kubernetesNetworkConfig.elasticLoadBalancing'
    ],
    name: {
      property: 'name',
      auto: 'random',
      max: 100,
      pattern: /^[0-9A-Za-z][A-Za-z0-9_-]*$/,
      rule: 'it must begin with a letter or digit and hold letters, digits, hyphens and underscores only'
    },
    unique: 'region',
    id: (draft) => draft.name,
    immutable: [
      'name',
      'roleArn',
      'bootstrapSelfManagedAddons',
      'kubernetesNetworkConfig.ipFamily',
      'kubernetesNetworkConfig.serviceIpv4Cidr',
      'outpostConfig',
      'encryptionConfig'
    ],
    quota: [{ quota: 'aws:eks:clusters' }],
    references: [
      refersTo('roleArn', roleType),
      refersTo('vpcConfig.subnetIds[]', subnetType),
      refersTo('vpcConfig.securityGroupIds[]', securityGroupType),
      refersTo('encryptionConfig.provider.keyArn', 'aws:kms/key:Key', { holds: false })
    ],
    check: (inputs) => {
      const version = stringAt(inputs, 'version')
      return version === undefined || version === unknownValue || versionPattern.test(version)
        ? []
        : [{ property: 'version', reason: `unsupported Kubernetes version ${version}` }]
    },
    taken: (draft) => ({
      status: 409,
      code: 'ResourceInUseException',
      message: `Cluster already exists with name: ${draft.name}`
    }),
    validate: (draft, found, fail) => {
      // EKS User Guide, "Update existing cluster to new Kubernetes version": one minor version at a
      // time, and never back.
      const [now, wanted] = [stringAt(draft.previous, 'version'), stringAt(draft.inputs, 'version')]
      if (refusedStep(now, wanted)) {
        throw fail({
          status: 400,
          code: 'InvalidParameterException',
          message: `Unsupported Kubernetes minor version update from ${now} to ${wanted}`
        })
      }
      const subnets = stringsAt(draft.inputs, 'vpcConfig.subnetIds[]').map((id) => found.by(subnetType, id))
      const zones = new Set(subnets.map((subnet) => stringAt(subnet?.outputs, 'availabilityZone')))
      if (zones.size < 2) {
        throw fail({
          status: 400,
          code: 'InvalidParameterException',
          message: 'Subnets specified must be in at least two different AZs'
        })
      }
      if (new Set(subnets.map((subnet) => stringAt(subnet?.outputs, 'vpcId'))).size > 1) {
        throw fail({
          status: 400,
          code: 'InvalidParameterException',
          message: 'Subnets provided belong to different VPCs'
        })
      }
      const before = stringAt(objectAt(draft.previous, 'vpcConfig'), 'vpcId')
      if (before && subnets.some((subnet) => stringAt(subnet?.outputs, 'vpcId') !== before)) {
        throw fail({
          status: 400,
          code: 'InvalidParameterException',
          message: `Provided subnets belong to a VPC other than the cluster's, ${before}`
        })
      }
    },
    // Whoever makes a cluster gets an access entry, unless told otherwise (EKS User Guide, "Grant
    // IAM users access to Kubernetes with EKS access entries").
    brings: (draft, who) =>
      objectAt(draft.inputs, 'accessConfig').bootstrapClusterCreatorAdminPermissions === false
        ? []
        : [creatorEntry(draft, who)],
    refusesDelete: (record) =>
      record.inputs.deletionProtection === true
        ? {
          status: 400,
          code: 'InvalidRequestException',
          message: `Cluster ${record.name} has deletion protection turned on`
        }
        : undefined,
    sweeps: (record) => {
      const objects = kubernetesObjectsOf(record)
      const own = { pkg: 'aws', account: record.account, region: record.region }
      return {
        query: { any: [objects.query, ...goesWithCluster.map((type) => ({ ...own, type }))] },
        goes: (other) =>
          objects.goes(other) ||
          (goesWithCluster.includes(other.type) && stringAt(other.inputs, 'clusterName') === record.id)
      }
    },
    outputs: (draft, found) => {
      const subnet = found.by(subnetType, stringsAt(draft.inputs, 'vpcConfig.subnetIds[]')[0])
      const endpoint = `https://${
        draft.make.hex(32, 'endpoint').toUpperCase()
      }.gr7.${draft.region}.eks.amazonaws.com`
      return {
        arn: arn('eks', draft, `cluster/${draft.name}`),
        endpoint,
        status: 'ACTIVE',
        createdAt: draft.created,
        platformVersion: 'eks.12',
        clusterId: '',
        version: draft.inputs.version ?? stringAt(draft.previous, 'version') ?? defaultVersion,
        certificateAuthority: { data: clusterAuthority(draft, `${draft.name}`) },
        certificateAuthorities: [{ data: clusterAuthority(draft, `${draft.name}`) }],
        identities: [{
          oidcs: [{
            issuer: `https://oidc.eks.${draft.region}.amazonaws.com/id/` +
              `${draft.make.hex(32, 'endpoint').toUpperCase()}`
          }]
        }],
        accessConfig: {
          authenticationMode: 'CONFIG_MAP',
          bootstrapClusterCreatorAdminPermissions: true,
          ...objectAt(draft.inputs, 'accessConfig')
        },
        kubernetesNetworkConfig: {
          ipFamily: 'ipv4',
          serviceIpv4Cidr: '172.20.0.0/16',
          elasticLoadBalancing: { enabled: false },
          ...objectAt(draft.inputs, 'kubernetesNetworkConfig')
        },
        vpcConfig: {
          endpointPublicAccess: true,
          endpointPrivateAccess: false,
          publicAccessCidrs: ['0.0.0.0/0'],
          ...objectAt(draft.inputs, 'vpcConfig'),
          clusterSecurityGroupId: `sg-0${draft.make.hex(16, 'sg')}`,
          vpcId: stringAt(subnet?.outputs, 'vpcId') ?? ''
        },
        upgradePolicy: { supportType: 'EXTENDED', ...objectAt(draft.inputs, 'upgradePolicy') },
        deletionProtection: draft.inputs.deletionProtection ?? false
      }
    }
  },
  [nodeGroupType]: {
    name: { property: 'nodeGroupName', auto: 'random', max: 63 },
    id: (draft) => `${clusterName(draft)}:${draft.name}`,
    immutable: [
      'clusterName',
      'nodeGroupName',
      'nodeRoleArn',
      'subnetIds',
      'instanceTypes',
      'amiType',
      'capacityType',
      'diskSize',
      'remoteAccess',
      'launchTemplate.id',
      'launchTemplate.name'
    ],
    references: [
      ofCluster,
      refersTo('nodeRoleArn', roleType),
      refersTo('subnetIds[]', subnetType),
      refersTo('launchTemplate.id', launchTemplateType),
      refersTo('launchTemplate.name', launchTemplateType)
    ],
    quota: [
      {
        quota: 'aws:ec2:standard-vcpus',
        types: [nodeGroupType, 'aws:ec2/instance:Instance'],
        units: (inputs, type) =>
          type !== nodeGroupType
            ? vcpusOf(stringAt(inputs, 'instanceType') ?? '')
            : isSpot(inputs)
            ? 0
            : groupVcpus(inputs)
      },
      { quota: 'aws:ec2:standard-vcpus-spot', units: (inputs) => isSpot(inputs) ? groupVcpus(inputs) : 0 }
    ],
    check: (inputs) => {
      const [min, desired, max] = ['minSize', 'desiredSize', 'maxSize'].map((key) =>
        objectAt(inputs, 'scalingConfig')[key]
      )
      if (typeof min !== 'number' || typeof desired !== 'number' || typeof max !== 'number') return []
      if (max < 1) {
        return [{
          property: 'scalingConfig.maxSize',
          reason: `expected scalingConfig.maxSize to be at least (1), got ${max}`
        }]
      }
      return min <= desired && desired <= max
        ? []
        : [{
          property: 'scalingConfig',
          reason: `minSize (${min}) <= desiredSize (${desired}) <= maxSize (${max}) does not hold`
        }]
    },
    validate: (draft, found, fail) => {
      // https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html, "Launch template
      // configuration basics".
      const template = found.by(
        launchTemplateType,
        objectAt(draft.inputs, 'launchTemplate').id
      )?.inputs
      if (stringsAt(template, 'networkInterfaces[].subnetId').length > 0) {
        throw fail({
          status: 400,
          code: 'InvalidRequestException',
          message: 'The network interfaces of a launch template for a node group must not name a subnet: ' +
            "subnets are the node group's own"
        })
      }
      if (
        valuesAt(template, 'networkInterfaces[]').length > 0 &&
        valuesAt(template, 'vpcSecurityGroupIds[]').length > 0
      ) {
        throw fail({
          status: 400,
          code: 'InvalidParameterCombination',
          message:
            'Network interfaces and an instance-level security groups may not be specified on the same ' +
            'request'
        })
      }
    },
    taken: (draft) => ({
      status: 409,
      code: 'ResourceInUseException',
      message: `NodeGroup already exists with name ${draft.name} and cluster name ${clusterName(draft)}`
    }),
    outputs: (draft, found) => ({
      arn: arn('eks', draft, `nodegroup/${clusterName(draft)}/${draft.name}/${draft.make.uuid('ng')}`),
      status: 'ACTIVE',
      amiType: draft.inputs.amiType ?? 'AL2023_x86_64_STANDARD',
      capacityType: draft.inputs.capacityType ?? 'ON_DEMAND',
      diskSize: draft.inputs.diskSize ?? 20,
      instanceTypes: draft.inputs.instanceTypes ?? ['t3.medium'],
      version: draft.inputs.version ??
        stringAt(found.by(clusterType, clusterName(draft))?.outputs, 'version') ??
        defaultVersion,
      releaseVersion: draft.inputs.releaseVersion ?? `${defaultVersion}.1-20260105`,
      resources: [{
        autoscalingGroups: [{ name: `eks-${draft.name}-${draft.make.uuid('asg')}` }],
        remoteAccessSecurityGroupId: ''
      }]
    })
  },
  'aws:eks/fargateProfile:FargateProfile': {
    name: { property: 'fargateProfileName', auto: 'random' },
    id: (draft) => `${clusterName(draft)}:${draft.name}`,
    references: [ofCluster, refersTo('podExecutionRoleArn', roleType), refersTo('subnetIds[]', subnetType)]
  },
  'aws:eks/addon:Addon': {
    name: { property: 'addonName', auto: 'none' },
    id: (draft) => `${clusterName(draft)}:${draft.name}`,
    immutable: ['addonName', 'clusterName', 'namespaceConfig'],
    references: [inCluster, refersTo('serviceAccountRoleArn', roleType)],
    taken: (draft) => ({
      status: 409,
      code: 'ResourceInUseException',
      message: `Addon already exists: ${draft.name}`
    }),
    outputs: (draft) => ({
      arn: arn('eks', draft, `addon/${clusterName(draft)}/${draft.name}/${draft.make.uuid('addon')}`),
      addonVersion: draft.inputs.addonVersion ?? 'v1.20.1-eksbuild.1',
      createdAt: draft.created,
      modifiedAt: draft.created
    })
  },
  'aws:eks/accessEntry:AccessEntry': {
    id: (draft) => `${clusterName(draft)}:${stringAt(draft.inputs, 'principalArn')}`,
    immutable: ['clusterName', 'principalArn', 'type'],
    references: [inCluster, {
      path: 'principalArn',
      types: [roleType, 'aws:iam/user:User'],
      except: /:(root|assumed-role)/,
      holds: false
    }],
    outputs: (draft) => ({
      accessEntryArn: arn(
        'eks',
        draft,
        `access-entry/${clusterName(draft)}/role/${draft.account}/` +
          `${(stringAt(draft.inputs, 'principalArn') ?? '').split('/').at(-1)}/${draft.make.uuid('entry')}`
      ),
      createdAt: draft.created,
      modifiedAt: draft.created,
      type: draft.inputs.type ?? 'STANDARD'
    })
  },
  'aws:eks/accessPolicyAssociation:AccessPolicyAssociation': {
    id: (draft) =>
      `${clusterName(draft)}#${stringAt(draft.inputs, 'principalArn')}#` +
      `${stringAt(draft.inputs, 'policyArn')}`,
    immutable: ['clusterName', 'principalArn', 'policyArn', 'accessScope'],
    references: [inCluster],
    outputs: (draft) => ({ associatedAt: draft.created, modifiedAt: draft.created })
  },
  'aws:eks/podIdentityAssociation:PodIdentityAssociation': {
    id: (draft) => `a-${draft.make.alnum(17, 'id')}`,
    immutable: ['clusterName', 'namespace', 'serviceAccount'],
    references: [inCluster, refersTo('roleArn', roleType)],
    outputs: (draft) => ({
      associationArn: arn('eks', draft, `podidentityassociation/${clusterName(draft)}/${draft.id}`),
      associationId: draft.id
    })
  },
  [repositoryType]: {
    name: {
      property: 'name',
      auto: 'random',
      max: 256,
      lower: true,
      pattern: /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/,
      rule: 'lower case letters, digits, hyphens, underscores, periods and slashes only'
    },
    unique: 'region',
    id: (draft) => draft.name,
    immutable: ['encryptionConfigurations'],
    taken: (draft) => ({
      status: 400,
      code: 'RepositoryAlreadyExistsException',
      message:
        `The repository with name '${draft.name}' already exists in the registry with id '${draft.account}'`
    }),
    outputs: (draft) => ({
      arn: arn('ecr', draft, `repository/${draft.name}`),
      registryId: draft.account,
      repositoryUrl: `${draft.account}.dkr.ecr.${draft.region}.amazonaws.com/${draft.name}`
    })
  },
  'aws:ecr/lifecyclePolicy:LifecyclePolicy': {
    id: (draft) => stringAt(draft.inputs, 'repository') ?? '',
    immutable: ['repository'],
    references: [refersTo('repository', repositoryType)],
    outputs: (draft) => ({ registryId: draft.account })
  },
  'aws:ecr/repositoryPolicy:RepositoryPolicy': {
    id: (draft) => stringAt(draft.inputs, 'repository') ?? '',
    immutable: ['repository'],
    references: [refersTo('repository', repositoryType)],
    outputs: (draft) => ({ registryId: draft.account })
  }
}
