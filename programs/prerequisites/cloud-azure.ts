/**
 * The Azure subscription: the caller is read, what clusters need is switched on, and what happens
 * in the subscription is logged.
 */
import { getClientConfigOutput } from '@pulumi/azure-native/authorization/index.js'
import { SubscriptionFeatureRegistration } from '@pulumi/azure-native/features/index.js'
import { SubscriptionDiagnosticSetting } from '@pulumi/azure-native/monitor/index.js'
import { Workspace } from '@pulumi/azure-native/operationalinsights/index.js'
import { ResourceGroup } from '@pulumi/azure-native/resources/index.js'
import { Pricing } from '@pulumi/azure-native/security/index.js'
import { takesEffect } from '../components/grants.ts'
import { azureTags } from '../components/naming.ts'
import { azureProvider } from '../components/upstream.ts'
import { type CloudPrerequisites, type Resolved } from '../outputs.ts'
import { clusterOf } from '../scopes.ts'
import { accountGroupName } from '../types/deployers.ts'
import { type UnitContext } from '../types.ts'
import { azureDeployer } from './deployer-azure.ts'
import { quotaNeeds } from './quotas.ts'
import { auditRetentionDays } from './retention.ts'

const activityCategories = [
  'Administrative',
  'Security',
  'ServiceHealth',
  'Alert',
  'Policy',
  'ResourceHealth'
]

/**
 * Registers the subscription-wide resources. Azure's resource provider has no call that reads a
 * quota, so what is needed is handed on as `unchecked` rather than passed off as enough; Azure
 * itself refuses what exceeds it.
 */
export function azureAccount (context: UnitContext): Resolved<CloudPrerequisites> {
  const { federation } = context
  const tags = azureTags(federation)
  const location = clusterOf(federation, context.scope.clusters[0] ?? '').region
  const provider = azureProvider(context, location)
  const inside = { provider }
  const group = new ResourceGroup(
    'audit',
    { resourceGroupName: accountGroupName(federation), location, tags },
    inside
  )
  const workspace = new Workspace('activity', {
    resourceGroupName: group.name,
    location,
    sku: { name: 'PerGB2018' },
    retentionInDays: auditRetentionDays,
    tags
  }, inside)
  // AKS refuses nodes that are encrypted at their host in a subscription without it.
  new SubscriptionFeatureRegistration('encryption-at-host', {
    providerNamespace: 'Microsoft.Compute',
    featureName: 'EncryptionAtHost',
    properties: {}
  }, inside)
  // Defender looks into registries' images and at what runs on the clusters.
  new Pricing('defender-containers', {
    scopeId: `subscriptions/${federation.accounts.azure.subscriptionId}`,
    pricingName: 'Containers',
    pricingTier: 'Standard'
  }, inside)
  new SubscriptionDiagnosticSetting('activity', {
    name: `${federation.name}-activity`,
    workspaceId: workspace.id,
    logs: activityCategories.map((category) => ({ category, enabled: true }))
  }, inside)

  const client = getClientConfigOutput(inside)
  return {
    account: client.subscriptionId,
    caller: client.objectId,
    deployer: azureDeployer(federation, {
      resourceGroup: group.name,
      location,
      granted: takesEffect(context, 'azure')
    }, inside),
    quotas: [],
    unchecked: quotaNeeds(federation, 'azure').map(({ name, region, needed }) => ({ name, region, needed }))
  }
}
