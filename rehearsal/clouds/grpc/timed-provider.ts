/** Providers over gRPC in the time of the clouds. */
import { type OperationClock, type Provider, type Subject } from '../../provider.ts'

const operations: ReadonlySet<PropertyKey> = new Set(['create', 'read', 'update', 'delete'])

/**
 * The same provider, each of whose operations takes its place on the clock. A call over gRPC does
 * not say what it waited for: it is taken to have waited for all that had ended when it came.
 */
export function timedProvider (provider: Provider, clock: OperationClock): Provider {
  return new Proxy(provider, {
    get (target, name) {
      const member: unknown = Reflect.get(target, name, target)
      if (typeof member !== 'function') return member
      const call = member.bind(target) as (...values: unknown[]) => Promise<unknown>
      if (typeof name !== 'string' || !operations.has(name)) return call
      return async (...values: unknown[]) => {
        const { urn } = values[0] as Subject
        clock.barrier()
        const operation = clock.begin({ urn, op: name, after: [] })
        try {
          return await operation.run(() => call(...values))
        } finally {
          operation.end()
        }
      }
    }
  })
}
