/** Requests and responses of the protocol as the provider interface has them, and back. */
import proto from '@pulumi/pulumi/proto/provider_pb.js'
import {
  type CheckRequest,
  type CheckResponse,
  type ConfigureRequest,
  type ConfigureResponse,
  type CreateRequest,
  type CreateResponse,
  type DeleteRequest,
  type DiffRequest,
  type DiffResponse,
  type InvokeRequest,
  type InvokeResponse,
  type ReadRequest,
  type ReadResponse,
  type Subject,
  type UpdateRequest,
  type UpdateResponse
} from '../../provider.ts'
import { plainOf, structOf } from './struct.ts'

/** Names of a request's resource. Older engines send the URN alone. */
function subjectOf (request: { getUrn(): string, getName(): string, getType(): string }): Subject {
  const urn = request.getUrn()
  return {
    urn,
    name: request.getName() || urn.split('::').slice(3).join('::'),
    type: request.getType() || (urn.split('::')[2]?.split('$').at(-1) ?? '')
  }
}

export function configureRequest (request: InstanceType<typeof proto.ConfigureRequest>): ConfigureRequest {
  const variables: Record<string, string> = {}
  request.getVariablesMap().forEach((value, key) => {
    variables[key] = value
  })
  return {
    args: plainOf(request.getArgs()),
    variables,
    acceptSecrets: request.getAcceptsecrets(),
    acceptResources: request.getAcceptresources()
  }
}

export function configureResponse (
  response: ConfigureResponse
): InstanceType<typeof proto.ConfigureResponse> {
  const message = new proto.ConfigureResponse()
  message.setAcceptsecrets(response.acceptSecrets)
  message.setSupportspreview(response.supportsPreview)
  message.setAcceptresources(response.acceptResources)
  message.setAcceptoutputs(response.acceptOutputs)
  return message
}

export function checkRequest (request: InstanceType<typeof proto.CheckRequest>): CheckRequest {
  return {
    ...subjectOf(request),
    olds: plainOf(request.getOlds()),
    news: plainOf(request.getNews()),
    randomSeed: request.getRandomseed_asU8()
  }
}

export function checkResponse (response: CheckResponse): InstanceType<typeof proto.CheckResponse> {
  const message = new proto.CheckResponse()
  message.setInputs(structOf(response.inputs))
  message.setFailuresList(response.failures.map(({ property, reason }) => {
    const failure = new proto.CheckFailure()
    failure.setProperty(property)
    failure.setReason(reason)
    return failure
  }))
  return message
}

export function diffRequest (request: InstanceType<typeof proto.DiffRequest>): DiffRequest {
  return {
    ...subjectOf(request),
    id: request.getId(),
    olds: plainOf(request.getOlds()),
    news: plainOf(request.getNews()),
    oldInputs: plainOf(request.getOldInputs()),
    ignoreChanges: request.getIgnorechangesList()
  }
}

export function diffResponse (response: DiffResponse): InstanceType<typeof proto.DiffResponse> {
  const message = new proto.DiffResponse()
  message.setChanges({ unknown: 0, none: 1, some: 2 }[response.changes])
  message.setDiffsList(response.diffs)
  message.setReplacesList(response.replaces)
  message.setStablesList(response.stables)
  message.setDeletebeforereplace(response.deleteBeforeReplace)
  for (const [path, { kind, inputDiff }] of Object.entries(response.detailedDiff ?? {})) {
    const diff = new proto.PropertyDiff()
    diff.setKind(proto.PropertyDiff.Kind[kind])
    diff.setInputdiff(inputDiff)
    message.getDetaileddiffMap().set(path, diff)
  }
  if (response.detailedDiff) message.setHasdetaileddiff(true)
  return message
}

export function createRequest (request: InstanceType<typeof proto.CreateRequest>): CreateRequest {
  return {
    ...subjectOf(request),
    properties: plainOf(request.getProperties()),
    timeout: request.getTimeout(),
    preview: request.getPreview()
  }
}

export function createResponse (response: CreateResponse): InstanceType<typeof proto.CreateResponse> {
  const message = new proto.CreateResponse()
  message.setId(response.id)
  message.setProperties(structOf(response.properties))
  return message
}

export function readRequest (request: InstanceType<typeof proto.ReadRequest>): ReadRequest {
  return {
    ...subjectOf(request),
    id: request.getId(),
    properties: plainOf(request.getProperties()),
    inputs: plainOf(request.getInputs())
  }
}

export function readResponse (response: ReadResponse): InstanceType<typeof proto.ReadResponse> {
  const message = new proto.ReadResponse()
  message.setId(response.id)
  if (response.properties) message.setProperties(structOf(response.properties))
  if (response.inputs) message.setInputs(structOf(response.inputs))
  return message
}

export function updateRequest (request: InstanceType<typeof proto.UpdateRequest>): UpdateRequest {
  return {
    ...subjectOf(request),
    id: request.getId(),
    olds: plainOf(request.getOlds()),
    news: plainOf(request.getNews()),
    oldInputs: plainOf(request.getOldInputs()),
    timeout: request.getTimeout(),
    ignoreChanges: request.getIgnorechangesList(),
    preview: request.getPreview()
  }
}

export function updateResponse (response: UpdateResponse): InstanceType<typeof proto.UpdateResponse> {
  const message = new proto.UpdateResponse()
  message.setProperties(structOf(response.properties))
  return message
}

export function deleteRequest (request: InstanceType<typeof proto.DeleteRequest>): DeleteRequest {
  return {
    ...subjectOf(request),
    id: request.getId(),
    properties: plainOf(request.getProperties()),
    oldInputs: plainOf(request.getOldInputs()),
    timeout: request.getTimeout()
  }
}

export function invokeRequest (request: InstanceType<typeof proto.InvokeRequest>): InvokeRequest {
  return {
    tok: request.getTok(),
    args: plainOf(request.getArgs()),
    preview: request.getPreview()
  }
}

export function invokeResponse (response: InvokeResponse): InstanceType<typeof proto.InvokeResponse> {
  const message = new proto.InvokeResponse()
  message.setReturn(structOf(response.return))
  message.setFailuresList(checkResponse({ inputs: {}, failures: response.failures }).getFailuresList())
  return message
}
