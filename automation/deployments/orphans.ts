/** Deployed units that a federation file does not have any more, found and described. */
import { setImmediate } from 'node:timers/promises'
import { type Orphan as ShownOrphan } from '../../contract/federation.ts'
import { type Federation, type Phase } from '../../programs/types.ts'
import { parseStoredFederation } from '../federation/load.ts'
import { declaredUnits, type Deployed, type Orphan, orphanOf, orphansOf } from '../plan/orphans.ts'
import { takenUnits } from '../plan/takeovers.ts'
import { allUnits } from '../plan/units.ts'

/** Orphans in one answer: a page of a list has no more; the list of stacks has them all. */
const mostShown = 1000

/** What is deployed of a federation in a place, beside what its file has. */
export interface Standing {
  readonly deployed: readonly Deployed[]
  readonly orphans: readonly Orphan[]
}

/** Reads of what is deployed of a federation in a place. */
export interface DeployedReads {
  units(): Promise<readonly Deployed[]>
  /** Reads the federation texts of deployments. */
  sources(deployments: readonly string[]): Promise<ReadonlyMap<string, string>>
}

/** Finds the orphans of a federation among what is deployed: all of it, when its file is gone. */
export async function standingOf (
  { federation, gone }: { federation: Federation, gone?: true },
  catalog: readonly Phase[],
  reads: DeployedReads
): Promise<Standing> {
  const deployed = await reads.units()
  // What is to be taken over belongs to units of the file, as the first deployment will have it.
  const taken = gone ? new Set<string>() : takenUnits(federation, catalog)
  const found = orphansOf(deployed, gone ? new Map() : allUnits(federation, catalog)).filter((unit) =>
    !(unit.moves === true && taken.has(unit.id))
  )
  const texts = await reads.sources([...new Set(found.map(({ deployment }) => deployment))])
  const declarations = new Map<string, Parameters<typeof orphanOf>[1]>()
  for (const [deployment, text] of texts) {
    const declaration = declarationOf(text)
    if (declaration) {
      declarations.set(deployment, {
        federation: declaration,
        units: declaredUnits(declaration, catalog)
      })
    }
    // Each text takes as long as a launch's own: others have their turn between two.
    await setImmediate()
  }
  return { deployed, orphans: found.map((unit) => orphanOf(unit, declarations.get(unit.deployment))) }
}

/**
 * The federation of a stored text that declares an orphan; undefined when the text is of a form
 * that is not known any more: the orphan's state is enough to destroy it.
 */
export function declarationOf (text: string): Federation | undefined {
  const result = parseStoredFederation(text, 'the text of an earlier up')
  return 'errors' in result ? undefined : result.federation
}

/** The shown form of orphans: as many as a page has at most. */
export function shownOrphans (orphans: readonly Orphan[]): ShownOrphan[] {
  return orphans.slice(0, mostShown).map(({ id, phase, scope, stack, declaredBy }) => ({
    unit: id,
    phase,
    scope: scope.name,
    clusters: [...scope.clusters],
    ...(scope.cloud && { cloud: scope.cloud }),
    stack,
    deployment: declaredBy
  }))
}
