/** A scenario fitted to a federation: picks become clusters, and texts their names. Pure. */
import { type Fault } from '../../contract/launch.ts'
import { type Expectation, type Pick, type ScenarioFile } from '../../contract/scenario.ts'
import { type Cluster } from '../../programs/types/cluster.ts'
import { type Federation } from '../../programs/types.ts'

/** A scenario as it is stored with a deployment. */
export interface FittedScenario {
  readonly name: string
  readonly title: string
  readonly faults: readonly Fault[]
  /** Days by which the world grows older once the deployment has succeeded; none when absent. */
  readonly age?: number
  readonly expect: Expectation
}

/** Reasons why a federation cannot have a scenario. */
export interface Unfit {
  readonly unfit: string
}

/** The words for a cluster that a pick means. */
export function spoken ({ role, cloud, standbyOf }: Pick): string {
  const where = cloud === undefined ? '' : ` on ${cloud}`
  return standbyOf === undefined
    ? `${role ?? ''} cluster${where}`.trim()
    : `standby of {${standbyOf}}${where}`
}

function picked (
  pick: Pick,
  { clusters, disasterRecovery: { pairs } }: Federation,
  before: ReadonlyMap<string, Cluster>
): Cluster | undefined {
  const primary = pick.standbyOf === undefined ? undefined : before.get(pick.standbyOf)
  return clusters.find((cluster) =>
    (pick.role === undefined || pick.role === cluster.role) &&
    (pick.cloud === undefined || pick.cloud === cluster.cloud) &&
    (pick.standbyOf === undefined ||
      pairs.some((pair) => pair.primary === primary?.name && pair.standby === cluster.name))
  )
}

/** Text with the names of picks filled in; throws nothing: what names no pick stays as it is. */
function filled (text: string, picks: ReadonlyMap<string, Cluster>): string {
  return text.replaceAll(/\{([a-zA-Z]+)(?:\.(region|cloud))?\}/g, (whole, name: string, part?: string) => {
    const cluster = picks.get(name)
    if (!cluster) return whole
    return part === 'region' ? cluster.region : part === 'cloud' ? cluster.cloud : cluster.name
  })
}

/** The same value with the names of picks filled in, in every text of it. */
function filledIn<T> (value: T, picks: ReadonlyMap<string, Cluster>): T {
  const fill = (inner: unknown): unknown =>
    typeof inner === 'string'
      ? filled(inner, picks)
      : Array.isArray(inner)
      ? inner.map(fill)
      : typeof inner === 'object' && inner !== null
      ? Object.fromEntries(Object.entries(inner).map(([key, one]) => [key, fill(one)]))
      : inner
  // The shape is the same: only texts differ.
  return fill(value) as T
}

/** Fits a scenario to a federation, or says what the federation lacks. */
export function fitScenario (
  name: string,
  { title, picks = {}, faults, age, expect }: ScenarioFile,
  federation: Federation
): FittedScenario | Unfit {
  const found = new Map<string, Cluster>()
  for (const [key, pick] of Object.entries(picks)) {
    const cluster = picked(pick, federation, found)
    if (!cluster) return { unfit: `${federation.name} has no ${filled(spoken(pick), found)}` }
    found.set(key, cluster)
  }
  return {
    name,
    title,
    faults: filledIn(faults, found),
    ...(age !== undefined && { age }),
    expect: filledIn(expect, found)
  }
}
