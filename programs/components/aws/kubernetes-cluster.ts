/**
 * An EKS cluster with a private endpoint, and a public one for operators of the internet alone;
 * secrets encrypted with the cluster's own key, all control plane logs, its workload identities and
 * add-ons.
 */
import * as aws from '@pulumi/aws'
import {
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  type Output,
  type Resource
} from '@pulumi/pulumi'
import { ProgramError } from '../../errors.ts'
import { addonVersion } from './addon-versions.ts'
import { type AttachedRole, podRole, serviceRole } from './roles.ts'

export interface KubernetesClusterArgs {
  readonly clusterName: string
  readonly version: string
  readonly serviceCidr: string
  readonly vpcId: Input<string>
  readonly vpcCidr: string
  /** Ranges from which operators call the API: of the internet, and of joined networks. */
  readonly operators: { readonly internet: readonly string[], readonly joined: readonly string[] }
  /** Subnets of the control plane's interfaces. */
  readonly subnetIds: Input<string>[]
  readonly kmsKeyArn: Input<string>
  readonly logRetentionDays: number
}

const controlPlaneLogs = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler']

/** The cluster before it has nodes. `addAddons` installs what needs nodes. */
export class KubernetesCluster extends ComponentResource {
  readonly clusterName: Output<string>
  readonly arn: Output<string>
  readonly endpoint: Output<string>
  readonly certificateAuthority: Output<string>
  readonly issuer: Output<string>
  /** Security group by which control plane and nodes trust each other. */
  readonly securityGroup: Output<string>
  /** Resources that have to be there before nodes join. */
  readonly nodePrerequisites: Resource[]
  readonly #name: string
  readonly #version: string

  constructor (name: string, args: KubernetesClusterArgs, options?: ComponentResourceOptions) {
    super('windlass:aws:KubernetesCluster', name, {}, options)
    this.#name = name
    this.#version = args.version
    const control = controlPlane(this, name, args)
    const { group, rules } = clusterSecurityGroup(this, name, args)
    const cluster = eksCluster(this, name, args, control, group)
    this.clusterName = cluster.name
    this.arn = cluster.arn
    this.endpoint = cluster.endpoint
    this.certificateAuthority = cluster.certificateAuthority.data
    this.issuer = cluster.identities.apply((identities) =>
      issuerOf(identities[0]?.oidcs?.[0]?.issuer, args.clusterName)
    )
    this.securityGroup = group.id
    new aws.iam.OpenIdConnectProvider(`${name}-oidc`, {
      url: this.issuer,
      clientIdLists: ['sts.amazonaws.com']
    }, { parent: this })
    const agent = this.addon('eks-pod-identity-agent')
    // The network plugin has an identity of its own, so that pods which reach a node's role get no
    // power over network interfaces.
    const interfaces = podRole(this, `${name}-interfaces`, ['AmazonEKS_CNI_Policy'])
    this.nodePrerequisites = [
      ...rules,
      agent,
      this.addon('kube-proxy'),
      this.addon('vpc-cni', {
        configuration: { enableNetworkPolicy: 'true' },
        identity: { serviceAccount: 'aws-node', ...interfaces },
        dependsOn: [agent]
      })
    ]
    this.registerOutputs({
      clusterName: this.clusterName,
      arn: this.arn,
      endpoint: this.endpoint,
      issuer: this.issuer,
      securityGroup: this.securityGroup
    })
  }

  /**
   * Installs the add-ons that only become healthy on nodes: DNS, measurements that autoscaling goes
   * by, and volumes with their own identity.
   */
  addAddons (nodes: Resource[]): Resource[] {
    const volumes = podRole(this, `${this.#name}-volumes`, ['service-role/AmazonEBSCSIDriverPolicy'])
    return [
      this.addon('coredns', { dependsOn: nodes }),
      this.addon('metrics-server', { dependsOn: nodes }),
      this.addon('aws-ebs-csi-driver', {
        dependsOn: nodes,
        identity: { serviceAccount: 'ebs-csi-controller-sa', ...volumes }
      })
    ]
  }

