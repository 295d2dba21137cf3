/** Property maps as the protocol carries them. */
import structProto from 'google-protobuf/google/protobuf/struct_pb.js'
import { type WireObject } from '../../wire.ts'
import { isObject } from '../wire-values.ts'

type StructMessage = InstanceType<typeof structProto.Struct>

export function plainOf (struct: StructMessage | undefined): WireObject {
  const value: unknown = struct?.toJavaScript()
  return isObject(value) ? value : {}
}

export const structOf = (object: WireObject): StructMessage => structProto.Struct.fromJavaScript(object)
