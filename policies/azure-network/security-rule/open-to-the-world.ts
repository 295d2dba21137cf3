import { edgePort, isAnywhere } from '../../network.ts'
import { resourcePolicy } from '../../policy.ts'
import { isObject, list, type Properties } from '../../properties.ts'

function rule (props: Properties, path: string): string[] {
  if (props['direction'] !== 'Inbound' || props['access'] !== 'Allow') return []
  if (![props['sourceAddressPrefix'], ...list(props, 'sourceAddressPrefixes')].some(isAnywhere)) return []
  const ports = [props['destinationPortRange'], ...list(props, 'destinationPortRanges')].filter((port) =>
    port !== undefined
  )
  return ports.length > 0 && ports.every((port) => port === String(edgePort))
    ? []
    : [
      `${path} lets the whole internet reach port ${ports.join(', ')}: name the networks that may (only ` +
      `${edgePort} of an edge may be open)`
    ]
}

export const azureNoOpenIngress = resourcePolicy({
  name: 'azure-network-no-open-ingress',
  description: 'Nothing but port 443 of an edge is open to the whole internet (Azure).',
  level: 'mandatory',
  types: ['azure-native:network:SecurityRule', 'azure-native:network:NetworkSecurityGroup'],
  check: ({ type, props }) =>
    type.endsWith(':SecurityRule')
      ? rule(props, 'the rule')
      : list(props, 'securityRules').flatMap((entry, index) =>
        isObject(entry) ? rule(entry, `securityRules[${index}]`) : []
      )
})
