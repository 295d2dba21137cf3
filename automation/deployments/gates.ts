/** Gates of a deployment, and who may open them. Pure. */
import { type Actor } from '../../contract/access.ts'
import { type Driver } from '../../contract/gate.ts'
import { type GateDecision, type Gate } from '../../contract/gate.ts'
import { type Launch } from '../../contract/launch.ts'
import { type DrivingAct, type PhaseName } from '../../contract/words.ts'
import { type Approvals } from '../../programs/types/operation.ts'
import { personKey, personOf, personsBehind, speaksForNobody, voiceOf } from '../person.ts'
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

/** The acts of those who do not count, for people. */
const driven: Record<DrivingAct, string> = {
  launched: 'launched it',
  pushed: 'pushed what it deploys',
  triggered: 'had the CI job run that made it go on',
  resumed: 'resumed it',
  overridden: 'had it go on outside its windows'
}

/** Whoever made a deployment go on, and by which act. */
export type Drivers = readonly Pick<Driver, 'act' | 'actor'>[]

/**
 * Those who made a deployment go on, and whoever is about to. One of before drivers were kept, or
 * that another version launched, has its launcher.
 */
export function driversOf (
  { drivers, launchedBy }: { drivers: Drivers, launchedBy: Actor | null },
  next: Drivers = []
): Drivers {
  const launcher = launchedBy && !drivers.some(({ act }) => act === 'launched')
    ? [{ act: 'launched', actor: launchedBy } as const]
    : []
  return [...launcher, ...drivers, ...next]
}

/** Gives the reason why somebody's approval does not count at a gate; undefined when it does. */
export function refusalOf (
  gate: PlannedGate,
  drivers: Drivers,
  { actor, groups = [] }: Decider
): string | undefined {
  const refusal = actor && (impersonal(gate, actor) ?? involved(gate, drivers, actor))
  if (refusal !== undefined) return refusal
  if (gate.people.length === 0 && gate.groups.length === 0) return undefined
  // By its exact subject: a variant of it may be somebody else's account.
  const person = actor && personOf(actor)
  if (
    person !== undefined &&
    (gate.people.includes(person) || gate.groups.some((group) => groups.includes(group)))
  ) return undefined
  return `${actor?.name ?? 'the service'} is none of those who may approve this phase: ${audienceOf(gate)}`
}

/** Refuses what is no person. A pause that its launcher may end needs nobody in particular. */
function impersonal (gate: PlannedGate, actor: Actor): string | undefined {
  if (gate.because === 'requested' && gate.launcherMayApprove) return undefined
  if (!decidingKinds.includes(actor.kind)) return `${actor.name} is no person: a person has to approve`
  return speaksForNobody(actor)
    ? `the token ${actor.name} was made by ${actor.maker ?? 'somebody'} for somebody else ` +
      `(${actor.namedFor ?? 'nobody'}), so it acts for nobody: approve with a token of your own, or signed in`
    : undefined
}

/** Refuses whoever made the deployment go on, by whichever credential. */
function involved (gate: PlannedGate, drivers: Drivers, actor: Actor): string | undefined {
  // A service without authentication knows one actor.
  if (gate.launcherMayApprove || (gate.because === 'requested' && actor.kind === 'local')) return undefined
  const persons = personsBehind(actor)
  const driver = drivers.find((one) => !persons.isDisjointFrom(personsBehind(one.actor)))
  return driver && `${actor.name} ${driven[driver.act]}: somebody else has to approve`
}

/**
 * Counts the people whose approvals of a gate stand, each once: whoever made the deployment go on
 * since does not count any more.
 */
export function standing (
  gate: PlannedGate,
  drivers: Drivers,
  approvals: readonly (Actor | undefined)[]
): number {
  const voices = approvals.flatMap((actor) => {
    if (!actor) return ['']
    return impersonal(gate, actor) ?? involved(gate, drivers, actor) ? [] : [voiceOf(actor)]
  })
  return new Set(voices).size
}

/**
 * Gives the reason why a gate could never open for a deployment that these people make go on;
 * undefined when it could.
 */
export function neverOpens (gate: PlannedGate, drivers: Drivers): string | undefined {
  if (gate.launcherMayApprove || drivers.length === 0) return undefined
  if (gate.because !== 'requested' && drivers.some(({ actor }) => actor.kind === 'local')) {
    return 'the service knows nobody by name, so there is no second person'
  }
  if (gate.people.length === 0 || gate.groups.length > 0) return undefined
  const behind = new Set(drivers.flatMap(({ actor }) => [...personsBehind(actor)]))
  const people = new Set(gate.people.map(personKey))
  const others = people.difference(behind).size
  if (others >= gate.needed) return undefined
  const unknown = gate.unknownPusher
    ? ', some of them because it is not known which person pushed or had a job run: name their account ' +
      'under accounts in the access file'
    : ''
  return `of its ${people.size} people only ${others} did not make it go on, and ${gate.needed} have to ` +
    `approve${unknown}`
}

/** Kinds of actors behind which is whoever caused their act. */
const carryingKinds: readonly Actor['kind'][] = ['hook', 'job']

/**
 * Counts those behind an act of whom nobody knows which person they are, and who were behind none
 * before: each may be one of the approvers. `behind`: the accounts that a hook or a job names. One
 * that names none has somebody else behind it each time.
 */
export function unknownBehind (
  actor: Actor | undefined,
  behind: readonly Actor[],
  drivers: Drivers
): number {
  if (!actor || !carryingKinds.includes(actor.kind)) return 0
  if (behind.length === 0) return 1
  const before = new Set(drivers.map((driver) => personKey(driver.actor.subject)))
  const unknown = behind.flatMap(({ person, subject }) => person === undefined ? [personKey(subject)] : [])
  return new Set(unknown).difference(before).size
}

/** The gates after an act behind which are this many of whom nobody knows which person they are. */
export function withUnknown (gates: readonly PlannedGate[], unknown: number): PlannedGate[] {
  return gates.map((gate) =>
    gate.launcherMayApprove || unknown === 0
      ? gate
      : { ...gate, needed: gate.needed + unknown, unknownPusher: true as const }
  )
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
