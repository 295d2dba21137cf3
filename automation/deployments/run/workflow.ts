import { setTimeout as delay } from 'node:timers/promises'
import { DBOS } from '@dbos-inc/dbos-sdk'
import { AutomationError } from '../../errors.ts'
import { placeOf } from '../../place.ts'
import { readDeployment } from '../../store/deployments/deployments.ts'
import { passingOf } from '../../store/postgres/passing.ts'
import { patiently } from '../../store/postgres/patience.ts'
import { type RunService } from '../service.ts'
import { beginRun } from './begin.ts'
import { Driver } from './driver.ts'
import { moveResourcesOf } from './moves/moves.ts'
import { storeFailure } from './store-failure.ts'
import { RunOverError } from './writer.ts'

/** Findings of the workflow's first step, on which its course depends. */
interface Course {
  /** Numbers in the order in which they are taken. */
  phases: number[]
  /** Each phase is a step of its own; otherwise all are one. */
  oneByOne: boolean
  /**
   * Phases that wait for an approval; of workflows from before there were several kinds, whether
   * all do.
   */
  gates: boolean | number[]
  /** The operation may leave replaced resources. */
  replaces: boolean
}

/**
 * The service of this process. DBOS keeps one registry a process, so there is one service a process
 * too.
 */
let current: RunService | undefined
const drivers = new Map<string, Driver>()

const runKey = (id: string, run: number): string => `${id}:${run}`
/**
 * A step that the process leaves unfinished on purpose: the workflow stays pending and is taken up
 * again by whoever comes next.
 */
const unfinished = (): Promise<never> => new Promise(() => undefined)

/**
 * One run of a deployment, durable: begin, then each phase behind its gate (or all phases at once
 * when pipelined), then finish. Every step goes on from what the tables say, so a step that is run
 * again after a crash does no work twice.
 */
const deploymentWorkflow = DBOS.registerWorkflow(async (id: string, run: number): Promise<void> => {
  const step = <T>(name: string, work: () => Promise<T>): Promise<T> => DBOS.runStep(work, { name })
  const course = await step('begin', () => guarded(id, run, () => begin(id, run)))
  if (course) {
    let done = true
    const { gates } = course
    const groups: (number[] | undefined)[] = course.oneByOne
      ? course.phases.map((phase) => [phase])
      : [undefined]
    for (const group of groups) {
      const [phase] = group ?? []
      // All phases at once wait before the first, the only one that may have a gate then.
      const before = phase ?? course.phases[0]
      const gated = Array.isArray(gates)
        ? before !== undefined && gates.includes(before)
        : gates && phase !== undefined
      if (
        gated && before !== undefined &&
        await step(
            `gate ${before}`,
            () => guarded(id, run, async () => (await driver(id, run)).gate(before))
          ) !== true
      ) {
        done = false
        break
      }
      if (
        await step(
          `run ${phase ?? 'all'}`,
          () => guarded(id, run, async () => (await driver(id, run)).run(group))
        ) !== 'succeeded'
      ) {
        done = false
        break
      }
    }
    if (done && course.replaces) {
      await step('clean up', () => guarded(id, run, async () => (await driver(id, run)).cleanUp()))
    }
    await step('finish', () => guarded(id, run, async () => (await driver(id, run)).finish()))
  }
  drivers.get(runKey(id, run))?.close()
  drivers.delete(runKey(id, run))
  current?.dispatch()
}, {
  name: 'deployment',
  // Each restart of the service during a deployment counts as one: no number of restarts may strand
  // it.
  maxRecoveryAttempts: 1_000_000
})

/** Makes the workflow work for `service`; to be called before DBOS is launched. */
export function bindService (service: RunService | undefined): void {
  if (service && current) {
    throw new AutomationError('internal', {
      what: 'this process has a deployment service already: close it first'
    })
  }
  current = service
  for (const one of drivers.values()) one.close()
  drivers.clear()
}

