/**
 * Uniform resource names: `urn:pulumi:STACK::PROJECT::PARENTTYPE$…$TYPE::NAME`. The Stack's type is
 * never part of the parent types.
 */

export const rootStackType = 'pulumi:pulumi:Stack'
const providerPrefix = 'pulumi:providers:'

function parts (urn: string): string[] {
  return urn.split('::')
}

/** The types from the outermost parent to the resource, joined by `$`. */
export function qualifiedType (urn: string): string {
  return parts(urn)[2] ?? ''
}

/** The resource's own type token. */
export function typeOf (urn: string): string {
  return qualifiedType(urn).split('$').pop() ?? ''
}

/** The logical name; it may contain `::` itself. */
export function nameOf (urn: string): string {
  return parts(urn).slice(3).join('::')
}

export function createUrn (
  options: { stack: string, project: string, parent: string, type: string, name: string }
): string {
  const parentType = options.parent === '' ? '' : qualifiedType(options.parent)
  const types = parentType === '' || parentType === rootStackType
    ? options.type
    : `${parentType}$${options.type}`
  return `urn:pulumi:${options.stack}::${options.project}::${types}::${options.name}`
}

export function isProviderType (type: string): boolean {
  return type.startsWith(providerPrefix)
}
export function providerType (pkg: string): string {
  return providerPrefix + pkg
}
/** `aws` of `pulumi:providers:aws`. */
export function providerPackage (type: string): string {
  return type.slice(providerPrefix.length)
}

/** The package of a type or function token: `aws` of `aws:ec2/vpc:Vpc`. */
export function packageOf (token: string): string {
  return token.split(':')[0] ?? ''
}

/**
 * True for providers that the engine made because a resource named none (`default`,
 * `default_7_48_0`).
 */
export function isDefaultProvider (urn: string): boolean {
  return isProviderType(typeOf(urn)) && nameOf(urn).startsWith('default')
}

/**
 * A provider reference: the URN of the provider resource and its id (`UNKNOWN` in previews of new
 * providers).
 */
export interface ProviderReference {
  urn: string
  id: string
}

/** Reads `URN::ID`. Undefined when it is not a provider reference. */
export function parseReference (reference: string): ProviderReference | undefined {
  const at = reference.lastIndexOf('::')
  if (at < 0) return undefined
  const urn = reference.slice(0, at)
  const id = reference.slice(at + 2)
  if (!urn.startsWith('urn:pulumi:') || parts(urn).length < 4 || id === '' || !isProviderType(typeOf(urn))) {
    return undefined
  }
  return { urn, id }
}

export function formatReference (reference: ProviderReference): string {
  return `${reference.urn}::${reference.id}`
}
