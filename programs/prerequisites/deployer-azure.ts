/** The identity that deploys a federation's phases 2 to 8 on Azure, and who may act as it. */
import { RoleAssignment, RoleDefinition } from '@pulumi/azure-native/authorization/index.js'
import {
  FederatedIdentityCredential,
  UserAssignedIdentity
} from '@pulumi/azure-native/managedidentity/index.js'
import { type CustomResourceOptions, type Input, type Output } from '@pulumi/pulumi'
import { azureRoleIds } from '../components/azure/roles.ts'
import { type GrantOptions } from '../components/grants.ts'
import { azureTags, derivedUuid } from '../components/naming.ts'
import { deployerName } from '../types/deployers.ts'
import { type Federation } from '../types.ts'
import { addedBy, azureActions, phasesWithRoles } from './permissions/phases.ts'

/** Place of the identity, which deploys into the whole subscription. */
export interface AzureDeployerArgs {
  readonly resourceGroup: Input<string>
  readonly location: string
  /** Options of grants that the next phase uses. */
  readonly granted: GrantOptions
}

/**
 * Registers the identity, a custom role a phase, and trust in the federation's CI. Gives the
 * identity's client id.
 */
export function azureDeployer (
  federation: Federation,
  args: AzureDeployerArgs,
  options: CustomResourceOptions
): Output<string> {
  const { subscriptionId } = federation.accounts.azure
  const scope = `/subscriptions/${subscriptionId}`
  const name = deployerName(federation)
  const identity = new UserAssignedIdentity('deploy', {
    resourceGroupName: args.resourceGroup,
    location: args.location,
    resourceName: name,
    tags: azureTags(federation)
  }, options)
  const principal = { scope, principalId: identity.principalId, principalType: 'ServicePrincipal' }
  // It may hand on only the roles that programs assign, so that it cannot make an owner.
  const condition = `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR ` +
    '(@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals ' +
    `{${azureRoleIds.join(', ')}}))`
  for (const phase of phasesWithRoles('azure', federation)) {
    const actions = addedBy(phase, (one) => azureActions(one, federation))
    const role = new RoleDefinition(`deploy-${phase}`, {
      scope,
      roleDefinitionId: derivedUuid(scope, name, phase),
      roleName: `${name}-${phase}`,
      roleType: 'CustomRole',
      description: `What phase ${phase} of ${federation.name} asks for`,
      assignableScopes: [scope],
      permissions: [{ actions }]
    }, options)
    const assigns = actions.includes('Microsoft.Authorization/roleAssignments/write')
    new RoleAssignment(`deploy-${phase}`, {
      ...principal,
      roleDefinitionId: role.id,
      ...(assigns && { condition, conditionVersion: '2.0' })
    }, { ...options, ...args.granted })
  }
  // Azure changes one credential of an identity at a time: each waits for the one before it.
  let previous: FederatedIdentityCredential | undefined
  for (const [index, subject] of (federation.ci?.subjects ?? []).entries()) {
    previous = new FederatedIdentityCredential(`ci-${index}`, {
      resourceGroupName: args.resourceGroup,
      resourceName: identity.name,
      federatedIdentityCredentialResourceName: `ci-${index}`,
      issuer: federation.ci?.issuer ?? '',
      subject,
      audiences: ['api://AzureADTokenExchange']
    }, { ...options, dependsOn: previous ? [previous] : [] })
  }
  return identity.clientId
}
