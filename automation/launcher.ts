/** The one way in which deployments are launched: by callers, schedules and webhooks. */
import { type Actor } from '../contract/access.ts'
import { type Deployment } from '../contract/deployment.ts'
import { type Launch } from '../contract/launch.ts'
import { type Origin } from './acts.ts'

/** The turn of a schedule: one of its times, and what it may not overtake. */
export interface ScheduleTurn {
  readonly federation: string
  readonly schedule: string
  /** The time: ISO 8601 in UTC. */
  readonly due: string
  /** Deployments that the schedule launched before, of which as many may not be over. */
  readonly mostBefore: number
}

/** The caller of a launch, and the key by which a repeated launch is recognized. */
export interface LaunchOptions {
  /** The same key with the same request gives the deployment that was made before. */
  idempotencyKey?: string
  /** Id of the HTTP request that launches, unless `origin` has it. */
  requestId?: string
  /** On whose behalf; absent: the service's own. */
  actor?: Actor
  /** Origin of the request. */
  origin?: Origin
  /**
   * The accounts that pushed what a webhook tells of. One without `person` may be anybody's, and so
   * may a launch by a hook that names none.
   */
  pushers?: readonly Actor[]
  /**
   * The accounts that had the job run which launches. One without `person` may be anybody's, and so
   * may a job of which none is named.
   */
  triggeredBy?: readonly Actor[]
  /** The schedule that launches. */
  turn?: ScheduleTurn
}

/** A launched deployment. */
export interface Launched {
  deployment: Deployment
  /** False when an earlier launch with the same idempotency key made it. */
  created: boolean
}

/** Launches deployments. */
export interface DeploymentLauncher {
  /**
   * Validates, plans and stores a deployment, queued behind others of its federation, mode and
   * world. An idempotency key that was used for another request is refused, and so is the turn of a
   * schedule whose deployments before are not over.
   */
  launch(request: Launch, options?: LaunchOptions): Promise<Launched>
}
