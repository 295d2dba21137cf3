/**
 * Access to a container of a storage account by a federated credential, the same from every cloud.
 */
import { RoleAssignment } from '@pulumi/azure-native/authorization/index.js'
import {
  FederatedIdentityCredential,
  UserAssignedIdentity
} from '@pulumi/azure-native/managedidentity/index.js'
import { all } from '@pulumi/pulumi'
import { azureRole } from '../components/azure/roles.ts'
import { azureTags, boundedName, digest } from '../components/naming.ts'
import { azureProvider } from '../components/upstream.ts'
import { type UnitContext } from '../types.ts'
import { type BucketAccess, type BucketAccessArgs, tokenFolder } from './pod-identity.ts'

/** The audience that Entra ID expects of tokens to exchange. */
const federatedAudience = 'api://AzureADTokenExchange'

/** A managed identity that only this service account takes, with the rights on this container. */
export function azureBucketAccess (context: UnitContext, args: BucketAccessArgs): BucketAccess {
  const { subscriptionId, tenantId } = context.federation.accounts.azure
  const provider = azureProvider(context, args.owner.region)
  const identity = new UserAssignedIdentity(`${args.name}-identity`, {
    resourceName: boundedName(128, args.name),
    resourceGroupName: args.resourceGroup,
    location: args.owner.region,
    tags: azureTags(context.federation)
  }, { provider })
  const credential = new FederatedIdentityCredential(`${args.name}-credential`, {
    resourceGroupName: args.resourceGroup,
    resourceName: identity.name,
    federatedIdentityCredentialResourceName: 'cluster',
    issuer: args.issuer,
    subject: `system:serviceaccount:${args.namespace}:${args.serviceAccount}`,
    audiences: [federatedAudience]
  }, { provider })
  // Names of role assignments are UUIDs, unique in the tenant, and must not change: derived from
  // what they grant.
  const hash = digest(32, subscriptionId, context.federation.name, args.owner.name, args.home.name, args.name)
  const uuid = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-5${hash.slice(13, 16)}-a${hash.slice(17, 20)}-` +
    `${hash.slice(20, 32)}`
  const grant = new RoleAssignment(`${args.name}-grant`, {
    roleAssignmentName: uuid,
    scope: all([args.resourceGroup, args.bucket]).apply(([group, bucket]) => {
      const [account, container] = bucket.split('/')
      return `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/Microsoft.Storage` +
        `/storageAccounts/${account}/blobServices/default/containers/${container}`
    }),
    roleDefinitionId: azureRole(subscriptionId, 'Storage Blob Data Contributor'),
    principalId: identity.principalId,
    principalType: 'ServicePrincipal'
  }, { provider })
  return {
    annotations: { 'azure.workload.identity/client-id': identity.clientId },
    podLabels: { 'azure.workload.identity/use': 'true' },
    environment: {
      AZURE_CLIENT_ID: identity.clientId,
      AZURE_TENANT_ID: tenantId,
      AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.com/',
      AZURE_FEDERATED_TOKEN_FILE: `${tokenFolder}/token`
    },
    tokenAudience: federatedAudience,
    ready: [credential, grant]
  }
}