  private addon (
    addonName: string,
    { configuration, identity, dependsOn = [] }: AddonSettings = {}
  ): aws.eks.Addon {
    const version = addonVersion(addonName, this.#version)
    return new aws.eks.Addon(`${this.#name}-${addonName}`, {
      clusterName: this.clusterName,
      addonName,
      ...(version && { addonVersion: version }),
      resolveConflictsOnCreate: 'OVERWRITE',
      resolveConflictsOnUpdate: 'OVERWRITE',
      ...(configuration && { configurationValues: JSON.stringify(configuration) }),
      ...(identity && {
        podIdentityAssociations: [{ serviceAccount: identity.serviceAccount, roleArn: identity.role.arn }]
      })
    }, { parent: this, dependsOn: [...dependsOn, ...(identity?.attachments ?? [])] })
  }
}

interface AddonSettings {
  readonly configuration?: Record<string, string>
  /** Role that the add-on's pods take under their service account. */
  readonly identity?: AttachedRole & { readonly serviceAccount: string }
  readonly dependsOn?: Resource[]
}

/** Role and log group of the control plane, which have to be there before it is. */
interface ControlPlane {
  readonly role: aws.iam.Role
  readonly ready: Resource[]
}

function controlPlane (parent: ComponentResource, name: string, args: KubernetesClusterArgs): ControlPlane {
  const { role, attachments } = serviceRole(parent, `${name}-control-plane`, 'eks.amazonaws.com', [
    'AmazonEKSClusterPolicy'
  ])
  // EKS would make the log group itself, without a retention time and without a key.
  const logs = new aws.cloudwatch.LogGroup(`${name}-control-plane`, {
    name: `/aws/eks/${args.clusterName}/cluster`,
    retentionInDays: args.logRetentionDays,
    kmsKeyId: args.kmsKeyArn
  }, { parent })
  return { role, ready: [...attachments, logs] }
}

/** The security group by which control plane and nodes trust each other, and its rules. */
function clusterSecurityGroup (
  parent: ComponentResource,
  name: string,
  args: KubernetesClusterArgs
): { group: aws.ec2.SecurityGroup, rules: Resource[] } {
  const inside = { parent }
  const group = new aws.ec2.SecurityGroup(`${name}-cluster`, {
    vpcId: args.vpcId,
    description: `Control plane and nodes of ${args.clusterName}`,
    tags: { Name: `${name}-cluster` }
  }, inside)
  const rule = { securityGroupId: group.id }
  const trust = new aws.vpc.SecurityGroupIngressRule(`${name}-trust`, {
    ...rule,
    description: 'Control plane and nodes among each other',
    ipProtocol: '-1',
    referencedSecurityGroupId: group.id
  }, inside)
  const out = new aws.vpc.SecurityGroupEgressRule(`${name}-out`, {
    ...rule,
    description: 'Out, through the NAT gateways and to peers',
    ipProtocol: '-1',
    cidrIpv4: '0.0.0.0/0'
  }, inside)
  // Clients reach the private endpoint from inside the VPC; the networking phase lets other
  // clusters' networks in.
  const clients = new aws.vpc.SecurityGroupIngressRule(`${name}-endpoint`, {
    ...rule,
    description: 'Kubernetes API from the VPC',
    ipProtocol: 'tcp',
    fromPort: 443,
    toPort: 443,
    cidrIpv4: args.vpcCidr
  }, inside)
  const operators = args.operators.joined.map((cidrIpv4) =>
    new aws.vpc.SecurityGroupIngressRule(`${name}-operators-${cidrIpv4}`, {
      ...rule,
      description: 'Kubernetes API from the operators',
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      cidrIpv4
    }, inside)
  )
  return { group, rules: [trust, out, clients, ...operators] }
}

function eksCluster (
  parent: ComponentResource,
  name: string,
  args: KubernetesClusterArgs,
  { role, ready }: ControlPlane,
  group: aws.ec2.SecurityGroup
): aws.eks.Cluster {
  return new aws.eks.Cluster(name, {
    name: args.clusterName,
    version: args.version,
    roleArn: role.arn,
    vpcConfig: {
      subnetIds: args.subnetIds,
      securityGroupIds: [group.id],
      endpointPrivateAccess: true,
      endpointPublicAccess: args.operators.internet.length > 0,
      ...(args.operators.internet.length > 0 && { publicAccessCidrs: [...args.operators.internet] })
    },
    kubernetesNetworkConfig: { ipFamily: 'ipv4', serviceIpv4Cidr: args.serviceCidr },
    accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: true },
    bootstrapSelfManagedAddons: false,
    encryptionConfig: { provider: { keyArn: args.kmsKeyArn }, resources: ['secrets'] },
    enabledClusterLogTypes: controlPlaneLogs,
    upgradePolicy: { supportType: 'STANDARD' }
  }, {
    parent,
    dependsOn: ready,
    // A cluster can take other subnets, but only of its own VPC; and its name is taken until it is
    // gone.
    replacementTrigger: args.vpcId,
    deleteBeforeReplace: true
  })
}

function issuerOf (issuer: string | undefined, clusterName: string): string {
  if (!issuer) {
    throw new ProgramError('INFRASTRUCTURE_NO_ISSUER', { cluster: clusterName })
  }
  return issuer
}
