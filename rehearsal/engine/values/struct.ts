/** Property maps to and from google.protobuf.Struct. */
import structs from 'google-protobuf/google/protobuf/struct_pb.js'
import { type WireObject, type WireValue } from '../../wire.ts'

type Struct = structs.Struct
type JavaScript = Parameters<typeof structs.Struct.fromJavaScript>[0]

export function toStruct (value: WireObject): Struct {
  return structs.Struct.fromJavaScript(value as JavaScript)
}
/** An absent Struct reads as an empty map. */
export function fromStruct (struct: Struct | undefined): WireObject {
  return struct === undefined ? {} : struct.toJavaScript() as WireObject
}
export function fromValue (value: structs.Value): WireValue {
  return value.toJavaScript() as WireValue
}
