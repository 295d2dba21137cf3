/**
 * Property values in the form in which they travel in Pulumi's protobuf Structs, as plain
 * JavaScript.
 *
 * An unknown is the string `UNKNOWN`; a secret is `{ [SIGNATURE]: SECRET, value }`; an asset,
 * archive, output value or resource reference is an object whose `[SIGNATURE]` names its kind.
 * Everything else is plain JSON. Source of the constants: pulumi `sdk/nodejs/runtime/rpc.ts`.
 */
export type WireValue = null | boolean | number | string | WireValue[] | { [key: string]: WireValue }

/** A map of property values, as a resource's inputs and outputs are. */
export interface WireObject {
  [key: string]: WireValue
}

/** Stands for a value that is not known yet (previews). */
export const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'
/** The key that marks an object as one of the special kinds below. */
export const SIGNATURE = '4dabf18193072939515e22adb298388d'
export const SECRET = '1b47061264138c4ac30d75fd1eb44270'
export const ASSET = 'c44067f5952c0a294b673a41bacd8c17'
export const ARCHIVE = '0def7320c3a5731c473e5ecbe6d01bc7'
export const OUTPUT_VALUE = 'd0e6a833031e9bbcd3f4e8bde6ca49a4'
