/** Models of VPN gateways, their connections, and ExpressRoute circuits. */
import { type ResourceModel, refersTo } from '../resource-model.ts'
import { objectAt, stringsAt } from '../wire-values.ts'
import { prefixFailures } from './address-prefixes.ts'
import { withIds } from './parts.ts'
import { subnetExists, subnetQueries, subnetReference } from './subnets.ts'
import { gatewayType, publicIpType } from './types.ts'

const localGatewayType = 'azure-native:network:LocalNetworkGateway'

export const gateways: Record<string, ResourceModel> = {
  [gatewayType]: {
    immutable: ['gatewayType', 'vpnType', 'ipConfigurations', 'vpnGatewayGeneration'],
    references: [
      refersTo('ipConfigurations[].publicIPAddress.id', publicIpType),
      subnetReference('ipConfigurations[].subnet.id')
    ],
    looksAt: (draft) => subnetQueries(draft, 'ipConfigurations[].subnet.id'),
    validate: (draft, found, fail) => {
      subnetExists(draft, found, 'ipConfigurations[].subnet.id', fail)
      const wrong = stringsAt(draft.inputs, 'ipConfigurations[].subnet.id').find((id) =>
        !id.endsWith('/subnets/GatewaySubnet')
      )
      if (wrong !== undefined) {
        throw fail({
          status: 400,
          code: 'InvalidGatewaySubnetName',
          message: `Subnet name in ${wrong} must be GatewaySubnet for a virtual network gateway.`
        })
      }
    },
    outputs: (draft) => ({
      ipConfigurations: withIds(draft, 'ipConfigurations', 'ipConfigurations'),
      resourceGuid: draft.make.uuid('guid'),
      bgpSettings: {
        asn: 65515,
        bgpPeeringAddress: `10.255.${draft.make.integer(256, 'bgp')}.30`,
        peerWeight: 0,
        ...objectAt(draft.inputs, 'bgpSettings')
      }
    })
  },
  [localGatewayType]: {
    check: (inputs) =>
      inputs.gatewayIpAddress === undefined && inputs.fqdn === undefined
        ? [{ property: 'gatewayIpAddress', reason: 'one of gatewayIpAddress, fqdn must be specified' }]
        : prefixFailures(inputs, 'localNetworkAddressSpace.addressPrefixes[]', 'localNetworkAddressSpace')
  },
  'azure-native:network:VirtualNetworkGatewayConnection': {
    immutable: ['connectionType', 'virtualNetworkGateway1', 'virtualNetworkGateway2', 'localNetworkGateway2'],
    references: [
      refersTo('virtualNetworkGateway1.id', gatewayType),
      refersTo('virtualNetworkGateway2.id', gatewayType, { anywhere: true }),
      refersTo('localNetworkGateway2.id', localGatewayType)
    ],
    secrets: ['sharedKey'],
    outputs: (draft) => ({
      connectionStatus: 'Unknown',
      resourceGuid: draft.make.uuid('guid'),
      ...(draft.inputs.sharedKey !== undefined && { sharedKey: draft.inputs.sharedKey })
    })
  },
  'azure-native:network:ExpressRouteCircuit': {
    outputs: (draft) => ({
      serviceKey: draft.make.uuid('service-key'),
      circuitProvisioningState: 'Enabled',
      serviceProviderProvisioningState: 'NotProvisioned'
    })
  }
}
