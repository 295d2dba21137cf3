/** Where an AKS cluster's audit and control plane logs and Defender's findings go: a workspace in the cluster's own region. */
import { DiagnosticSetting } from '@pulumi/azure-native/monitor/index.js'
import { Workspace } from '@pulumi/azure-native/operationalinsights/index.js'
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from '@pulumi/pulumi'

/** `retentionDays`: how long logs are kept. */
export interface ClusterAuditArgs { readonly location: string, readonly resourceGroup: Input<string>, readonly retentionDays: number, readonly tags: Record<string, string> }

/**
 * All of AKS' control plane logs; of the audit log what changes something (`kube-audit-admin` leaves out reads, which are nine tenths of it).
 * Source: Microsoft, "Monitor AKS: resource logs".
 */
const categories = ['kube-apiserver', 'kube-audit-admin', 'kube-controller-manager', 'kube-scheduler', 'cluster-autoscaler', 'cloud-controller-manager', 'guard', 'csi-azuredisk-controller']

/** Outputs `workspaceId`. `watch` sends a cluster's logs there. */
export class ClusterAudit extends ComponentResource {
  readonly workspaceId: Output<string>
  readonly #name: string

  constructor (name: string, args: ClusterAuditArgs, options?: ComponentResourceOptions) {
    super('windlass:azure:ClusterAudit', name, {}, options)
    this.#name = name
    const workspace = new Workspace(`${name}-audit`, {
      resourceGroupName: args.resourceGroup,
      workspaceName: `${name}-audit`,
      location: args.location,
      sku: { name: 'PerGB2018' },
      retentionInDays: args.retentionDays,
      // Who may read logs is decided by roles on the resources that they are about.
      features: { enableLogAccessUsingOnlyResourcePermissions: true, disableLocalAuth: true },
      tags: args.tags
    }, { parent: this })
    this.workspaceId = workspace.id
    this.registerOutputs({ workspaceId: this.workspaceId })
  }

  /** Registers the cluster's diagnostic setting. */
  watch (clusterId: Input<string>): DiagnosticSetting {
    return new DiagnosticSetting(`${this.#name}-audit`, {
      name: 'audit',
      resourceUri: clusterId,
      workspaceId: this.workspaceId,
      logAnalyticsDestinationType: 'Dedicated',
      logs: categories.map((category) => ({ category, enabled: true }))
    }, { parent: this })
  }
}
