import { type FederationSummary, type Plan as ShownPlan } from '../../contract/federation.ts'
import { type Launch } from '../../contract/launch.ts'
import { type Page } from '../../contract/schema.ts'
import { orphanOperations, type Operation } from '../../contract/words.ts'
import { type PriceTable } from '../../pricing/model.ts'
import { type CostSummary } from '../../pricing/summary.ts'
import { catalog as allPhases } from '../../programs/catalog.ts'
import { type Federation, type Phase } from '../../programs/types.ts'
import { planCost } from '../cost/plan-cost.ts'
import { AutomationError } from '../errors.ts'
import { federationFolder, type LoadedFederation } from '../federation/federations.ts'
import { parseStoredFederation } from '../federation/load.ts'
import { type PageRequest, type Visible } from '../page.ts'
import { type Place } from '../place.ts'
import { type DurationTable } from '../plan/durations.ts'
import { buildPlan, type Plan } from '../plan/plan.ts'
import { type Move, movesOf, takenUnits } from '../plan/takeovers.ts'
import { allUnits } from '../plan/units.ts'
import { type PlanRequest } from '../ports.ts'
import { declaredByFiles } from './declared-units.ts'
import { type DeployedPlacesOf, listFederations } from './federation-list.ts'
import { type LaunchPlan, launchPlanOf } from './launch/launch-plan.ts'
import { orphanWarnings } from './orphan-warnings.ts'
import { declarationOf, type DeployedReads, shownOrphans, type Standing, standingOf } from './orphans.ts'
import { federationError, planError } from './topology-errors.ts'
import { checkVersionSteps } from './version-steps.ts'

/** Federations and their plans, with the rooms' own errors turned into the door's. */
export interface Topology {
  list(page: PageRequest & Visible): Promise<Page<FederationSummary>>
  get(name: string): Promise<Federation>
  /** Lists all that can be deployed. */
  all(): Promise<Federation[]>
  plan(name: string, request: PlanRequest): Promise<ShownPlan>
  /**
   * Reads a federation as its file is now, to launch an operation. When the file is gone and the
   * operation needs none, the text of the last up in the place stands for it.
   */
  load(name: string, launch: { operation: Operation, place: Place }): Promise<LaunchableFederation>
  /** Plans a launch. `deployed` reads in the transaction that stores it. */
  launch(loaded: LaunchableFederation, request: Launch, deployed: DeployedReads): Promise<LaunchPlan>
  /**
   * Ids of the units that a federation's file has now: none when there is no file; undefined when
   * nobody can say, since it is invalid.
   */
  units(name: string): Promise<ReadonlySet<string> | undefined>
  /**
   * Ids of the units of all federations that have a file, as `units` gives them; undefined when
   * the folder cannot be read.
   */
  declared(): Promise<ReadonlyMap<string, ReadonlySet<string> | undefined> | undefined>
  /** Resources that a federation's units take over from stacks of earlier versions. */
  moves(federation: Federation): { readonly moves: readonly Move[], readonly units: ReadonlySet<string> }
  /** Parses a stored text, which was good when it was stored. */
  parse(source: string, name: string): Federation
}

/** A federation that can be launched. */
export interface LaunchableFederation extends LoadedFederation {
  /** Its file is gone: all of its units are orphans. */
  readonly gone?: true
}

/** Reads the known costs of a federation's units. */
export type KnownCosts = (federation: string, source: string) => Promise<ReadonlyMap<string, CostSummary>>

/** Parts that plans are made with. */
export interface TopologyOptions {
  prices: PriceTable
  knownCosts: KnownCosts
  /** Reads what is deployed of a federation in a place. */
  deployed(name: string, place: Place): DeployedReads
  /** Reads the text of the last up that deployed anything that is left in a place. */
  lastSource(name: string, place: Place): Promise<string | undefined>
  /** Counts what is deployed, by federation and place. */
  deployedPlaces: DeployedPlacesOf
  /** The folder of federation files. */
  folder: string
  durations: DurationTable
  /** Units of one cloud at once. */
  perCloud: number
  /** Units at once, unless a request asks for fewer. */
  workers: number
  /** The reason for that number. */
  because: string
  /** The phases; the real ones unless given. */
  catalog?: readonly Phase[]
}

/** A folder of federations with what their plans are made of. */
export function createTopology (options: TopologyOptions): Topology {
  const { catalog = allPhases, workers, because, perCloud, prices, knownCosts, deployed } = options
  const folder = federationFolder(options.folder)
  const load = async (name: string) =>
    await folder.get(name).catch((error: unknown) => {
      throw federationError(error, name)
    })
  const launchable = launchableFrom(load, options.lastSource)
  const standingIn = async (loaded: LaunchableFederation, reads: DeployedReads) =>
    await standingOf(loaded, catalog, reads).catch((error: unknown) => {
      throw planError(error)
    })
  const build = ({ federation, gone }: LaunchableFederation, request: Planned, standing: Standing): Plan =>
    builtPlan(federation, gone ? { ...request, orphaned: true } : request, standing, { ...options, catalog })
  return {
    list: (page) => listFederations(folder, options.deployedPlaces, page),
    declared: () => declaredByFiles(folder, catalog),
    get: async (name) => (await load(name)).federation,
    all: async () =>
      (await folder.list()).flatMap((entry) => 'federation' in entry ? [entry.federation] : []),
    load: launchable,
    units: (name) => unitsOf(name, load, catalog),
    async plan (name, request) {
      const loaded = await launchable(name, request)
      const { federation, source, warnings, gone } = loaded
      const reads = deployed(name, request.place)
      const standing = await standingIn(loaded, reads)
      const built = build(loaded, request, standing)
      await checkVersionSteps(loaded, request.operation, idsOf(built), standing.deployed, reads)
      const { operation, place } = request
      const launchWarnings = orphanWarnings(
        { federation, operation, ...place, units: built.units, ...(gone && { gone }) },
        standing
      )
      return {
        federation: name,
        operation: request.operation,
        ...shownPlan(built),
        ...decided(request.parallelism, { workers, because }),
        perCloud,
        warnings: warnings.map((warning) => ({ ...warning })),
        ...(standing.orphans.length > 0 && { orphans: shownOrphans(standing.orphans), launchWarnings }),
        cost: planCost({
          federation,
          units: built.units,
          orphans: standing.orphans,
          known: await knownCosts(name, source),
          table: prices,
          catalog
        })
      }
    },
    async launch (loaded, request, reads) {
      const standing = await standingIn(loaded, reads)
      const built = build(loaded, plannedFor(request), standing)
      await checkVersionSteps(loaded, request.operation, idsOf(built), standing.deployed, reads)
      const { parallelism } = decided(request.parallelism, { workers, because })
      return launchPlanOf({ ...loaded, parallelism }, built, standing, catalog)
    },
    moves: (federation) => takenOver(federation, catalog),
    parse: parseStored
  }
}

