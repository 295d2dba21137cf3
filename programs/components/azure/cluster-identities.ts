/**
 * The managed identities of an AKS cluster, of its control plane and its kubelets, the placement
 * groups of its nodes, and what the identities may do.
 */
import { RoleAssignment } from '@pulumi/azure-native/authorization/index.js'
import { ProximityPlacementGroup } from '@pulumi/azure-native/compute/index.js'
import { UserAssignedIdentity } from '@pulumi/azure-native/managedidentity/index.js'
import { type ComponentResource, interpolate, type Input, type Output } from '@pulumi/pulumi'
import { type GrantOptions } from '../grants.ts'
import { type NodeGroupPlan } from '../node-group-plan.ts'
import { azureRole } from './roles.ts'

export interface IdentitiesArgs {
  readonly subscriptionId: string
  readonly location: string
  readonly resourceGroup: Input<string>
  readonly groups: readonly NodeGroupPlan[]
  /** Resource id of the virtual network. */
  readonly networkId: Input<string>
  /** Resource id of the vault of the cluster's key. */
  readonly vaultId: Output<string>
  readonly tags: Record<string, string>
  /** Options of grants that are used at once. */
  readonly granted: GrantOptions
}

export interface Identities {
  readonly controlPlane: UserAssignedIdentity
  readonly kubelet: UserAssignedIdentity
  /** Placement groups by the name of the node group. */
  readonly placements: ReadonlyMap<string, ProximityPlacementGroup>
  /** Role assignments that have to be there before the cluster is made. */
  readonly grants: RoleAssignment[]
}

/** Registers them as children of `parent`, named after `name`. */
export function clusterIdentities (
  parent: ComponentResource,
  name: string,
  args: IdentitiesArgs
): Identities {
  const placed = { resourceGroupName: args.resourceGroup, location: args.location, tags: args.tags }
  const identity = (title: string): UserAssignedIdentity =>
    new UserAssignedIdentity(title, { ...placed, resourceName: title }, { parent })
  const controlPlane = identity(`${name}-control-plane`)
  const kubelet = identity(`${name}-kubelet`)
  const placements = new Map(
    args.groups.filter((group) => group.placement).map((group) =>
      [
        group.name,
        new ProximityPlacementGroup(`${name}-${group.name}`, {
          ...placed,
          proximityPlacementGroupName: `${name}-${group.name}`,
          proximityPlacementGroupType: 'Standard',
          intent: { vmSizes: [group.pool.instanceType] }
        }, { parent })
      ] as const
    )
  )
  const assign = (
    title: string,
    { principalId }: UserAssignedIdentity,
    role: Parameters<typeof azureRole>[1],
    scope: Input<string>
  ): RoleAssignment =>
    new RoleAssignment(`${name}-${title}`, {
      scope,
      principalId,
      principalType: 'ServicePrincipal',
      roleDefinitionId: azureRole(args.subscriptionId, role)
    }, { parent, ...args.granted })
  const groupId = interpolate`/subscriptions/${args.subscriptionId}/resourceGroups/${args.resourceGroup}`
  const grants = [
    assign('network', controlPlane, 'Network Contributor', args.networkId),
    assign('kubelet-operator', controlPlane, 'Managed Identity Operator', kubelet.id),
    assign('key', controlPlane, 'Key Vault Crypto User', args.vaultId),
    // Of the group, which has nothing but this cluster's: a grant on the disk encryption set would
    // begin to take effect when that is made, which waits for a grant itself.
    assign('disks', controlPlane, 'Reader', groupId),
    assign('images', kubelet, 'AcrPull', groupId),
    ...[...placements].map(([group, placement]) =>
      assign(`placement-${group}`, controlPlane, 'Contributor', placement.id)
    )
  ]
  return { controlPlane, kubelet, placements, grants }
}
