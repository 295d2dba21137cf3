/** The words of access: who acts, and what was granted to whom. */
// A type import as a whole: the two files' words need each other, their code does not.
import { type ActorKind, type Role, operations, type Mode, type Operation } from '../../contract/words.ts'

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
