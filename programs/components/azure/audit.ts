/**
 * The workspace that takes the audit and control plane logs of a cluster and of what it stands on,
 * in the cluster's own region.
 */
import { DiagnosticSetting } from '@pulumi/azure-native/monitor/index.js'
import { Workspace } from '@pulumi/azure-native/operationalinsights/index.js'
import { type CustomResourceOptions, type Input } from '@pulumi/pulumi'

export interface AuditWorkspaceArgs {
  readonly location: string
  readonly resourceGroup: Input<string>
  /** Days that logs are kept. */
  readonly retentionDays: number
  readonly tags: Record<string, string>
}

/**
 * Registers the workspace. Who may read logs is decided by roles on the resources that they are
 * about, and only Entra ID's identities may write.
 */
export function auditWorkspace (
  name: string,
  args: AuditWorkspaceArgs,
  options: CustomResourceOptions
): Workspace {
  return new Workspace(`${name}-audit`, {
    resourceGroupName: args.resourceGroup,
    workspaceName: `${name}-audit`,
    location: args.location,
    sku: { name: 'PerGB2018' },
    retentionInDays: args.retentionDays,
    features: { enableLogAccessUsingOnlyResourcePermissions: true },
    tags: args.tags
  }, options)
}

/**
 * Categories of logs by kind of resource. Of AKS' audit log what changes something:
 * `kube-audit-admin` leaves out reads, which are most of it. Source: Microsoft, "Supported Resource
 * log categories for Azure Monitor".
 */
export const auditCategories = {
  cluster: [
    'kube-apiserver',
    'kube-audit-admin',
    'kube-controller-manager',
    'kube-scheduler',
    'cluster-autoscaler',
    'cloud-controller-manager',
    'guard',
    'csi-azuredisk-controller'
  ],
  vault: ['AuditEvent'],
  blobs: ['StorageRead', 'StorageWrite', 'StorageDelete'],
  registry: ['ContainerRegistryLoginEvents', 'ContainerRegistryRepositoryEvents']
} as const

/** Sends a resource's logs of these categories to the workspace. */
export function auditLogs (
  name: string,
  resourceUri: Input<string>,
  workspaceId: Input<string>,
  categories: readonly string[],
  options: CustomResourceOptions
): DiagnosticSetting {
  return new DiagnosticSetting(name, {
    name: 'audit',
    resourceUri,
    workspaceId,
    logAnalyticsDestinationType: 'Dedicated',
    logs: categories.map((category) => ({ category, enabled: true }))
  }, options)
}
