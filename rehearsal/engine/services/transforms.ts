/** Calls of the program's transforms, which may change a resource before it is registered. */
import grpc from '@grpc/grpc-js'
import services from '@pulumi/pulumi/proto/callback_grpc_pb.js'
import callbacks from '@pulumi/pulumi/proto/callback_pb.js'
import messages from '@pulumi/pulumi/proto/resource_pb.js'
import structs from 'google-protobuf/google/protobuf/struct_pb.js'
import { grpcOptions, unary } from '../providers/grpc.ts'
import { fromStruct, fromValue, toStruct } from '../values/struct.ts'
import {
  type ResourceOptions,
  type ResourceRequest,
  aliasMessage,
  aliasOf,
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
  const timeouts = new messages.RegisterResourceRequest.CustomTimeouts()
  const text = (seconds: number | undefined): string => seconds === undefined ? '' : `${seconds}s`
  timeouts.setCreate(text(options.customTimeouts.create))
  timeouts.setUpdate(text(options.customTimeouts.update))
  timeouts.setDelete(text(options.customTimeouts.delete))
  if (Object.keys(options.customTimeouts).length > 0) message.setCustomTimeouts(timeouts)
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
    replacementTrigger: trigger === undefined ? undefined : fromValue(trigger)
  }
}

/** The callback servers of a program's transforms. */
export class Transforms {
  readonly #clients = new Map<string, services.CallbacksClient>()

  async apply (callback: callbacks.Callback, request: ResourceRequest): Promise<ResourceRequest> {
    const message = new messages.TransformRequest()
    message.setType(request.type)
    message.setName(request.name)
    message.setCustom(request.custom)
    message.setParent(request.parent)
    message.setProperties(toStruct(request.properties))
    message.setOptions(optionsMessage(request.options))
    const invoke = new callbacks.CallbackInvokeRequest()
    invoke.setToken(callback.getToken())
    invoke.setRequest(message.serializeBinary())
    const client = this.#client(callback.getTarget())
    const response = messages.TransformResponse.deserializeBinary(
      (await unary<callbacks.CallbackInvokeResponse>((done) => client.invoke(invoke, done)))
        .getResponse_asU8()
    )
    const properties = response.getProperties()
    const options = response.getOptions()
    return {
      ...request,
      properties: properties === undefined ? request.properties : fromStruct(properties),
      options: options === undefined ? request.options : optionsOf(options)
    }
  }

  close (): void {
    for (const client of this.#clients.values()) client.close()
  }

  #client (target: string): services.CallbacksClient {
    let client = this.#clients.get(target)
    if (client === undefined) {
      client = new services.CallbacksClient(target, grpc.credentials.createInsecure(), grpcOptions)
      this.#clients.set(target, client)
    }
    return client
  }
}
