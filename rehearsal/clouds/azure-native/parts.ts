/** Parts of a resource that have ids of their own. */
import { type WireObject, type WireValue } from '../../wire.ts'
import { type Draft } from '../draft.ts'
import { isObject, stringAt, valuesAt } from '../wire-values.ts'

/**
 * The parts in a list of inputs with the ids that Azure gives them: subnets of a network, rules of
 * a group, configurations of a gateway.
 */
export function withIds (
  draft: Draft,
  property: string,
  collection: string,
  extra: WireObject = {}
): WireValue {
  return valuesAt(draft.inputs, `${property}[]`).map((item) =>
    isObject(item)
      ? {
        ...extra,
        ...item,
        id: `${draft.id}/${collection}/${stringAt(item, 'name') ?? ''}`,
        provisioningState: 'Succeeded'
      }
      : item
  )
}
