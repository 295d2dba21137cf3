/** The words of access: who acts, and what was granted to whom. */
// A type import as a whole: the two files' words need each other, their code does not.
import type { Mode, Operation } from '../model.ts'
import { operations } from '../operations.ts'

/** In order of what they may: an admin may all, the others what `roles.ts` says. */
export const roles = ['viewer', 'operator', 'approver', 'admin'] as const
export type Role = typeof roles[number]

/** What routes ask for. A word of the API: never renamed. */
export const permissions = [
  'federations.read',
  'deployments.read',
  'stacks.read',
  'metrics.read',
  'state.read',
  'deployments.launch',
  'deployments.steer',
  'deployments.approve',
  'tokens.use',
  'audit.read'
] as const
export type Permission = typeof permissions[number]

export interface PhaseRange {
  from: number
  to: number
}

/** A role, and where it holds. `federations`: names, in which `*` stands for any characters. */
export interface Grant {
  role: Role
  federations: string[]
  phases: PhaseRange
  modes: Mode[]
  operations: Operation[]
}

/**
 * What an act is about. What is absent is not known, so only a grant without a limit there covers
 * it; an act without a federation is about none.
 */
export interface Scope {
  federation?: string
  phases?: PhaseRange
  mode?: Mode
  operation?: Operation
}

/**
 * Who did something, as it is stored with what was done. `subject` is stable and unique: `local`,
 * `token:<id>`, `<issuer>:<subject>`. `person` is whom a token acts for, in the form of a subject:
 * two tokens of one person are one person (see `personOf`). `name` is for people and may change.
 */
export interface Actor {
  subject: string
  name: string
  kind: ActorKind
  person?: string
}
/**
 * `local`: whoever uses the machine of a service without authentication; `job`: a CI job by its
 * provider's token; `hook` and `schedule`: the service itself on their behalf.
 */
export type ActorKind = 'local' | 'person' | 'token' | 'job' | 'hook' | 'schedule'

/** Whoever makes a request. `expiresAt`: when their credential ends, ISO 8601. */
export interface Principal {
  actor: Actor
  groups: string[]
  grants: Grant[]
  expiresAt?: string
}

/** Whom an actor acts for: what decides whether two acts were one person's. */
export function personOf (actor: Actor): string {
  return actor.person ?? actor.subject
}

/** A role without any limit. */
export function everywhere (role: Role): Grant {
  return {
    role,
    federations: ['*'],
    phases: { from: 1, to: 8 },
    modes: ['rehearsal', 'live'],
    operations: [...operations]
  }
}
