/**
 * Azure resource ids:
 * `/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/n`.
 */
import { type Draft } from '../draft.ts'
import { type NameRule } from '../resource-model.ts'
import { type TypeFacts } from '../schema-table.ts'
import { plural, tokenParts } from '../tokens.ts'
import { stringAt } from '../wire-values.ts'

/** Provider namespaces by Pulumi module, where they are not `Microsoft.` and the module's name. */
const namespaces: Record<string, string> = {
  app: 'Microsoft.App',
  authorization: 'Microsoft.Authorization',
  cache: 'Microsoft.Cache',
  compute: 'Microsoft.Compute',
  containerregistry: 'Microsoft.ContainerRegistry',
  containerservice: 'Microsoft.ContainerService',
  cosmosdb: 'Microsoft.DocumentDB',
  dashboard: 'Microsoft.Dashboard',
  dataprotection: 'Microsoft.DataProtection',
  dbforpostgresql: 'Microsoft.DBforPostgreSQL',
  dns: 'Microsoft.Network',
  eventhub: 'Microsoft.EventHub',
  insights: 'Microsoft.Insights',
  keyvault: 'Microsoft.KeyVault',
  managedidentity: 'Microsoft.ManagedIdentity',
  monitor: 'Microsoft.Insights',
  network: 'Microsoft.Network',
  operationalinsights: 'Microsoft.OperationalInsights',
  privatedns: 'Microsoft.Network',
  recoveryservices: 'Microsoft.RecoveryServices',
  resources: 'Microsoft.Resources',
  servicebus: 'Microsoft.ServiceBus',
  sql: 'Microsoft.Sql',
  storage: 'Microsoft.Storage',
  trafficmanager: 'Microsoft.Network',
  web: 'Microsoft.Web'
}
/** Collections that are not the plural of their type, by module and type. */
const collections: Record<string, string> = {
  'dns:Zone': 'dnsZones',
  'privatedns:PrivateZone': 'privateDnsZones',
  'trafficmanager:Profile': 'trafficManagerProfiles',
  'network:VirtualNetworkGatewayConnection': 'connections',
  'storage:BlobContainer': 'blobServices/default/containers',
  'containerregistry:Registry': 'registries',
  'monitor:AzureMonitorWorkspace': 'accounts',
  'network:SecurityRule': 'securityRules',
  'network:PublicIPAddress': 'publicIPAddresses',
  'cache:Redis': 'redis',
  'recoveryservices:Vault': 'vaults'
}
/** Collections of parents, by module and the property that names them. */
const parentTypes: Record<string, string> = {
  'storage:accountName': 'storageAccounts',
  'containerservice:resourceName': 'managedClusters',
  'managedidentity:resourceName': 'userAssignedIdentities',
  'dns:zoneName': 'dnsZones',
  'privatedns:privateZoneName': 'privateDnsZones',
  'trafficmanager:profileName': 'trafficManagerProfiles',
  'cosmosdb:accountName': 'databaseAccounts',
  'recoveryservices:vaultName': 'vaults',
  'dataprotection:vaultName': 'backupVaults',
  'dbforpostgresql:serverName': 'flexibleServers'
}
/** Name properties that are not the type's name and `Name`. */
const names: Record<string, string> = {
  'managedidentity:UserAssignedIdentity': 'resourceName',
  'managedidentity:FederatedIdentityCredential': 'federatedIdentityCredentialResourceName',
  'containerservice:ManagedCluster': 'resourceName',
  'dns:RecordSet': 'relativeRecordSetName',
  'authorization:RoleDefinition': 'roleDefinitionId',
  'storage:StorageAccount': 'accountName',
  'storage:BlobContainer': 'containerName',
  'trafficmanager:Profile': 'profileName',
  'trafficmanager:Endpoint': 'endpointName',
  'dns:Zone': 'zoneName',
  'keyvault:Vault': 'vaultName',
  'monitor:DiagnosticSetting': 'name',
  'insights:DiagnosticSetting': 'name',
  'operationalinsights:Workspace': 'workspaceName',
  'dataprotection:BackupVault': 'vaultName',
  'recoveryservices:Vault': 'vaultName',
  'containerregistry:Registry': 'registryName',
  'dataprotection:BackupPolicy': 'backupPolicyName'
}

/** `network:Subnet` of `azure-native:network:Subnet`; a version in the module is left out. */
export function shortType (type: string): string {
  const { module, name } = tokenParts(type)
  return `${module}:${name}`
}

/**
 * The property that names the resources of a type, and those that name its parents, outermost
 * first.
 */
