/**
 * The providers of one run, by provider reference. Provider resources are resources of the
 * registry: checking one connects to its plugin, creating, updating or keeping it configures it
 * (pulumi `deploy/providers/registry.go`).
 */
import { randomUUID } from 'node:crypto'
import { gte, valid } from 'semver'
import { type CheckResponse, type DiffResponse, type Provider } from '../../provider.ts'
import { unknownValue, type WireObject } from '../../wire.ts'
import { EngineError } from '../errors.ts'
import { type ResourceState } from '../state/resource-state.ts'
import { formatReference, nameOf, parseReference, providerPackage, typeOf } from '../urn.ts'
import { sameValue } from '../values/wire-values.ts'
import { type Made } from './call-result.ts'
import { ProviderInstance } from './provider-instance.ts'

/** Stands for the id of a provider that was checked but not configured yet. */
const unconfigured = 'unconfigured'
/** Inputs of a provider resource that are the engine's own. */
const internal = '__internal'

/**
 * Inputs of a provider resource for its plugin. The engine's own part is present as soon as
 * anything in it is known, even when it is empty.
 */
export function pluginInputs (
  { version, pluginDownloadURL }: { version: string, pluginDownloadURL: string }
): WireObject {
  if (version === '' && pluginDownloadURL === '') return {}
  return {
    ...(version !== '' && { version }),
    [internal]: pluginDownloadURL === '' ? {} : { pluginDownloadURL }
  }
}

/** Inputs of a provider resource as its plugin gets them. */
export function configOf (inputs: WireObject): WireObject {
  const { [internal]: _, ...config } = inputs
  return config
}

export interface RegistryOptions {
  connect: (pkg: string, version?: string) => Promise<Provider | undefined>
  preview: boolean
  /** Takes a warning about a plugin. */
  warn?: (message: string) => void
}

export class ProviderRegistry {
  readonly #connect: RegistryOptions['connect']
  readonly #preview: boolean
  readonly #warn: RegistryOptions['warn']
  readonly #instances = new Map<string, ProviderInstance>()
  readonly #opened = new Set<ProviderInstance>()
  readonly #aliases = new Map<string, string>()

  constructor (options: RegistryOptions) {
    this.#connect = options.connect
    this.#preview = options.preview
    this.#warn = options.warn
  }

  get (reference: string): ProviderInstance | undefined {
    return this.#instances.get(reference)
  }

  /** Makes references to a URN known under its earlier one too. */
  registerAlias (urn: string, alias: string): void {
    if (urn !== alias) this.#aliases.set(urn, alias)
  }

  async check (urn: string, olds: WireObject, news: WireObject): Promise<CheckResponse> {
    const instance = await this.#open(urn, news)
    const response = await instance.checkConfig(subject(urn), configOf(olds), configOf(news))
    if (response.failures.length > 0) return response
    this.#set(urn, unconfigured, instance)
    const inputs = { ...response.inputs }
    for (const key of ['version', internal]) {
      const value = news[key]
      if (value !== undefined) inputs[key] = value
    }
    return { inputs, failures: [] }
  }

  async diff (
    urn: string,
    id: string,
    olds: { inputs: WireObject, outputs: WireObject },
    news: WireObject,
    ignoreChanges: string[]
  ): Promise<DiffResponse> {
    const instance = this.#find(urn, unconfigured) ?? this.#find(urn, id) ?? await this.#open(urn, news)
    const config = configOf(news)
    const diff = await instance.diffConfig(
      subject(urn),
      { inputs: configOf(olds.inputs), outputs: olds.outputs },
      config,
      ignoreChanges
    )
    return diff.changes === 'unknown'
      ? { ...diff, changes: sameValue(olds.outputs, config) ? 'none' : 'some' }
      : diff
  }

  async create (urn: string, inputs: WireObject): Promise<Made> {
    const instance = this.#take(urn, unconfigured) ?? await this.#open(urn, inputs)
    const id = this.#preview ? unknownValue : randomUUID()
    const outputs = configOf(inputs)
    instance.configure({ ...subject(urn), id }, outputs)
    this.#set(urn, id, instance)
    return { id, outputs }
  }

  async update (urn: string, id: string, inputs: WireObject): Promise<Made> {
    const instance = this.#take(urn, unconfigured) ?? await this.#open(urn, inputs)
    const outputs = configOf(inputs)
    instance.configure({ ...subject(urn), id }, outputs)
    this.#set(urn, id, instance)
    return { id, outputs }
  }

  /**
   * Configures a provider by its state. `fromCheck`: over the connection of its check in this run.
   */
  async same (state: ResourceState, fromCheck: boolean): Promise<void> {
    if (this.#find(state.urn, state.id)) return
    const instance = (fromCheck ? this.#take(state.urn, unconfigured) : undefined) ??
      await this.#open(state.urn, state.inputs)
    // Several steps may ask for one provider at the same time: the first of them configures it.
    if (this.#find(state.urn, state.id)) return
    instance.configure({ ...subject(state.urn), id: state.id }, configOf(state.inputs))
    this.#set(state.urn, state.id, instance)
  }

  delete (urn: string, id: string): void {
    this.#take(urn, id)
  }

  /** Asks every provider to end its calls. */
  async cancel (): Promise<void> {
    const results = await Promise.allSettled([...this.#opened].map((instance) => instance.raw.cancel()))
    const failed = results.find((result) => result.status === 'rejected')
    if (failed) throw failed.reason
  }

  async close (): Promise<void> {
    const instances = [...this.#opened]
    this.#opened.clear()
    this.#instances.clear()
    await Promise.all(instances.map((instance) => instance.raw.close?.()))
  }

  async #open (urn: string, inputs: WireObject): Promise<ProviderInstance> {
    const pkg = providerPackage(typeOf(urn))
    const { version: given } = inputs
    const version = typeof given === 'string' ? given : undefined
    const raw = await this.#connect(pkg, version)
    if (raw === undefined) throw new EngineError('RHE_PROVIDER_UNKNOWN', { package: pkg })
    const instance = new ProviderInstance(raw, this.#preview)
    this.#opened.add(instance)
    const info = await raw.getPluginInfo()
    if (version !== undefined && !(valid(info.version) && gte(info.version, version))) {
      this.#warn?.(
        `resource plugin ${pkg} is expected to have version >=${version}, but has ${info.version}; ` +
          'the wrong version may be on your path, or this may be a bug in the plugin'
      )
    }
    return instance
  }

  #find (urn: string, id: string): ProviderInstance | undefined {
    return this.#instances.get(formatReference({ urn, id }))
  }

  #take (urn: string, id: string): ProviderInstance | undefined {
    const reference = formatReference({ urn, id })
    const instance = this.#instances.get(reference)
    this.#instances.delete(reference)
    return instance
  }

  #set (urn: string, id: string, instance: ProviderInstance): void {
    this.#instances.set(formatReference({ urn, id }), instance)
    const alias = this.#aliases.get(urn)
    if (alias !== undefined) this.#instances.set(formatReference({ urn: alias, id }), instance)
  }
}

function subject (urn: string): { urn: string, name: string, type: string } {
  return { urn, name: nameOf(urn), type: typeOf(urn) }
}

/** Finds the state of a referenced provider among the resources of a state. */
export function providerState (
  resources: readonly ResourceState[],
  reference: string
): ResourceState | undefined {
  const parsed = parseReference(reference)
  return parsed && resources.find((state) => state.urn === parsed.urn && state.id === parsed.id)
}
