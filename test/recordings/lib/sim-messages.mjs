// Requests and responses of the ResourceProvider protocol, as plain values and as messages.
import { createRequire } from 'node:module'
import { withoutUndefined } from './wire.mjs'
const require = createRequire(import.meta.url)
const proto = require('@pulumi/pulumi/proto/provider_pb.js')
const { PluginInfo } = require('@pulumi/pulumi/proto/plugin_pb.js')
const { Status } = require('@pulumi/pulumi/proto/status_pb.js')
const { Any } = require('google-protobuf/google/protobuf/any_pb.js')
const { Empty } = require('google-protobuf/google/protobuf/empty_pb.js')
const { Struct } = require('google-protobuf/google/protobuf/struct_pb.js')

const CHANGES = { unknown: 0, none: 1, some: 2 }

/** Spellings of fields that the generated getters write in lower case. */
const SPELLINGS = { ignorechanges: 'ignoreChanges', randomseed: 'randomSeed' }

const structOf = (value) =>
  value === null || value === undefined ? undefined : Struct.fromJavaScript(withoutUndefined(value))

const plainOf = (value) => (value?.toObject ? value.toObject() : value)

/** Every field of a request; empty scalars, empty lists and absent messages are left out. */
export function decodeRequest (request) {
  const fields = {}
  for (const method of Object.getOwnPropertyNames(Object.getPrototypeOf(request))) {
    const getter = /^get([A-Z]\w*)$/.exec(method)
    if (!getter || /_as(B64|U8)$/.test(method)) continue
    const field = decodeField(getter[1], request[method]())
    if (field) fields[field.name] = field.value
  }
  for (const [name, spelling] of Object.entries(SPELLINGS)) {
    if (!fields[name]) continue
    fields[spelling] = fields[name]
    delete fields[name]
  }
  return fields
}

function decodeField (getter, value) {
  if (value === undefined || value === null || value === '' || value === false || value === 0) return
  if (/Map$/.test(getter)) {
    const entries = value.getEntryList().map(([key, member]) => [key, plainOf(member)])
    return entries.length ? named(getter.slice(0, -3), Object.fromEntries(entries)) : undefined
  }
  if (/List$/.test(getter)) {
    return value.length ? named(getter.slice(0, -4), value.map(plainOf)) : undefined
  }
  if (value.toJavaScript) return named(getter, value.toJavaScript())
  // A seed is random: only that there is one is recorded.
  if (getter === 'Randomseed') return named(getter, '<seed>')
  if (value instanceof Uint8Array) return named(getter, `<bytes:${value.length}>`)
  return named(getter, plainOf(value))
}

const named = (getter, value) => ({ name: getter[0].toLowerCase() + getter.slice(1), value })

function checkResponse ({ inputs, failures }) {
  const response = new proto.CheckResponse()
  response.setInputs(structOf(inputs))
  response.setFailuresList(failures.map(checkFailure))
  return response
}

function checkFailure ({ property, reason }) {
  const failure = new proto.CheckFailure()
  failure.setProperty(property)
  failure.setReason(reason)
  return failure
}

function diffResponse (diff) {
  const response = new proto.DiffResponse()
  response.setChanges(CHANGES[diff.changes])
  response.setDiffsList(diff.diffs)
  response.setReplacesList(diff.replaces)
  response.setStablesList(diff.stables)
  response.setDeletebeforereplace(diff.deleteBeforeReplace)
  if (diff.detailedDiff) {
    response.setHasdetaileddiff(true)
    for (const [path, { kind, inputDiff }] of Object.entries(diff.detailedDiff)) {
      const property = new proto.PropertyDiff()
      property.setKind(proto.PropertyDiff.Kind[kind])
      property.setInputdiff(inputDiff)
      response.getDetaileddiffMap().set(path, property)
    }
  }
  return response
}

const empty = () => new Empty()

/** Messages of responses by method. */
export const responses = {
  handshake: ({ acceptSecrets, acceptResources }) => {
    const response = new proto.ProviderHandshakeResponse()
    response.setAcceptSecrets(acceptSecrets)
    response.setAcceptResources(acceptResources)
    return response
  },
  getPluginInfo: ({ version }) => {
    const info = new PluginInfo()
    info.setVersion(version)
    return info
  },
  attach: empty,
  cancel: empty,
  checkConfig: checkResponse,
  diffConfig: diffResponse,
  configure: (configured) => {
    const response = new proto.ConfigureResponse()
    response.setAcceptsecrets(configured.acceptSecrets)
    response.setSupportspreview(configured.supportsPreview)
    response.setAcceptresources(configured.acceptResources)
    response.setAcceptoutputs(configured.acceptOutputs)
    return response
  },
  check: checkResponse,
  diff: diffResponse,
  create: ({ id, properties }) => {
    const response = new proto.CreateResponse()
    response.setId(id)
    response.setProperties(structOf(properties))
    return response
  },
  update: ({ properties }) => {
    const response = new proto.UpdateResponse()
    response.setProperties(structOf(properties))
    return response
  },
  delete: empty,
  read: ({ id, properties, inputs }) => {
    const response = new proto.ReadResponse()
    response.setId(id)
    if (properties) response.setProperties(structOf(properties))
    if (inputs) response.setInputs(structOf(inputs))
    return response
  },
  invoke: ({ return: result, failures }) => {
    const response = new proto.InvokeResponse()
    response.setReturn(structOf(result))
    response.setFailuresList(failures.map(checkFailure))
    return response
  }
}

/** The status that an error carries when its resource exists already. */
export function initFailedStatus ({ message, initFailed }) {
  const detail = new proto.ErrorResourceInitFailed()
  detail.setId(initFailed.id)
  detail.setProperties(structOf(initFailed.properties))
  detail.setReasonsList(initFailed.reasons)
  detail.setInputs(structOf(initFailed.inputs))
  const any = new Any()
  any.pack(detail.serializeBinary(), 'pulumirpc.ErrorResourceInitFailed')
  const status = new Status()
  status.setCode(2)
  status.setMessage(message)
  status.addDetails(any)
  return Buffer.from(status.serializeBinary())
}
