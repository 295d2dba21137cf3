/**
 * The provider of package `pulumi`, which is the engine itself: StackReference, Stash and the
 * functions that read stacks and resources.
 */
import { randomUUID } from 'node:crypto'
import {
  type CheckRequest,
  type CheckResponse,
  type ConfigureResponse,
  type CreateRequest,
  type CreateResponse,
  type DiffRequest,
  type DiffResponse,
  type InvokeRequest,
  type InvokeResponse,
  type Provider,
  ProviderError,
  type ReadRequest,
  type ReadResponse,
  Status,
  type UpdateRequest,
  type UpdateResponse
} from '../../provider.ts'
import { unknownValue, type WireObject } from '../../wire.ts'
import { containsSecrets, sameValue } from '../values/wire-values.ts'

const stackReference = 'pulumi:pulumi:StackReference'
const stash = 'pulumi:index:Stash'

/** The engine, as the provider asks it. */
export interface BuiltinSource {
  /**
   * Outputs of a stack by its name as programs write it (`organization/project/stack`); undefined
   * when there is no such stack.
   */
  stackOutputs(name: string): Promise<WireObject | undefined>
  /** Outputs of every resource of a stack, by URN. */
  stackResourceOutputs(name: string): Promise<WireObject | undefined>
  /** A resource that this run has registered or read. */
  resource(urn: string): { id: string, provider: string, outputs: WireObject } | undefined
}

const unchanged: DiffResponse = {
  changes: 'none',
  diffs: [],
  replaces: [],
  stables: [],
  deleteBeforeReplace: false
}
const unknownType = (type: string): ProviderError => new ProviderError(`unrecognized resource type '${type}'`)

export class BuiltinProvider implements Provider {
  readonly #source: BuiltinSource
  constructor (source: BuiltinSource) {
    this.#source = source
  }

  async getPluginInfo (): Promise<{ version: string }> {
    return { version: '' }
  }
  async checkConfig (): Promise<CheckResponse> {
    return { inputs: {}, failures: [] }
  }
  async diffConfig (): Promise<DiffResponse> {
    return unchanged
  }
  async configure (): Promise<ConfigureResponse> {
    return { acceptSecrets: true, supportsPreview: true, acceptResources: true, acceptOutputs: false }
  }
  async cancel (): Promise<void> {/* Nothing runs outside the engine. */}

  async check (request: CheckRequest): Promise<CheckResponse> {
    const property = request.type === stackReference ? 'name' : request.type === stash ? 'input' : undefined
    if (property === undefined) throw unknownType(request.type)
    const other = Object.keys(request.news).find((key) => key !== property)
    const failures = other !== undefined
      ? [{ property: other, reason: `unknown property "${other}"` }]
      : request.news[property] === undefined
      ? [{ property, reason: `missing required property "${property}"` }]
      : []
    return { inputs: request.news, failures }
  }

  async diff (request: DiffRequest): Promise<DiffResponse> {
    const property = request.type === stackReference ? 'name' : 'input'
    if (sameValue(request.news[property], request.oldInputs[property])) return unchanged
    return request.type === stackReference
      ? { ...unchanged, changes: 'some', replaces: ['name'] }
      : { ...unchanged, changes: 'some', diffs: ['input'] }
  }

  async create (request: CreateRequest): Promise<CreateResponse> {
    const id = request.preview ? '' : randomUUID()
    if (request.type === stackReference) return { id, properties: await this.#reference(request.properties) }
    if (request.type !== stash) throw unknownType(request.type)
    const input = request.properties['input'] ?? null
    return { id, properties: { input, output: input } }
  }

  async update (request: UpdateRequest): Promise<UpdateResponse> {
    if (request.type !== stash) throw unknownType(request.type)
    return { properties: { input: request.news['input'] ?? null, output: request.olds['output'] ?? null } }
  }

  async delete (): Promise<void> {/* References and stashes exist in the state only. */}

  async read (request: ReadRequest): Promise<ReadResponse> {
    if (request.type === stash) {
      return { id: request.id, properties: request.properties, inputs: request.inputs }
    }
    if (request.type !== stackReference) throw unknownType(request.type)
    if (request.fresh || request.inputs['name'] === undefined) {
      throw new ProviderError('stack reference can not be imported')
    }
    return { id: request.id, properties: await this.#reference(request.properties), inputs: request.inputs }
  }

  async invoke (request: InvokeRequest): Promise<InvokeResponse> {
    switch (request.tok) {
      case 'pulumi:pulumi:readStackOutputs':
        return { return: await this.#reference(request.args), failures: [] }
      case 'pulumi:pulumi:readStackResourceOutputs': {
        const name = text(request.args['stackName'])
        return {
          return: { name, outputs: known(await this.#source.stackResourceOutputs(name), name) },
          failures: []
        }
      }
      case 'pulumi:pulumi:getResource': {
        const urn = text(request.args['urn'])
        const found = this.#source.resource(urn)
        if (found === undefined) throw new ProviderError(`unknown resource ${urn}`)
        return { return: { urn, id: found.id, provider: found.provider, state: found.outputs }, failures: [] }
      }
      default:
        throw new ProviderError(`unrecognized function name: '${request.tok}'`, {
          code: Status.Unimplemented
        })
    }
  }

  async #reference (inputs: WireObject): Promise<WireObject> {
    const name = text(inputs['name'])
    if (name === unknownValue) return { name, outputs: unknownValue, secretOutputNames: unknownValue }
    const outputs = known(await this.#source.stackOutputs(name), name)
    return {
      name,
      outputs,
      secretOutputNames: Object.keys(outputs).filter((key) => containsSecrets(outputs[key] ?? null)).sort()
    }
  }
}

function text (value: WireObject[string] | undefined): string {
  return typeof value === 'string' ? value : ''
}
function known (outputs: WireObject | undefined, name: string): WireObject {
  if (outputs === undefined) throw new ProviderError(`unknown stack "${name}"`)
  return outputs
}
