import { resourcePolicy } from '../../policy.ts'
import { at } from '../../properties.ts'

/** Purposes of subnets that carry no instances, and cannot have flow logs. */
const special = [
  'REGIONAL_MANAGED_PROXY',
  'GLOBAL_MANAGED_PROXY',
  'PRIVATE_SERVICE_CONNECT',
  'INTERNAL_HTTPS_LOAD_BALANCER'
]

export const subnetworkFlowLogs = resourcePolicy({
  name: 'gcp-compute-flow-logs',
  description: 'Subnetworks write flow logs and reach Google from inside.',
  level: 'mandatory',
  types: ['gcp:compute/subnetwork:Subnetwork'],
  check: ({ props }) => {
    if (special.includes(String(props['purpose']))) return undefined
    return [
      ...(at(props, 'logConfig') === undefined ? ['set logConfig'] : []),
      ...(props['privateIpGoogleAccess'] === true ? [] : ['set privateIpGoogleAccess to true'])
    ]
  }
})
