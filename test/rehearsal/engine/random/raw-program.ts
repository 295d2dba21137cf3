// Runs random programs as a language host does, by the protocol alone: every resource is registered
// as soon as what it needs is there.
import grpc from '@grpc/grpc-js'
import aliases from '@pulumi/pulumi/proto/alias_pb.js'
import services from '@pulumi/pulumi/proto/language_grpc_pb.js'
import language from '@pulumi/pulumi/proto/language_pb.js'
import monitors from '@pulumi/pulumi/proto/resource_grpc_pb.js'
import messages from '@pulumi/pulumi/proto/resource_pb.js'
import empties from 'google-protobuf/google/protobuf/empty_pb.js'
import { handler, unary } from '../../../../rehearsal/engine/providers/grpc.ts'
import { fromStruct, toStruct } from '../../../../rehearsal/engine/values/struct.ts'
import { type WireObject, type WireValue, unknownValue } from '../../../../rehearsal/wire.ts'
import { type Program, type Spec } from './random-program.ts'

/** The answer to a registration, as later ones use it. */
interface Registered {
  urn: string
  id: string
  outputs: WireObject
}

export class RawPrograms {
  /** The program that the next run registers. */
  program: Program = []
  readonly #server = new grpc.Server()
  address = ''

  async start (): Promise<void> {
    this.#server.addService(services.LanguageRuntimeService, {
      run: handler(async (request: language.RunRequest) => {
        const response = new language.RunResponse()
        // Failures of registrations are the engine's to tell.
        await new Run(this.program, request).finished().catch(() => undefined)
        return response
      })
    })
    const port = await new Promise<number>((resolve, reject) =>
      this.#server.bindAsync(
        '127.0.0.1:0',
        grpc.ServerCredentials.createInsecure(),
        (error, bound) => error ? reject(error) : resolve(bound)
      )
    )
    this.address = `127.0.0.1:${port}`
  }

  close (): void {
    this.#server.forceShutdown()
  }
}

class Run {
  readonly #program: Program
  readonly #monitor: monitors.ResourceMonitorClient
  readonly #root: Promise<Registered>
  readonly #registered = new Map<string, Promise<Registered>>()

  constructor (program: Program, request: language.RunRequest) {
    this.#program = program
    this.#monitor = new monitors.ResourceMonitorClient(
      request.getMonitorAddress(),
      grpc.credentials.createInsecure()
    )
    const root = new messages.RegisterResourceRequest()
    root.setType('pulumi:pulumi:Stack')
    root.setName(`${request.getProject()}-${request.getStack()}`)
    this.#root = this.#send(root)
    this.#root.catch(() => undefined)
  }

  async finished (): Promise<void> {
    for (const spec of this.#program) {
      const registered = this.#register(spec)
      registered.catch(() => undefined)
      this.#registered.set(spec.name, registered)
    }
    try {
      await Promise.allSettled(this.#registered.values())
      await this.#outputs((await this.#root).urn, { count: this.#program.length })
      await Promise.all(this.#registered.values())
      await unary<empties.Empty>((done) => this.#monitor.signalAndWaitForShutdown(new empties.Empty(), done))
    } finally {
      this.#monitor.close()
    }
  }

  async #register (spec: Spec): Promise<Registered> {
    const request = new messages.RegisterResourceRequest()
    const root = await this.#root
    const [parent, provider, deletedWith] = [
      spec.parent === undefined ? root : await this.#named(spec.parent),
      spec.provider === undefined ? undefined : await this.#named(spec.provider),
      spec.deletedWith === undefined ? undefined : await this.#named(spec.deletedWith)
    ]
    request.setType(typeOf(spec))
    request.setName(spec.name)
    request.setCustom(spec.kind !== 'component')
    request.setParent(parent.urn)
    request.setAcceptsecrets(true)
    request.setSupportspartialvalues(true)
    if (provider) request.setProvider(`${provider.urn}::${provider.id || unknownValue}`)
    if (deletedWith) request.setDeletedwith(deletedWith.urn)
    request.setProtect(spec.protect)
    request.setRetainondelete(spec.retain)
    if (spec.deleteBeforeReplace) {
      request.setDeletebeforereplace(true)
      request.setDeletebeforereplacedefined(true)
    }
    if (spec.ignores) request.setIgnorechangesList(['v'])
    if (spec.replaces) request.setReplaceonchangesList(['v'])
    if (spec.imported) request.setImportid(importId(spec))
    request.setAliasspecs(true)
    request.setAliasesList(spec.aliases.map(aliasMessage))
    await this.#inputs(request, spec, deletedWith)
    const registered = await this.#send(request)
    if (spec.kind === 'component') await this.#outputs(registered.urn, {})
    return registered
  }

  /** Sets inputs and dependencies. */
  async #inputs (
    request: messages.RegisterResourceRequest,
    spec: Spec,
    deletedWith: Registered | undefined
  ): Promise<void> {
    const inputs: WireObject = spec.kind === 'component' ? {} : { v: spec.v, fixed: spec.fixed }
    const needs = new Set<string>()
    for (const name of spec.dependsOn) needs.add((await this.#named(name)).urn)
    const refs = spec.refs.map(async ({ key, to, of }) => ({ key, of, other: await this.#named(to) }))
    for (const { key, of, other } of await Promise.all(refs)) {
      inputs[key] = valueOf(other, of)
      needs.add(other.urn)
      depends(request, key, other.urn)
    }
    if (deletedWith) {
      inputs['with'] = valueOf(deletedWith, 'id')
      needs.add(deletedWith.urn)
      depends(request, 'with', deletedWith.urn)
    }
    request.setDependenciesList([...needs])
    request.setObject(toStruct(inputs))
  }

  async #named (name: string): Promise<Registered> {
    const registered = this.#registered.get(name)
    if (registered === undefined) throw new Error(`${name} is not registered yet`)
    return await registered
  }

  async #send (request: messages.RegisterResourceRequest): Promise<Registered> {
    const response = await unary<messages.RegisterResourceResponse>((done) =>
      this.#monitor.registerResource(request, done)
    )
    return { urn: response.getUrn(), id: response.getId(), outputs: fromStruct(response.getObject()) }
  }

  async #outputs (urn: string, outputs: WireObject): Promise<void> {
    const request = new messages.RegisterResourceOutputsRequest()
    request.setUrn(urn)
    request.setOutputs(toStruct(outputs))
    await unary<empties.Empty>((done) => this.#monitor.registerResourceOutputs(request, done))
  }
}

export function typeOf ({ kind, type }: Spec): string {
  if (kind === 'provider') return 'pulumi:providers:model'
  return kind === 'component' ? 'test:index:Group' : `model:index:T${type}`
}

export const importId = ({ name }: Spec): string => `found-${name}`

function aliasMessage (name: string): aliases.Alias {
  const alias = new aliases.Alias()
  const spec = new aliases.Alias.Spec()
  spec.setName(name)
  alias.setSpec(spec)
  return alias
}

/** An output of another resource, which a preview may not know. */
function valueOf (other: Registered, of: 'id' | 'out'): WireValue {
  return (of === 'id' ? other.id : other.outputs['out']) || unknownValue
}

function depends (request: messages.RegisterResourceRequest, key: string, urn: string): void {
  const urns = new messages.RegisterResourceRequest.PropertyDependencies()
  urns.setUrnsList([urn])
  request.getPropertydependenciesMap().set(key, urns)
}
