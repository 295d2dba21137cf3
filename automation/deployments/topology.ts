import { type FederationSummary, type Plan } from '../../contract/federation.ts'
import { type Launch } from '../../contract/launch.ts'
import { type Page } from '../../contract/schema.ts'
import { type PriceTable } from '../../pricing/model.ts'
import { type CostSummary } from '../../pricing/summary.ts'
import { catalog as allPhases } from '../../programs/catalog.ts'
import { type Federation, type Phase } from '../../programs/types.ts'
import { matchesName } from '../access/names.ts'
import { planCost } from '../cost/plan-cost.ts'
import { AutomationError } from '../errors.ts'
import { FederationError } from '../federation/errors.ts'
import { federationFolder } from '../federation/federations.ts'
import { parseFederation } from '../federation/load.ts'
import { type PageRequest, type Visible } from '../page.ts'
import { type DurationTable } from '../plan/durations.ts'
import { PlanError } from '../plan/errors.ts'
import { buildPlan, type Plan as BuiltPlan } from '../plan/plan.ts'
import { allUnits } from '../plan/units.ts'
import { type PlanRequest } from '../ports.ts'
import { type LaunchedUnit } from '../store/deployments/new-deployment.ts'

/**
 * What a launch is made from. `requires`: unit ids outside the selection whose outputs are read;
 * `dependents`: those outside that stand on what is to be destroyed.
 */
export interface LaunchPlan {
  federation: Federation
  source: string
  units: LaunchedUnit[]
  requires: string[]
  makespanSeconds: number
}

/** Federations and their plans, with the rooms' own errors turned into this room's. */
export interface Topology {
  list(page: PageRequest & Visible): Promise<Page<FederationSummary>>
  get(name: string): Promise<Federation>
  /** All that can be deployed. */
  all(): Promise<Federation[]>
  plan(name: string, options: PlanRequest): Promise<Plan>
  launch(request: Launch): Promise<LaunchPlan>
  /** A stored text, which was good when it was stored. */
  parse(source: string, name: string): Federation
}

/** Tells what is known of units' costs. */
export type KnownCosts = (federation: string, source: string) => Promise<ReadonlyMap<string, CostSummary>>

export interface TopologyOptions {
  prices: PriceTable
  knownCosts: KnownCosts
  folder: string
  durations: DurationTable
  perCloud: number
  workers: number
  catalog?: readonly Phase[]
}

