/** Models of virtual networks, gateways, DNS and Traffic Manager. */
import { type CheckFailure, type ProviderError } from '../../provider.ts'
import { UNKNOWN, type WireObject, type WireValue } from '../../wire.ts'
import { cidrContains, cidrsOverlap, parseCidr } from '../cidr.ts'
import { type Draft, type Failure, type Found, type Reference, type ResourceModel } from '../model.ts'
import { isObject, numberAt, objectAt, stringAt, stringsAt, valuesAt } from '../wire-values.ts'

const VNET = 'azure-native:network:VirtualNetwork'
export const SUBNET = 'azure-native:network:Subnet'
const MANAGED_CLUSTER = 'azure-native:containerservice:ManagedCluster'
const GATEWAY = 'azure-native:network:VirtualNetworkGateway'
const LOCAL_GATEWAY = 'azure-native:network:LocalNetworkGateway'
const PUBLIC_IP = 'azure-native:network:PublicIPAddress'
const NAT_GATEWAY = 'azure-native:network:NatGateway'
const SECURITY_GROUP = 'azure-native:network:NetworkSecurityGroup'
const ROUTE_TABLE = 'azure-native:network:RouteTable'
const PROFILE = 'azure-native:trafficmanager:Profile'
const NAME = /^[a-zA-Z0-9]([\w.-]{0,78}\w)?$/

const at = (path: string, type: string, holds = true): Reference => ({ path, types: [type], holds })
/**
 * A subnet may be a resource or a part of its network: `subnetExists` knows both, so the reference
 * itself is not checked.
 */
export const subnetReference = (path: string): Reference => ({ path, types: [SUBNET], checked: false })

/** Throws when an id names a subnet that is neither a resource nor part of a network. */
export function subnetExists (
  draft: Draft,
  found: Found,
  path: string,
  fail: (failure: Failure) => ProviderError
): void {
  for (const id of stringsAt(draft.inputs, path)) {
    const [vnetId = '', name = ''] = id.split('/subnets/')
    const vnet = found.of(VNET).find((record) => record.id === vnetId)
    if (
      found.of(SUBNET).some((record) => record.id === id) ||
      stringsAt(vnet?.inputs, 'subnets[].name').includes(name)
    ) continue
    throw fail({
      status: 400,
      code: 'InvalidResourceReference',
      message: `Resource ${id} referenced by resource ${draft.id} was not found. Please make sure that the ` +
        'referenced resource exists, and that both resources are in the same region.'
    })
  }
}
/** What `subnetExists` looks at. */
export const subnetQueries = (draft: Draft, path: string) =>
  stringsAt(draft.inputs, path).flatMap((
    id
  ) => [{ pkg: 'azure-native', type: SUBNET, id }, {
    pkg: 'azure-native',
    type: VNET,
    id: id.split('/subnets/')[0] ?? ''
  }])

const prefixesOf = (
  inputs: WireObject
): string[] => [...stringsAt(inputs, 'addressPrefixes[]'), ...stringsAt(inputs, 'addressPrefix')]
const publicAddress = (draft: Draft): string =>
  `20.${40 + draft.make.integer(200, 'ip1')}.${draft.make.integer(256, 'ip2')}.` +
  `${1 + draft.make.integer(254, 'ip3')}`

function cidrs (inputs: WireObject, path: string, property: string): CheckFailure[] {
  return stringsAt(inputs, path).filter((text) => !parseCidr(text)).map((text) => ({
    property,
    reason: `The address prefix '${text}' is not formatted correctly. It should follow CIDR notation, for ` +
      'example 10.0.0.0/24.'
  }))
}

function subnetsIn (
  network: { id: string },
  found: Found
): { id: string, name: string, prefixes: string[] }[] {
  return found.of(SUBNET).filter((record) => record.id.startsWith(`${network.id}/subnets/`)).map((
    record
  ) => ({ id: record.id, name: record.name, prefixes: prefixesOf(record.inputs) }))
}

