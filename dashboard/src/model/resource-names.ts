/** Short names of resources. Pure. */

/** The last part of a Pulumi type: `Vpc` of `aws:ec2/vpc:Vpc`. */
export const typeName = (type: string): string => type.split(':').at(-1) ?? type

/** The type and the name of the resource that a URN names, without its parents. */
export function urnParts (urn: string): { type: string, name: string } {
  const [, , chain = '', ...name] = urn.split('::')
  return { type: chain.split('$').at(-1) ?? chain, name: name.join('::') || chain }
}

/** A resource of a URN as `Type name`. */
export const resourceName = (urn: string): string => {
  const { type, name } = urnParts(urn)
  return `${typeName(type)} ${name}`
}
