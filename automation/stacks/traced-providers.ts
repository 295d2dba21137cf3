import { type Provider, ProviderError, type ProviderSource, type Subject } from '../../rehearsal/provider.ts'
import { spanTime } from '../tracing/context.ts'
import { type UnitSpans } from './unit-spans.ts'

/** Calls that ask or change a cloud. */
const calls: ReadonlySet<PropertyKey> = new Set([
  'configure',
  'create',
  'read',
  'update',
  'delete',
  'invoke',
  'lookup'
])
/**
 * Calls that every resource of every update makes: they are told only when they failed or took this
 * long, milliseconds.
 */
const quiet: ReadonlySet<PropertyKey> = new Set(['check', 'diff'])
const slow = 50
/** Those of them that are work on a resource. */
const works: ReadonlySet<PropertyKey> = new Set(['create', 'read', 'update', 'delete'])

/** The same providers, with a span for each call. */
export function tracedProviders (source: ProviderSource, spans: UnitSpans): ProviderSource {
  return {
    ...(source.clock && { clock: source.clock }),
    async connect (pkg, version) {
      const provider = await source.connect(pkg, version)
      return provider && traced(provider, pkg, spans)
    }
  }
}

function traced (provider: Provider, pkg: string, spans: UnitSpans): Provider {
  return new Proxy(provider, {
    get (target, name) {
      const member: unknown = Reflect.get(target, name, target)
      if (typeof member !== 'function') return member
      const call = member.bind(target) as (...values: unknown[]) => Promise<unknown>
      if (typeof name !== 'string' || !(calls.has(name) || quiet.has(name))) return call
      return async (...values: unknown[]) => {
        const start = spanTime()
        const note = (error?: unknown): void => {
          if (quiet.has(name) && error === undefined && spanTime() - start < slow) return
          const { urn, type, tok } = values[0] as Partial<Subject> & { tok?: string }
          const asked = type ?? tok
          const subject = works.has(name) && urn !== undefined && type !== undefined
            ? { urn, type, deletes: name === 'delete', method: name }
            : undefined
          spans.call({
            name: `provider ${name}`,
            start,
            attributes: { 'pulumi.provider': pkg, ...(asked !== undefined && { 'pulumi.type': asked }) },
            ...(error !== undefined && { error: failureOf(error) })
          }, subject)
        }
        try {
          const answer = await call(...values)
          note()
          return answer
        } catch (error) {
          note(error)
          throw error
        }
      }
    }
  })
}

function failureOf (error: unknown): { code: string, message: string } {
  return {
    code: error instanceof ProviderError ? `grpc-${error.code}` : 'provider-failed',
    message: error instanceof Error ? error.message : String(error)
  }
}
