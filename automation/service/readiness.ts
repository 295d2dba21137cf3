import { constants } from 'node:fs'
import { access, readdir } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { type Readiness } from '../../contract/health.ts'
import { type Service } from '../deployments/service.ts'
import { type FoundCli } from '../stacks/cli/find.ts'
import { isReadOnly } from '../store/postgres/read-only.ts'
import { type Executor } from './executor.ts'

/**
 * Milliseconds that a part may take to show that it is well: probes give up after one to ten
 * seconds, and an answer is worth more to them than none.
 */
const patience = 2_000

type Part = Readiness['parts'][string]

/** Parts of the service that readiness looks at. */
export interface ReadinessParts {
  service: Pick<Service, 'pool' | 'runner' | 'stopping'>
  executor: Pick<Executor, 'problem'>
  /** The folder of federation files. */
  federations: string
  /** Rejects when the database takes no further session of this service. */
  takesSession?(): Promise<void>
  /** Says whether the process hears of events at once. */
  listening(): boolean
  pulumi?: FoundCli
}

const well: Part = { ready: true }
const unwell = (detail: string): Part => ({ ready: false, detail })

/** Resolves with what `work` found, or with what is wrong when it rejects or takes too long. */
async function tried (work: Promise<Part>, late: string): Promise<Part> {
  const over = new AbortController()
  try {
    return await Promise.race([
      work,
      delay(patience, unwell(`${late}: no answer within ${patience / 1000} s`), { signal: over.signal })
    ])
  } catch (error) {
    return unwell(error instanceof Error ? error.message : String(error))
  } finally {
    over.abort()
  }
}

/** Makes the check of a service's parts, which tells what is wrong with each. */
export function readinessOf (
  { service, executor, federations, takesSession, listening, pulumi }: ReadinessParts
): () => Promise<Readiness> {
  const { pool, runner, stopping } = service

  function hosts (): Part {
    const { total, failing } = runner.figures()
    if (failing !== undefined) return unwell(`unit hosts end before they are ready: ${failing}`)
    return total > 0 ? well : unwell('no unit host is up')
  }
  async function writable (): Promise<Part> {
    await takesSession?.()
    return await isReadOnly(pool)
      ? unwell('the database is read-only, as while a failover is under way: what is to be written waits')
      : well
  }
  async function readable (): Promise<Part> {
    await readdir(federations).catch((error: unknown) => {
      throw new Error(
        'the folder WINDLASS_FEDERATIONS cannot be read: ' +
          `${error instanceof Error ? error.message : String(error)}`
      )
    })
    return well
  }
  async function cli (found: FoundCli): Promise<Part> {
    if ('problem' in found) return unwell(`live deployments are refused: ${found.problem}`)
    const { version, file } = found.cli
    return await access(file, constants.X_OK).then(
      () => ({ ready: true, detail: `version ${version} at ${file}` }),
      () =>
        unwell(
          `live deployments fail: ${file}, found at the start, cannot be run any more; put it back or ` +
            'restart the service'
        )
    )
  }

  return async () => {
    const problem = executor.problem()
    const [store, folder, live] = await Promise.all([
      tried(writable(), 'the database'),
      tried(readable(), 'the folder WINDLASS_FEDERATIONS'),
      pulumi && tried(cli(pulumi), 'the Pulumi CLI')
    ])
    const needed: Readiness['parts'] = {
      store,
      workflow: problem === undefined ? well : unwell(problem),
      events: listening() ? well : unwell('the connection that listens for events is being made again'),
      hosts: hosts(),
      federations: folder,
      service: stopping.aborted ? unwell('shutting down') : well
    }
    return {
      ready: Object.values(needed).every((part) => part.ready),
      parts: { ...needed, ...(live && { pulumi: live }) }
    }
  }
}