const idsOf = ({ units }: Plan): ReadonlySet<string> => new Set(units.map(({ id }) => id))

function takenOver (federation: Federation, catalog: readonly Phase[]): ReturnType<Topology['moves']> {
  return {
    moves: movesOf(federation, catalog),
    units: new Set(allUnits(federation, catalog).keys())
  }
}

/** Plan of a launch. */
function plannedFor (
  { phases, operation, clusters, ordering, approvals, parallelism, orphaned }: Launch
): Planned {
  return {
    operation,
    ...phases,
    // Where phases wait for approvals they go one by one, whatever the ordering.
    ordering: approvals === 'each-phase' ? 'phased' : ordering,
    ...(clusters && { clusters }),
    ...(parallelism && { parallelism }),
    ...(orphaned && { orphaned })
  }
}

/** Decides how many units run at once: as many as the service takes, or fewer if asked to. */
function decided (
  asked: number | undefined,
  { workers, because }: Pick<TopologyOptions, 'workers' | 'because'>
): Pick<ShownPlan, 'parallelism' | 'parallelismBecause'> {
  return asked !== undefined && asked < workers
    ? { parallelism: asked, parallelismBecause: 'the request' }
    : { parallelism: workers, parallelismBecause: because }
}

/** Reads files as launches do: the text of the last up stands for one that is gone. */
function launchableFrom (
  load: (name: string) => Promise<LoadedFederation>,
  lastSource: TopologyOptions['lastSource']
): Topology['load'] {
  return async (name, { operation, place }) =>
    await load(name).catch(async (error: unknown) => {
      const missing = error instanceof AutomationError && error.code === 'federation-not-found'
      const source = missing && orphanOperations.includes(operation)
        ? await lastSource(name, place)
        : undefined
      const federation = source === undefined ? undefined : declarationOf(source)
      if (source === undefined || !federation) throw error
      return { name, file: name, federation, source, warnings: [], gone: true }
    })
}

async function unitsOf (
  name: string,
  load: (name: string) => Promise<LoadedFederation>,
  catalog: readonly Phase[]
): Promise<ReadonlySet<string> | undefined> {
  try {
    const { federation } = await load(name)
    return new Set([...allUnits(federation, catalog).keys(), ...takenUnits(federation, catalog)])
  } catch (error) {
    if (error instanceof AutomationError && error.code === 'federation-not-found') return new Set()
    if (error instanceof AutomationError && error.code === 'federation-invalid') return undefined
    throw error
  }
}

/** The part of a federation that is planned, wherever it is. */
type Planned = Omit<PlanRequest, 'place'>

function builtPlan (
  federation: Federation,
  { operation, from, to, clusters, ordering, parallelism, orphaned }: Planned,
  { deployed, orphans }: Standing,
  { workers, because, perCloud, catalog, durations }: TopologyOptions & { catalog: readonly Phase[] }
): Plan {
  try {
    return buildPlan({
      federation,
      operation,
      phases: { from, to },
      clusters,
      orphans,
      orphaned,
      deployedReads: new Map(deployed.map(({ id, reads }) => [id, reads])),
      ordering,
      parallelism: decided(parallelism, { workers, because }).parallelism,
      perCloud,
      catalog,
      durations
    })
  } catch (error) {
    throw planError(error)
  }
}

function shownPlan (
  { units, makespanSeconds, targetSeconds, meetsTarget, criticalPath }: Plan
): Pick<ShownPlan, 'units' | 'makespanSeconds' | 'targetSeconds' | 'meetsTarget' | 'criticalPath'> {
  return {
    units: units.map((unit) => ({
      id: unit.id,
      phase: unit.phase,
      scope: unit.scope,
      clusters: [...unit.clusters],
      ...(unit.cloud && { cloud: unit.cloud }),
      stack: unit.stack,
      ...(unit.declaredBy !== undefined && { orphaned: true as const }),
      dependsOn: [...unit.dependsOn],
      predicted: { ...unit.predicted }
    })),
    makespanSeconds,
    ...(targetSeconds !== undefined && { targetSeconds }),
    ...(meetsTarget !== undefined && { meetsTarget }),
    criticalPath: [...criticalPath]
  }
}

function parseStored (source: string, name: string): Federation {
  const result = parseStoredFederation(source, `${name} as launched`)
  if ('errors' in result) {
    throw new AutomationError(
      'federation-invalid',
      { federation: name, errors: result.errors, stored: true }
    )
  }
  return result.federation
}
