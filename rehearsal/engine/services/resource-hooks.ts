/** The hooks that a program registers, and their calls. */
import type callbacks from '@pulumi/pulumi/proto/callback_pb.js'
import messages from '@pulumi/pulumi/proto/resource_pb.js'
import { messageOf } from '../errors.ts'
import { type Diagnostics } from '../events/diagnostics.ts'
import { type HookType } from '../state/hook-names.ts'
import { type ResourceState } from '../state/resource-state.ts'
import { type HookSubject, type StepHooks } from '../steps/hooks.ts'
import { nameOf } from '../urn.ts'
import { toStruct } from '../values/struct.ts'
import { type Callbacks } from './callbacks.ts'
import { hooksMessage } from './hook-bindings.ts'
import { aliasMessage, timeoutsMessage } from './resource-request.ts'

interface Hook {
  callback: callbacks.Callback
  kind: 'resource' | 'error'
  /** The hook runs in previews too. */
  onDryRun: boolean
  /** Its errors are warnings. */
  ignoreErrors: boolean
}
export class ResourceHooks implements StepHooks {
  readonly #callbacks: Callbacks
  readonly #diagnostics: Diagnostics
  readonly #preview: boolean
  readonly #hooks = new Map<string, Hook>()

  constructor (callbacks: Callbacks, options: { diagnostics: Diagnostics, preview: boolean }) {
    this.#callbacks = callbacks
    this.#diagnostics = options.diagnostics
    this.#preview = options.preview
  }

  /** Takes a hook of the program. Its name must be the only one. */
  register (name: string, hook: Hook): void {
    if (name === '') throw new Error('resource hook name cannot be empty')
    if (this.#hooks.has(name)) throw new Error(`resource hook already registered for name "${name}"`)
    this.#hooks.set(name, hook)
  }

  async run (type: Exclude<HookType, 'OnError'>, subject: HookSubject): Promise<void> {
    const state = subject.new ?? subject.old
    for (const name of state?.resourceHooks[type] ?? []) {
      const hook = this.#hooks.get(name)
      if (hook?.kind !== 'resource') throw new Error(`hook "${name}" was not registered`)
      if (this.#preview && !hook.onDryRun) continue
      try {
        await this.#call(hook, type, subject)
      } catch (error) {
        if (hook.ignoreErrors) {
          this.#diagnostics.warning(state?.urn ?? '', `${type} hook "${name}" failed: ${messageOf(error)}`)
          continue
        }
        const when = type.startsWith('Before') ? 'before' : 'after'
        throw new Error(`${when} hook "${name}" failed: ${messageOf(error)}`, { cause: error })
      }
    }
  }

  async retry (operation: string, subject: HookSubject, errors: readonly string[]): Promise<boolean> {
    let again = false
    for (const name of (subject.new ?? subject.old)?.resourceHooks.OnError ?? []) {
      const hook = this.#hooks.get(name)
      if (hook?.kind !== 'error') {
        throw new Error(`error hooks execution failed: error hook "${name}" was not registered`)
      }
      const request = new messages.ErrorHookRequest()
      describe(request, subject)
      request.setFailedOperation(operation)
      request.setErrorsList([...errors])
      const response = messages.ErrorHookResponse.deserializeBinary(
        await this.#callbacks.invoke(hook.callback, request.serializeBinary())
      )
      if (response.getError() !== '') {
        throw new Error(`error hooks execution failed: error hook "${name}" failed: ${response.getError()}`)
      }
      again ||= response.getRetry()
    }
    return again
  }

  async #call (hook: Hook, type: HookType, subject: HookSubject): Promise<void> {
    const request = new messages.ResourceHookRequest()
    describe(request, subject)
    if (type.startsWith('After') && subject.new) request.setNewOutputs(toStruct(subject.new.outputs ?? {}))
    const response = messages.ResourceHookResponse.deserializeBinary(
      await this.#callbacks.invoke(hook.callback, request.serializeBinary())
    )
    if (response.getError() !== '') throw new Error(response.getError())
  }
}

/** Fills in everything that both kinds of hooks are told. */
function describe (
  request: messages.ResourceHookRequest | messages.ErrorHookRequest,
  subject: HookSubject
): void {
  const state = subject.new ?? subject.old
  if (state === undefined) return
  request.setUrn(state.urn)
  request.setId(state.id)
  request.setName(nameOf(state.urn))
  request.setType(state.type)
  if (subject.new) {
    request.setNewInputs(toStruct(subject.new.inputs))
    request.setNewOptions(optionsMessage(subject.new))
  }
  if (subject.old) {
    request.setOldInputs(toStruct(subject.old.inputs))
    request.setOldOutputs(toStruct(subject.old.outputs ?? {}))
    request.setOldOptions(optionsMessage(subject.old))
  }
}

/** The options of a resource, as far as its state has them. */
function optionsMessage (state: ResourceState): messages.ResourceOptions {
  const message = new messages.ResourceOptions()
  message.setDependsOnList(state.dependencies)
  message.setIgnoreChangesList(state.ignoreChanges)
  message.setReplaceOnChangesList(state.replaceOnChanges)
  message.setProvider(state.provider)
  message.setDeletedWith(state.deletedWith)
  message.setImport(state.importID)
  message.setReplaceWithList(state.replaceWith)
  message.setHooks(hooksMessage(state.resourceHooks))
  message.setParent(state.parent)
  message.setAliasesList(state.aliases.map((urn) => aliasMessage({ urn })))
  message.setCustomTimeouts(timeoutsMessage(state.customTimeouts))
  message.setAdditionalSecretOutputsList(state.additionalSecretOutputs)
  message.setProtect(state.protect)
  message.setRetainOnDelete(state.retainOnDelete)
  return message
}
