/** Subnets, which are resources of their own or parts of their network. */
import { type ProviderError } from '../../provider.ts'
import { type CloudQuery } from '../../store.ts'
import { type WireObject } from '../../wire.ts'
import { cidrContains, cidrsOverlap, parseCidr } from '../cidr.ts'
import { type Draft, type Failure, type Found } from '../draft.ts'
import { type Reference, refersTo } from '../resource-model.ts'
import { stringsAt } from '../wire-values.ts'
import { prefixesOf, spaceOf } from './address-prefixes.ts'
import { subnetType, virtualNetworkType } from './types.ts'

/**
 * A reference to a subnet. `subnetExists` checks it, since the subnet may be a part of its network.
 */
export const subnetReference = (path: string): Reference => refersTo(path, subnetType, { checked: false })

/** Queries for the records that `subnetExists` looks at. */
export function subnetQueries (draft: Draft, path: string): CloudQuery[] {
  return stringsAt(draft.inputs, path).flatMap((id) => [
    { pkg: 'azure-native', type: subnetType, id },
    { pkg: 'azure-native', type: virtualNetworkType, id: id.split('/subnets/')[0] ?? '' }
  ])
}

/** Throws when an id names a subnet that is neither a resource nor part of a network. */
export function subnetExists (
  draft: Draft,
  found: Found,
  path: string,
  fail: (failure: Failure) => ProviderError
): void {
  for (const id of stringsAt(draft.inputs, path)) {
    const [vnetId = '', name = ''] = id.split('/subnets/')
    const vnet = found.of(virtualNetworkType).find((record) => record.id === vnetId)
    if (
      found.of(subnetType).some((record) => record.id === id) ||
      stringsAt(vnet?.inputs, 'subnets[].name').includes(name)
    ) continue
    throw fail({
      status: 400,
      code: 'InvalidResourceReference',
      message: `Resource ${id} referenced by resource ${draft.id} was not found. Please make sure that the ` +
        'referenced resource exists, and that both resources are in the same region.'
    })
  }
}
/** A subnet as its siblings see it. */
interface Sibling {
  name: string
  prefixes: string[]
}

/** Subnets of a network that are resources of their own. */
export function subnetsIn (network: { id: string }, found: Found): (Sibling & { id: string })[] {
  return found.of(subnetType)
    .filter((record) => record.id.startsWith(`${network.id}/subnets/`))
    .map((record) => ({ id: record.id, name: record.name, prefixes: prefixesOf(record.inputs) }))
}

/** Throws when a subnet lies outside its network's address space or overlaps with a sibling. */
export function subnetFits (
  draft: Draft,
  prefixes: string[],
  network: { id: string, inputs: WireObject },
  siblings: Sibling[],
  fail: (failure: Failure) => ProviderError
): void {
  const space = spaceOf(network.inputs)
  for (const text of prefixes) {
    const cidr = parseCidr(text)
    if (!cidr) {
      throw fail({
        status: 400,
        code: 'InvalidCIDRNotation',
        message: `The address prefix ${text} has an invalid CIDR notation.`
      })
    }
    if (!space.some((range) => cidrContains(range, cidr))) {
      throw fail({
        status: 400,
        code: 'NetcfgInvalidSubnet',
        message:
          `Subnet '${draft.name}' is not valid because its IP address range is outside the IP address ` +
          `range of virtual network '${network.id.split('/').at(-1)}'.`
      })
    }
    const clash = siblings.find((sibling) =>
      sibling.prefixes.some((other) => {
        const range = parseCidr(other)
        return range !== undefined && cidrsOverlap(range, cidr)
      })
    )
    if (clash) {
      throw fail({
        status: 400,
        code: 'NetcfgSubnetRangesOverlap',
        message:
          `Subnet '${draft.name}' is not valid because its IP address range overlaps with that of an ` +
          `existing subnet in virtual network '${network.id.split('/').at(-1)}' (${clash.name}).`
      })
    }
  }
}
