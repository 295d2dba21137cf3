/** Readers of a federation's file and of everything that a rehearsal of it registered. */
import assert from 'node:assert/strict'
import { type ClusterRole as Role } from '../../../contract/words.ts'
import { type Cluster } from '../../../programs/types/cluster.ts'
import { type Federation } from '../../../programs/types.ts'
import { type Registered } from '../../validity/registered.ts'

/** `outputs`: of each unit, by its id and the output's name. */
export interface Deployed {
  readonly federation: Federation
  readonly resources: readonly Registered[]
  readonly outputs: Readonly<Record<string, Readonly<Record<string, { readonly value: unknown }>>>>
}
/** Throws when the statement does not hold. */
export type Statement = (deployed: Deployed) => void
/** Checks by the id of the statement. */
export type Statements = Readonly<Record<string, Statement>>

/**
 * Registered resources of a type, in units whose id begins with `unit`. Fails when there are none:
 * nothing could be said of them.
 */
export function ofType ({ resources }: Deployed, type: string, unit = ''): Registered[] {
  const found = resources.filter((resource) => resource.type === type && resource.unit.startsWith(unit))
  assert.ok(found.length > 0, `no ${type} in ${unit || 'any unit'}`)
  return found
}

/** The one resource of a type with this name in a unit. */
export function named (deployed: Deployed, type: string, unit: string, name: string): Registered {
  const found = ofType(deployed, type, unit).find((resource) => resource.name === name)
  assert.ok(found, `no ${type} ${name} in ${unit}`)
  return found
}

/** The value at a dotted path of plain inputs; numbers are indexes. */
export function at (value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined,
    value
  )
}

/** All text of a value, to look for a word in it. */
export function text (value: unknown): string {
  return JSON.stringify(value)
}

export function clusterOf ({ federation }: Deployed, name: string): Cluster {
  const found = federation.clusters.find((cluster) => cluster.name === name)
  assert.ok(found, name)
  return found
}

export function ofRole ({ federation }: Deployed, role: Role): Cluster[] {
  return federation.clusters.filter((cluster) => cluster.role === role)
}

/** Names of the clusters. */
export function names ({ federation }: Deployed): string[] {
  return federation.clusters.map(({ name }) => name)
}

/** An output of a unit. */
export function output<T> ({ outputs }: Deployed, unit: string, name: string): T {
  const found = outputs[unit]?.[name]
  assert.ok(found, `${unit} has no output ${name}`)
  return found.value as T
}

/** The values of a Helm release. */
export function values (deployed: Deployed, unit: string, release: string): Record<string, unknown> {
  return named(deployed, 'kubernetes:helm.sh/v3:Release', unit, release).inputs['values'] as Record<
    string,
    unknown
  >
}

/** Each disaster recovery pair with its unit. */
export function pairs (
  { federation }: Deployed
): { unit: string, sides: string, primary: string, standby: string }[] {
  return federation.disasterRecovery.pairs.map(({ primary, standby }) => ({
    unit: `disaster-recovery.${primary}.${standby}-standby`,
    sides: `disaster-recovery.${primary}.${standby}-`,
    primary,
    standby
  }))
}
