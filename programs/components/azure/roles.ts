/**
 * Azure's built-in roles that programs assign. Ids: "Azure built-in roles" in Microsoft's
 * documentation of role-based access control.
 */
const roles = {
  'Key Vault Crypto Service Encryption User': 'e147488a-f6f5-4113-8e2d-b22465e65bf6',
  'Key Vault Crypto User': '12338af0-0e69-4776-bea7-57ae8d297424',
  'Network Contributor': '4d97b98b-1d4f-4787-a291-c67834d212e7',
  'Managed Identity Operator': 'f1a07417-d97a-45cb-824c-7a7467783830',
  Contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
  'Azure Kubernetes Service RBAC Cluster Admin': 'b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b',
  'Storage Blob Data Contributor': 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
  Reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  AcrPull: '7f951dda-4ed3-4680-a7ca-43fe172d538d'
} as const

/** The ids of all of these roles. */
export const azureRoleIds: readonly string[] = Object.values(roles)

/** The resource id of a built-in role's definition in a subscription. */
export function azureRole (subscriptionId: string, role: keyof typeof roles): string {
  return `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${roles[role]}`
}
