/**
 * One configured provider as steps call it. A provider gets no secrets or unknowns that it cannot
 * take, and a preview does not call one whose configuration is not known yet (pulumi
 * `plugin/provider_plugin.go`).
 */
import {
  type AutonamingRequest,
  type CallRequest,
  type CallResponse,
  type CheckResponse,
  type ConstructRequest,
  type ConstructResponse,
  type DiffResponse,
  type InvokeResponse,
  type Provider,
  ProviderError,
  Status,
  type Subject
} from '../../provider.ts'
import { type WireObject, type WireValue } from '../../wire.ts'
import { providerPackage } from '../urn.ts'
import { elideAssets } from '../values/assets.ts'
import { fullReferences, lowerReferences } from '../values/resource-references.ts'
import {
  annotateSecrets,
  containsUnknowns,
  lowerOutputValues,
  revealSecrets,
  withoutUnknowns
} from '../values/wire-values.ts'
import { CallFailed, Outcome, failed, initFailure, type Made, type ReadMade } from './call-result.ts'

/** The provider cannot compare, because its configuration is not known yet. */
export class DiffUnavailable extends Error {
  override readonly name = 'DiffUnavailable'
}

interface Configuration {
  known: boolean
  acceptSecrets: boolean
  acceptResources: boolean
  acceptOutputs: boolean
  supportsPreview: boolean
  supportsAutonaming: boolean
}
/** A provider whose configuration is not known yet. */
const unconfigurable: Configuration = {
  known: false,
  acceptSecrets: false,
  acceptResources: false,
  acceptOutputs: false,
  supportsPreview: false,
  supportsAutonaming: false
}
const unavailable =
  'The provider for this resource has inputs that are not known during preview.\nThis preview may not ' +
  'correctly represent the changes that will be applied during an update.'

export class ProviderInstance {
  readonly raw: Provider
  #configuration: Promise<Configuration> | undefined

  readonly #preview: boolean

  constructor (raw: Provider, preview: boolean) {
    this.raw = raw
    this.#preview = preview
  }

  /**
   * Sends the configuration. As with the real engine a failure shows when the provider is first
   * used.
   */
  configure (subject: Subject & { id: string }, inputs: WireObject): void {
    this.#configuration = this.#configure(subject, inputs)
    // The first call of the provider rejects with the failure.
    this.#configuration.catch(() => undefined)
  }

