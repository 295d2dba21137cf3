/** Calls of functions of the program (transforms, hooks), by the servers that hold them. */
import grpc from '@grpc/grpc-js'
import services from '@pulumi/pulumi/proto/callback_grpc_pb.js'
import callbacks from '@pulumi/pulumi/proto/callback_pb.js'
import { grpcOptions, isServiceError, unary } from '../providers/grpc.ts'

/** Go's names of status codes, with which its errors begin. */
const codeNames: Record<number, string> = {
  [grpc.status.CANCELLED]: 'Canceled',
  [grpc.status.UNKNOWN]: 'Unknown',
  [grpc.status.INVALID_ARGUMENT]: 'InvalidArgument',
  [grpc.status.NOT_FOUND]: 'NotFound',
  [grpc.status.UNIMPLEMENTED]: 'Unimplemented',
  [grpc.status.INTERNAL]: 'Internal',
  [grpc.status.UNAVAILABLE]: 'Unavailable'
}

/** The error of a failed call, in Go's words. */
export function callError (error: unknown): Error {
  if (!isServiceError(error)) return error instanceof Error ? error : new Error(String(error))
  return new Error(
    `rpc error: code = ${codeNames[error.code] ?? `Code(${error.code})`} desc = ${error.details}`
  )
}

/** The callback servers of a program. */
export class Callbacks {
  readonly #clients = new Map<string, services.CallbacksClient>()

  /** Calls a function with a message, and resolves with the message that it answers. */
  async invoke (callback: callbacks.Callback, request: Uint8Array): Promise<Uint8Array> {
    const invoke = new callbacks.CallbackInvokeRequest()
    invoke.setToken(callback.getToken())
    invoke.setRequest(request)
    const client = this.#client(callback.getTarget())
    try {
      return (await unary<callbacks.CallbackInvokeResponse>((done) => client.invoke(invoke, done)))
        .getResponse_asU8()
    } catch (error) {
      throw callError(error)
    }
  }

  close (): void {
    for (const client of this.#clients.values()) client.close()
    this.#clients.clear()
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
