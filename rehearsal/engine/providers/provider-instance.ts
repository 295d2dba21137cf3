/**
 * One configured provider as steps call it. A provider gets no secrets or unknowns that it cannot
 * take, and a preview does not call one whose configuration is not known yet (pulumi
 * `plugin/provider_plugin.go`).
 */
import {
  type CheckResponse,
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
import { annotateSecrets, containsUnknowns, revealSecrets, withoutUnknowns } from '../values/wire-values.ts'

/** Certainty about the resource after a failed call (pulumi `resource.Status`). */
export const Outcome = { Ok: 0, PartialFailure: 1, Unknown: 2 } as const
export type OutcomeCode = typeof Outcome[keyof typeof Outcome]

/** A provider call that failed. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed'
  /** Certainty about the resource afterwards. */
  readonly outcome: OutcomeCode
  constructor (message: string, outcome: OutcomeCode) {
    super(message)
    this.outcome = outcome
  }
}
/** The provider cannot compare, because its configuration is not known yet. */
export class DiffUnavailable extends Error {
  override readonly name = 'DiffUnavailable'
}

interface Configuration {
  known: boolean
  acceptSecrets: boolean
  supportsPreview: boolean
}
/** Result of a create or update. */
export interface Made {
  id: string
  outputs: WireObject
  /** Present when the resource exists but did not become ready. */
  failure?: { reasons: string[], error: CallFailed }
}
/** Result of a read. */
export interface ReadMade {
  /** Empty when the resource does not exist. */
  id: string
  outputs: WireObject | undefined
  inputs: WireObject | undefined
  failure?: { reasons: string[], error: CallFailed }
}

/** gRPC code DataLoss; provider.ts names only what providers use on purpose. */
const dataLoss = 15

