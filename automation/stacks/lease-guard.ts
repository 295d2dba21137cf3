import { LeaseLostError } from '../../rehearsal/store.ts'
import { type StackStore } from './types.ts'

/**
 * Wraps a stack store so that `onLost` is called, and waited for, as soon as a write finds the
 * lease gone. The write rejects all the same.
 */
export function guardLease (
  store: StackStore,
  onLost: (error: LeaseLostError) => Promise<void>
): StackStore {
  const guard = <T extends object>(target: T): T =>
    new Proxy(target, {
      get (object, name, receiver) {
        const member: unknown = Reflect.get(object, name, receiver)
        if (typeof member !== 'function') return member
        return (...values: unknown[]) => {
          const answer = (member as (...values: unknown[]) => Promise<unknown>).apply(object, values)
          return answer.then(
            (value) => name === 'begin' ? guard(value as object) : value,
            async (error: unknown) => {
              if (error instanceof LeaseLostError) await onLost(error)
              throw error
            }
          )
        }
      }
    })
  return guard(store)
}
