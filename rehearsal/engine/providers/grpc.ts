/** Calls and settings that every gRPC client and server of the engine shares. */
import grpc from '@grpc/grpc-js'

/**
 * Pulumi's own limit (pulumi `rpcutil.GrpcChannelOptions`): large states and assets travel in
 * single messages.
 */
const maxMessageBytes = 400 * 1024 * 1024
export const grpcOptions = {
  'grpc.max_receive_message_length': maxMessageBytes,
  'grpc.max_send_message_length': maxMessageBytes
}

type Send<Response> = (
  callback: (error: grpc.ServiceError | null, response: Response) => void
) => grpc.ClientUnaryCall

/** Makes one unary call; an aborted signal cancels it. */
export function unary<Response> (send: Send<Response>, signal?: AbortSignal): Promise<Response> {
  return new Promise((resolve, reject) => {
    const cancel = (): void => call.cancel()
    const call = send((error, response) => {
      signal?.removeEventListener('abort', cancel)
      if (error) reject(error)
      else resolve(response)
    })
    if (signal?.aborted) cancel()
    else signal?.addEventListener('abort', cancel, { once: true })
  })
}

export function isServiceError (error: unknown): error is grpc.ServiceError {
  return error instanceof Error && 'code' in error && typeof error.code === 'number'
}

/** Handles one unary call with an async function, whose error becomes the status of the call. */
export function handler<Request, Response> (
  respond: (request: Request, call: grpc.ServerUnaryCall<Request, Response>) => Promise<Response>
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    respond(call.request, call).then(
      (response) => callback(null, response),
      (error: unknown) =>
        callback(
          isServiceError(error)
            ? error
            : { code: grpc.status.UNKNOWN, details: error instanceof Error ? error.message : String(error) }
        )
    )
  }
}
