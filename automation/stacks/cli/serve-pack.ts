/**
 * The policy pack as the real CLI asks it: an Analyzer server in the unit host, over the handlers
 * that the rehearsal engine calls in process. The CLI would start a process of the pack for every
 * operation and load it anew; here it starts a script that names the port of a pack that is as warm
 * as its host.
 */
import { join } from 'node:path'
import * as grpc from '@grpc/grpc-js'
import services from '@pulumi/pulumi/proto/analyzer_grpc_pb.js'
import messages from '@pulumi/pulumi/proto/analyzer_pb.js'
import pluginProto from '@pulumi/pulumi/proto/plugin_pb.js'
import emptyProto from 'google-protobuf/google/protobuf/empty_pb.js'
import { analyzerInfo, configurePack, packInfo, type PackConfigs } from '../../../policies/handlers.ts'
import { packFolder } from '../policy-pack.ts'

/** A chart's values can be larger than gRPC's own limit of 4 MB; the SDK's server takes as much. */
const mostBytes = 400 * 1024 * 1024
const levels = ['advisory', 'mandatory', 'disabled', 'remediate'] as const

/** A policy pack that is served to the CLI. */
export interface ServedPack {
  /** Value of `--policy-pack`. */
  path: string
  /** Variables that the CLI needs for it. */
  environment: Record<string, string>
  close(): void
}

function configsOf (request: messages.ConfigureAnalyzerRequest): PackConfigs {
  return Object.fromEntries(
    (request.getPolicyconfigMap().toArray() as [string, messages.PolicyConfig][]).map(([policy]) => {
      const config = request.getPolicyconfigMap().get(policy)
      return [policy, {
        level: levels[config?.getEnforcementlevel() ?? 0],
        properties: (config?.getProperties()?.toJavaScript() ?? {}) as Record<string, unknown>
      }]
    })
  )
}

function answer<Request, Response> (
  handle: (request: Request) => Promise<Response>
): grpc.handleUnaryCall<Request, Response> {
  return ({ request }, callback) => {
    handle(request).then((response) => {
      callback(null, response)
    }, callback)
  }
}

/** Handlers for one operation at a time: a configuration is all callers'. */
function handlers (): grpc.UntypedServiceImplementation {
  let pack = configurePack<messages.AnalyzeResponse>({})
  return {
    getAnalyzerInfo: answer(async () => analyzerInfo<messages.AnalyzerInfo>()),
    getPluginInfo: answer(async () => {
      const info = new pluginProto.PluginInfo()
      info.setVersion(packInfo.version)
      return info
    }),
    configureStack: answer(async () => new messages.AnalyzerStackConfigureResponse()),
    configure: answer(async (request: messages.ConfigureAnalyzerRequest) => {
      pack = configurePack(configsOf(request))
      return new emptyProto.Empty()
    }),
    analyze: answer(async (request: messages.AnalyzeRequest) => {
      const { response, notApplicable } = await pack.analyze(request.getType(), request)
      for (const policy of notApplicable) {
        const message = new messages.PolicyNotApplicable()
        message.setPolicyName(policy)
        message.setReason('it judges no resource of this type')
        response.addNotApplicable(message)
      }
      return response
    }),
    analyzeStack: answer((request: messages.AnalyzeStackRequest) => pack.analyzeStack(request)),
    // No policy of the pack changes what it judges.
    remediate: answer(async () => new messages.RemediateResponse())
  }
}

/**
 * Serves the pack on a free port of 127.0.0.1. Where scripts are no programs (Windows) the CLI
 * starts the pack itself.
 */
export async function servePack (): Promise<ServedPack> {
  if (process.platform === 'win32') {
    return { path: packFolder, environment: {}, close () {/* nothing was started */} }
  }
  const server = new grpc.Server({
    'grpc.max_receive_message_length': mostBytes,
    'grpc.max_send_message_length': mostBytes
  })
  server.addService(services.AnalyzerService, handlers())
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error)
      else resolve(bound)
    })
  })
  // The operation is over when it closes: no call is in flight.
  return {
    path: join(packFolder, 'attach.sh'),
    environment: { WINDLASS_POLICY_PORT: String(port) },
    close () {
      server.forceShutdown()
    }
  }
}
