/**
 * Outputs that a unit would hand on, found out from its program's own outputs once a preview has
 * resolved them: either engine's preview resolves them the same way.
 */
import type * as pulumi from '@pulumi/pulumi'
import { containsUnknowns, isUnknown, unknown } from '@pulumi/pulumi/output.js'
import { type OutputValues, unknownValue } from './types.ts'

/** The Output's parts that the SDK has and its typings hide. */
interface Resolving {
  promise(withUnknowns: true): Promise<unknown>
  isKnown: Promise<boolean>
  isSecret: Promise<boolean>
}

/**
 * A program's outputs as its preview left them, with `UNKNOWN` wherever a value is not known. Call
 * it once the preview has succeeded: an output of a program that was cut off may never resolve.
 */
export async function previewedOutputs (
  outputs: Readonly<Record<string, pulumi.Output<unknown>>>
): Promise<OutputValues> {
  const entries = await Promise.all(
    Object.entries(outputs).map(async ([name, output]) => {
      const { promise, isKnown, isSecret } = output as unknown as Resolving
      const [value, known, secret] = await Promise.all([promise(true), isKnown, isSecret])
      // An output may be unknown though its value says nothing of it.
      return [name, {
        value: known || containsUnknowns(value) ? marked(value) : unknownValue,
        secret
      }] as const
    })
  )
  // An output without a value is none: an up leaves it out too.
  return Object.fromEntries(
    entries.filter(([, { value }]) => value !== undefined).sort(([a], [b]) => a < b ? -1 : 1)
  )
}

/** A stored value as the SDK has it: what is `UNKNOWN` inside is one of its unknowns. */
export function withUnknowns (value: unknown): unknown {
  if (value === unknownValue) return unknown
  return mapped(value, withUnknowns)
}

const marked = (value: unknown): unknown => isUnknown(value) ? unknownValue : mapped(value, marked)

/**
 * Keys come sorted and without undefined values, as an engine gives outputs back: a program that
 * writes one down as text gets the same text in a preview and in an up.
 */
function mapped (value: unknown, each: (item: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => each(item))
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  return Object.fromEntries(
    entries.sort(([a], [b]) => a < b ? -1 : 1).map(([key, item]) => [key, each(item)])
  )
}
