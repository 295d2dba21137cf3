import * as pulumi from '@pulumi/pulumi'
import { unknown } from '@pulumi/pulumi/output.js'
import { type PhaseProgram, type UnitContext, type UnitRef } from '../../programs/types.ts'
import { type GrantWaits } from './grant-waits.ts'
import { withUnknowns } from './preview-outputs.ts'
import { type UnitRun } from './types.ts'
import { unitKindOf } from './unit-kind.ts'

/**
 * The program of the unit's phase and scope kind, loaded on first use. Rejects when the catalogue
 * has none: a plan never names such a unit.
 */
export async function programOf (unit: UnitRun): Promise<PhaseProgram> {
  return (await unitKindOf(unit).load()).program
}

/**
 * The context of one run of the unit's program: call it inside the program, since outputs belong to
 * the running operation. `granted` waits for grants; nobody has to wait without it.
 */
export function contextOf (unit: UnitRun, granted?: GrantWaits): UnitContext {
  return {
    ...(granted && { granted }),
    federation: unit.federation,
    scope: unit.scope,
    unit: unit.unit,
    attempt: `${unit.deployment}/${unit.attempt}`,
    output<T> (ref: UnitRef, name: string): pulumi.Output<T> {
      const id = `${ref.phase}.${ref.scope}`
      const outputs = unit.upstream[id]
      if (outputs === undefined) {
        throw new RangeError(
          `unit ${unit.unit} reads ${id}.${name} but does not list ${id} among its dependencies`
        )
      }
      if (outputs === null) return pulumi.output(unknown) as unknown as pulumi.Output<T>
      const output = outputs[name]
      if (!output) {
        throw new RangeError(
          `unit ${id} has no output ${name} (it has ${Object.keys(outputs).join(', ') || 'none'}), which ` +
            `${unit.unit} reads`
        )
      }
      const value = unit.operation === 'preview' ? withUnknowns(output.value) : output.value
      return (output.secret ? pulumi.secret(value) : pulumi.output(value)) as pulumi.Output<T>
    },
    secret (name: string): pulumi.Output<string> {
      const value = unit.secrets[name]
      if (value === undefined) throw new RangeError(`the federation names no secret ${name}`)
      return pulumi.secret(value)
    }
  }
}
