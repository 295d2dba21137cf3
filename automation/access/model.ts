/** The words of access: what an act is about, who makes a request, and what was granted to them. */
import { type Actor, type Grant } from '../../contract/access.ts'
import { lastPhase, modes, operations, type Mode, type Operation, type Role } from '../../contract/words.ts'

export type PhaseRange = Grant['phases']

/**
 * The subject of an act. A field that is absent is not known, so only a grant without a limit there
 * covers it; an act without a federation is about none.
 */
export interface Scope {
  federation?: string
  phases?: PhaseRange
  mode?: Mode
  operation?: Operation
}

/** The subject of a deployment: it decides who may see and steer it. */
export type DeploymentScope = Required<Scope>

/** Whoever makes a request. */
export interface Principal {
  actor: Actor
  groups: string[]
  grants: Grant[]
  /** The accounts that had the calling job run, as its token names them. Absent: it is no job. */
  triggeredBy?: Actor[]
  /** Time at which the credential ends, ISO 8601. */
  expiresAt?: string
}

/** A role without any limit. */
export function everywhere (role: Role): Grant {
  return {
    role,
    federations: ['*'],
    phases: { from: 1, to: lastPhase },
    modes: [...modes],
    operations: [...operations]
  }
}
