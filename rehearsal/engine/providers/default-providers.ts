/**
 * Providers of resources that name none: one for each package and version, registered like any
 * resource.
 */
import { type WireObject } from '../../wire.ts'
import { Bail } from '../errors.ts'
import { type Registration } from '../plan/registration.ts'
import { type RegisterResult } from '../steps/step.ts'
import { formatReference, providerType } from '../urn.ts'
import { pluginInputs } from './provider-registry.ts'

/** The provider that the SDK of a resource asks for. */
export interface ProviderRequest {
  pkg: string
  version: string
  pluginDownloadURL: string
}

/** The package has no default provider, because `pulumi:disable-default-providers` names it. */
export class DefaultProviderDenied extends Error {
  override readonly name = 'DefaultProviderDenied'
}

const clean = (text: string): string => text.replaceAll(/[^A-Za-z0-9]/g, '_')

function resourceName (request: ProviderRequest): string {
  const version = request.version === '' ? '' : `_${clean(request.version)}`
  const url = request.pluginDownloadURL === '' ? '' : `_${clean(request.pluginDownloadURL)}`
  return `default${version}${url}`
}

export class DefaultProviders {
  readonly #config: Record<string, string>
  readonly #register: (registration: Registration) => void
  readonly #references = new Map<string, Promise<string>>()
  /** Requests are answered one after the other, in the order in which they came. */
  #last: Promise<unknown> = Promise.resolve()

  constructor (config: Record<string, string>, register: (registration: Registration) => void) {
    this.#config = config
    this.#register = register
  }

  /** Reference of a package's default provider, which is registered on the first request. */
  reference (request: ProviderRequest): Promise<string> {
    const key = `${request.pkg}\n${request.version}\n${request.pluginDownloadURL}`
    let reference = this.#references.get(key)
    if (reference === undefined) {
      if (this.#denied(request.pkg)) return Promise.reject(new DefaultProviderDenied(request.pkg))
      reference = this.#last.then(() => this.#make(request))
      this.#last = reference.catch(() => undefined)
      this.#references.set(key, reference)
    }
    return reference
  }

  #denied (pkg: string): boolean {
    const value = this.#config['pulumi:disable-default-providers']
    if (pkg === 'pulumi' || value === undefined || value === '') return false
    const barred: unknown = JSON.parse(value)
    return Array.isArray(barred) && barred.some((name) => name === '*' || name === pkg)
  }

  async #make (request: ProviderRequest): Promise<string> {
    const prefix = `${request.pkg}:`
    const properties: WireObject = Object.fromEntries(
      Object.entries(this.#config).filter(([key]) => key.startsWith(prefix)).map((
        [key, value]
      ) => [key.slice(prefix.length), value])
    )
    Object.assign(properties, pluginInputs(request))
    const { state, result } = await new Promise<RegisterResult>((resolve) =>
      this.#register({
        done: resolve,
        goal: {
          type: providerType(request.pkg),
          name: resourceName(request),
          custom: true,
          properties,
          parent: '',
          protect: undefined,
          dependencies: [],
          provider: '',
          propertyDependencies: undefined,
          deleteBeforeReplace: undefined,
          ignoreChanges: [],
          additionalSecretOutputs: [],
          aliases: [],
          id: '',
          customTimeouts: {},
          replaceOnChanges: [],
          replacementTrigger: undefined,
          retainOnDelete: undefined,
          deletedWith: '',
          replaceWith: [],
          hideDiff: [],
          sourcePosition: '',
          stackTrace: []
        }
      })
    )
    if (result !== 'success') throw new Bail(`default provider for package ${request.pkg} was not made`)
    return formatReference({ urn: state.urn, id: state.id })
  }
}