  async #configure (subject: Subject & { id: string }, inputs: WireObject): Promise<Configuration> {
    const variables: Record<string, string> = {}
    for (const [key, value] of Object.entries(inputs)) {
      if (key === 'version') continue
      if (containsUnknowns(value)) return unconfigurable
      const plain = revealSecrets(value)
      variables[`${providerPackage(subject.type)}:config:${key}`] = typeof plain === 'string'
        ? plain
        : JSON.stringify(plain)
    }
    const answer = await this.raw.configure({
      ...subject,
      args: inputs,
      variables,
      acceptSecrets: true,
      acceptResources: true
    })
    return {
      known: true,
      acceptSecrets: answer.acceptSecrets,
      acceptResources: answer.acceptResources,
      acceptOutputs: answer.acceptOutputs,
      supportsPreview: answer.supportsPreview,
      supportsAutonaming: answer.supportsAutonamingConfiguration === true
    }
  }

  async #configured (): Promise<Configuration> {
    if (this.#configuration === undefined) {
      throw new CallFailed('the provider has not been configured', Outcome.Ok)
    }
    try {
      return await this.#configuration
    } catch (error) {
      throw failed(error, Outcome.Ok)
    }
  }

  async checkConfig (subject: Subject, olds: WireObject, news: WireObject): Promise<CheckResponse> {
    try {
      const response = await this.raw.checkConfig({
        ...subject,
        olds: reveal(olds),
        news: reveal(news),
        randomSeed: new Uint8Array()
      })
      return { inputs: annotateSecrets(response.inputs, news), failures: response.failures }
    } catch (error) {
      if (error instanceof ProviderError && error.code === Status.Unimplemented) {
        return { inputs: news, failures: [] }
      }
      throw failed(error)
    }
  }

  async diffConfig (
    subject: Subject,
    olds: { inputs: WireObject, outputs: WireObject },
    news: WireObject,
    ignoreChanges: string[]
  ): Promise<DiffResponse> {
    try {
      return await this.raw.diffConfig({
        ...subject,
        id: '',
        olds: reveal(olds.outputs),
        oldInputs: reveal(olds.inputs),
        news: reveal(news),
        ignoreChanges
      })
    } catch (error) {
      if (error instanceof ProviderError && error.code === Status.Unimplemented) {
        return { changes: 'unknown', diffs: [], replaces: [], stables: [], deleteBeforeReplace: false }
      }
      throw failed(error)
    }
  }

  async check (
    subject: Subject,
    olds: WireObject,
    news: WireObject,
    { randomSeed, autonaming }: { randomSeed: Uint8Array, autonaming?: AutonamingRequest | undefined }
  ): Promise<CheckResponse> {
    const configuration = await this.#configured()
    if (!configuration.known) return { inputs: news, failures: [] }
    try {
      const response = await this.raw.check({
        ...subject,
        olds: outgoing(olds, configuration),
        news: this.#known(outgoing(news, configuration)),
        randomSeed,
        ...(autonaming && configuration.supportsAutonaming && { autonaming })
      })
      return { inputs: incoming(response.inputs, news, configuration), failures: response.failures }
    } catch (error) {
      throw failed(error)
    }
  }

  async diff (
    subject: Subject & { id: string },
    olds: { inputs: WireObject, outputs: WireObject },
    news: WireObject,
    ignoreChanges: string[]
  ): Promise<DiffResponse> {
    const configuration = await this.#configured()
    if (!configuration.known) throw new DiffUnavailable(unavailable)
    try {
      return await this.raw.diff({
        ...subject,
        olds: outgoing(elideAssets(olds.outputs), configuration),
        oldInputs: outgoing(elideAssets(olds.inputs), configuration),
        news: outgoing(elideAssets(news), configuration),
        ignoreChanges
      })
    } catch (error) {
      throw failed(error)
    }
  }

  async create (
    subject: Subject,
    inputs: WireObject,
    options: { timeout: number, preview: boolean }
  ): Promise<Made> {
    const configuration = await this.#configured()
    if (options.preview && !configuration.known) return { id: '', outputs: {} }
    if (options.preview && !configuration.supportsPreview) return { id: '', outputs: inputs }
    try {
      const response = await this.raw.create({
        ...subject,
        properties: this.#known(outgoing(inputs, configuration)),
        ...options
      })
      if (response.id === '' && !options.preview) {
        throw new CallFailed(
          `plugin returned empty resource.ID from create '${subject.urn}'`,
          Outcome.Unknown
        )
      }
      return { id: response.id, outputs: incoming(response.properties, inputs, configuration) }
    } catch (error) {
      const partial = initFailure(error)
      if (partial) return { ...partial, outputs: incoming(partial.outputs, inputs, configuration) }
      // After a failed create the engine assumes that nothing was made.
      throw error instanceof CallFailed ? error : failed(error, Outcome.Ok)
    }
  }

  async update (
    subject: Subject & { id: string },
    olds: { inputs: WireObject, outputs: WireObject },
    news: WireObject,
    options: { timeout: number, ignoreChanges: string[], preview: boolean }
  ): Promise<Made> {
    const configuration = await this.#configured()
    if (options.preview && !configuration.known) return { id: subject.id, outputs: {} }
    if (options.preview && !configuration.supportsPreview) return { id: subject.id, outputs: news }
    try {
      const response = await this.raw.update({
        ...subject,
        olds: outgoing(elideAssets(olds.outputs), configuration),
        oldInputs: outgoing(elideAssets(olds.inputs), configuration),
        news: this.#known(outgoing(news, configuration)),
        ...options
      })
      return { id: subject.id, outputs: incoming(response.properties, news, configuration) }
    } catch (error) {
      const partial = initFailure(error)
      if (partial) {
        return { ...partial, id: subject.id, outputs: incoming(partial.outputs, news, configuration) }
      }
      throw failed(error)
    }
  }

  async delete (
    subject: Subject & { id: string },
    olds: { inputs: WireObject, outputs: WireObject },
    timeout: number
  ): Promise<void> {
    const configuration = await this.#configured()
    try {
      await this.raw.delete({
        ...subject,
        properties: outgoing(elideAssets(olds.outputs), configuration),
        oldInputs: outgoing(elideAssets(olds.inputs), configuration),
        timeout
      })
    } catch (error) {
      throw failed(error)
    }
  }

  /** Reads a resource; without `inputs` by its id alone (an import). */
  async read (
    subject: Subject & { id: string },
    state: WireObject,
    inputs: WireObject | undefined
  ): Promise<ReadMade> {
    const configuration = await this.#configured()
    if (!configuration.known) return { id: subject.id, outputs: {}, inputs: {} }
    const finish = (given: WireObject | undefined, sent: WireObject | undefined): WireObject | undefined =>
      given === undefined ? undefined : incoming(given, sent ?? {}, configuration)
    try {
      const response = await this.raw.read({
        ...subject,
        properties: outgoing(elideAssets(state), configuration),
        inputs: outgoing(elideAssets(inputs ?? {}), configuration),
        ...(inputs === undefined && { fresh: true })
      })
      return {
        id: response.id,
        outputs: response.id === '' ? undefined : finish(response.properties ?? {}, state),
        inputs: finish(response.inputs, inputs)
      }
    } catch (error) {
      const partial = initFailure(error)
      if (partial) {
        return { ...partial, outputs: finish(partial.outputs, state), inputs: finish(partial.inputs, inputs) }
      }
      throw failed(error)
    }
  }

  /**
   * The properties without unknowns outside of previews: a resource that the targets leave out must
   * give none to others.
   */
  #known (properties: WireObject): WireObject {
    return this.#preview ? properties : withoutUnknowns(properties) as WireObject
  }

  async invoke (tok: string, args: WireObject, preview: boolean): Promise<InvokeResponse> {
    const configuration = await this.#configured()
    if (!configuration.known) return { return: {}, failures: [] }
    try {
      const response = await this.raw.invoke({ tok, args: outgoing(args, configuration), preview })
      return { ...response, return: fullReferences(response.return) }
    } catch (error) {
      throw failed(error)
    }
  }

  /** Calls a method of a resource. */
  async call (request: CallRequest): Promise<CallResponse> {
    const configuration = await this.#configured()
    if (!configuration.known) return { return: {}, returnDependencies: {}, failures: [] }
    if (this.raw.call === undefined) {
      throw new CallFailed('methods of resources are not supported by this provider', Outcome.Ok)
    }
    const args = configuration.acceptOutputs ? request.args : lowered(request.args)
    try {
      return await this.raw.call({
        ...request,
        args: outgoing(args, { ...configuration, acceptSecrets: true })
      })
    } catch (error) {
      throw failed(error)
    }
  }

  /** Makes a component of the package, which registers its resources with the engine itself. */
  async construct (request: ConstructRequest): Promise<ConstructResponse> {
    const configuration = await this.#configured()
    if (!configuration.known) throw new CallFailed('the provider is not configured yet', Outcome.Ok)
    if (this.raw.construct === undefined) {
      throw new CallFailed('components are not supported by this provider', Outcome.Ok)
    }
    if (!configuration.acceptSecrets) {
      throw new CallFailed('plugins that can construct components must support secrets', Outcome.Ok)
    }
    const inputs = configuration.acceptOutputs ? request.inputs : lowered(request.inputs)
    try {
      return await this.raw.construct({ ...request, inputs: outgoing(inputs, configuration) })
    } catch (error) {
      throw failed(error)
    }
  }
}

const reveal = (properties: WireObject): WireObject => revealSecrets(properties as WireValue) as WireObject
const lowered = (properties: WireObject): WireObject =>
  fullReferences(lowerOutputValues(properties) as WireObject)

/** Properties in a form that the provider takes. */
function outgoing (
  properties: WireObject,
  { acceptSecrets, acceptResources }: Pick<Configuration, 'acceptSecrets' | 'acceptResources'>
): WireObject {
  const references = acceptResources ? properties : lowerReferences(properties)
  return acceptSecrets ? references : reveal(references)
}

/** Properties that a provider gave, secret where what it got was. */
function incoming (
  given: WireObject,
  sent: WireObject,
  { acceptSecrets }: Pick<Configuration, 'acceptSecrets'>
): WireObject {
  const references = fullReferences(given)
  return acceptSecrets ? references : annotateSecrets(references, sent)
}