/** Starts a run's workflow unless it was started before, here or elsewhere. */
export async function startRun (id: string, run: number): Promise<void> {
  await DBOS.startWorkflow(deploymentWorkflow, { workflowID: runKey(id, run) })(id, run)
}

/**
 * Has the driver of a deployment, if it is in this process, look into the store. Without an id: all
 * drivers.
 */
export function lookAgain (id?: string): void {
  for (const [key, one] of drivers) if (id === undefined || key.startsWith(`${id}:`)) one.look()
}

/** Says whether no attempt is under way in this process. */
export function allIdle (): boolean {
  return [...drivers.values()].every((one) => one.idle)
}

async function begin (id: string, run: number): Promise<Course | undefined> {
  const service = serving()
  const deployment = await readDeployment(service.pool, id)
  if (!deployment) return undefined
  const begun = await beginRun(service.pool, service.observe, {
    id,
    run,
    lane: { federation: deployment.federation, place: placeOf(deployment.mode, deployment.world) }
  })
  if (!begun) return undefined
  await moveResourcesOf(service, begun)
  drivers.set(runKey(id, run), new Driver(service, begun))
  const phases = deployment.phases.map((phase) => phase.number)
  const gates = begun.gates?.map(({ phase }) => phase) ??
    (begun.request.approvals === 'each-phase' ? phases : [])
  return {
    phases,
    oneByOne: gates.some((phase) => phase !== phases[0]) ||
      (begun.request.ordering === 'phased' && begun.request.operation !== 'drift-check'),
    gates,
    replaces: begun.request.operation === 'up'
  }
}

/** The run's driver; made anew when the steps before ran in another process. */
async function driver (id: string, run: number): Promise<Driver> {
  const known = drivers.get(runKey(id, run))
  if (known) return known
  await begin(id, run)
  const made = drivers.get(runKey(id, run))
  if (!made) throw new RunOverError(`run ${run} of deployment ${id} is over`)
  return made
}

function serving (): RunService {
  if (!current) throw new AutomationError('shutting-down', {})
  return current
}

/**
 * Milliseconds between tries to store that a deployment failed, when the store refuses that too: it
 * takes somebody who looks at the database, and a line a minute in the log calls for them.
 */
const refusedPause = 60_000

/**
 * Keeps a step from ending in an error, which would strand its workflow: it waits while the store
 * is away, a run that is over ends it quietly, a process that stops leaves it unfinished, and any
 * other error fails the deployment, naming it.
 */
async function guarded<T> (id: string, run: number, work: () => Promise<T>): Promise<T | undefined> {
  const service = current
  if (!service || service.stopping.aborted) return await unfinished()
  const { stopping, logger, observe } = service
  try {
    return await patiently(work, {
      signal: stopping,
      onWait: (what) => {
        observe({ kind: 'store-failure', what })
      }
    })
  } catch (error) {
    if (error instanceof RunOverError) return undefined
    // Also what broke because it stopped.
    if (stopping.aborted) return await unfinished()
    logger.error({ err: error, deployment: id, run }, 'the deployment could not be driven')
    await failRun(service, { id, run }, error)
    return undefined
  }
}

/** Fails a deployment that cannot be driven, however long the store refuses to hear of it. */
async function failRun (
  { stopping, logger }: RunService,
  { id, run }: { id: string, run: number },
  why: unknown
): Promise<void> {
  for (;;) {
    try {
      const one = await patiently(() => driver(id, run), { signal: stopping })
      await one.abandon()
      await one.finish({ error: storeFailure(why) })
      return
    } catch (error) {
      if (error instanceof RunOverError) return
      // Another process, or this one when it is back, goes on from what is stored.
      if (stopping.aborted) return await unfinished()
      logger.error(
        { err: error, deployment: id, run, passing: passingOf(error) },
        'not even the failure of a deployment can be stored; it is tried again in a minute'
      )
      await delay(refusedPause, undefined, { signal: stopping }).catch(() => undefined)
      if (stopping.aborted) return await unfinished()
    }
  }
}
