/**
 * A virtual network with a gateway subnet, and for every zone a private subnet for nodes and an
 * intra one for private endpoints; NAT for the way out.
 */
import {
  NatGateway,
  NetworkSecurityGroup,
  PublicIPAddress,
  Subnet,
  VirtualNetwork
} from '@pulumi/azure-native/network/index.js'
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from '@pulumi/pulumi'
import { type SubnetPlan } from '../../types/cluster.ts'
import { natAddresses } from '../nat-addresses.ts'
import { zoneSuffix } from '../zones.ts'

export interface NetworkArgs {
  readonly cidr: string
  readonly location: string
  readonly resourceGroup: Input<string>
  readonly subnets: readonly SubnetPlan[]
  readonly tags: Record<string, string>
}

/**
 * Outputs resource ids, in the zones' order. The first of `publicSubnets` is the gateway subnet:
 * Azure gives that one its name.
 */
export class Network extends ComponentResource {
  readonly networkId: Output<string>
  readonly networkName: Output<string>
  readonly publicSubnets: Output<string>[]
  readonly privateSubnets: Output<string>[]
  readonly intraSubnets: Output<string>[]
  readonly securityGroup: Output<string>
  /** Public addresses by which its nodes go out. */
  readonly waysOut: Output<string>[]

  constructor (name: string, args: NetworkArgs, options?: ComponentResourceOptions) {
    super('windlass:azure:Network', name, {}, options)
    const inside = { parent: this }
    const placed = { resourceGroupName: args.resourceGroup, location: args.location, tags: args.tags }
    // Another range makes another network beside the old one, which later phases still use: all
    // that belongs to one network alone (a NAT gateway serves no second, an address no second
    // gateway) is made anew with it, under a name of its own.
    const ofNetwork = { ...inside, replacementTrigger: args.cidr, deleteBeforeReplace: false }
    const group = new NetworkSecurityGroup(`${name}-nodes`, {
      ...placed,
      networkSecurityGroupName: `${name}-nodes`
    }, inside)
    const addresses = natAddresses.map((number) =>
      new PublicIPAddress(`${name}-nat-${number}`, {
        ...placed,
        sku: { name: 'Standard', tier: 'Regional' },
        publicIPAllocationMethod: 'Static',
        zones: args.subnets.map(({ zone }) => zoneSuffix(zone))
      }, ofNetwork)
    )
    const nat = new NatGateway(`${name}-nat`, {
      ...placed,
      sku: { name: 'Standard' },
      idleTimeoutInMinutes: 10,
      publicIpAddresses: addresses.map((address) => ({ id: address.id }))
    }, ofNetwork)
    const network = new VirtualNetwork(`${name}-network`, {
      ...placed,
      addressSpace: { addressPrefixes: [args.cidr] }
      // Subnets are resources of their own: what the network reports of them is not its own
      // setting.
    }, { ...ofNetwork, ignoreChanges: ['subnets', 'virtualNetworkPeerings'] })
    // Azure changes one subnet of a network at a time: each waits for the one before it.
    let previous: Subnet | undefined
    const subnet = (
      title: string,
      args: { addressPrefix: string, nodes: boolean, name?: string }
    ): Subnet => {
      previous = new Subnet(`${name}-${title}`, {
        resourceGroupName: placed.resourceGroupName,
        virtualNetworkName: network.name,
        subnetName: args.name ?? title,
        addressPrefix: args.addressPrefix,
        defaultOutboundAccess: false,
        ...(args.nodes && { natGateway: { id: nat.id }, networkSecurityGroup: { id: group.id } }),
        ...(args.name === undefined && !args.nodes && { privateEndpointNetworkPolicies: 'Enabled' })
      }, { ...inside, deleteBeforeReplace: false, dependsOn: previous ? [previous] : [] })
      return previous
    }
    this.publicSubnets = args.subnets.slice(0, 1).map((plan) =>
      subnet('gateway', { addressPrefix: plan.public, nodes: false, name: 'GatewaySubnet' }).id
    )
    this.privateSubnets = args.subnets.map((plan) =>
      subnet(`private-${zoneSuffix(plan.zone)}`, { addressPrefix: plan.private, nodes: true }).id
    )
    this.intraSubnets = args.subnets.map((plan) =>
      subnet(`intra-${zoneSuffix(plan.zone)}`, { addressPrefix: plan.intra, nodes: false }).id
    )
    this.networkId = network.id
    this.networkName = network.name
    this.securityGroup = group.id
    this.waysOut = addressesOf(addresses)
    this.registerOutputs({
      networkId: this.networkId,
      publicSubnets: this.publicSubnets,
      privateSubnets: this.privateSubnets,
      intraSubnets: this.intraSubnets,
      securityGroup: this.securityGroup
    })
  }
}

function addressesOf (addresses: readonly PublicIPAddress[]): Output<string>[] {
  return addresses.map(({ ipAddress }) => ipAddress.apply((value) => value ?? ''))
}
