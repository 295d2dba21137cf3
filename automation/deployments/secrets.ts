import { createHmac } from 'node:crypto'
import { type Mode } from '../../contract/words.ts'
import { type Federation } from '../../programs/types.ts'
import { AutomationError } from '../errors.ts'
import { secretVariable } from '../federation/secret-variable.ts'

/**
 * The values of a federation's secrets. Rehearsed ones are made from the service's root, the world
 * and the name: stable, so that a second `up` changes nothing, and not to be guessed. Live ones are
 * given (`values`, by variable); throws `request-invalid` naming those that are not.
 */
export function secretsOf (
  federation: Federation,
  options: {
    mode: Mode
    world: string | null
    root: Buffer
    values: Readonly<Record<string, string | undefined>>
  }
): Record<string, string> {
  const { mode, world, root, values } = options
  if (mode === 'rehearsal') {
    return Object.fromEntries(
      federation.secrets.map((
        name
      ) => [
        name,
        createHmac('sha256', root).update(`rehearsed secret\n${world ?? ''}\n${name}`).digest('base64url')
      ])
    )
  }
  const missing = federation.secrets.map(secretVariable).filter((variable) => !values[variable])
  if (missing.length > 0) {
    throw new AutomationError(
      'request-invalid',
      {
        field: 'federation',
        missing,
        wrong: `the federation's secrets need values: set ${missing.join(', ')} for the service`
      }
    )
  }
  return Object.fromEntries(federation.secrets.map((name) => [name, values[secretVariable(name)] ?? '']))
}