export function pathProperties (
  type: string,
  facts: TypeFacts | undefined
): { name: string | undefined, parents: string[] } {
  const own = tokenParts(type).name.toLowerCase()
  const inputs = [...facts?.inputs.values() ?? []].filter(({ name, kind }) =>
    kind === 's' && name.endsWith('Name') && name !== 'resourceGroupName'
  )
  const name = names[shortType(type)] ??
    inputs.find((input) => input.name.toLowerCase() === `${own}name`)?.name ??
    inputs.find((input) => !input.required && own.endsWith(input.name.slice(0, -4).toLowerCase()))?.name ??
    inputs.find((input) => !input.required)?.name
  return {
    name,
    parents: inputs.filter((input) => input.required && input.name !== name).map((input) => input.name)
  }
}

/**
 * Rule for the names of a type: random for a resource of its own, the URN's name for one inside
 * another, a UUID for a role assignment.
 */
export function conventionalName (type: string, facts: TypeFacts | undefined): NameRule | undefined {
  const { name, parents } = pathProperties(type, facts)
  if (name === undefined) return undefined
  if (/:Role(Assignment|Definition|EligibilityScheduleRequest)$/.test(type)) {
    return { property: name, auto: 'uuid' }
  }
  return facts?.inputs.get(name)?.required || parents.length > 0 || name === 'name'
    ? { property: name, auto: 'copy', max: 80 }
    : { property: name, auto: 'random', separator: '', max: 80 }
}

/** The ARM type: `Microsoft.Network/virtualNetworks/subnets`. */
export function armType (draft: Draft, facts: TypeFacts | undefined): string {
  const { module } = tokenParts(draft.type)
  const { parents } = pathProperties(draft.type, facts)
  return [
    namespaces[module] ?? `Microsoft.${module.slice(0, 1).toUpperCase()}${module.slice(1)}`,
    ...parents.map((parent) => parentCollection(module, parent)),
    collectionOf(draft)
  ].join('/')
}

function parentCollection (module: string, property: string): string {
  return parentTypes[`${module}:${property}`] ?? plural(property.slice(0, -4))
}

function collectionOf (draft: Draft): string {
  const short = shortType(draft.type)
  if (short === 'dns:RecordSet') return stringAt(draft.inputs, 'recordType') ?? 'A'
  if (short === 'trafficmanager:Endpoint') {
    return lowerFirst((stringAt(draft.inputs, 'endpointType') ?? 'AzureEndpoints').split('/').at(-1) ?? '')
  }
  return collections[short] ?? plural(tokenParts(draft.type).name)
}
const lowerFirst = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1)

/**
 * The id by convention: under a scope where there is one, otherwise in the resource group, or in
 * the subscription.
 */
export function conventionalId (draft: Draft, facts: TypeFacts | undefined): string {
  const { module, name } = tokenParts(draft.type)
  const subscription = `/subscriptions/${draft.account}`
  if (name === 'ResourceGroup' && module === 'resources') {
    return `${subscription}/resourceGroups/${draft.name}`
  }
  const scope = stringAt(draft.inputs, 'scope') ?? stringAt(draft.inputs, 'resourceUri')
  const group = stringAt(draft.inputs, 'resourceGroupName')
  const { parents } = pathProperties(draft.type, facts)
  const namespace = namespaces[module] ?? `Microsoft.${module.slice(0, 1).toUpperCase()}${module.slice(1)}`
  const above = parents.map((parent) =>
    `${parentCollection(module, parent)}/${stringAt(draft.inputs, parent) ?? ''}`
  )
  const root = scope !== undefined
    ? (scope.startsWith('/') ? scope : `/${scope}`)
    : group !== undefined
    ? `${subscription}/resourceGroups/${group}`
    : subscription
  return [root === '/' ? '' : root, 'providers', namespace, ...above, collectionOf(draft), draft.name].join(
    '/'
  )
}

/** Id of the resource around a draft; undefined for one directly in its resource group. */
export function parentId (draft: Draft, facts: TypeFacts | undefined): string | undefined {
  const { parents } = pathProperties(draft.type, facts)
  if (parents.length === 0) return undefined
  return conventionalId(draft, facts).replace(`/${collectionOf(draft)}/${draft.name}`, '')
}

/**
 * Parents that are always resources of their own, by the property that names them: a child without
 * one is refused.
 */
export const checkedParents = new Set([
  'virtualNetworkName',
  'networkSecurityGroupName',
  'routeTableName',
  'storage:accountName',
  'keyvault:vaultName',
  'containerservice:resourceName',
  'managedidentity:resourceName',
  'dns:zoneName',
  'trafficmanager:profileName'
])

/** Tells if the parent of a type is a resource that has to exist first. */
export function hasCheckedParent (type: string, facts: TypeFacts | undefined): boolean {
  const { module } = tokenParts(type)
  return pathProperties(type, facts).parents.some((parent) =>
    checkedParents.has(parent) || checkedParents.has(`${module}:${parent}`)
  )
}

/** Name of the resource group in an id. */
export function groupOf (id: string): string | undefined {
  return /\/resourceGroups\/([^/]+)/.exec(id)?.[1]
}

/** `East US` -> `eastus`. */
export function normalLocation (location: string): string {
  return location.toLowerCase().replaceAll(' ', '')
}
