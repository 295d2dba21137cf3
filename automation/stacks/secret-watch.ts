import { type Provider, type ProviderSource } from '../../rehearsal/provider.ts'
import { secretSignature, signatureKey, type WireValue } from '../../rehearsal/wire.ts'
import { type Redactor } from '../redaction/redactor.ts'

/**
 * The same providers, with every secret that crosses to or from them learnt by the redactor, so
 * that no later text shows its value.
 */
export function watchSecrets (source: ProviderSource, redactor: Redactor): ProviderSource {
  return {
    ...(source.clock && { clock: source.clock }),
    async connect (pkg, version) {
      const provider = await source.connect(pkg, version)
      return provider && watched(provider, redactor)
    }
  }
}

const watchedMethods: ReadonlySet<PropertyKey> = new Set([
  'configure',
  'check',
  'create',
  'read',
  'update',
  'invoke'
])

function watched (provider: Provider, redactor: Redactor): Provider {
  return new Proxy(provider, {
    get (target, name) {
      const member: unknown = Reflect.get(target, name, target)
      if (typeof member !== 'function') return member
      const call = member.bind(target) as (...values: unknown[]) => Promise<unknown>
      if (!watchedMethods.has(name)) return call
      return async (...values: unknown[]) => {
        learnSecrets(values[0] as WireValue, redactor)
        const answer = await call(...values)
        learnSecrets(answer as WireValue, redactor)
        return answer
      }
    }
  })
}

/** Learns the values of all secrets inside a wire value. */
export function learnSecrets (value: WireValue | undefined, redactor: Redactor): void {
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return
  if (Array.isArray(value)) {
    for (const item of value) learnSecrets(item, redactor)
  } else if (value[signatureKey] === secretSignature) {
    redactor.learn(value['value'])
  } else {
    for (const item of Object.values(value)) learnSecrets(item, redactor)
  }
}
