/** Errors of providers as gRPC carries them. */
import * as grpc from '@grpc/grpc-js'
import proto from '@pulumi/pulumi/proto/provider_pb.js'
import { ProviderError, Status } from '../../provider.ts'
import { structOf } from './struct.ts'

/** The error of a call. An error that is not a provider's own is Internal, with its stack. */
export function failureOf (error: unknown): Partial<grpc.ServiceError> {
  const failure = error instanceof ProviderError
    ? error
    : new ProviderError(error instanceof Error ? error.stack ?? error.message : String(error), {
      code: Status.Internal
    })
  const metadata = initFailedTrailer(failure)
  return { code: failure.code, details: failure.message, ...metadata && { metadata } }
}

/**
 * The trailer of an error whose resource exists already: a google.rpc.Status under
 * `grpc-status-details-bin`.
 */
function initFailedTrailer (error: ProviderError): grpc.Metadata | undefined {
  if (!error.initFailed) return undefined
  const detail = new proto.ErrorResourceInitFailed()
  detail.setId(error.initFailed.id)
  detail.setProperties(structOf(error.initFailed.properties))
  detail.setReasonsList(error.initFailed.reasons)
  detail.setInputs(structOf(error.initFailed.inputs))
  const metadata = new grpc.Metadata()
  metadata.set(
    'grpc-status-details-bin',
    encodeStatus(
      error.code,
      error.message,
      'type.googleapis.com/pulumirpc.ErrorResourceInitFailed',
      detail.serializeBinary()
    )
  )
  return metadata
}

/**
 * Encodes a google.rpc.Status, whose stub is not shipped: `int32 code = 1`, `string message = 2`,
 * `repeated google.protobuf.Any details = 3`.
 */
function encodeStatus (code: number, message: string, typeUrl: string, value: Uint8Array): Buffer {
  const varint = (number: number): number[] =>
    number < 0x80 ? [number] : [(number & 0x7f) | 0x80, ...varint(number >>> 7)]
  const field = (number: number, bytes: Uint8Array): Buffer =>
    Buffer.concat([Buffer.from([(number << 3) | 2, ...varint(bytes.length)]), bytes])
  const any = Buffer.concat([field(1, Buffer.from(typeUrl)), field(2, value)])
  return Buffer.concat([
    Buffer.from([1 << 3, ...varint(code)]),
    field(2, Buffer.from(message)),
    field(3, any)
  ])
}
