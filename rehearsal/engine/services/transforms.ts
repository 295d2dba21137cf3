/** Calls of the program's transforms, which may change resources and calls before they are made. */
import { type Callback } from '@pulumi/pulumi/proto/callback_pb.js'
import messages from '@pulumi/pulumi/proto/resource_pb.js'
import structs from 'google-protobuf/google/protobuf/struct_pb.js'
import { type WireObject } from '../../wire.ts'
import { messageOf } from '../errors.ts'
import { fromStruct, fromValue, toStruct } from '../values/struct.ts'
import { type Callbacks } from './callbacks.ts'
import { hookNames, hooksMessage } from './hook-bindings.ts'
import {
  type ResourceOptions,
  type ResourceRequest,
  aliasMessage,
  aliasOf,
  timeoutsMessage,
  timeoutsOf
} from './resource-request.ts'

function optionsMessage (options: ResourceOptions): messages.TransformResourceOptions {
  const message = new messages.TransformResourceOptions()
  message.setDependsOnList(options.dependsOn)
  if (options.protect !== undefined) message.setProtect(options.protect)
  message.setIgnoreChangesList(options.ignoreChanges)
  message.setReplaceOnChangesList(options.replaceOnChanges)
  message.setVersion(options.version)
  message.setAliasesList(options.aliases.map(aliasMessage))
  message.setProvider(options.provider)
  for (const [key, reference] of Object.entries(options.providers)) {
    message.getProvidersMap().set(key, reference)
  }
  message.setCustomTimeouts(timeoutsMessage(options.customTimeouts))
  message.setHooks(hooksMessage(options.hooks))
  message.setPluginDownloadUrl(options.pluginDownloadURL)
  if (options.retainOnDelete !== undefined) message.setRetainOnDelete(options.retainOnDelete)
  message.setDeletedWith(options.deletedWith)
  if (options.deleteBeforeReplace !== undefined) message.setDeleteBeforeReplace(options.deleteBeforeReplace)
  message.setAdditionalSecretOutputsList(options.additionalSecretOutputs)
  message.setImport(options.importID)
  message.setHideDiffList(options.hideDiff)
  message.setReplaceWithList(options.replaceWith)
  if (options.replacementTrigger !== undefined) {
    message.setReplacementTrigger(
      structs.Value.fromJavaScript(
        options.replacementTrigger as Parameters<typeof structs.Value.fromJavaScript>[0]
      )
    )
  }
  return message
}

function optionsOf (message: messages.TransformResourceOptions): ResourceOptions {
  const trigger = message.getReplacementTrigger()
  return {
    dependsOn: message.getDependsOnList(),
    protect: message.hasProtect() ? message.getProtect() : undefined,
    ignoreChanges: message.getIgnoreChangesList(),
    replaceOnChanges: message.getReplaceOnChangesList(),
    version: message.getVersion(),
    aliases: message.getAliasesList().map(aliasOf),
    provider: message.getProvider(),
    providers: Object.fromEntries(message.getProvidersMap().toArray()),
    customTimeouts: timeoutsOf(message.getCustomTimeouts()),
    pluginDownloadURL: message.getPluginDownloadUrl(),
    retainOnDelete: message.hasRetainOnDelete() ? message.getRetainOnDelete() : undefined,
    deletedWith: message.getDeletedWith(),
    deleteBeforeReplace: message.hasDeleteBeforeReplace() ? message.getDeleteBeforeReplace() : undefined,
    additionalSecretOutputs: message.getAdditionalSecretOutputsList(),
    importID: message.getImport(),
    hideDiff: message.getHideDiffList(),
    replaceWith: message.getReplaceWithList(),
    replacementTrigger: trigger === undefined ? undefined : fromValue(trigger),
    hooks: hookNames(message.getHooks())
  }
}

/** Applies a transform of the program to a resource. */
export async function transformResource (
  callbacks: Callbacks,
  transform: Callback,
  request: ResourceRequest
): Promise<ResourceRequest> {
  const message = new messages.TransformRequest()
  message.setType(request.type)
  message.setName(request.name)
  message.setCustom(request.custom)
  message.setParent(request.parent)
  message.setProperties(toStruct(request.properties))
  message.setOptions(optionsMessage(request.options))
  const response = messages.TransformResponse.deserializeBinary(
    await called(callbacks, transform, message.serializeBinary())
  )
  const properties = response.getProperties()
  const options = response.getOptions()
  return {
    ...request,
    properties: properties === undefined ? request.properties : fromStruct(properties),
    options: options === undefined ? request.options : optionsOf(options)
  }
}

/** A call of a function, which transforms may change. */
export interface InvokeCall {
  tok: string
  args: WireObject
  provider: string
  version: string
  pluginDownloadURL: string
}

/** Applies a transform of the program to a call. */
export async function transformInvoke (
  callbacks: Callbacks,
  transform: Callback,
  call: InvokeCall
): Promise<InvokeCall> {
  const message = new messages.TransformInvokeRequest()
  const given = new messages.TransformInvokeOptions()
  given.setProvider(call.provider)
  given.setVersion(call.version)
  given.setPluginDownloadUrl(call.pluginDownloadURL)
  message.setToken(call.tok)
  message.setArgs(toStruct(call.args))
  message.setOptions(given)
  const response = messages.TransformInvokeResponse.deserializeBinary(
    await callbacks.invoke(transform, message.serializeBinary())
  )
  const args = response.getArgs()
  const options = response.getOptions()
  return {
    tok: call.tok,
    args: args === undefined ? call.args : fromStruct(args),
    provider: options?.getProvider() ?? call.provider,
    version: options?.getVersion() ?? call.version,
    pluginDownloadURL: options?.getPluginDownloadUrl() ?? call.pluginDownloadURL
  }
}

async function called (callbacks: Callbacks, transform: Callback, request: Uint8Array): Promise<Uint8Array> {
  try {
    return await callbacks.invoke(transform, request)
  } catch (error) {
    throw new Error(`invoke transform: ${messageOf(error)}`, { cause: error })
  }
}
