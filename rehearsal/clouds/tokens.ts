/** Parts of Pulumi type tokens, and their names in other cases. */

/**
 * Parts of a type token: `aws:ec2/vpc:Vpc` has the module ec2 and the name Vpc,
 * `azure-native:network:Subnet` the module network and the name Subnet.
 */
export function tokenParts (type: string): { module: string, name: string } {
  const [, middle = '', name = ''] = type.split(':')
  return { module: middle.split('/')[0] ?? '', name }
}

/** `TransitGateway` -> `transit-gateway`. */
export function kebab (name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2').toLowerCase()
}

/**
 * `Subnetwork` -> `subnetworks`, `NetworkPolicy` -> `networkPolicies`, `Address` -> `addresses`.
 */
export function plural (name: string): string {
  const lower = name.slice(0, 1).toLowerCase() + name.slice(1)
  if (/[^aeiou]y$/.test(lower)) return lower.replace(/y$/, 'ies')
  return /(s|x|ch|sh)$/.test(lower) ? `${lower}es` : `${lower}s`
}
