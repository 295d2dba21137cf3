import { createHmac } from 'node:crypto'
import { type Mode } from '../../contract/words.ts'
import { type Federation } from '../../programs/types.ts'
import { AutomationError } from '../errors.ts'
import { secretValue, secretVariable } from '../federation/secret-variable.ts'

/** Where the values of secrets come from. */
export interface SecretValues {
  mode: Mode
  world: string | null
  root: Buffer
  values: Readonly<Record<string, string | undefined>>
}

/**
 * The values of the secrets of earlier federation texts, as far as they are still given: no program
 * reads them, and they are only to be taken out of what is told.
 */
export function knownSecretsOf (
  federations: readonly Federation[],
  options: SecretValues
): Record<string, string> {
  const { mode, values } = options
  return Object.assign(
    {},
    ...federations.map((federation) => {
      const secrets = federation.secrets.filter((name) =>
        mode === 'rehearsal' ||
        secretValue(values, { federation: federation.name }, name) !== undefined
      )
      return secretsOf({ ...federation, secrets }, options)
    })
  ) as Record<string, string>
}

/**
 * The values of a federation's secrets. Rehearsed ones are made from the service's root, the world
 * and the name: stable, so that a second `up` changes nothing, and not to be guessed. Live ones are
 * given (`values`, by variable); throws `request-invalid` naming those that are not.
 */
export function secretsOf (
  federation: Federation,
  options: SecretValues
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
  const owner = { federation: federation.name }
  const missing = federation.secrets.filter((name) => secretValue(values, owner, name) === undefined)
    .map((name) => secretVariable(owner, name))
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
  return Object.fromEntries(federation.secrets.map((name) => [name, secretValue(values, owner, name) ?? '']))
}