function subnetFits (
  draft: Draft,
  prefixes: string[],
  network: { id: string, inputs: WireObject },
  siblings: { name: string, prefixes: string[] }[],
  fail: (failure: Failure) => ProviderError
): void {
  const space = stringsAt(network.inputs, 'addressSpace.addressPrefixes[]').map(parseCidr).filter((cidr) =>
    cidr !== undefined
  )
  for (const text of prefixes) {
    const cidr = parseCidr(text)
    if (!cidr) {
      throw fail({
        status: 400,
        code: 'InvalidCIDRNotation',
        message: `The address prefix ${text} has an invalid CIDR notation.`
      })
    }
    if (!space.some((range) => cidrContains(range, cidr))) {
      throw fail({
        status: 400,
        code: 'NetcfgInvalidSubnet',
        message:
          `Subnet '${draft.name}' is not valid because its IP address range is outside the IP address ` +
          `range of virtual network '${network.id.split('/').at(-1)}'.`
      })
    }
    const clash = siblings.find((sibling) =>
      sibling.prefixes.some((other) => {
        const range = parseCidr(other)
        return range !== undefined && cidrsOverlap(range, cidr)
      })
    )
    if (clash) {
      throw fail({
        status: 400,
        code: 'NetcfgSubnetRangesOverlap',
        message:
          `Subnet '${draft.name}' is not valid because its IP address range overlaps with that of an ` +
          `existing subnet in virtual network '${network.id.split('/').at(-1)}' (${clash.name}).`
      })
    }
  }
}

/**
 * Parts of a resource that get ids of their own: subnets of a network, rules of a group,
 * configurations of a gateway.
 */
function withIds (draft: Draft, property: string, collection: string, extra: WireObject = {}): WireValue {
  return valuesAt(draft.inputs, `${property}[]`).map((item) =>
    isObject(item)
      ? {
        ...extra,
        ...item,
        id: `${draft.id}/${collection}/${stringAt(item, 'name') ?? ''}`,
        provisioningState: 'Succeeded'
      }
      : item
  )
}

