/** Messages to packages that have components and methods. */
import messages from '@pulumi/pulumi/proto/provider_pb.js'
import { type CallRequest, type ConstructRequest, type RunInfo } from '../../provider.ts'
import { aliasMessage } from '../services/resource-request.ts'
import { toStruct } from '../values/struct.ts'

function describeRun (message: messages.ConstructRequest | messages.CallRequest, run: RunInfo): void {
  message.setProject(run.project)
  message.setStack(run.stack)
  message.setOrganization(run.organization)
  for (const [key, value] of Object.entries(run.config)) message.getConfigMap().set(key, value)
  message.setConfigsecretkeysList(run.configSecretKeys)
  message.setDryrun(run.preview)
  message.setParallel(run.parallel)
  message.setMonitorendpoint(run.monitorEndpoint)
}

export function constructMessage (request: ConstructRequest): messages.ConstructRequest {
  const message = new messages.ConstructRequest()
  describeRun(message, request)
  message.setType(request.type)
  message.setName(request.name)
  message.setParent(request.parent)
  message.setInputs(toStruct(request.inputs))
  for (const [key, urns] of Object.entries(request.inputDependencies)) {
    const dependencies = new messages.ConstructRequest.PropertyDependencies()
    dependencies.setUrnsList(urns)
    message.getInputdependenciesMap().set(key, dependencies)
  }
  for (const [key, reference] of Object.entries(request.providers)) {
    message.getProvidersMap().set(key, reference)
  }
  message.setDependenciesList(request.dependencies)
  message.setAliasesList(request.aliases.map(aliasMessage))
  if (request.protect !== undefined) message.setProtect(request.protect)
  message.setIgnorechangesList(request.ignoreChanges)
  message.setReplaceonchangesList(request.replaceOnChanges)
  message.setAdditionalsecretoutputsList(request.additionalSecretOutputs)
  if (request.customTimeouts) {
    const timeouts = new messages.ConstructRequest.CustomTimeouts()
    timeouts.setCreate(request.customTimeouts.create)
    timeouts.setUpdate(request.customTimeouts.update)
    timeouts.setDelete(request.customTimeouts.delete)
    message.setCustomtimeouts(timeouts)
  }
  message.setDeletedwith(request.deletedWith)
  if (request.deleteBeforeReplace !== undefined) message.setDeletebeforereplace(request.deleteBeforeReplace)
  if (request.retainOnDelete !== undefined) message.setRetainondelete(request.retainOnDelete)
  message.setReplaceWithList(request.replaceWith)
  message.setAcceptsOutputValues(true)
  return message
}

export function callMessage (request: CallRequest): messages.CallRequest {
  const message = new messages.CallRequest()
  describeRun(message, request)
  message.setTok(request.tok)
  message.setArgs(toStruct(request.args))
  for (const [key, urns] of Object.entries(request.argDependencies)) {
    const dependencies = new messages.CallRequest.ArgumentDependencies()
    dependencies.setUrnsList(urns)
    message.getArgdependenciesMap().set(key, dependencies)
  }
  message.setAcceptsOutputValues(true)
  return message
}
