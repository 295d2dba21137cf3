/** Units that the files of federations declare now. */
import { setImmediate } from 'node:timers/promises'
import { type Federation, type Phase } from '../../programs/types.ts'
import { FederationError } from '../federation/errors.ts'
import { type FederationEntry, type FederationFolder } from '../federation/federations.ts'
import { PlanError } from '../plan/errors.ts'
import { takenUnits } from '../plan/takeovers.ts'
import { allUnits } from '../plan/units.ts'

/** Ids by the federation that they are of, which is the same object as long as its file is. */
const known = new WeakMap<Federation, ReadonlySet<string>>()

/** The ids of a federation's units; undefined when its phases cannot be planned. */
function idsOf (federation: Federation, catalog: readonly Phase[]): ReadonlySet<string> | undefined {
  try {
    const ids = known.get(federation) ??
      new Set([...allUnits(federation, catalog).keys(), ...takenUnits(federation, catalog)])
    known.set(federation, ids)
    return ids
  } catch (error) {
    if (error instanceof PlanError) return undefined
    throw error
  }
}

/**
 * Reads the ids of the units of each federation that has a file: undefined when nobody can say,
 * since it is invalid. Undefined for all when the folder cannot be read.
 */
export async function declaredByFiles (
  folder: FederationFolder,
  catalog: readonly Phase[]
): Promise<ReadonlyMap<string, ReadonlySet<string> | undefined> | undefined> {
  let entries: readonly FederationEntry[]
  try {
    entries = await folder.list()
  } catch (error) {
    if (error instanceof FederationError) return undefined
    throw error
  }
  const declared = new Map<string, ReadonlySet<string> | undefined>()
  for (const entry of entries) {
    declared.set(
      entry.name,
      'federation' in entry ? idsOf(entry.federation, catalog) : declared.get(entry.name)
    )
    // The first time, the units of a file take some milliseconds: others have their turn then.
    await setImmediate()
  }
  return declared
}
