/** Records of a world without what a removal takes out. Pure. */
import { plainObject } from '../../../rehearsal/clouds/wire-values.ts'
import type { CloudRecord } from '../../../rehearsal/store.ts'
import type { WireObject } from '../../../rehearsal/wire.ts'
import { type Removal, without } from './removal.ts'

/** The record that a removal is about, and all records without what it takes out. */
export interface Bare {
  readonly own: CloudRecord
  readonly records: CloudRecord[]
}

/** Id of the unit that made a record, by the record's URN. */
export function unitOf (token: string): string {
  return /^urn:pulumi:[^.:]*\.(.*?)::/.exec(token)?.[1] ?? ''
}

/** Values without an item of theirs; as they are when they do not have it. */
function cut (values: WireObject, [top, ...rest]: readonly (string | number)[]): WireObject {
  const plain = plainObject(values)
  return top !== undefined && top in plain
    ? { ...plain, [top]: without(plain[top], rest) } as WireObject
    : values
}

/**
 * Takes a removal out of records: the resource, or the item of its settings. Undefined when no
 * record is of its resource.
 */
export function bareOf (
  records: readonly CloudRecord[],
  { unit, type, name, path }: Removal
): Bare | undefined {
  const own = records.find(({ token }) => {
    const [, , types = '', last] = token.split('::')
    return unitOf(token) === unit && types.split('$').at(-1) === type && last === name
  })
  if (!own) return undefined
  const left = path === undefined
    ? []
    : [{ ...own, inputs: cut(own.inputs, path), outputs: cut(own.outputs, path) }]
  return { own, records: records.flatMap((record) => record === own ? left : [record]) }
}
