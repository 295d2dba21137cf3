/**
 * The contract of phases: what a phase declares, what its programs get and return, and the
 * federation as they see it: validated, complete and read-only. `automation/federation` makes it
 * from a YAML file. The parts of the federation are in `types/`, by subject.
 */
import type { Input, Output } from '@pulumi/pulumi'
import { type CloudName, type PhaseName, type ScopeKind } from '../contract/words.ts'
import { type Accounts, type Ci } from './types/accounts.ts'
import { type Area, type Cluster, type NodeTuning } from './types/cluster.ts'
import { type Link } from './types/connections.ts'
import { type Budget, type Volumes } from './types/money.ts'
import { type Availability, type Capacity, type LatencyTarget } from './types/objectives.ts'
import {
  type Approvals,
  type DriftRule,
  type Freeze,
  type MaintenanceWindow,
  type NotificationReceiver,
  type Policies,
  type Schedule
} from './types/operation.ts'
import { type Preflight } from './types/preflight.ts'
import { type DisasterRecovery } from './types/recovery.ts'
import { type Dns, type Mesh, type Monitoring } from './types/services.ts'

/** A named set of clusters and what connects them. */
export interface Federation {
  /** Name; stacks and names in clouds begin with it. */
  readonly name: string
  readonly description?: string
  /** Team that owns it. */
  readonly owner: string
  /** Labels of everything that is deployed. */
  readonly labels: Readonly<Record<string, string>>
  readonly accounts: Accounts
  /**
   * Address ranges from which Windlass and people reach the clusters' API servers: of the internet,
   * or of a network that is joined to the clusters'. Empty: unknown.
   */
  readonly operators?: readonly string[]
  readonly clusters: readonly Cluster[]
  readonly links: readonly Link[]
  readonly disasterRecovery: DisasterRecovery
  readonly latencyTargets: readonly LatencyTarget[]
  readonly mesh: Mesh
  readonly dns: Dns
  readonly monitoring: Monitoring
  readonly availability: Availability
  readonly capacity: Capacity
  /** Areas where an area's data may be kept. */
  readonly residency: Readonly<Partial<Record<Area, readonly Area[]>>>
  /** Names of the secrets that a deployment is given. */
  readonly secrets: readonly string[]
  /** Settings of tunings; the tiers' own when absent. */
  readonly nodeTuning?: NodeTuning
  /** CI that may deploy; none when absent. */
  readonly ci?: Ci
  /** Policies; when absent, all are as the pack has them, without exceptions. */
  readonly policies?: Policies
  /** Approvals; when absent, there are no gates, and live destroys need a second person. */
  readonly approvals?: Approvals
  /** Deployments that are launched by the clock; none when absent. */
  readonly schedules?: readonly Schedule[]
  /** Times in which live stacks may be changed; always when absent. */
  readonly maintenanceWindows?: readonly MaintenanceWindow[]
  /** Times in which nothing live is changed; none when absent. */
  readonly freezes?: readonly Freeze[]
  /** Drift that is not reported; none when absent. */
  readonly drift?: { readonly ignore: readonly DriftRule[] }
  /** Receivers of notifications; none when absent. */
  readonly notifications?: readonly NotificationReceiver[]
  /** Volumes of a month; empty where the file gives none: what depends on them is not priced. */
  readonly volumes: Volumes
  /** Bounds of a month's cost; none when absent. */
  readonly budget?: Budget
  /** Target duration of the whole deployment. */
  readonly targetMinutes?: number
}

/** The scope of a unit: what it is deployed for. */
export interface Scope {
  readonly kind: ScopeKind
  /**
   * Name, unique within a phase; the last part of the unit's id and stack. The cluster's name,
   * `{cluster}-platform`, `{from}.{to}` of a link, the cloud's name, or `global`.
   */
  readonly name: string
  /** Names of the clusters concerned: all of them must be selected for the unit to be. */
  readonly clusters: readonly string[]
  /** Cloud, where it is one cloud's. */
  readonly cloud?: CloudName
}

/** Points at a unit, whose id is `{phase}.{scope}`. */
export interface UnitRef {
  readonly phase: PhaseName
  /** Name of the unit's scope. */
  readonly scope: string
}

/**
 * Something that takes time in a unit and may cost money: resources of one type that are made side
 * by side. A plan predicts a unit's duration and its cost from its steps. Everything on the unit's
 * longest chain, and every type that takes half a minute or more, has to be a step.
 */
export interface EstimateStep {
  /** Name, unique in the unit. */
  readonly key: string
  /** Type of the resources, of which the table of durations says how long they take. */
  readonly type: string
  /** Number of the resources; one when absent. */
  readonly count?: number
  /** Keys of the steps that come before; the unit's beginning when absent. */
  readonly after?: readonly string[]
  /** Cloud whose grants they are, which take effect before what comes after; absent: none. */
  readonly granted?: CloudName
  /** Resources of the step, and those that come with them, that cost money; none when absent. */
  readonly costs?: readonly PaidResource[]
}

