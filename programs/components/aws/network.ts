/**
 * A VPC with public, private and intra subnets in every zone, one NAT gateway a zone, private ways
 * to the services that nodes need, and flow logs.
 */
import * as aws from '@pulumi/aws'
import {
  ComponentResource,
  type ComponentResourceOptions,
  interpolate,
  type Input,
  type Output
} from '@pulumi/pulumi'
import { type SubnetPlan } from '../../types.ts'
import { zoneSuffix } from '../zones.ts'

export interface NetworkArgs {
  readonly cidr: string
  readonly region: string
  readonly subnets: readonly SubnetPlan[]
  readonly clusterName: string
  readonly logBucket: Input<string>
}

/**
 * What private nodes and pods call: images from ECR (their layers from S3), credentials from STS
 * and EKS Pod Identity, node life cycle from EC2, EKS and Auto Scaling, keys from KMS, logs.
 */
const interfaceServices = [
  'ecr.api',
  'ecr.dkr',
  'sts',
  'ec2',
  'eks',
  'eks-auth',
  'autoscaling',
  'kms',
  'logs'
] as const

/**
 * Outputs ids, in the zones' order. Private subnets reach out through their zone's NAT gateway,
 * intra subnets not at all.
 */
export class Network extends ComponentResource {
  readonly vpcId: Output<string>
  readonly publicSubnets: Output<string>[]
  readonly privateSubnets: Output<string>[]
  readonly intraSubnets: Output<string>[]
  /**
   * The private ones in the zones' order, then that of the intra subnets: all from which other
   * clusters are reached.
   */
  readonly routeTables: Output<string>[]
  /** What has to exist before a private node can join a cluster. */
  readonly waysOut: (aws.ec2.Route | aws.ec2.VpcEndpoint | aws.ec2.RouteTableAssociation)[] = []

