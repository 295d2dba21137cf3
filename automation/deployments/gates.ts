/** Gates of a deployment, and who may open them. Pure. */
import { type Actor } from '../../contract/access.ts'
import { type GateDecision, type Gate } from '../../contract/gate.ts'
import { type Launch } from '../../contract/launch.ts'
import { type PhaseName } from '../../contract/words.ts'
import { type Approvals } from '../../programs/types/operation.ts'
import { personOf } from '../access/model.ts'
import { type PlannedGate } from '../store/deployments/planned-gate.ts'

/**
 * Minutes that the destroy of live stacks waits for its second person: a day, after which what is
 * deployed may not be what was looked at.
 */
const destroyExpiryMinutes = 24 * 60

/**
 * Kinds of actors that decide by themselves. A job, a hook or a schedule repeats what somebody else
 * has set up.
 */
const decidingKinds: readonly Actor['kind'][] = ['person', 'token', 'local']

/**
 * The gates of a launch. The federation's own come first; what it has none for waits when the
 * caller asked for `each-phase`; and the destroy of live stacks needs a second person before its
 * first phase unless the federation says otherwise. `phases` in the order in which they are taken.
 */
export function gatesOf (
  approvals: Approvals | undefined,
  request: Pick<Launch, 'operation' | 'mode' | 'approvals'>,
  phases: readonly { number: number, name: PhaseName }[]
): PlannedGate[] {
  const { operation, mode } = request
  return phases.flatMap(({ number, name }, index): PlannedGate[] => {
    const own = approvals?.gates.find((gate) =>
      gate.phases.includes(name) && gate.operations.some((one) => one === operation) &&
      gate.modes.includes(mode)
    )
    if (own) {
      const { people, groups, needed, expiresMinutes, launcherMayApprove } = own
      return [{
        phase: number,
        because: 'federation',
        needed,
        people: [...people],
        groups: [...groups],
        launcherMayApprove,
        expiresMinutes
      }]
    }
    const anyone = { phase: number, needed: 1, people: [], groups: [] }
    if (index === 0 && operation === 'destroy' && mode === 'live' && approvals?.liveDestroy !== 'alone') {
      return [{
        ...anyone,
        because: 'live-destroy',
        launcherMayApprove: false,
        expiresMinutes: destroyExpiryMinutes
      }]
    }
    // A pause that whoever launches asks for is theirs to end, but not where it is real.
    if (request.approvals === 'each-phase') {
      return [{ ...anyone, because: 'requested', launcherMayApprove: mode === 'rehearsal' }]
    }
    return []
  })
}

/** Whoever decides: with the groups that they are in. */
export interface Decider {
  actor?: Actor
  groups?: readonly string[]
}

/** Gives the reason why somebody's approval does not count at a gate; undefined when it does. */
export function refusalOf (
  gate: PlannedGate,
  launchedBy: Actor | undefined,
  { actor, groups = [] }: Decider
): string | undefined {
  // The service's own decisions, and gates that were only asked for, need nobody in particular.
  const person = actor && personOf(actor)
  if (gate.because !== 'requested' && actor && !decidingKinds.includes(actor.kind)) {
    return `${actor.name} is no person: a person has to approve`
  }
  const unknown = gate.because === 'requested' && actor?.kind === 'local'
  if (
    !gate.launcherMayApprove && !unknown && person !== undefined && launchedBy &&
    personOf(launchedBy) === person
  ) return `${actor?.name ?? person} launched it: somebody else has to approve`
  if (gate.people.length === 0 && gate.groups.length === 0) return undefined
  if (
    person !== undefined &&
    (gate.people.includes(person) || gate.groups.some((group) => groups.includes(group)))
  ) return undefined
  return `${actor?.name ?? 'the service'} is none of those who may approve this phase: ${audienceOf(gate)}`
}

/**
 * Gives the reason why a gate could never open for a deployment that this actor launches; undefined
 * when it could.
 */
export function neverOpens (gate: PlannedGate, launchedBy: Actor | undefined): string | undefined {
  if (gate.launcherMayApprove || !launchedBy) return undefined
  if (launchedBy.kind === 'local' && gate.because !== 'requested') {
    return 'the service knows nobody by name, so there is no second person'
  }
  const others = gate.people.filter((person) => person !== personOf(launchedBy)).length
  return gate.people.length > 0 && gate.groups.length === 0 && others < gate.needed
    ? `of its ${gate.people.length} people only ${others} did not launch it, and ${gate.needed} have to ` +
      'approve'
    : undefined
}

/** Names those who are asked, for people. */
export function audienceOf ({ people, groups }: Pick<PlannedGate, 'people' | 'groups'>): string {
  const named = [...people, ...groups.map((group) => `the group ${group}`)]
  return named.length > 0 ? named.join(', ') : 'whoever may approve'
}

/**
 * Gives the state of each gate. `open`: the phase that is waited at, `approved`: those let through.
 */
export function gateStates (
  kept: {
    gates: readonly PlannedGate[]
    open: number | null
    approved: readonly number[]
    expiresAt: Date | null
  },
  decisions: readonly GateDecision[]
): Gate[] {
  return kept.gates.map((gate) => {
    const own = decisions.filter(({ phase }) => phase === gate.phase)
    const counted = own.filter(({ counts }) => counts)
    const given = counted.filter(({ decision }) => decision === 'approved').length
    const status = kept.approved.includes(gate.phase)
      ? 'approved'
      : kept.open === gate.phase
      ? 'waiting'
      : counted.some(({ decision }) => decision === 'rejected')
      ? 'rejected'
      : 'pending'
    return {
      ...gate,
      status,
      missing: status === 'approved' ? 0 : Math.max(0, gate.needed - given),
      decisions: own,
      ...(status === 'waiting' && kept.expiresAt && { expiresAt: kept.expiresAt.toISOString() })
    }
  })
}
