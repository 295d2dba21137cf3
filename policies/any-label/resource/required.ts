import { type Facts } from '../../facts.ts'
import { resourcePolicy } from '../../policy.ts'
import { isObject, object, type Properties } from '../../properties.ts'

/** Provider inputs travel as JSON text. */
function parsed (value: unknown): Properties {
  if (isObject(value)) return value
  if (typeof value !== 'string') return {}
  const data: unknown = JSON.parse(value)
  return isObject(data) ? data : {}
}
function missing (labels: Properties, facts: Facts): string[] {
  return Object.entries({ ...facts.labels, owner: facts.owner }).filter(([key, value]) =>
    labels[key] !== value
  ).map(([key, value]) => `${key}: ${value}`)
}
const say = (path: string, names: readonly string[]): string | undefined =>
  names.length > 0 ? `add ${names.join(', ')} to ${path}` : undefined

export const requiredProviderLabels = resourcePolicy({
  name: 'label-required-by-default',
  description: 'Providers of AWS and Google Cloud put owner and labels of the federation on every resource.',
  level: 'mandatory',
  types: ['pulumi:providers:aws', 'pulumi:providers:gcp'],
  reads: 'facts',
  check: ({ type, props }, facts) =>
    facts && (type === 'pulumi:providers:aws'
      ? say('defaultTags.tags', missing(object(parsed(props['defaultTags']), 'tags'), facts))
      : say('defaultLabels', missing(parsed(props['defaultLabels']), facts)))
})

export const requiredAzureTags = resourcePolicy({
  name: 'label-required-on-azure',
  description: 'Azure resources that take tags carry owner and labels of the federation.',
  level: 'mandatory',
  types: [
    'azure-native:resources:ResourceGroup',
    'azure-native:containerservice:ManagedCluster',
    'azure-native:containerservice:AgentPool',
    'azure-native:storage:StorageAccount',
    'azure-native:keyvault:Vault',
    'azure-native:containerregistry:Registry',
    'azure-native:network:VirtualNetwork',
    'azure-native:network:NatGateway',
    'azure-native:network:PublicIPAddress',
    'azure-native:network:VirtualNetworkGateway',
    'azure-native:operationalinsights:Workspace',
    'azure-native:managedidentity:UserAssignedIdentity',
    'azure-native:dbforpostgresql:Server'
  ],
  reads: 'facts',
  check: ({ props }, facts) => facts && say('tags', missing(object(props, 'tags'), facts))
})

export const kubernetesOwner = resourcePolicy({
  name: 'label-owner-on-workloads',
  description: 'Namespaces and workloads name their owner.',
  level: 'advisory',
  types: ['kubernetes:core/v1:Namespace', 'kubernetes:apps/v1:*', 'kubernetes:batch/v1:*'],
  reads: 'facts',
  check: ({ props }, facts) => {
    const owner = object(props, 'metadata.labels')['windlass.io/owner']
    return typeof owner === 'string' && (!facts || owner === facts.owner)
      ? undefined
      : `add the label windlass.io/owner: ${facts?.owner ?? 'the owning team'} to metadata.labels`
  }
})
