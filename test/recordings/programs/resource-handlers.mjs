// The provider's calls about resources.
import { createRequire } from 'node:module'
import { differencesOf } from './differences.mjs'
import { checkFailures, nameOf, struct, values } from './messages.mjs'
const require = createRequire(import.meta.url)
const messages = require('@pulumi/pulumi/proto/provider_pb.js')
const { Empty } = require('google-protobuf/google/protobuf/empty_pb.js')

const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges

async function check (sim, request) {
  const autonaming = request.getAutonaming?.()?.toObject()
  const proposedName = autonaming?.proposedName?.replace(/-[0-9a-f]{7}$/, '-<hex>')
  const news = values(request.getNews())
  const given = await sim.call('check', {
    urn: request.getUrn(),
    news,
    olds: values(request.getOlds()),
    autonaming,
    logged: autonaming ? { autonaming: { ...autonaming, proposedName } } : {}
  }, () => ({ inputs: news }))
  const response = new messages.CheckResponse()
  response.setInputs(struct(given.inputs ?? news))
  response.setFailuresList(checkFailures(given.failures))
  return response
}

async function diff (sim, request) {
  const [olds, news] = [values(request.getOldInputs()), values(request.getNews())]
  const ignore = request.getIgnorechangesList()
  const found = await sim.call('diff', {
    urn: request.getUrn(),
    id: request.getId(),
    olds,
    news,
    ignore,
    logged: { ignore }
  }, () => differencesOf(olds, news))
  const response = new messages.DiffResponse()
  response.setChanges(found.changed.length ? DIFF_SOME : DIFF_NONE)
  response.setDiffsList(found.changed)
  response.setReplacesList(found.replaces)
  response.setDeletebeforereplace(found.deleteBeforeReplace ?? false)
  response.setHasdetaileddiff(true)
  for (const [path, kind] of Object.entries(found.detailed ?? {})) {
    const property = new messages.PropertyDiff()
    property.setKind(messages.PropertyDiff.Kind[kind])
    property.setInputdiff(true)
    response.getDetaileddiffMap().set(path, property)
  }
  return response
}

async function create (sim, request) {
  const [urn, inputs, preview] = [request.getUrn(), values(request.getProperties()), request.getPreview()]
  const logged = { inputs, preview: preview || undefined, timeout: request.getTimeout() || undefined }
  const made = await sim.call('create', { urn, inputs, preview, logged }, () => {
    if (preview) return { id: '', properties: sim.state(urn, '', inputs, true) }
    const count = (sim.counts.get(urn) ?? 0) + 1
    sim.counts.set(urn, count)
    const id = `${nameOf(urn)}-${count}`
    const properties = sim.state(urn, id, inputs, false)
    sim.cloud.set(id, { inputs, state: properties })
    return { id, properties }
  })
  const response = new messages.CreateResponse()
  response.setId(made.id)
  response.setProperties(struct(made.properties))
  return response
}

async function update (sim, request) {
  const [urn, id, news, preview] = [
    request.getUrn(),
    request.getId(),
    values(request.getNews()),
    request.getPreview()
  ]
  const logged = {
    news,
    preview: preview || undefined,
    timeout: request.getTimeout() || undefined,
    ignore: request.getIgnorechangesList()
  }
  const olds = values(request.getOlds())
  const made = await sim.call('update', { urn, id, news, olds, preview, logged }, () => {
    const properties = sim.state(urn, id, news, false)
    if (!preview) sim.cloud.set(id, { inputs: news, state: properties })
    return { properties }
  })
  const response = new messages.UpdateResponse()
  response.setProperties(struct(made.properties))
  return response
}

async function read (sim, request) {
  const [urn, id] = [request.getUrn(), request.getId()]
  const got = await sim.call(
    'read',
    { urn, id, logged: { id, timeout: request.getTimeout?.() || undefined } },
    () => {
      const found = sim.cloud.get(id)
      return found ? { id, properties: found.state, inputs: found.inputs } : { id: '' }
    }
  )
  const response = new messages.ReadResponse()
  response.setId(got.id)
  if (got.properties) {
    response.setProperties(struct(got.properties))
    response.setInputs(struct(got.inputs))
  }
  return response
}

async function remove (sim, request) {
  const [urn, id] = [request.getUrn(), request.getId()]
  await sim.call('delete', { urn, id, logged: { id, timeout: request.getTimeout() || undefined } }, () => {
    sim.cloud.delete(id)
    return {}
  })
  return new Empty()
}

export const resourceHandlers = (sim) => ({
  check: (request) => check(sim, request),
  diff: (request) => diff(sim, request),
  create: (request) => create(sim, request),
  update: (request) => update(sim, request),
  read: (request) => read(sim, request),
  delete: (request) => remove(sim, request)
})
