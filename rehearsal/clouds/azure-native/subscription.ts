/** The subscription and tenant of a provider that names none, and the type of resource groups. */
export const subscriptionId = '00000000-0000-4000-8000-000000000001'
export const simulatedTenantId = '00000000-0000-4000-8000-00000000000a'
/** Service principal as which the simulated provider acts. */
export const simulatedClientId = '00000000-0000-4000-8000-0000000000c1'
export const simulatedObjectId = '00000000-0000-4000-8000-0000000000b1'
export const resourceGroupType = 'azure-native:resources:ResourceGroup'