/** Resources that cost money: as much of them as pricing needs to know. */
export interface PaidResource {
  /** Type; the step's when absent. */
  readonly type?: string
  /** Name. Pricing tells by it what a bucket keeps, and which launch template a node group has. */
  readonly name: string
  /** Inputs that the price depends on, as the program registers them. */
  readonly inputs?: Readonly<Record<string, unknown>>
  /** Number of such resources; one when absent. */
  readonly count?: number
  /**
   * Name of the cluster whose they are, which also says where they are. When absent, they are the
   * cluster's of a cluster's unit, and belong to no cluster in other units.
   */
  readonly cluster?: string
}

/** The context that a unit's program gets. */
export interface UnitContext {
  readonly federation: Federation
  readonly scope: Scope
  /** Id of the unit, `{phase}.{scope name}`. */
  readonly unit: string
  /**
   * Name of this attempt at the unit, which no other has. What has to happen again at every up, as
   * a measurement has, takes it as its `replacementTrigger`; nothing else may depend on it, since a
   * second up would change that, too.
   */
  readonly attempt: string
  /**
   * Reads an output of another unit, which must be among this unit's `dependsOn`. Secret outputs
   * come as secrets. In a preview over a unit that is not deployed it is unknown: never branch on
   * one. Throws when the unit is not a dependency or a deployed unit has no such output.
   */
  output<T>(ref: UnitRef, name: string): Output<T>
  /**
   * Waits until a grant that was just made in a cloud, by its URN, has usually taken effect; absent
   * where nobody has to wait.
   */
  granted?: (cloud: CloudName, urn: string) => Promise<void>
  /** Reads a secret that the federation file names; always a secret output. */
  secret(name: string): Output<string>
}

/** A unit's outputs: values other units and people read. Wrap what is secret in `pulumi.secret`. */
export type UnitOutputs = Record<string, Input<unknown>>

/**
 * Registers one unit's resources. Pure but for them: no file system, process, clock, network or
 * randomness.
 */
export type PhaseProgram = (context: UnitContext) => UnitOutputs | Promise<UnitOutputs>

/** A resource of an earlier version's stack, as far as a rule needs to know it. */
export interface TakenResource {
  readonly type: string
  readonly name: string
  /** Name of its provider; absent: it is a component. */
  readonly provider?: string
}

/**
 * Resources that a unit has now and another unit's stack had in an earlier version. They are moved
 * from state to state, and nothing happens to them in their cloud.
 */
export interface TakeOver {
  /** The unit that had them; it may be one that no phase has any more. */
  readonly from: UnitRef
  /**
   * Gives the name under which this unit has a resource that stands below none other, and
   * undefined for one that it does not take. What stands below it comes with it.
   */
  taken(resource: TakenResource): string | undefined
  /** Names of providers here by their names there, where they differ. */
  readonly providers?: Readonly<Record<string, string>>
}

/** One kind of unit of a phase. All but `load` are pure and take nothing but the federation. */
export interface UnitKind {
  /** Kind of the scopes. */
  readonly scope: ScopeKind
  /** Lists the scopes for which the phase has such a unit, in the federation's order. */
  scopes(federation: Federation): Scope[]
  /** Lists the units whose outputs the program reads, in this phase or earlier ones. */
  dependsOn(federation: Federation, scope: Scope): UnitRef[]
  /**
   * Lists the units that come first when they are deployed together, though the program reads none
   * of their outputs: this unit can be deployed without them. None when absent.
   */
  after?(federation: Federation, scope: Scope): UnitRef[]
  /** Lists what earlier versions deployed in stacks of other units; nothing when absent. */
  takesOver?(federation: Federation, scope: Scope): TakeOver[]
  /**
   * Says what an up looks at in a cluster's API before it runs the program, so that what stands in
   * its way is told before anything is made; nothing when absent.
   */
  preflight?(federation: Federation, scope: Scope): Preflight
  /** Lists the steps from which a plan predicts the unit's duration and cost. */
  estimate(federation: Federation, scope: Scope): EstimateStep[]
  /** Loads the program, and with it the provider SDKs: only unit hosts call it. */
  load(): Promise<{ program: PhaseProgram }>
}

/** One of the eight phases. */
export interface Phase {
  /** Place in the order, from 1. */
  readonly number: number
  readonly name: PhaseName
  /** Name for people. */
  readonly title: string
  /** Kinds of units, one per kind of scope at most. */
  readonly units: readonly UnitKind[]
}