/** Opens a folder of federations. */
export function createTopology (options: TopologyOptions): Topology {
  const { catalog = allPhases, durations, perCloud, workers } = options
  const folder = federationFolder(options.folder)

  const load = async (name: string) =>
    await folder.get(name).catch((error: unknown) => {
      throw federationError(error, name)
    })

  function build (
    federation: Federation,
    { operation, from, to, clusters, ordering, parallelism }: PlanRequest
  ): BuiltPlan {
    try {
      return buildPlan({
        federation,
        operation,
        phases: { from, to },
        clusters,
        ordering,
        parallelism: parallelism ?? workers,
        perCloud,
        catalog,
        durations
      })
    } catch (error) {
      throw planError(error)
    }
  }

  return {
    async list ({ after, limit, federations }) {
      const entries = (await folder.list()).filter((entry) =>
        federations === undefined || federations.some((pattern) => matchesName(pattern, entry.name))
      )
      // Two bad files may have one name: the file makes the place in the list unique.
      const summaries = entries.map((entry): FederationSummary =>
        'errors' in entry
          ? {
            name: entry.name,
            file: entry.file,
            valid: false,
            errors: entry.errors.map((problem) => ({ ...problem }))
          }
          : { name: entry.name, file: entry.file, valid: true, clusters: entry.federation.clusters.length }
      )
      const start = after === undefined ? 0 : summaries.findIndex((summary) => summary.name > after)
      const items = start < 0 ? [] : summaries.slice(start, start + limit)
      const last = items.at(-1)
      return { items, ...(last && start + items.length < summaries.length ? { next: last.name } : {}) }
    },
    get: async (name) => (await load(name)).federation,
    all: async () =>
      (await folder.list()).flatMap((entry) => 'federation' in entry ? [entry.federation] : []),
    async plan (name, request) {
      const { federation, source, warnings } = await load(name)
      const built = build(federation, request)
      const known = await options.knownCosts(name, source)
      return {
        federation: name,
        operation: request.operation,
        units: built.units.map((unit) => ({
          id: unit.id,
          phase: unit.phase,
          scope: unit.scope,
          clusters: [...unit.clusters],
          ...(unit.cloud ? { cloud: unit.cloud } : {}),
          stack: unit.stack,
          dependsOn: [...unit.dependsOn],
          predicted: { ...unit.predicted }
        })),
        parallelism: request.parallelism ?? workers,
        warnings: warnings.map((warning) => ({ ...warning })),
        makespanSeconds: built.makespanSeconds,
        ...(built.targetSeconds === undefined ? {} : { targetSeconds: built.targetSeconds }),
        ...(built.meetsTarget === undefined ? {} : { meetsTarget: built.meetsTarget }),
        criticalPath: [...built.criticalPath],
        cost: planCost(federation, built.units, known, options.prices)
      }
    },
    async launch (request) {
      const { federation, source } = await load(request.federation)
      const { phases: { from, to }, operation, clusters, ordering, parallelism } = request
      const built = build(federation, {
        operation,
        from,
        to,
        ordering,
        ...(clusters ? { clusters } : {}),
        ...(parallelism ? { parallelism } : {})
      })
      const known = allUnits(federation, catalog)
      // What is predicted to start first is started first when there is not room for all: the
      // prediction gives the longest chains priority.
      const units = [...built.units].sort((a, b) => a.predicted.start - b.predicted.start).map(
        (planned): LaunchedUnit => {
          const unit = known.get(planned.id)
          if (!unit) {
            throw new AutomationError(
              'internal',
              `the plan has a unit ${planned.id} that the catalog has not`
            )
          }
          return {
            id: planned.id,
            phase: planned.phase,
            phaseName: planned.phaseName,
            scope: unit.scope,
            clusters: [...planned.clusters],
            ...(planned.cloud ? { cloud: planned.cloud } : {}),
            stack: planned.stack,
            dependsOn: [...planned.dependsOn],
            reads: [...unit.dependsOn]
          }
        }
      )
      return {
        federation,
        source,
        units,
        requires: [...new Set(built.units.flatMap((unit) => unit.requires))],
        makespanSeconds: built.makespanSeconds
      }
    },
    parse (source, name) {
      const result = parseFederation(source, `${name} as launched`)
      if ('errors' in result) {
        throw new AutomationError(
          'federation-invalid',
          `the text of federation ${name} that was stored at launch is not valid for this version of the ` +
            `service: ${result.errors[0]?.message ?? ''}`,
          { errors: result.errors }
        )
      }
      return result.federation
    }
  }
}

function federationError (error: unknown, name: string): unknown {
  if (!(error instanceof FederationError)) return error
  if (error.code === 'FED_NOT_FOUND') {
    return new AutomationError('federation-not-found', error.message, { federation: name })
  }
  if (error.code === 'FED_INVALID') {
    return new AutomationError('federation-invalid', error.message, {
      federation: name,
      errors: error.problems
    })
  }
  return error
}

function planError (error: unknown): unknown {
  if (!(error instanceof PlanError)) return error
  switch (error.code) {
    case 'PLAN_EMPTY':
      return new AutomationError('plan-empty', error.message)
    case 'PLAN_UNKNOWN_CLUSTER':
      return new AutomationError('request-invalid', error.message, {
        field: 'clusters',
        unknown: error.details
      })
    case 'PLAN_PHASE_RANGE':
      return new AutomationError('request-invalid', error.message, { field: 'phases' })
    case 'PLAN_PARALLELISM':
      return new AutomationError('request-invalid', error.message, { field: 'parallelism' })
    case 'PLAN_CYCLE':
      return new AutomationError('plan-cycle', error.message, { units: error.details })
    default:
      return error
  }
}
