/** A launch as the form holds it, and as an address carries it. Pure. */
import {
  approvalRequests,
  lastPhase,
  modes,
  operations,
  orderings,
  orphanOperations,
  type ApprovalRequest,
  type Mode,
  type Operation,
  type Ordering
} from '../../../contract/words.ts'
import type { Deployment, Fault, LaunchBody, PlanQuery } from '../api/client.ts'

/** The form's content; figures are the text that was typed. */
export interface Draft {
  federation: string
  operation: Operation
  mode: Mode
  /** The first phase. */
  from: number
  /** The last phase. */
  to: number
  /** None means all. */
  clusters: string[]
  /** Only what is deployed and no longer in the federation file. */
  orphaned: boolean
  ordering: Ordering
  approvals: ApprovalRequest
  /** Empty: as many as the service has unit hosts. */
  parallelism: string
  world: string
  timeScale: string
  seed: string
  /** Empty for none. */
  scenario: string
  faults: Fault[]
}

const pick = <T extends string>(value: string | null, values: readonly T[], fallback: T): T =>
  values.find((one) => one === value) ?? fallback
const phaseOf = (value: string | null, fallback: number): number => {
  const number = Number(value)
  return Number.isInteger(number) && number >= 1 && number <= lastPhase ? number : fallback
}

function faultsOf (text: string | null): Fault[] {
  try {
    const given: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(given) ? given as Fault[] : []
  } catch {
    // An address that somebody cut: the form starts without faults.
    return []
  }
}

/** Reads the launch that an address asks for, with defaults for what it leaves out. */
export function draftOf (query: URLSearchParams): Draft {
  return {
    federation: query.get('federation') ?? '',
    operation: pick(query.get('operation'), operations, 'up'),
    mode: pick(query.get('mode'), modes, 'rehearsal'),
    from: phaseOf(query.get('from'), 1),
    to: phaseOf(query.get('to'), lastPhase),
    clusters: query.get('clusters')?.split(',').filter(Boolean) ?? [],
    orphaned: query.get('orphaned') === 'true',
    ordering: pick(query.get('ordering'), orderings, 'phased'),
    approvals: pick(query.get('approvals'), approvalRequests, 'none'),
    parallelism: query.get('parallelism') ?? '',
    world: query.get('world') ?? 'default',
    timeScale: query.get('timeScale') ?? '0',
    seed: query.get('seed') ?? '1',
    scenario: query.get('scenario') ?? '',
    faults: faultsOf(query.get('faults'))
  }
}

/**
 * Says whether a draft is of orphans alone: what it holds for operations that take none does not
 * count.
 */
const ofOrphans = ({ orphaned, operation }: Draft) => orphaned && orphanOperations.includes(operation)

/** The world whose orphans a plan names; none of a world that is made for the launch. */
function planPlace ({ mode, world }: Draft): Pick<PlanQuery, 'mode' | 'world'> {
  const named = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(world)
  return { mode, ...(mode === 'rehearsal' && named && { world }) }
}

/** The plan of a draft; undefined while it cannot have one. */
export function planQuery (draft: Draft): PlanQuery | undefined {
  if (draft.federation === '' || draft.from > draft.to) return undefined
  const parallelism = /^\d+$/.test(draft.parallelism.trim()) ? Number(draft.parallelism) : undefined
  return {
    operation: draft.operation,
    from: draft.from,
    to: draft.to,
    ordering: draft.ordering,
    ...(parallelism !== undefined && { parallelism }),
    ...(draft.clusters.length > 0 && { clusters: draft.clusters.join(',') }),
    ...(ofOrphans(draft) && { orphaned: 'true' as const }),
    ...planPlace(draft)
  }
}

/** The address of the form, filled in with a deployment's request. */
export function launchAgain ({ request }: Pick<Deployment, 'request'>): string {
  const query = new URLSearchParams({
    federation: request.federation,
    operation: request.operation,
    mode: request.mode ?? 'rehearsal',
    from: String(request.phases?.from ?? 1),
    to: String(request.phases?.to ?? lastPhase)
  })
  if (request.clusters) query.set('clusters', request.clusters.join(','))
  if (request.orphaned) query.set('orphaned', 'true')
  if (request.ordering) query.set('ordering', request.ordering)
  if (request.approvals) query.set('approvals', request.approvals)
  if (request.parallelism !== undefined) query.set('parallelism', String(request.parallelism))
  if (request.rehearsal) {
    const { world, timeScale, seed, faults, scenario } = request.rehearsal
    if (world !== undefined) query.set('world', world)
    if (timeScale !== undefined) query.set('timeScale', String(timeScale))
    if (seed !== undefined) query.set('seed', String(seed))
    if (scenario !== undefined) query.set('scenario', scenario)
    if (faults && faults.length > 0) query.set('faults', JSON.stringify(faults))
  }
  return `/launch?${query.toString()}`
}

const tidy = (fault: Fault): Fault =>
  Object.fromEntries(
    Object.entries(fault).filter(([, value]) => value !== '' && value !== undefined)
  ) as Fault

/**
 * The request of a draft. Figures that are not numbers are sent as they were typed: the service
 * says what would be right.
 */
export function bodyOf (draft: Draft): LaunchBody {
  const figure = (text: string) =>
    text.trim() === '' || Number.isNaN(Number(text)) ? text as unknown as number : Number(text)
  return {
    federation: draft.federation,
    operation: draft.operation,
    mode: draft.mode,
    phases: { from: draft.from, to: draft.to },
    ...(draft.clusters.length > 0 && { clusters: draft.clusters }),
    ...(ofOrphans(draft) && { orphaned: true }),
    ordering: draft.ordering,
    approvals: draft.approvals,
    ...(draft.parallelism.trim() !== '' && { parallelism: figure(draft.parallelism) }),
    ...(draft.mode === 'rehearsal' &&
      {
        rehearsal: {
          world: draft.world,
          timeScale: figure(draft.timeScale),
          seed: figure(draft.seed),
          ...(draft.scenario !== '' && { scenario: draft.scenario }),
          faults: draft.faults.map(tidy)
        }
      })
  }
}
