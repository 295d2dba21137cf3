/**
 * Providers of resources that name none: one for each package and version, registered like any
 * resource.
 */
import { gte } from 'semver'
import { type WireObject } from '../../wire.ts'
import { Bail } from '../errors.ts'
import { type Registration } from '../plan/registration.ts'
import { type ConfigValue } from '../stack/config-value.ts'
import { type ResourceState } from '../state/resource-state.ts'
import { type RegisterResult } from '../steps/step.ts'
import { formatReference, isProviderType, providerPackage, providerType, typeOf } from '../urn.ts'
import { isObject, makeSecret } from '../values/wire-values.ts'
import { pluginInputs } from './provider-registry.ts'

/** The provider that the SDK of a resource asks for. */
export interface ProviderRequest {
  pkg: string
  version: string
  pluginDownloadURL: string
}

/** Plugins by their package, for requests that name none. */
export type KnownPlugins = ReadonlyMap<string, Omit<ProviderRequest, 'pkg'>>

/**
 * The newest plugin of each package that a state has providers of. Programs of the Automation API
 * name no plugins themselves (pulumi `engine/plugins.go`, computeDefaultProviderPackages).
 */
export function knownPlugins (states: readonly ResourceState[]): KnownPlugins {
  const found = new Map<string, Omit<ProviderRequest, 'pkg'>>()
  for (const { type, inputs } of states) {
    if (!isProviderType(type)) continue
    const { version: given, __internal: internal } = inputs
    const version = typeof given === 'string' ? given : ''
    const url = isObject(internal) ? internal['pluginDownloadURL'] : undefined
    const pkg = providerPackage(type)
    const seen = found.get(pkg)
    if (seen && seen.version !== '' && (version === '' || !gte(version, seen.version))) continue
    found.set(pkg, { version, pluginDownloadURL: typeof url === 'string' ? url : '' })
  }
  return found
}

/** Name and id of default providers that `pulumi:disable-default-providers` denies. */
const denied = 'denydefaultprovider'

/** The package whose default provider a reference denies; undefined for other references. */
export function deniedPackage (reference: string): string | undefined {
  const [urn = '', name, id] = reference.split(/::(?=denydefaultprovider)/)
  return name === denied && id === denied ? providerPackage(typeOf(`${urn}::${name}`)) : undefined
}

const clean = (text: string): string => text.replaceAll(/[^A-Za-z0-9]/g, '_')

/** Name of the default provider of a request. */
export function defaultProviderName (request: ProviderRequest): string {
  const version = request.version === '' ? '' : `_${clean(request.version)}`
  const url = request.pluginDownloadURL === '' ? '' : `_${clean(request.pluginDownloadURL)}`
  return `default${version}${url}`
}

/**
 * Inputs of the default provider of a request: the settings of its package. The providers of
 * dynamic resources get all, by their full keys.
 */
export function defaultProviderInputs (
  config: Record<string, ConfigValue>,
  request: ProviderRequest
): WireObject {
  const { pkg } = request
  const all = pkg === 'pulumi-nodejs' || pkg === 'pulumi-python'
  const prefix = `${pkg}:`
  const settings = Object.entries(config).filter(([key]) => all || key.startsWith(prefix)).map((
    [key, { value, secret }]
  ) => [all ? key : key.slice(prefix.length), secret ? makeSecret(value) : value] as const)
  return { ...Object.fromEntries(settings), ...pluginInputs(request) }
}

export class DefaultProviders {
  readonly #config: Record<string, ConfigValue>
  readonly #plugins: KnownPlugins
  readonly #urnOf: (type: string, name: string) => string
  readonly #register: (registration: Registration) => void
  readonly #references = new Map<string, Promise<string>>()
  /** Requests are answered one after the other, in the order in which they came. */
  #last: Promise<unknown> = Promise.resolve()

  constructor (
    config: Record<string, ConfigValue>,
    plugins: KnownPlugins,
    urnOf: (type: string, name: string) => string,
    register: (registration: Registration) => void
  ) {
    this.#config = config
    this.#plugins = plugins
    this.#urnOf = urnOf
    this.#register = register
  }

  /** Reference of a package's default provider, which is registered on the first request. */
  reference (given: ProviderRequest): Promise<string> {
    const known = this.#plugins.get(given.pkg)
    const request = {
      pkg: given.pkg,
      version: given.version || (known?.version ?? ''),
      pluginDownloadURL: given.pluginDownloadURL || (known?.pluginDownloadURL ?? '')
    }
    const key = `${request.pkg}\n${request.version}\n${request.pluginDownloadURL}`
    let reference = this.#references.get(key)
    if (reference === undefined) {
      if (this.#denied(request.pkg)) {
        return Promise.resolve(
          formatReference({ urn: this.#urnOf(providerType(request.pkg), denied), id: denied })
        )
      }
      reference = this.#last.then(() => this.#make(request))
      this.#last = reference.catch(() => undefined)
      this.#references.set(key, reference)
    }
    return reference
  }

  #denied (pkg: string): boolean {
    const value = this.#config['pulumi:disable-default-providers']
    if (pkg === 'pulumi' || value === undefined || value.value === '') return false
    const barred: unknown = JSON.parse(value.value)
    return Array.isArray(barred) && barred.some((name) => name === '*' || name === pkg)
  }

  async #make (request: ProviderRequest): Promise<string> {
    const properties = defaultProviderInputs(this.#config, request)
    const { state, result } = await new Promise<RegisterResult>((resolve) =>
      this.#register({
        done: resolve,
        goal: {
          type: providerType(request.pkg),
          name: defaultProviderName(request),
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
          hooks: {},
          sourcePosition: '',
          stackTrace: []
        }
      })
    )
    if (result !== 'success') throw new Bail(`default provider for package ${request.pkg} was not made`)
    return formatReference({ urn: state.urn, id: state.id })
  }
}
