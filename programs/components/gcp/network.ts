/**
 * A custom network with one regional subnetwork for nodes (pods and services in secondary ranges),
 * one for internal load balancers, and Cloud NAT.
 */
import * as gcp from '@pulumi/gcp'
import { ComponentResource, type ComponentResourceOptions, type Output } from '@pulumi/pulumi'
import { natAddresses } from '../nat-addresses.ts'

export interface NetworkArgs {
  readonly region: string
  readonly nodeCidr: string
  readonly internalCidr: string
  readonly podCidr: string
  readonly serviceCidr: string
  /** Others have to know by which addresses it goes out. */
  readonly fixedAddresses: boolean
}

/** Names of the secondary ranges of the nodes' subnetwork. */
export const podRange = 'pods'
export const serviceRange = 'services'

/** Outputs self links and names. */
export class Network extends ComponentResource {
  readonly selfLink: Output<string>
  readonly networkName: Output<string>
  readonly nodeSubnetwork: Output<string>
  readonly internalSubnetwork: Output<string>
  /** Private nodes pull nothing before it exists. */
  readonly nat: gcp.compute.RouterNat
  /** Public addresses by which it goes out; none where Google Cloud chooses them. */
  readonly egressAddresses: Output<string>[]

  constructor (name: string, args: NetworkArgs, options?: ComponentResourceOptions) {
    super('windlass:gcp:Network', name, {}, options)
    const inside = { parent: this }
    // Global routing: routes learned by one region's Cloud Router are of use in all. 8896 is the
    // largest frame; VPN and peering find their own smaller one.
    const network = new gcp.compute.Network(`${name}-network`, {
      autoCreateSubnetworks: false,
      routingMode: 'GLOBAL',
      mtu: 8896,
      deleteDefaultRoutesOnCreate: false
    }, inside)
    const logConfig = {
      aggregationInterval: 'INTERVAL_10_MIN',
      flowSampling: 0.5,
      metadata: 'INCLUDE_ALL_METADATA'
    }
    const nodes = new gcp.compute.Subnetwork(`${name}-nodes`, {
      network: network.id,
      region: args.region,
      ipCidrRange: args.nodeCidr,
      privateIpGoogleAccess: true,
      secondaryIpRanges: [{ rangeName: podRange, ipCidrRange: args.podCidr }, {
        rangeName: serviceRange,
        ipCidrRange: args.serviceCidr
      }],
      logConfig
    }, { ...inside, deleteBeforeReplace: true })
    const internal = new gcp.compute.Subnetwork(`${name}-internal`, {
      network: network.id,
      region: args.region,
      ipCidrRange: args.internalCidr,
      privateIpGoogleAccess: true,
      logConfig
    }, inside)
    const router = new gcp.compute.Router(`${name}-nat`, { network: network.id, region: args.region }, inside)
    // Addresses that Cloud NAT takes by itself cannot be foreseen (Google Cloud, "IP addresses and
    // ports" of Cloud NAT).
    const addresses = args.fixedAddresses
      ? natAddresses.map((number) =>
        new gcp.compute.Address(`${name}-nat-${number}`, { region: args.region }, inside)
      )
      : []
    this.nat = new gcp.compute.RouterNat(`${name}-nat`, {
      router: router.name,
      region: args.region,
      ...(addresses.length > 0
        ? { natIpAllocateOption: 'MANUAL_ONLY', natIps: addresses.map(({ selfLink }) => selfLink) }
        : { natIpAllocateOption: 'AUTO_ONLY' }),
      sourceSubnetworkIpRangesToNat: 'ALL_SUBNETWORKS_ALL_IP_RANGES',
      enableDynamicPortAllocation: true,
      minPortsPerVm: 64,
      maxPortsPerVm: 4096,
      // Dynamic ports and endpoint independent mapping exclude each other.
      enableEndpointIndependentMapping: false,
      logConfig: { enable: true, filter: 'ERRORS_ONLY' }
    }, inside)
    this.egressAddresses = addresses.map(({ address }) => address)
    this.selfLink = network.selfLink
    this.networkName = network.name
    this.nodeSubnetwork = nodes.selfLink
    this.internalSubnetwork = internal.selfLink
    this.registerOutputs({
      selfLink: this.selfLink,
      networkName: this.networkName,
      nodeSubnetwork: this.nodeSubnetwork,
      internalSubnetwork: this.internalSubnetwork
    })
  }
}
