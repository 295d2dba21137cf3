/**
 * Resources as values of properties. In the engine a reference names the resource's URN, name, type
 * and, of one with a provider, id, which is empty while it is unknown. A state keeps URN, id and
 * the version of the package (pulumi `plugin/rpc.go`, `stack/deployment.go`).
 */
import {
  resourceReferenceSignature,
  signatureKey,
  unknownValue,
  type WireObject,
  type WireValue
} from '../../wire.ts'
import { nameOf, typeOf } from '../urn.ts'
import { isObject, mapMembers, signatureOf } from './wire-values.ts'

function isReference (value: WireValue): value is WireObject {
  return signatureOf(value) === resourceReferenceSignature
}

function hasReferences (value: WireValue): boolean {
  if (isReference(value)) return true
  if (Array.isArray(value)) return value.some(hasReferences)
  return isObject(value) && Object.values(value).some(hasReferences)
}

/** The value with each reference changed; most values have none, and come back as they are. */
function changeReferences<T extends WireValue> (value: T, change: (reference: WireObject) => WireValue): T {
  const inside = (member: WireValue): WireValue =>
    isReference(member) ? change(member) : mapMembers(member, inside)
  return hasReferences(value) ? inside(value) as T : value
}

const text = (value: WireValue | undefined): string => typeof value === 'string' ? value : ''

/** References as the engine has them, of those that programs, providers or states give. */
export function fullReferences<T extends WireValue> (value: T): T {
  return changeReferences(value, (given) => {
    const urn = text(given['urn'])
    const version = text(given['packageVersion'])
    const { id } = given
    return {
      [signatureKey]: resourceReferenceSignature,
      urn,
      name: text(given['name']) || nameOf(urn),
      type: text(given['type']) || typeOf(urn),
      ...(id !== undefined && { id: id === unknownValue ? '' : id }),
      ...(version !== '' && { packageVersion: version })
    }
  })
}

/** References as states and events have them. */
export function storedReferences<T extends WireValue> (value: T): T {
  return changeReferences(value, (given) => ({
    [signatureKey]: resourceReferenceSignature,
    ...(given['id'] !== undefined && { id: given['id'] }),
    packageVersion: text(given['packageVersion']),
    urn: text(given['urn'])
  }))
}

/** Ids or URNs in place of references, for who cannot take them. */
export function lowerReferences<T extends WireValue> (value: T): T {
  return changeReferences(
    value,
    ({ id, urn }) => id === undefined ? text(urn) : id === '' ? unknownValue : id
  )
}
