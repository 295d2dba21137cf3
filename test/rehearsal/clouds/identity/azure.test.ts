/** Identities of Azure: whose calls are taken, and how they are refused. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { make, provider, world } from '../world.ts'

const subscription = '00000000-0000-4000-8000-000000000001'
const scope = `/subscriptions/${subscription}`
const group = `${scope}/resourceGroups/g`
const configuration = { subscriptionId: subscription, location: 'westeurope' }
const builtIn = (id: string): string => `${scope}/providers/Microsoft.Authorization/roleDefinitions/${id}`
const reader = 'acdd72a7-3385-48ef-bd42-f606fba81ae7'

/** A world with a managed identity that has a custom role, and a provider that acts as it. */
async function deployed (
  actions: string[],
  { notActions = [], at = scope, condition }: { notActions?: string[], at?: string, condition?: string } = {}
) {
  const { store, clouds } = world()
  const admin = await provider(clouds, 'azure-native', configuration)
  for (const name of ['g', 'other']) {
    await make(admin, 'azure-native:resources:ResourceGroup', name, { resourceGroupName: name })
  }
  const identity = await make(admin, 'azure-native:managedidentity:UserAssignedIdentity', 'deploy', {
    resourceGroupName: 'g',
    resourceName: 'deploy'
  })
  const role = await make(admin, 'azure-native:authorization:RoleDefinition', 'deploy', {
    scope,
    roleName: 'deploy',
    permissions: [{ actions, notActions }]
  })
  await make(admin, 'azure-native:authorization:RoleAssignment', 'deploy', {
    scope: at,
    principalId: identity.properties['principalId'] ?? '',
    roleDefinitionId: role.id,
    ...(condition !== undefined && { condition, conditionVersion: '2.0' })
  })
  const later = world({ store, actingAs: { azure: identity.id } })
  return { clouds: later.clouds, on: await provider(later.clouds, 'azure-native', configuration) }
}

suite('calls of a managed identity', () => {
  const address = { resourceGroupName: 'g', publicIpAddressName: 'ip', sku: { name: 'Standard' } }

  test('are taken for the actions of its roles, and refused for the rest', async () => {
    const { on, clouds } = await deployed(['Microsoft.Network/publicIPAddresses/*'])
    await make(on, 'azure-native:network:PublicIPAddress', 'ip', address)
    await assert.rejects(
      make(on, 'azure-native:network:VirtualNetwork', 'v', {
        resourceGroupName: 'g',
        virtualNetworkName: 'v',
        addressSpace: { addressPrefixes: ['10.0.0.0/16'] }
      }),
      /Status=403 Code="AuthorizationFailed" Message="The client '[-0-9a-f]+' with object id '[-0-9a-f]+' does not have authorization to perform action 'Microsoft\.Network\/virtualNetworks\/write' over scope '\/subscriptions\/[-0-9]+\/resourceGroups\/g\/providers\/Microsoft\.Network\/virtualNetworks\/v' or the scope is invalid/
    )
    assert.deepEqual(clouds.judged(), { evaluated: 2, unrestricted: 0, unknown: [] })
  })

  test('are refused outside the scope of an assignment, and for actions that it leaves out', async () => {
    const elsewhere = await deployed(['*'], { at: `${scope}/resourceGroups/other` })
    await assert.rejects(
      make(elsewhere.on, 'azure-native:network:PublicIPAddress', 'ip', address),
      /AuthorizationFailed/
    )
    const without = await deployed(['*'], { notActions: ['Microsoft.Network/*/write'] })
    await assert.rejects(
      make(without.on, 'azure-native:network:PublicIPAddress', 'ip', address),
      /AuthorizationFailed/
    )
  })

  test('join only what they may', async () => {
    const { on } = await deployed([
      'Microsoft.Network/natGateways/*',
      'Microsoft.Network/publicIPAddresses/write'
    ])
    await assert.rejects(
      make(on, 'azure-native:network:NatGateway', 'n', {
        resourceGroupName: 'g',
        natGatewayName: 'n',
        sku: { name: 'Standard' },
        publicIpAddresses: [{ id: `${group}/providers/Microsoft.Network/publicIPAddresses/ip` }]
      }),
      /Code="LinkedAuthorizationFailed" .* does not have permission to perform action\(s\) 'Microsoft\.Network\/publicIPAddresses\/join\/action' on the linked scope/
    )
  })

  // The condition of the identity that deploys once left out a role that programs assign.
  test('assign only the roles that a condition names', async () => {
    const condition = "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR " +
      '(@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals ' +
      `{${reader}}))`
    const { on } = await deployed(['Microsoft.Authorization/roleAssignments/*'], { condition })
    const assign = (role: string): Promise<unknown> =>
      make(on, 'azure-native:authorization:RoleAssignment', role, {
        scope: group,
        principalId: '11111111-0000-4000-8000-000000000001',
        roleDefinitionId: builtIn(role)
      })
    await assign(reader)
    await assert.rejects(
      assign('ba92f5b4-2d11-453d-a403-e96b0029c9fe'),
      /does not have authorization to perform action 'Microsoft\.Authorization\/roleAssignments\/write'/
    )
  })
})

suite('applications that the file names', () => {
  const credentialType = 'azure-native:managedidentity:FederatedIdentityCredential'
  /** A provider that names an application, where the file names another or the same. */
  async function naming (audience: string, clientId = 'named') {
    const { store, clouds } = world()
    const admin = await provider(clouds, 'azure-native', configuration)
    await make(admin, 'azure-native:resources:ResourceGroup', 'g', { resourceGroupName: 'g' })
    const identity = await make(admin, 'azure-native:managedidentity:UserAssignedIdentity', 'deploy', {
      resourceGroupName: 'g',
      resourceName: 'deploy'
    })
    await make(admin, credentialType, 'ci', {
      resourceGroupName: 'g',
      resourceName: 'deploy',
      federatedIdentityCredentialResourceName: 'ci',
      issuer: 'https://issuer',
      subject: 's',
      audiences: [audience]
    })
    const later = world({ store, actingAs: { azure: null }, applications: { named: identity.id } })
    const on = await provider(later.clouds, 'azure-native', { ...configuration, clientId, useOidc: true })
    return make(on, 'azure-native:resources:ResourceGroup', 'more', { resourceGroupName: 'more' })
  }

  test('are what phase 1 made, with its roles', async () => {
    await assert.rejects(naming('api://AzureADTokenExchange'), /AuthorizationFailed/)
  })

  test('get no token without a credential for it, and others are nobody', async () => {
    await assert.rejects(naming('other'), /AADSTS700212: No matching federated identity record found/)
    await assert.rejects(
      naming('api://AzureADTokenExchange', 'other'),
      /AADSTS700016: Application with identifier 'other'/
    )
  })
})
