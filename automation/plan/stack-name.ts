/** Names of Pulumi stacks: `{federation}.{phase name}.{scope}`. Pure. */
import { createHash } from 'node:crypto'
import { type PhaseName } from '../../contract/words.ts'

/** The file backend of the Pulumi CLI refuses longer names. */
export const maxStackName = 100
/**
 * Hexadecimal digits at the end of a cut name: 48 bits, so that a federation's few hundred stacks
 * do not meet.
 */
const hashLength = 12

/** The name before it is cut. */
export function rawStackName (federation: string, phase: PhaseName, scope: string): string {
  return `${federation}.${phase}.${scope}`
}

/**
 * The stack of a unit. Longer names are cut and end in a dash and a hash of the whole; characters
 * that stacks cannot have (all but letters, digits, dots, dashes, underscores) become dashes, and
 * then the name ends in the hash too, so that two names never become one.
 */
export function stackName (federation: string, phase: PhaseName, scope: string): string {
  const raw = rawStackName(federation, phase, scope)
  const legal = raw.replaceAll(/[^A-Za-z0-9._-]/g, '-')
  if (legal === raw && raw.length <= maxStackName) return raw
  const hash = createHash('sha256').update(raw).digest('hex').slice(0, hashLength)
  return `${legal.slice(0, maxStackName - hashLength - 1)}-${hash}`
}
