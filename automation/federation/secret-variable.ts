/**
 * The environment variables that hold secrets. A federation's secret is in
 * `WINDLASS_SECRET_<FEDERATION>__<NAME>`, one of the service in `WINDLASS_SERVICE_SECRET_<NAME>`,
 * so that no federation file can name a secret of the service or of another federation.
 */

/** The owner of a secret. */
export type SecretOwner = 'service' | { readonly federation: string }
/** Values of secrets, by variable. */
export type SecretValues = Readonly<Record<string, string | undefined>>

/** Beginning of the variables of federations. */
export const federationPrefix = 'WINDLASS_SECRET_'
/** Beginning of the service's own. */
export const servicePrefix = 'WINDLASS_SERVICE_SECRET_'
/** The version from which on `WINDLASS_SECRET_<NAME>` is nobody's. */
export const olderFormEnds = '0.2.0'
/** Between the name of a federation and that of its secret. */
const between = '__'

/** Names that the service's own files use, for each set of values: they are no federation's. */
const reserved = new WeakMap<SecretValues, Set<string>>()

/** A name as part of a variable. Names are of lower case letters, digits and dashes. */
function upper (name: string): string {
  return name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')
}

/** The variable that holds a secret in live mode. */
export function secretVariable (owner: SecretOwner, name: string): string {
  return owner === 'service'
    ? servicePrefix + upper(name)
    : federationPrefix + upper(owner.federation) + between + upper(name)
}

/**
 * Says whether a federation's name would end too early in the name of a variable: `a--b` with the
 * secret `c` would be `a` with the secret `b--c`.
 */
export function isAmbiguous (federation: string): boolean {
  return upper(federation).includes(between)
}

/** Says whether the form without an owner is read for this secret. */
function mayBeOlder (values: SecretValues, owner: SecretOwner, plain: string): boolean {
  return !plain.includes(between) && (owner === 'service' || !reserved.get(values)?.has(plain))
}

/**
 * The variable that holds the value of a secret, or has to when there is none. Until version 0.2.0
 * the form without an owner is read too, unless it would be another's: one of a federation (it
 * holds `__`), or, for a federation, one of the service.
 */
export function secretPlace (values: SecretValues, owner: SecretOwner, name: string): string {
  const own = secretVariable(owner, name)
  const older = federationPrefix + upper(name)
  return !values[own] && values[older] && mayBeOlder(values, owner, upper(name)) ? older : own
}

/** The value of a secret; undefined when it has none. */
export function secretValue (values: SecretValues, owner: SecretOwner, name: string): string | undefined {
  if (owner !== 'service' && isAmbiguous(owner.federation)) return undefined
  return values[secretPlace(values, owner, name)] || undefined
}

/**
 * Keeps names for the service: those that its access and hooks files use, until the process ends.
 */
export function reserveForService (values: SecretValues, names: readonly string[]): void {
  const kept = reserved.get(values) ?? new Set()
  for (const name of names) kept.add(upper(name))
  reserved.set(values, kept)
}

/** The variables of the form without an owner, and what to call them. */
export function olderVariables (values: SecretValues): { variable: string, names: string[] }[] {
  return Object.keys(values)
    .filter((variable) =>
      variable.startsWith(federationPrefix) && !variable.slice(federationPrefix.length).includes(between)
    )
    .map((variable) => {
      const name = variable.slice(federationPrefix.length)
      return { variable, names: [`${federationPrefix}<FEDERATION>${between}${name}`, servicePrefix + name] }
    })
}
