/** Outputs of a unit's program and of its stack. */
import * as pulumi from '@pulumi/pulumi'
import { type OutputMap } from '@pulumi/pulumi/automation/index.js'
import { type OutputValues } from './types.ts'

/** A program's outputs, each of them one Output. */
export type Flattened = Record<string, pulumi.Output<unknown>>

/**
 * Makes each of a program's outputs one Output, so that a secret anywhere inside makes the whole
 * output secret: the Automation API shows a nested secret in clear and says that it is none.
 */
export function flattened (outputs: Record<string, unknown>): Flattened {
  return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, pulumi.output(value)]))
}

/** A stack's outputs as they are stored. */
export function outputValues (outputs: OutputMap): OutputValues {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { value, secret }]) => [name, { value: value as unknown, secret }])
  )
}
