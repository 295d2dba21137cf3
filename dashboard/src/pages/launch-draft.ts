/** A launch as the form has it, and as an address carries it. Pure. */
import type { Deployment, Fault, LaunchBody } from '../api/client.ts'

export interface Draft {
  federation: string
  operation: LaunchBody['operation']
  mode: 'rehearsal' | 'live'
  from: number
  to: number
  clusters: string[]
  ordering: 'phased' | 'pipelined'
  approvals: 'none' | 'each-phase'
  /** Empty: as many as the service has unit hosts. */
  parallelism: string
  world: string
  timeScale: string
  seed: string
  faults: Fault[]
}

const operations = ['up', 'preview', 'refresh', 'destroy', 'drift-check'] as const
const pick = <T extends string>(value: string | null, values: readonly T[], fallback: T): T =>
  values.find((one) => one === value) ?? fallback
const phase = (value: string | null, fallback: number) =>
  /^[1-8]$/.test(value ?? '') ? Number(value) : fallback

/** What an address asks for, completed. Rehearsal unless it says live. */
export function draftOf (query: URLSearchParams): Draft {
  let faults: Fault[] = []
  try {
    const given: unknown = JSON.parse(query.get('faults') ?? '[]')
    if (Array.isArray(given)) faults = given as Fault[]
  } catch {
    // An address that somebody cut: the form starts without faults.
  }
  return {
    federation: query.get('federation') ?? '',
    operation: pick(query.get('operation'), operations, 'up'),
    mode: pick(query.get('mode'), ['rehearsal', 'live'], 'rehearsal'),
    from: phase(query.get('from'), 1),
    to: phase(query.get('to'), 8),
    clusters: query.get('clusters')?.split(',').filter(Boolean) ?? [],
    ordering: pick(query.get('ordering'), ['phased', 'pipelined'], 'phased'),
    approvals: pick(query.get('approvals'), ['none', 'each-phase'], 'none'),
    parallelism: query.get('parallelism') ?? '',
    world: query.get('world') ?? 'default',
    timeScale: query.get('timeScale') ?? '0',
    seed: query.get('seed') ?? '1',
    faults
  }
}

/** The address of the form filled in like a deployment's request. */
export function launchAgain ({ request }: Pick<Deployment, 'request'>): string {
  const query = new URLSearchParams({
    federation: request.federation,
    operation: request.operation,
    mode: request.mode ?? 'rehearsal',
    from: String(request.phases?.from ?? 1),
    to: String(request.phases?.to ?? 8)
  })
  if (request.clusters) query.set('clusters', request.clusters.join(','))
  if (request.ordering) query.set('ordering', request.ordering)
  if (request.approvals) query.set('approvals', request.approvals)
  if (request.parallelism !== undefined) query.set('parallelism', String(request.parallelism))
  if (request.rehearsal) {
    const { world, timeScale, seed, faults } = request.rehearsal
    if (world !== undefined) query.set('world', world)
    if (timeScale !== undefined) query.set('timeScale', String(timeScale))
    if (seed !== undefined) query.set('seed', String(seed))
    if (faults && faults.length > 0) query.set('faults', JSON.stringify(faults))
  }
  return `/launch?${query.toString()}`
}

const tidy = (fault: Fault): Fault =>
  Object.fromEntries(
    Object.entries(fault).filter(([, value]) => value !== '' && value !== undefined)
  ) as Fault

/**
 * The request that a draft stands for. Figures that are no numbers are sent as they are written:
 * the service says what would be right.
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
    ordering: draft.ordering,
    approvals: draft.approvals,
    ...(draft.parallelism.trim() !== '' && { parallelism: figure(draft.parallelism) }),
    ...(draft.mode === 'rehearsal' &&
      {
        rehearsal: {
          world: draft.world,
          timeScale: figure(draft.timeScale),
          seed: figure(draft.seed),
          faults: draft.faults.map(tidy)
        }
      })
  }
}
