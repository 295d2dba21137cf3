/** Address prefixes of virtual networks and subnets. */
import { type CheckFailure } from '../../provider.ts'
import { type WireObject } from '../../wire.ts'
import { type Cidr, parseCidr } from '../cidr.ts'
import { stringsAt } from '../wire-values.ts'

/** Address prefixes of a subnet, which it names in either of two inputs. */
export const prefixesOf = (inputs: WireObject): string[] => [
  ...stringsAt(inputs, 'addressPrefixes[]'),
  ...stringsAt(inputs, 'addressPrefix')
]

/** The address space of a virtual network. */
export const spaceOf = (inputs: WireObject): Cidr[] =>
  stringsAt(inputs, 'addressSpace.addressPrefixes[]').map(parseCidr).filter((cidr) => cidr !== undefined)

/** Failures of prefixes that are not CIDR blocks. */
export function prefixFailures (inputs: WireObject, path: string, property: string): CheckFailure[] {
  return stringsAt(inputs, path).filter((text) => !parseCidr(text)).map((text) => ({
    property,
    reason: `The address prefix '${text}' is not formatted correctly. It should follow CIDR notation, for ` +
      'example 10.0.0.0/24.'
  }))
}