/** Errors of these kinds leave open what happened. */
function outcomeOf (error: unknown): OutcomeCode {
  if (!(error instanceof ProviderError)) return Outcome.Unknown
  return error.code === Status.Internal || error.code === dataLoss || error.code === Status.Unknown
    ? Outcome.Unknown
    : Outcome.Ok
}
/** The text of go-multierror, as the real engine joins reasons. */
function reasonsText (reasons: string[]): string {
  const head = reasons.length === 1 ? '1 error occurred:' : `${reasons.length} errors occurred:`
  return `${head}\n\t${reasons.map((reason) => `* ${reason}`).join('\n\t')}\n\n`
}
function failed (error: unknown, outcome: OutcomeCode = outcomeOf(error)): CallFailed {
  return new CallFailed(error instanceof Error ? error.message : String(error), outcome)
}
function initFailure (
  error: unknown
):
  | { id: string, outputs: WireObject, inputs: WireObject, failure: { reasons: string[], error: CallFailed } }
  | undefined {
  if (!(error instanceof ProviderError) || error.initFailed === undefined) return undefined
  const { id, properties, inputs, reasons } = error.initFailed
  return {
    id,
    outputs: properties,
    inputs,
    failure: { reasons, error: new CallFailed(reasonsText(reasons), Outcome.PartialFailure) }
  }
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
      if (containsUnknowns(value)) return { known: false, acceptSecrets: false, supportsPreview: false }
      const plain = revealSecrets(value)
      variables[`${providerPackage(subject.type)}:config:${key}`] = typeof plain === 'string'
        ? plain
        : JSON.stringify(plain)
    }
    const { acceptSecrets, supportsPreview } = await this.raw.configure({
      ...subject,
      args: inputs,
      variables,
      acceptSecrets: true,
      acceptResources: true
    })
    return { known: true, acceptSecrets, supportsPreview }
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
    randomSeed: Uint8Array
  ): Promise<CheckResponse> {
    const { known, acceptSecrets } = await this.#configured()
    if (!known) return { inputs: news, failures: [] }
    try {
      const response = await this.raw.check({
        ...subject,
        olds: hide(olds, acceptSecrets),
        news: this.#known(hide(news, acceptSecrets)),
        randomSeed
      })
      return {
        inputs: acceptSecrets ? response.inputs : annotateSecrets(response.inputs, news),
        failures: response.failures
      }
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
    const { known, acceptSecrets } = await this.#configured()
    if (!known) throw new DiffUnavailable(unavailable)
    const send = (properties: WireObject): WireObject => hide(elideAssets(properties), acceptSecrets)
    try {
      return await this.raw.diff({
        ...subject,
        olds: send(olds.outputs),
        oldInputs: send(olds.inputs),
        news: send(news),
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
    const { known, acceptSecrets, supportsPreview } = await this.#configured()
    if (options.preview && !known) return { id: '', outputs: {} }
    if (options.preview && !supportsPreview) return { id: '', outputs: inputs }
    const finish = (outputs: WireObject): WireObject =>
      acceptSecrets ? outputs : annotateSecrets(outputs, inputs)
    try {
      const response = await this.raw.create({
        ...subject,
        properties: this.#known(hide(inputs, acceptSecrets)),
        ...options
      })
      if (response.id === '' && !options.preview) {
        throw new CallFailed(
          `plugin returned empty resource.ID from create '${subject.urn}'`,
          Outcome.Unknown
        )
      }
      return { id: response.id, outputs: finish(response.properties) }
    } catch (error) {
      const partial = initFailure(error)
      if (partial) return { ...partial, outputs: finish(partial.outputs) }
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
    const { known, acceptSecrets, supportsPreview } = await this.#configured()
    if (options.preview && !known) return { id: subject.id, outputs: {} }
    if (options.preview && !supportsPreview) return { id: subject.id, outputs: news }
    const finish = (outputs: WireObject): WireObject =>
      acceptSecrets ? outputs : annotateSecrets(outputs, news)
    const old = (properties: WireObject): WireObject => hide(elideAssets(properties), acceptSecrets)
    try {
      const response = await this.raw.update({
        ...subject,
        olds: old(olds.outputs),
        oldInputs: old(olds.inputs),
        news: this.#known(hide(news, acceptSecrets)),
        ...options
      })
      return { id: subject.id, outputs: finish(response.properties) }
    } catch (error) {
      const partial = initFailure(error)
      if (partial) return { ...partial, id: subject.id, outputs: finish(partial.outputs) }
      throw failed(error)
    }
  }

  async delete (
    subject: Subject & { id: string },
    olds: { inputs: WireObject, outputs: WireObject },
    timeout: number
  ): Promise<void> {
    const { acceptSecrets } = await this.#configured()
    const old = (properties: WireObject): WireObject => hide(elideAssets(properties), acceptSecrets)
    try {
      await this.raw.delete({
        ...subject,
        properties: old(olds.outputs),
        oldInputs: old(olds.inputs),
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
    const { known, acceptSecrets } = await this.#configured()
    if (!known) return { id: subject.id, outputs: {}, inputs: {} }
    const send = (properties: WireObject): WireObject => hide(elideAssets(properties), acceptSecrets)
    const finish = (given: WireObject | undefined, sent: WireObject | undefined): WireObject | undefined =>
      given === undefined || acceptSecrets || sent === undefined ? given : annotateSecrets(given, sent)
    try {
      const response = await this.raw.read({
        ...subject,
        properties: send(state),
        inputs: send(inputs ?? {}),
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
    const { known, acceptSecrets } = await this.#configured()
    if (!known) return { return: {}, failures: [] }
    try {
      return await this.raw.invoke({ tok, args: hide(args, acceptSecrets), preview })
    } catch (error) {
      throw failed(error)
    }
  }
}

const reveal = (properties: WireObject): WireObject => revealSecrets(properties as WireValue) as WireObject
const hide = (properties: WireObject, acceptSecrets: boolean): WireObject =>
  acceptSecrets ? properties : reveal(properties)
