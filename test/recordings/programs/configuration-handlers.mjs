// The provider's calls about itself and its configuration.
import { createRequire } from 'node:module'
import { nameOf, same, values } from './messages.mjs'
const require = createRequire(import.meta.url)
const messages = require('@pulumi/pulumi/proto/provider_pb.js')
const plugins = require('@pulumi/pulumi/proto/plugin_pb.js')
const { Empty } = require('google-protobuf/google/protobuf/empty_pb.js')

const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges

export const configurationHandlers = (sim) => ({
  handshake: () => {
    const response = new messages.ProviderHandshakeResponse()
    response.setAcceptSecrets(true)
    response.setAcceptResources(true)
    response.setSupportsAutonamingConfiguration?.(true)
    return response
  },
  getPluginInfo: () => {
    const response = new plugins.PluginInfo()
    response.setVersion('1.0.0')
    return response
  },
  attach: () => new Empty(),
  cancel: () => new Empty(),
  checkConfig: (request) => {
    const response = new messages.CheckResponse()
    response.setInputs(request.getNews())
    sim.log.push({ method: 'checkConfig', name: nameOf(request.getUrn()), news: values(request.getNews()) })
    return response
  },
  diffConfig: (request) => {
    const [olds, news] = [values(request.getOldInputs()), values(request.getNews())]
    const response = new messages.DiffResponse()
    response.setChanges(same(olds, news) ? DIFF_NONE : DIFF_SOME)
    if (olds.account !== news.account) response.setReplacesList(['account'])
    return response
  },
  configure: () => {
    const response = new messages.ConfigureResponse()
    response.setAcceptsecrets(true)
    response.setSupportspreview(true)
    response.setAcceptresources(true)
    response.setSupportsAutonamingConfiguration?.(true)
    return response
  }
})
