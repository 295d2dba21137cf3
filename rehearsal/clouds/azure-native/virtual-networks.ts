/** Models of virtual networks, their subnets and peerings. */
import { cidrContains, cidrsOverlap, parseCidr } from '../cidr.ts'
import { type ResourceModel, refersTo } from '../resource-model.ts'
import { isObject, stringAt, stringsAt, valuesAt } from '../wire-values.ts'
import { prefixesOf, prefixFailures, spaceOf } from './address-prefixes.ts'
import { withIds } from './parts.ts'
import { subnetFits, subnetsIn } from './subnets.ts'
import {
  gatewayType,
  managedClusterType,
  natGatewayType,
  routeTableType,
  securityGroupType,
  subnetType,
  virtualNetworkType
} from './types.ts'

const peeringType = 'azure-native:network:VirtualNetworkPeering'
const namePattern = /^[a-zA-Z0-9]([\w.-]{0,78}\w)?$/

export const virtualNetworks: Record<string, ResourceModel> = {
  [virtualNetworkType]: {
    name: {
      property: 'virtualNetworkName',
      auto: 'random',
      separator: '',
      max: 64,
      pattern: namePattern,
      rule: 'letters, digits, underscores, periods and hyphens'
    },
    quota: [{ quota: 'azure:network:virtual-networks' }],
    check: (inputs) => [
      ...inputs.addressSpace === undefined
        ? [{
          property: 'addressSpace',
          reason: 'AddressSpace or IpamPoolPrefixAllocations must be specified for a virtual network'
        }]
        : [],
      ...prefixFailures(inputs, 'addressSpace.addressPrefixes[]', 'addressSpace')
    ],
    looksAt: (draft) => [{ pkg: 'azure-native', type: subnetType, account: draft.account }],
    validate: (draft, found, fail) => {
      const inline = valuesAt(draft.inputs, 'subnets[]').filter(isObject)
      // A range with subnets in it cannot be removed:
      // https://learn.microsoft.com/azure/virtual-network/manage-virtual-network, "Add or remove an
      // address range".
      const space = spaceOf(draft.inputs)
      for (const subnet of draft.previous ? subnetsIn(draft, found) : []) {
        const outside = subnet.prefixes.find((text) => {
          const cidr = parseCidr(text)
          return cidr !== undefined && !space.some((range) => cidrContains(range, cidr))
        })
        if (outside !== undefined) {
          throw fail({
            status: 400,
            code: 'InUsePrefixCannotBeDeleted',
            message:
              `IpPrefix ${outside} on subnet ${subnet.name} is in use and cannot be taken out of virtual ` +
              `network ${draft.name}.`
          })
        }
      }
      inline.forEach((subnet, index) =>
        subnetFits(
          { ...draft, name: stringAt(subnet, 'name') ?? '' },
          prefixesOf(subnet),
          draft,
          inline.slice(0, index).map((other) => ({
            name: stringAt(other, 'name') ?? '',
            prefixes: prefixesOf(other)
          })),
          fail
        )
      )
    },
    outputs: (draft) => ({
      subnets: withIds(draft, 'subnets', 'subnets', {
        privateEndpointNetworkPolicies: 'Disabled',
        privateLinkServiceNetworkPolicies: 'Enabled'
      }),
      virtualNetworkPeerings: draft.inputs.virtualNetworkPeerings ?? [],
      resourceGuid: draft.make.uuid('guid')
    })
  },
  [subnetType]: {
    references: [
      refersTo('natGateway.id', natGatewayType),
      refersTo('networkSecurityGroup.id', securityGroupType),
      refersTo('routeTable.id', routeTableType)
    ],
    check: (inputs) =>
      prefixesOf(inputs).length === 0 && inputs.addressPrefix === undefined &&
        inputs.addressPrefixes === undefined && inputs.ipamPoolPrefixAllocations === undefined
        ? [{ property: 'addressPrefix', reason: 'one of addressPrefix, addressPrefixes must be specified' }]
        : [],
    looksAt: (draft) =>
      [subnetType, managedClusterType, gatewayType].map((type) => ({
        pkg: 'azure-native',
        type,
        account: draft.account
      })),
    validate: (draft, found, fail) => {
      const id = draft.id.split('/subnets/')[0]
      const vnet = found.of(virtualNetworkType).find((record) => record.id === id)
      if (!vnet) {
        throw fail({
          status: 404,
          code: 'ResourceNotFound',
          message: `The Resource '${id?.split('/providers/')[1]}' under resource group ` +
            `'${stringAt(draft.inputs, 'resourceGroupName')}' was not found.`
        })
      }
      const siblings = subnetsIn(vnet, found).filter((sibling) => sibling.id !== draft.id)
      subnetFits(draft, prefixesOf(draft.inputs), vnet, siblings, fail)
      const kept = prefixesOf(draft.inputs)
      const user = [...found.of(managedClusterType), ...found.of(gatewayType)].find((record) =>
        [
          ...stringsAt(record.inputs, 'agentPoolProfiles[].vnetSubnetID'),
          ...stringsAt(record.inputs, 'ipConfigurations[].subnet.id')
        ].includes(draft.id)
      )
      if (draft.previous && user && prefixesOf(draft.previous).some((text) => !kept.includes(text))) {
        throw fail({
          status: 400,
          code: 'InUsePrefixCannotBeDeleted',
          message: `The prefix of subnet ${draft.name} is in use by ${user.id} and cannot be changed.`
        })
      }
      const gateway = stringAt(draft.inputs, 'natGateway.id')
      const elsewhere = gateway === undefined
        ? undefined
        : found.of(subnetType).find((record) =>
          stringAt(record.inputs, 'natGateway.id') === gateway && !record.id.startsWith(`${vnet.id}/subnets/`)
        )
      if (elsewhere) {
        throw fail({
          status: 400,
          code: 'NatGatewayCannotBeUsedBySubnetsBelongingToDifferentVirtualNetworks',
          message:
            `The NAT gateway ${gateway ?? ''} cannot be associated with subnet ${draft.id}: it serves ` +
            `${elsewhere.id}, of another virtual network.`
        })
      }
    },
    outputs: (draft) => ({
      name: draft.name,
      type: 'Microsoft.Network/virtualNetworks/subnets',
      privateEndpointNetworkPolicies: draft.inputs.privateEndpointNetworkPolicies ?? 'Disabled',
      privateLinkServiceNetworkPolicies: draft.inputs.privateLinkServiceNetworkPolicies ?? 'Enabled',
      purpose: ''
    })
  },
  [peeringType]: {
    references: [
      refersTo('remoteVirtualNetwork.id', virtualNetworkType, {
        anywhere: true,
        holds: false,
        missing: (value) => ({
          status: 400,
          code: 'InvalidResourceReference',
          message: `Resource ${value} referenced by the peering was not found.`
        })
      })
    ],
    immutable: ['remoteVirtualNetwork'],
    looksAt: () => [{ pkg: 'azure-native', type: peeringType }],
    validate: (draft, found, fail) => {
      const own = found.of(virtualNetworkType).find((record) => draft.id.startsWith(`${record.id}/`))
      const remote = found.of(virtualNetworkType).find((record) =>
        record.id === stringAt(draft.inputs, 'remoteVirtualNetwork.id')
      )
      const clash = stringsAt(own?.inputs, 'addressSpace.addressPrefixes[]').find((mine) =>
        stringsAt(remote?.inputs, 'addressSpace.addressPrefixes[]').some((theirs) => {
          const [a, b] = [parseCidr(mine), parseCidr(theirs)]
          return a && b && cidrsOverlap(a, b)
        })
      )
      if (clash !== undefined) {
        throw fail({
          status: 400,
          code: 'VnetAddressSpacesOverlap',
          message:
            `Cannot create or update peering ${draft.id}. Virtual networks ${own?.id} and ${remote?.id} ` +
            `cannot be peered because their address spaces overlap (${clash}).`
        })
      }
    },
    outputs: (draft, found) => {
      const own = draft.id.split('/virtualNetworkPeerings/')[0]
      const other = found.of(peeringType).some((record) =>
        record.id !== draft.id && stringAt(record.inputs, 'remoteVirtualNetwork.id') === own
      )
      return {
        peeringState: other ? 'Connected' : 'Initiated',
        peeringSyncLevel: 'FullyInSync',
        resourceGuid: draft.make.uuid('guid')
      }
    }
  }
}
