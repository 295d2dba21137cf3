import { type Deployment } from '../../../contract/deployment.ts'
import { SharedReads } from '../../shared-reads.ts'
import { readDeploymentStamp } from '../../store/deployments/deployment-stamp.ts'
import { readDeployment } from '../../store/deployments/deployments.ts'
import { type Pool } from '../../store/postgres/database.ts'
import { isEnded } from '../states.ts'

/**
 * Deployments that are kept: about ten kilobytes each, and far more than are looked at in a minute.
 */
const kept = 500
/** Milliseconds for which one that has not ended is given out by its stamp alone. */
const trusted = 5_000

/**
 * Deployments as dashboards and jobs poll them: often, many at once, and mostly unchanged. Reading
 * one adds up all its units; whether it changed is one row. Who asks gets what was true when they
 * asked or later; an unchanged one is the same object, which nobody may change.
 */
export class PolledDeployments {
  readonly #pool: Pool
  readonly #known = new Map<string, { stamp: string, read: number, deployment: Deployment }>()
  readonly #shared = new SharedReads((id) => this.#current(id))

  constructor (pool: Pool) {
    this.#pool = pool
  }

  /** Undefined when there is no such deployment. */
  get (id: string): Promise<Deployment | undefined> {
    return this.#shared.get(id)
  }

  async #current (id: string): Promise<Deployment | undefined> {
    // Before the deployment: one that changes in between is kept under a stamp that no longer fits,
    // and read again.
    const stamp = await readDeploymentStamp(this.#pool, id)
    if (stamp === undefined) return undefined
    const known = this.#known.get(id)
    if (known?.stamp === stamp && this.#holds(known)) return known.deployment
    const deployment = await readDeployment(this.#pool, id)
    this.#known.delete(id)
    if (deployment) this.#known.set(id, { stamp, read: performance.now(), deployment })
    const oldest = this.#known.keys().next()
    if (this.#known.size > kept && !oldest.done) this.#known.delete(oldest.value)
    return deployment
  }

  /** A queued one's position is that of others, too. */
  #holds ({ read, deployment: { status } }: { read: number, deployment: Deployment }): boolean {
    return isEnded(status) || (status !== 'queued' && performance.now() - read < trusted)
  }
}