  constructor (name: string, args: NetworkArgs, options?: ComponentResourceOptions) {
    super('windlass:aws:Network', name, {}, options)
    const inside = { parent: this }
    const named = (suffix: string): { tags: Record<string, string> } => ({
      tags: { Name: `${name}-${suffix}` }
    })
    const vpc = new aws.ec2.Vpc(`${name}-vpc`, {
      cidrBlock: args.cidr,
      enableDnsHostnames: true,
      enableDnsSupport: true,
      ...named('vpc')
    }, inside)
    // Without rules: nothing may use the group that AWS gives to whatever names none.
    new aws.ec2.DefaultSecurityGroup(`${name}-default`, {
      vpcId: vpc.id,
      ingress: [],
      egress: [],
      ...named('default')
    }, inside)
    const gateway = new aws.ec2.InternetGateway(`${name}-igw`, { vpcId: vpc.id, ...named('igw') }, inside)

    const routeTable = (suffix: string): aws.ec2.RouteTable =>
      new aws.ec2.RouteTable(`${name}-${suffix}`, { vpcId: vpc.id, ...named(suffix) }, inside)
    const associate = (
      suffix: string,
      subnet: aws.ec2.Subnet,
      table: aws.ec2.RouteTable
    ): aws.ec2.RouteTableAssociation =>
      new aws.ec2.RouteTableAssociation(
        `${name}-${suffix}`,
        { subnetId: subnet.id, routeTableId: table.id },
        inside
      )
    const subnet = (
      kind: 'public' | 'private' | 'intra',
      plan: SubnetPlan,
      role?: string
    ): aws.ec2.Subnet => {
      const suffix = `${kind}-${zoneSuffix(plan.zone)}`
      return new aws.ec2.Subnet(`${name}-${suffix}`, {
        vpcId: vpc.id,
        availabilityZone: plan.zone,
        cidrBlock: plan[kind],
        mapPublicIpOnLaunch: false,
        tags: {
          Name: `${name}-${suffix}`,
          [`kubernetes.io/cluster/${args.clusterName}`]: 'shared',
          ...(role ? { [`kubernetes.io/role/${role}`]: '1' } : {})
        }
      }, inside)
    }

    const publicTable = routeTable('public')
    const internet = new aws.ec2.Route(`${name}-public-internet`, {
      routeTableId: publicTable.id,
      destinationCidrBlock: '0.0.0.0/0',
      gatewayId: gateway.id
    }, inside)
    const intraTable = routeTable('intra')
    const privateTables: aws.ec2.RouteTable[] = []
    const subnets = args.subnets.map((plan) => {
      const zone = zoneSuffix(plan.zone)
      const publicSubnet = subnet('public', plan, 'elb')
      const privateSubnet = subnet('private', plan, 'internal-elb')
      const intraSubnet = subnet('intra', plan)
      associate(`public-${zone}`, publicSubnet, publicTable)
      associate(`intra-${zone}`, intraSubnet, intraTable)
      const address = new aws.ec2.Eip(`${name}-nat-${zone}`, { domain: 'vpc', ...named(`nat-${zone}`) }, {
        ...inside,
        dependsOn: [gateway]
      })
      const nat = new aws.ec2.NatGateway(`${name}-nat-${zone}`, {
        subnetId: publicSubnet.id,
        allocationId: address.id,
        ...named(`nat-${zone}`)
      }, { ...inside, dependsOn: [internet], deleteBeforeReplace: true })
      const table = routeTable(`private-${zone}`)
      privateTables.push(table)
      this.waysOut.push(
        new aws.ec2.Route(`${name}-private-${zone}-out`, {
          routeTableId: table.id,
          destinationCidrBlock: '0.0.0.0/0',
          natGatewayId: nat.id
        }, inside)
      )
      this.waysOut.push(associate(`private-${zone}`, privateSubnet, table))
      return { publicSubnet, privateSubnet, intraSubnet }
    })

    this.waysOut.push(
      new aws.ec2.VpcEndpoint(`${name}-s3`, {
        vpcId: vpc.id,
        serviceName: `com.amazonaws.${args.region}.s3`,
        vpcEndpointType: 'Gateway',
        routeTableIds: [...privateTables, intraTable].map((table) => table.id),
        ...named('s3')
      }, inside)
    )
    const callers = new aws.ec2.SecurityGroup(`${name}-endpoints`, {
      vpcId: vpc.id,
      description: 'AWS services, from inside the VPC',
      ...named('endpoints')
    }, inside)
    new aws.vpc.SecurityGroupIngressRule(`${name}-endpoints-https`, {
      securityGroupId: callers.id,
      description: 'HTTPS from the VPC',
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      cidrIpv4: args.cidr
    }, inside)
    for (const service of interfaceServices) {
      this.waysOut.push(
        new aws.ec2.VpcEndpoint(`${name}-${service.replace('.', '-')}`, {
          vpcId: vpc.id,
          serviceName: `com.amazonaws.${args.region}.${service}`,
          vpcEndpointType: 'Interface',
          subnetIds: subnets.map(({ privateSubnet }) => privateSubnet.id),
          securityGroupIds: [callers.id],
          privateDnsEnabled: true,
          ...named(service)
        }, inside)
      )
    }
    new aws.ec2.FlowLog(`${name}-flows`, {
      vpcId: vpc.id,
      trafficType: 'ALL',
      logDestinationType: 's3',
      logDestination: interpolate`arn:aws:s3:::${args.logBucket}/vpc-flow-logs/`,
      // Parquet in hourly folders is what Athena reads cheapest; ten minutes is AWS's own default.
      destinationOptions: { fileFormat: 'parquet', hiveCompatiblePartitions: true, perHourPartition: true },
      maxAggregationInterval: 600,
      ...named('flows')
    }, inside)

    this.vpcId = vpc.id
    this.publicSubnets = subnets.map(({ publicSubnet }) => publicSubnet.id)
    this.privateSubnets = subnets.map(({ privateSubnet }) => privateSubnet.id)
    this.intraSubnets = subnets.map(({ intraSubnet }) => intraSubnet.id)
    this.routeTables = [...privateTables, intraTable].map((table) => table.id)
    this.registerOutputs({
      vpcId: this.vpcId,
      publicSubnets: this.publicSubnets,
      privateSubnets: this.privateSubnets,
      intraSubnets: this.intraSubnets,
      routeTables: this.routeTables
    })
  }
}
