/** The engine's server, which programs and attached providers call. */
import grpc from '@grpc/grpc-js'
import engine from '@pulumi/pulumi/proto/engine_grpc_pb.js'
import monitor from '@pulumi/pulumi/proto/resource_grpc_pb.js'
import { grpcOptions } from '../providers/grpc.ts'

export interface EngineServer {
  address: string
  serveMonitor(implementation: grpc.UntypedServiceImplementation): void
  close(): void
}

export async function startEngineServer (
  engineService: grpc.UntypedServiceImplementation
): Promise<EngineServer> {
  const server = new grpc.Server(grpcOptions)
  server.addService(engine.EngineService, engineService)
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync(
      '127.0.0.1:0',
      grpc.ServerCredentials.createInsecure(),
      (error, bound) => error ? reject(error) : resolve(bound)
    )
  )
  return {
    address: `127.0.0.1:${port}`,
    serveMonitor: (implementation) => server.addService(monitor.ResourceMonitorService, implementation),
    close: () => server.forceShutdown()
  }
}