export const network: Record<string, ResourceModel> = {
  [VNET]: {
    name: {
      property: 'virtualNetworkName',
      auto: 'random',
      separator: '',
      max: 64,
      pattern: NAME,
      rule: 'letters, digits, underscores, periods and hyphens'
    },
    quota: [{ quota: 'azure:network:virtual-networks' }],
    check: (
      inputs
    ) => [
      ...inputs.addressSpace === undefined
        ? [{
          property: 'addressSpace',
          reason: 'AddressSpace or IpamPoolPrefixAllocations must be specified for a virtual network'
        }]
        : [],
      ...cidrs(inputs, 'addressSpace.addressPrefixes[]', 'addressSpace')
    ],
    looksAt: (draft) => [{ pkg: 'azure-native', type: SUBNET, account: draft.account }],
    validate: (draft, found, fail) => {
      const inline = valuesAt(draft.inputs, 'subnets[]').filter(isObject)
      // What a subnet lies in stays:
      // https://learn.microsoft.com/azure/virtual-network/manage-virtual-network, "Add or remove an
      // address range".
      const space = stringsAt(draft.inputs, 'addressSpace.addressPrefixes[]').map(parseCidr).filter((cidr) =>
        cidr !== undefined
      )
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
  [SUBNET]: {
    references: [
      at('natGateway.id', NAT_GATEWAY),
      at('networkSecurityGroup.id', SECURITY_GROUP),
      at('routeTable.id', ROUTE_TABLE)
    ],
    check: (inputs) =>
      prefixesOf(inputs).length === 0 && inputs.addressPrefix === undefined &&
        inputs.addressPrefixes === undefined && inputs.ipamPoolPrefixAllocations === undefined
        ? [{ property: 'addressPrefix', reason: 'one of addressPrefix, addressPrefixes must be specified' }]
        : [],
    looksAt: (draft) =>
      [SUBNET, MANAGED_CLUSTER, GATEWAY].map((type) => ({
        pkg: 'azure-native',
        type,
        account: draft.account
      })),
    validate: (draft, found, fail) => {
      const id = draft.id.split('/subnets/')[0]
      const vnet = found.of(VNET).find((record) => record.id === id)
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
      const user = [...found.of(MANAGED_CLUSTER), ...found.of(GATEWAY)].find((record) =>
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
        : found.of(SUBNET).find((record) =>
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
  'azure-native:network:ExpressRouteCircuit': {
    outputs: (draft) => ({
      serviceKey: draft.make.uuid('service-key'),
      circuitProvisioningState: 'Enabled',
      serviceProviderProvisioningState: 'NotProvisioned'
    })
  },
  [NAT_GATEWAY]: {
    references: [at('publicIpAddresses[].id', PUBLIC_IP)],
    check: (inputs) =>
      inputs.sku === undefined
        ? [{ property: 'sku', reason: 'a NAT gateway needs the sku {name: "Standard"}' }]
        : []
  },
  [PUBLIC_IP]: {
    quota: [{ quota: 'azure:network:public-ips' }],
    check: (inputs) =>
      stringAt(inputs, 'sku.name') === 'Standard' &&
        ![undefined, 'Static', UNKNOWN].includes(stringAt(inputs, 'publicIPAllocationMethod'))
        ? [{
          property: 'publicIPAllocationMethod',
          reason: 'Standard sku publicIp must have AllocationMethod set to Static.'
        }]
        : [],
    outputs: (draft) => {
      const label = stringAt(draft.inputs, 'dnsSettings.domainNameLabel')
      return {
        ipAddress: stringAt(draft.inputs, 'ipAddress') ?? publicAddress(draft),
        publicIPAddressVersion: draft.inputs.publicIPAddressVersion ?? 'IPv4',
        publicIPAllocationMethod: draft.inputs.publicIPAllocationMethod ?? 'Static',
        resourceGuid: draft.make.uuid('guid'),
        ...label === undefined
          ? {}
          : {
            dnsSettings: {
              ...objectAt(draft.inputs, 'dnsSettings'),
              fqdn: `${label}.${draft.region}.cloudapp.azure.com`
            }
          }
      }
    }
  },
  [SECURITY_GROUP]: {
    check: (inputs) => {
      const keys = valuesAt(inputs, 'securityRules[]').map((rule) =>
        `${stringAt(rule, 'direction')} ${numberAt(rule, 'priority', 0)}`
      )
      const twice = keys.find((key, index) => keys.indexOf(key) !== index)
      return twice === undefined
        ? []
        : [{
          property: 'securityRules',
          reason: `SecurityRuleConflict: two rules share direction and priority (${twice})`
        }]
    },
    outputs: (draft) => ({ securityRules: withIds(draft, 'securityRules', 'securityRules') })
  },
  'azure-native:network:SecurityRule': {
    check: (inputs) => {
      const priority = numberAt(inputs, 'priority', 100)
      return inputs.priority !== UNKNOWN && (priority < 100 || priority > 4096)
        ? [{
          property: 'priority',
          reason: `SecurityRuleInvalidPriority: ${priority} is not between 100 and 4096`
        }]
        : []
    },
    looksAt: (
      draft
    ) => [{ pkg: 'azure-native', type: 'azure-native:network:SecurityRule', account: draft.account }],
    validate: (draft, found, fail) => {
      const group = draft.id.split('/securityRules/')[0] ?? ''
      const clash = found.of('azure-native:network:SecurityRule').find((record) =>
        record.id !== draft.id && record.id.startsWith(`${group}/`) &&
        record.inputs.priority === draft.inputs.priority && record.inputs.direction === draft.inputs.direction
      )
      if (clash) {
        throw fail({
          status: 400,
          code: 'SecurityRuleConflict',
          message:
            `Security rule ${draft.name} conflicts with rule ${clash.name}. Rules cannot have the same ` +
            'Priority and Direction.'
        })
      }
    }
  },
  [ROUTE_TABLE]: { outputs: (draft) => ({ routes: withIds(draft, 'routes', 'routes') }) },
  'azure-native:network:VirtualNetworkPeering': {
    references: [{
      path: 'remoteVirtualNetwork.id',
      types: [VNET],
      anywhere: true,
      holds: false,
      missing: (value) => ({
        status: 400,
        code: 'InvalidResourceReference',
        message: `Resource ${value} referenced by the peering was not found.`
      })
    }],
    immutable: ['remoteVirtualNetwork'],
    looksAt: () => [{ pkg: 'azure-native', type: 'azure-native:network:VirtualNetworkPeering' }],
    validate: (draft, found, fail) => {
      const own = found.of(VNET).find((record) => draft.id.startsWith(`${record.id}/`))
      const remote = found.of(VNET).find((record) =>
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
      const other = found.of('azure-native:network:VirtualNetworkPeering').some((record) =>
        record.id !== draft.id && stringAt(record.inputs, 'remoteVirtualNetwork.id') === own
      )
      return {
        peeringState: other ? 'Connected' : 'Initiated',
        peeringSyncLevel: 'FullyInSync',
        resourceGuid: draft.make.uuid('guid')
      }
    }
  },
  [GATEWAY]: {
    immutable: ['gatewayType', 'vpnType', 'ipConfigurations', 'vpnGatewayGeneration'],
    references: [
      at('ipConfigurations[].publicIPAddress.id', PUBLIC_IP),
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
  [LOCAL_GATEWAY]: {
    check: (inputs) =>
      inputs.gatewayIpAddress === undefined && inputs.fqdn === undefined
        ? [{ property: 'gatewayIpAddress', reason: 'one of gatewayIpAddress, fqdn must be specified' }]
        : cidrs(inputs, 'localNetworkAddressSpace.addressPrefixes[]', 'localNetworkAddressSpace')
  },
  'azure-native:network:VirtualNetworkGatewayConnection': {
    immutable: ['connectionType', 'virtualNetworkGateway1', 'virtualNetworkGateway2', 'localNetworkGateway2'],
    references: [at('virtualNetworkGateway1.id', GATEWAY), {
      path: 'virtualNetworkGateway2.id',
      types: [GATEWAY],
      anywhere: true
    }, at('localNetworkGateway2.id', LOCAL_GATEWAY)],
    secrets: ['sharedKey'],
    outputs: (draft) => ({
      connectionStatus: 'Unknown',
      resourceGuid: draft.make.uuid('guid'),
      ...draft.inputs.sharedKey === undefined ? {} : { sharedKey: draft.inputs.sharedKey }
    })
  },
  [PROFILE]: {
    name: { property: 'profileName', auto: 'random', separator: '', max: 63, pattern: /^[a-zA-Z0-9.-]+$/ },
    defaults: () => ({ location: 'global' }),
    looksAt: () => [{ pkg: 'azure-native', type: PROFILE }],
    validate: (draft, found, fail) => {
      const label = stringAt(draft.inputs, 'dnsConfig.relativeName')
      if (
        found.of(PROFILE).some((record) =>
          record.id !== draft.id && label !== undefined &&
          stringAt(record.inputs, 'dnsConfig.relativeName') === label
        )
      ) {
        throw fail({
          status: 409,
          code: 'Conflict',
          message:
            `Domain name ${label}.trafficmanager.net already exists. Please choose a different DNS prefix.`
        })
      }
    },
    outputs: (draft) => ({
      dnsConfig: {
        ...objectAt(draft.inputs, 'dnsConfig'),
        fqdn: `${stringAt(draft.inputs, 'dnsConfig.relativeName') ?? draft.name}.trafficmanager.net`
      },
      name: draft.name,
      type: 'Microsoft.Network/trafficManagerProfiles',
      profileStatus: draft.inputs.profileStatus ?? 'Enabled'
    })
  },
  'azure-native:trafficmanager:Endpoint': {
    check: (inputs) =>
      inputs.target === undefined && inputs.targetResourceId === undefined
        ? [{ property: 'target', reason: 'one of target, targetResourceId must be specified' }]
        : [],
    outputs: (draft) => ({
      name: draft.name,
      endpointStatus: draft.inputs.endpointStatus ?? 'Enabled',
      endpointMonitorStatus: 'CheckingEndpoint'
    })
  },
  'azure-native:dns:Zone': {
    name: {
      property: 'zoneName',
      auto: 'none',
      pattern: /^[\w-]+(\.[\w-]+)+$/,
      rule: 'a zone is named by a domain, without a trailing dot'
    },
    defaults: () => ({ location: 'global' }),
    outputs: (draft) => ({
      name: draft.name,
      location: 'global',
      maxNumberOfRecordSets: 10000,
      numberOfRecordSets: 2,
      nameServers: ['com', 'net', 'org', 'info'].map((suffix, index) =>
        `ns${index + 1}-${String(1 + draft.make.integer(40, 'ns')).padStart(2, '0')}.azure-dns.${suffix}.`
      ),
      type: 'Microsoft.Network/dnszones'
    })
  },
  'azure-native:dns:RecordSet': {
    immutable: ['recordType'],
    outputs: (draft) => ({
      name: draft.name,
      fqdn: `${draft.name === '@' ? '' : `${draft.name}.`}${stringAt(draft.inputs, 'zoneName')}.`,
      type: `Microsoft.Network/dnszones/${stringAt(draft.inputs, 'recordType')}`
    })
  }
}
