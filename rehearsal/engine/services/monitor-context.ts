/** The run that the ResourceMonitor serves, and waits for its answers. */
import grpc from '@grpc/grpc-js'
import { type RunInfo } from '../../provider.ts'
import { type WireObject, unknownValue } from '../../wire.ts'
import { type Diagnostics } from '../events/diagnostics.ts'
import { type DefaultProviders, type ProviderRequest, deniedPackage } from '../providers/default-providers.ts'
import { type ProviderInstance } from '../providers/provider-instance.ts'
import { type ProviderRegistry } from '../providers/provider-registry.ts'
import { type EventQueue } from '../run/event-queue.ts'
import { fullReferences, lowerReferences } from '../values/resource-references.ts'
import { fromStruct } from '../values/struct.ts'
import { containsUnknowns, lowerOutputValues, revealSecrets } from '../values/wire-values.ts'
import { type Callbacks } from './callbacks.ts'
import { type ResourceHooks } from './resource-hooks.ts'

export interface MonitorOptions {
  /** Folder of the project, which source positions are relative to. */
  root: string
  /** Folder of the program, which paths of assets are relative to. */
  folder: string
  events: EventQueue
  registry: ProviderRegistry
  defaultProviders: DefaultProviders
  diagnostics: Diagnostics
  callbacks: Callbacks
  hooks: ResourceHooks
  info: RunInfo
}

export function status (code: grpc.status, details: string): grpc.ServiceError {
  return Object.assign(new Error(details), { code, details, metadata: new grpc.Metadata() })
}

export class MonitorContext {
  readonly options: MonitorOptions
  /** Aborts when the run is over, which ends every wait. */
  readonly #closed = new AbortController()

  constructor (options: MonitorOptions) {
    this.options = options
  }

  /** Ends every wait: no further resource will come, and the program may end. */
  close (): void {
    this.#closed.abort()
  }

  /** Resolves when the run is over. */
  over (): Promise<void> {
    return new Promise((resolve) => {
      if (this.#closed.signal.aborted) resolve()
      else this.#closed.signal.addEventListener('abort', () => resolve(), { once: true })
    })
  }

  /** Waits for the run's answer to a request. */
  answer<T> (ask: (done: (result: T) => void) => void, what: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const { signal } = this.#closed
      const closed = (): void =>
        reject(status(grpc.status.UNAVAILABLE, `resource monitor shut down while waiting on ${what}`))
      if (signal.aborted) return closed()
      signal.addEventListener('abort', closed, { once: true })
      ask((result) => {
        signal.removeEventListener('abort', closed)
        resolve(result)
      })
    })
  }

  /** Reports an error that ends the run, and waits for its end. */
  async abort (urn: string, message: string): Promise<void> {
    this.options.diagnostics.error(urn, message)
    this.options.events.push({ kind: 'abort' })
    await this.over()
  }

  /** Reference of the default provider, which is registered on the first request. */
  async defaultProvider (request: ProviderRequest): Promise<string> {
    const { defaultProviders } = this.options
    const version = request.version.replace(/^v/, '')
    return await this.answer<Promise<string>>(
      (done) => done(defaultProviders.reference({ ...request, version })),
      'its default provider'
    )
  }

  /** The provider of a call. `who` names the caller where there is no default provider. */
  async instance (
    reference: string,
    request: ProviderRequest,
    who: { what: string, denied: string }
  ): Promise<ProviderInstance> {
    const found = reference || await this.defaultProvider(request)
    if (deniedPackage(found) !== undefined) throw new Error(deniedText(request.pkg, who.denied))
    const instance = this.options.registry.get(found)
    if (instance === undefined) throw new Error(`${who.what}unknown provider '${reference}' -> '${found}'`)
    return instance
  }
}

/** The text of an error about a package without a default provider. */
export function deniedText (pkg: string, who: string): string {
  return `Default provider for '${pkg}' disabled. '${who}' must use an explicit provider.`
}

/** Properties of a message as the engine has them: output values lowered, references in full. */
export function propertiesOf (struct: Parameters<typeof fromStruct>[0]): WireObject {
  return fullReferences(lowerOutputValues(fromStruct(struct)) as WireObject)
}

/** Outputs in a form that the SDK can take. */
export function sendable (
  outputs: WireObject,
  accepts: { secrets: boolean, unknowns: boolean, resources: boolean }
): WireObject {
  let result = accepts.resources ? outputs : lowerReferences(outputs)
  if (!accepts.unknowns) {
    result = Object.fromEntries(
      Object.entries(result).filter(([, value]) => value !== unknownValue && !containsUnknowns(value))
    )
  }
  return accepts.secrets ? result : revealSecrets(result) as WireObject
}
