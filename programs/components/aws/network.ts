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
import { type SubnetPlan } from '../../types/cluster.ts'
import { zoneSuffix } from '../zones.ts'
import { interfaceServices } from './interface-services.ts'

export interface NetworkArgs {
  readonly cidr: string
  readonly region: string
  readonly subnets: readonly SubnetPlan[]
  readonly clusterName: string
  readonly logBucket: Input<string>
}

/** Rule of names: `{network}-{suffix}`, in the resource's name and in its tag. */
type Named = (suffix: string) => { tags: Record<string, string> }

/** The network, as its parts know it. */
interface Surroundings {
  readonly parent: ComponentResource
  readonly name: string
  readonly args: NetworkArgs
  readonly named: Named
  readonly vpc: aws.ec2.Vpc
}
type WayOut = aws.ec2.Route | aws.ec2.VpcEndpoint | aws.ec2.RouteTableAssociation

/**
 * Ids are in the zones' order. Private subnets reach out through their zone's NAT gateway, intra
 * subnets do not reach out at all.
 */
export class Network extends ComponentResource {
  readonly vpcId: Output<string>
  readonly publicSubnets: Output<string>[]
  readonly privateSubnets: Output<string>[]
  readonly intraSubnets: Output<string>[]
  /**
   * Tables from which other clusters are reached: the private ones, then that of the intra subnets.
   */
  readonly routeTables: Output<string>[]
  /** Resources that have to be there before a private node can join a cluster. */
  readonly waysOut: WayOut[]
  /** Public addresses by which its private subnets go out. */
  readonly egressAddresses: Output<string>[]

  constructor (name: string, args: NetworkArgs, options?: ComponentResourceOptions) {
    super('windlass:aws:Network', name, {}, options)
    const inside = { parent: this }
    const named: Named = (suffix) => ({ tags: { Name: `${name}-${suffix}` } })
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
    const around: Surroundings = { parent: this, name, args, named, vpc }
    const { zones, intraTable } = zonesOf(around)
    const tables = [...zones.map(({ privateTable }) => privateTable), intraTable]
    const endpoints = endpointsOf(
      around,
      zones.map(({ privateSubnet }) => privateSubnet),
      tables
    )
    flowLogs(around)

    this.vpcId = vpc.id
    this.publicSubnets = zones.map(({ publicSubnet }) => publicSubnet.id)
    this.privateSubnets = zones.map(({ privateSubnet }) => privateSubnet.id)
    this.intraSubnets = zones.map(({ intraSubnet }) => intraSubnet.id)
    this.routeTables = tables.map((table) => table.id)
    this.egressAddresses = zones.map(({ address }) => address.publicIp)
    this.waysOut = [...zones.flatMap(({ waysOut }) => waysOut), ...endpoints]
    this.registerOutputs({
      vpcId: this.vpcId,
      publicSubnets: this.publicSubnets,
      privateSubnets: this.privateSubnets,
      intraSubnets: this.intraSubnets,
      routeTables: this.routeTables
    })
  }
}

/** One zone of the network. */
interface Zone {
  readonly publicSubnet: aws.ec2.Subnet
  readonly privateSubnet: aws.ec2.Subnet
  readonly intraSubnet: aws.ec2.Subnet
  readonly privateTable: aws.ec2.RouteTable
  /** Address of the zone's NAT gateway. */
  readonly address: aws.ec2.Eip
  readonly waysOut: WayOut[]
}

/** The internet gateway, the tables that all zones share, and the zones themselves. */
function zonesOf (around: Surroundings): { zones: Zone[], intraTable: aws.ec2.RouteTable } {
  const { parent, name, args, named, vpc } = around
  const gateway = new aws.ec2.InternetGateway(`${name}-igw`, { vpcId: vpc.id, ...named('igw') }, { parent })
  const publicTable = routeTable(around, 'public')
  const internet = new aws.ec2.Route(`${name}-public-internet`, {
    routeTableId: publicTable.id,
    destinationCidrBlock: '0.0.0.0/0',
    gatewayId: gateway.id
  }, { parent })
  const intraTable = routeTable(around, 'intra')
  const shared = { gateway, internet, publicTable, intraTable }
  return { zones: args.subnets.map((plan) => zoneOf(around, plan, shared)), intraTable }
}

