/**
 * Property values in the form in which they travel in Pulumi's protobuf Structs, as plain
 * JavaScript: JSON, in which a marked object stands for every other kind of value.
 *
 * A secret is `{ [SIGNATURE]: SECRET, value }`. Assets, archives, output values and resource
 * references are objects whose `[SIGNATURE]` names their kind. An unknown is the string `UNKNOWN`.
 * The constants are those of pulumi `sdk/nodejs/runtime/rpc.ts`.
 */
export type WireValue = null | boolean | number | string | WireValue[] | { [key: string]: WireValue }

/** A map of property values: the inputs or the outputs of a resource. */
export interface WireObject {
  [key: string]: WireValue
}

/** Stands for a value that is not known yet (previews). */
export const unknownValue = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'
/** Key of the mark of an object that is one of the kinds below. */
export const signatureKey = '4dabf18193072939515e22adb298388d'
export const secretSignature = '1b47061264138c4ac30d75fd1eb44270'
export const assetSignature = 'c44067f5952c0a294b673a41bacd8c17'
export const archiveSignature = '0def7320c3a5731c473e5ecbe6d01bc7'
/** Mark of a reference to a resource. */
export const resourceReferenceSignature = '5cf8f73096256a8f31e491e813e4eb8e'
export const outputValueSignature = 'd0e6a833031e9bbcd3f4e8bde6ca49a4'
