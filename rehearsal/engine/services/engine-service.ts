/** The Engine service: the program's log, and the root resource of the stack. */
import type grpc from '@grpc/grpc-js'
import messages from '@pulumi/pulumi/proto/engine_pb.js'
import empties from 'google-protobuf/google/protobuf/empty_pb.js'
import { type Diagnostics } from '../events/diagnostics.ts'
import { type Severity } from '../events/engine-event.ts'
import { handler } from '../providers/grpc.ts'

const severities: Severity[] = ['debug', 'info', 'warning', 'error']

export function engineService (diagnostics: Diagnostics): grpc.UntypedServiceImplementation {
  let root = ''
  return {
    log: handler(async (request: messages.LogRequest) => {
      diagnostics.report(
        severities[request.getSeverity()] ?? 'error',
        request.getUrn(),
        request.getMessage(),
        request.getEphemeral()
      )
      return new empties.Empty()
    }),
    getRootResource: handler(async () => {
      const response = new messages.GetRootResourceResponse()
      response.setUrn(root)
      return response
    }),
    setRootResource: handler(async (request: messages.SetRootResourceRequest) => {
      root = request.getUrn()
      return new messages.SetRootResourceResponse()
    }),
    // The version range that a program requires is about features of the CLI, and this engine names
    // the features that it has.
    requirePulumiVersion: handler(async () => new messages.RequirePulumiVersionResponse())
  }
}