function zoneOf (
  around: Surroundings,
  plan: SubnetPlan,
  { gateway, internet, publicTable, intraTable }: {
    readonly gateway: aws.ec2.InternetGateway
    readonly internet: aws.ec2.Route
    readonly publicTable: aws.ec2.RouteTable
    readonly intraTable: aws.ec2.RouteTable
  }
): Zone {
  const { parent, name, named } = around
  const zone = zoneSuffix(plan.zone)
  const publicSubnet = subnetOf(around, 'public', plan, 'elb')
  const privateSubnet = subnetOf(around, 'private', plan, 'internal-elb')
  const intraSubnet = subnetOf(around, 'intra', plan)
  associate(around, `public-${zone}`, publicSubnet, publicTable)
  associate(around, `intra-${zone}`, intraSubnet, intraTable)
  const address = new aws.ec2.Eip(`${name}-nat-${zone}`, { domain: 'vpc', ...named(`nat-${zone}`) }, {
    parent,
    dependsOn: [gateway]
  })
  const nat = new aws.ec2.NatGateway(`${name}-nat-${zone}`, {
    subnetId: publicSubnet.id,
    allocationId: address.id,
    ...named(`nat-${zone}`)
  }, { parent, dependsOn: [internet], deleteBeforeReplace: true })
  const privateTable = routeTable(around, `private-${zone}`)
  const out = new aws.ec2.Route(`${name}-private-${zone}-out`, {
    routeTableId: privateTable.id,
    destinationCidrBlock: '0.0.0.0/0',
    natGatewayId: nat.id
  }, { parent })
  const association = associate(around, `private-${zone}`, privateSubnet, privateTable)
  return { publicSubnet, privateSubnet, intraSubnet, privateTable, address, waysOut: [out, association] }
}

function routeTable ({ parent, name, named, vpc }: Surroundings, suffix: string): aws.ec2.RouteTable {
  return new aws.ec2.RouteTable(`${name}-${suffix}`, { vpcId: vpc.id, ...named(suffix) }, { parent })
}

function associate (
  { parent, name }: Surroundings,
  suffix: string,
  subnet: aws.ec2.Subnet,
  table: aws.ec2.RouteTable
): aws.ec2.RouteTableAssociation {
  return new aws.ec2.RouteTableAssociation(
    `${name}-${suffix}`,
    { subnetId: subnet.id, routeTableId: table.id },
    { parent }
  )
}

/** One subnet of a zone. `role` tells EKS which load balancers it may put there. */
function subnetOf (
  { parent, name, args, vpc }: Surroundings,
  kind: 'public' | 'private' | 'intra',
  plan: SubnetPlan,
  role?: string
): aws.ec2.Subnet {
  const suffix = `${kind}-${zoneSuffix(plan.zone)}`
  return new aws.ec2.Subnet(`${name}-${suffix}`, {
    vpcId: vpc.id,
    availabilityZone: plan.zone,
    cidrBlock: plan[kind],
    mapPublicIpOnLaunch: false,
    tags: {
      Name: `${name}-${suffix}`,
      [`kubernetes.io/cluster/${args.clusterName}`]: 'shared',
      ...(role && { [`kubernetes.io/role/${role}`]: '1' })
    }
  }, { parent })
}

/** Private ways to S3 and to the services that nodes call. */
function endpointsOf (
  { parent, name, args, named, vpc }: Surroundings,
  subnets: readonly aws.ec2.Subnet[],
  tables: readonly aws.ec2.RouteTable[]
): aws.ec2.VpcEndpoint[] {
  const inside = { parent }
  const bucketEndpoint = new aws.ec2.VpcEndpoint(`${name}-s3`, {
    vpcId: vpc.id,
    serviceName: `com.amazonaws.${args.region}.s3`,
    vpcEndpointType: 'Gateway',
    routeTableIds: tables.map((table) => table.id),
    ...named('s3')
  }, inside)
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
  return [
    bucketEndpoint,
    ...interfaceServices.map((service) =>
      new aws.ec2.VpcEndpoint(`${name}-${service.replace('.', '-')}`, {
        vpcId: vpc.id,
        serviceName: `com.amazonaws.${args.region}.${service}`,
        vpcEndpointType: 'Interface',
        subnetIds: subnets.map((subnet) => subnet.id),
        securityGroupIds: [callers.id],
        privateDnsEnabled: true,
        ...named(service)
      }, inside)
    )
  ]
}

function flowLogs ({ parent, name, args, named, vpc }: Surroundings): void {
  new aws.ec2.FlowLog(`${name}-flows`, {
    vpcId: vpc.id,
    trafficType: 'ALL',
    logDestinationType: 's3',
    logDestination: interpolate`arn:aws:s3:::${args.logBucket}/vpc-flow-logs/`,
    // Athena reads Parquet in hourly folders cheapest; ten minutes is AWS's own default.
    destinationOptions: { fileFormat: 'parquet', hiveCompatiblePartitions: true, perHourPartition: true },
    maxAggregationInterval: 600,
    ...named('flows')
  }, { parent })
}
