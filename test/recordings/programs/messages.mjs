// Values in the messages of the provider protocol.
import { createRequire } from 'node:module'
import { sorted, unsecret, withoutUndefined } from '../lib/wire.mjs'
const require = createRequire(import.meta.url)
const messages = require('@pulumi/pulumi/proto/provider_pb.js')
const { Struct } = require('google-protobuf/google/protobuf/struct_pb.js')

export const nameOf = (urn) => urn.split('::').slice(3).join('::')

/** Tells if two values are equal, whether they are secret or not. */
export const same = (a, b) => JSON.stringify(sorted(unsecret(a))) === JSON.stringify(sorted(unsecret(b)))

export const struct = (value) =>
  value === undefined || value === null ? undefined : Struct.fromJavaScript(withoutUndefined(value))
export const values = (message) => message?.toJavaScript() ?? {}

export function checkFailures (failures = []) {
  return failures.map(({ property, reason }) => {
    const failure = new messages.CheckFailure()
    failure.setProperty(property)
    failure.setReason(reason)
    return failure
  })
}
