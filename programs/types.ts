/**
 * What a phase program gets and returns, and the federation as programs see it: validated, complete
 * (defaults filled in, ranges computed) and read-only. `automation/federation` makes it from a YAML
 * file; nothing here does any work but `Outputs`' types.
 */
import type { Input, Output } from '@pulumi/pulumi'
import {
  type CloudName,
  type ClusterRole,
  type Enforcement,
  type GatedOperation,
  type Mode,
  type Notice,
  type Operation,
  type PhaseName,
  type ReceiverKind,
  type ScheduledOperation,
  type ScopeKind
} from '../contract/words.ts'

/**
 * How much a cluster is tuned and what it may cost: ultra-low-latency (primaries), high-performance
 * (hubs), standard (DR), batch (analytics).
 */
export type Tier = 'ultra-low-latency' | 'high-performance' | 'standard' | 'batch'
/** Continents between which the federation has latency targets. */
export type Area = 'us' | 'eu' | 'asia'
/** The eight network techniques of the ultra-low-latency tier; other tiers use fewer. */
export type Tuning =
  | 'kernel-bypass'
  | 'sr-iov'
  | 'cpu-pinning'
  | 'numa'
  | 'huge-pages'
  | 'irq-affinity'
  | 'tcp-bbr'
  | 'placement'

export interface Taint {
  readonly key: string
  readonly value: string
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute'
}
export interface NodePool {
  readonly name: string
  readonly instanceType: string
  readonly min: number
  readonly max: number
  readonly desired: number
  readonly spot: boolean
  readonly diskGb: number
  readonly labels: Readonly<Record<string, string>>
  readonly taints: readonly Taint[]
}
/**
 * `public`, `private` and `intra` each hold one /20-or-smaller block per zone, inside the cluster's
 * CIDR and apart from each other.
 */
export interface SubnetPlan {
  readonly zone: string
  readonly public: string
  readonly private: string
  readonly intra: string
}
export interface Cluster {
  readonly name: string
  readonly role: ClusterRole
  readonly tier: Tier
  readonly cloud: CloudName
  readonly region: string
  readonly area: Area
  readonly zones: readonly string[]
  /** The VPC or VNet. */
  readonly cidr: string
  /** Computed; overlap nothing in the federation. */
  readonly podCidr: string
  readonly serviceCidr: string
  /** The /28 of a private control plane (GKE), computed, apart from all others. */
  readonly controlPlaneCidr: string
  readonly subnets: readonly SubnetPlan[]
  readonly kubernetesVersion: string
  readonly nodePools: readonly NodePool[]
  /** Private autonomous system number (RFC 6996), unique in the federation. */
  readonly asn: number
  readonly tuning: readonly Tuning[]
  /** Whether the cluster keeps state that a disaster recovery pair replicates. */
  readonly stateful: boolean
}
/**
 * A connection between two clusters. `vpn`: site-to-site between clouds; `peering`: inside one
 * cloud; `interconnect`: dedicated circuit.
 */
export interface Link {
  readonly from: string
  readonly to: string
  readonly kind: 'vpn' | 'peering' | 'interconnect'
  readonly bandwidthGbps: number /** Of an interconnect. */
  readonly circuit?: Circuit
}
/**
 * How an exchange joins two clouds. `asn`: of the exchange's router. `state`: `ordered` until the
 * exchange has confirmed both ends. `connections`: the hosted connections that it made for the AWS
 * end, once it has. `peeringLocation`: where the circuit of the Azure end begins.
 */
export interface Circuit {
  readonly exchange: string
  readonly asn: number
  readonly state: 'ordered' | 'joined'
  readonly connections: readonly { readonly id: string, readonly vlan: number }[]
  readonly peeringLocation?: string
}
export interface DrPair {
  readonly primary: string
  readonly standby: string
  readonly rtoSeconds: number
  readonly rpoSeconds: number
  /** Nodes the standby scales to on failover. */
  readonly failoverNodes: number
}
export interface DisasterRecovery {
  /** `required`: a standby must be in another cloud than its primary. */
  readonly crossCloud: 'required' | 'allowed'
  readonly pairs: readonly DrPair[]
  readonly probeIntervalSeconds: number
  readonly failureThreshold: number
  readonly dnsTtlSeconds: number
  readonly globalFailoverSeconds: number
  readonly backupSchedule: string
  readonly backupRetentionDays: number
}
export interface LatencyTarget {
  readonly from: Area | 'intra-region'
  readonly to: Area | 'intra-region'
  readonly milliseconds: number
  readonly expectedMilliseconds: number
}
export interface Mesh {
  readonly istioVersion: string
  readonly trustDomain: string
  readonly certificateYears: number
  readonly outlierConsecutiveErrors: number
  readonly minTlsVersion: 'TLSV1_3'
  /** The objective of the mesh's own failover. */
  readonly failoverSeconds?: number
  readonly services: readonly MeshService[]
}
/** A service of the trading platform that is reachable over the mesh. */
export interface MeshService {
  readonly name: string
  readonly namespace: string
  readonly port: number
  readonly protocol: 'http' | 'grpc' | 'tcp'
  readonly roles: readonly ClusterRole[]
}
export type DnsStrategy = 'latency' | 'geography' | 'failover' | 'weighted' | 'least-load'
export interface Dns {
  readonly zone: string
  readonly host: string
  readonly provider: CloudName
  readonly strategies: readonly DnsStrategy[]
  readonly healthCheckIntervalSeconds: number
  readonly weights: Readonly<Record<string, number>>
}
export interface Monitoring {
  readonly hub: string
  readonly retentionDays: number
  readonly scrapeIntervalSeconds: number
  readonly traceSamplingPercent: number
  /** How many alert rules there must be at least. */
  readonly minimumAlertRules?: number
  /**
   * Where `docs/runbooks` is published, without a slash at the end; `https://runbooks.{zone}` when
   * absent.
   */
  readonly runbooks?: string
  /** Names of secrets (see `UnitContext.secret`) that hold the receivers' addresses or keys. */
  readonly receivers: { readonly slack?: string, readonly pagerduty?: string, readonly email?: string }
}
export interface Availability {
  readonly federation: number
  readonly cluster: number
  readonly dns: number
  readonly mesh: number
}
export interface Accounts {
  /**
   * `roleArn`: the role to assume in the account. Without one the caller's own identity is used, in
   * each cloud.
   */
  readonly aws: { readonly accountId: string, readonly roleArn?: string }
  readonly gcp: { readonly project: string, readonly impersonateServiceAccount?: string }
  /** `clientId`: the application or identity that federated credentials (OIDC) are for. */
  readonly azure: { readonly subscriptionId: string, readonly tenantId: string, readonly clientId?: string }
}
/** Where the federation's CI runs: who signs its tokens, and the `sub` claims that may deploy. */
export interface Ci {
  readonly issuer: string
  readonly subjects: readonly string[]
}
/**
 * What the tunings of nodes are set to: CPUs kept for pinned applications (`cpu-pinning`,
 * `irq-affinity`) and page sizes (`huge-pages`).
 */
export interface NodeTuning {
  readonly pinnedCpus: readonly number[]
  readonly hugePages: readonly ('2Mi' | '1Gi')[]
}
export interface Capacity {
  readonly webSocketConnections: number
  readonly messagesPerSecond: number
  readonly minBandwidthGbps: number
  readonly maxBandwidthGbps: number
}

/**
 * Volumes of one cluster in a month: what is moved, written and kept. Names and units are those of
 * `pricing/model.ts`.
 */
export type ClusterVolumes = Readonly<
  Partial<
    Record<
      | 'internetEgressGb'
      | 'interCloudGb'
      | 'interRegionGb'
      | 'crossZoneGb'
      | 'natGb'
      | 'endpointGb'
      | 'loadBalancerGb'
      | 'logGb'
      | 'flowLogGb'
      | 'logBucketGb'
      | 'backupGb'
      | 'registryGb'
      | 'objectRequestsMillions'
      | 'keyRequestsMillions',
      number
    >
  >
>
/** What usage-dependent prices are multiplied with: by cluster, and what belongs to none. */
export interface Volumes {
  readonly clusters: Readonly<Record<string, ClusterVolumes>>
  readonly shared: Readonly<
    Partial<Record<'dnsQueriesMillions' | 'auditLogGb' | 'auditEventsMillions', number>>
  >
}
/** Phases that wait for people: `people` are subjects, both lists empty: whoever may approve. */
export interface ApprovalGate {
  readonly phases: readonly PhaseName[]
  readonly operations: readonly GatedOperation[]
  readonly modes: readonly Mode[]
  readonly people: readonly string[]
  readonly groups: readonly string[]
  readonly needed: number
  readonly expiresMinutes: number
  /** Whether who launched counts. */
  readonly launcherMayApprove: boolean
}
/** `liveDestroy`: whether destroying live stacks needs somebody else than who launched it. */
export interface Approvals {
  readonly gates: readonly ApprovalGate[]
  readonly liveDestroy: 'second-person' | 'alone'
}
/**
 * Who is told of what: `events` are types of deployments' events without `deployment.`. Secrets by
 * name.
 */
export interface NotificationReceiver {
  readonly name: string
  readonly kind: ReceiverKind
  readonly secret: string
  readonly url?: string
  readonly from?: string
  readonly to?: readonly string[]
  readonly events: readonly Notice[]
  readonly modes: readonly Mode[]
  readonly operations: readonly Operation[]
}
/** What is launched when: `cron` has five fields, which count in `timeZone`. */
export interface Schedule {
  readonly name: string
  readonly cron: string
  readonly timeZone: string
  readonly operation: ScheduledOperation
  readonly mode: Mode
  readonly phases: { readonly from: number, readonly to: number }
  /** Of a rehearsal. */
  readonly world: string
}
/**
 * When what is live may be changed: opens by `cron` in `timeZone`, closes after so many minutes or
 * when the other expression is due next. Absent phases and clusters: all.
 */
export interface MaintenanceWindow {
  readonly name: string
  readonly cron: string
  readonly timeZone: string
  readonly closes: { readonly minutes: number } | { readonly cron: string }
  readonly phases?: readonly PhaseName[]
  readonly clusters?: readonly string[]
}
/** When nothing live is changed, whatever windows say: ISO 8601 in UTC, `to` not included. */
export interface Freeze {
  readonly name: string
  readonly from: string
  readonly to: string
  readonly reason: string
  readonly phases?: readonly PhaseName[]
  readonly clusters?: readonly string[]
}
/**
 * What a drift check does not hold against anybody. `type` and `property` are patterns in which `*`
 * stands for any text; `property` covers what is inside it. Absent: any.
 */
export interface DriftRule {
  readonly type: string
  readonly property?: string
  readonly cluster?: string
  readonly reason: string
}
/** What a month may cost at list prices, in US dollars. */
export interface Budget {
  readonly monthly: number
  readonly perPhase: Readonly<Partial<Record<PhaseName, number>>>
  readonly perCluster: Readonly<Record<string, number>> /** By id, `{phase}.{scope}`. */
  readonly perUnit: Readonly<Record<string, number>>
}

export interface Federation {
  readonly name: string
  readonly description?: string
  readonly owner: string
  readonly labels: Readonly<Record<string, string>>
  readonly accounts: Accounts
  readonly clusters: readonly Cluster[]
  readonly links: readonly Link[]
  readonly disasterRecovery: DisasterRecovery
  readonly latencyTargets: readonly LatencyTarget[]
  readonly mesh: Mesh
  readonly dns: Dns
  readonly monitoring: Monitoring
  readonly availability: Availability
  readonly capacity: Capacity
  /** Area -> areas where that area's data may be kept. */
  readonly residency: Readonly<Partial<Record<Area, readonly Area[]>>>
  /** Names of the secrets that a deployment is given. */
  readonly secrets: readonly string[]
  readonly nodeTuning?: NodeTuning
  /** Absent: no CI is trusted. */
  readonly ci?: Ci
  /** Absent: every policy as the pack has it, no exceptions. */
  readonly policies?: Policies
  /** Absent: no gates, and live destroys need a second person. */
  readonly approvals?: Approvals
  /** Absent: nothing is launched by itself. */
  readonly schedules?: readonly Schedule[]
  /** Absent: always. */
  readonly maintenanceWindows?: readonly MaintenanceWindow[]
  readonly freezes?: readonly Freeze[]
  /** Absent: nothing is ignored. */
  readonly drift?: { readonly ignore: readonly DriftRule[] }
  /** Absent: nobody is told. */
  readonly notifications?: readonly NotificationReceiver[]
  /** Empty where the file gives none: what depends on them is then not priced. */
  readonly volumes: Volumes
  readonly budget?: Budget
  /** The whole deployment's target duration. */
  readonly targetMinutes?: number
}

/**
 * `resource` is matched against URNs, `*` stands for any text. `expires` is the last day
 * (YYYY-MM-DD, UTC) on which the exception applies.
 */
export interface PolicyException {
  readonly policy: string
  readonly resource: string
  readonly reason: string
  readonly expires: string
}
/**
 * What the federation says about the policy pack; `all` in `enforcement` stands for every policy
 * that is not named there.
 */
export interface Policies {
  readonly enforcement: Readonly<Record<string, Enforcement>>
  readonly exceptions: readonly PolicyException[]
}

/**
 * What a unit is deployed for. `name` is unique within a phase and is the last part of the unit's
 * id and stack: the cluster's name, `{from}.{to}` of a link, the cloud's name, or `global`.
 * `clusters` are the clusters concerned: all of them must be selected for the unit to be.
 */
export interface Scope {
  readonly kind: ScopeKind
  readonly name: string
  readonly clusters: readonly string[]
  readonly cloud?: CloudName
}

/** Points at a unit: `{phase}.{scope name}` is its id. */
export interface UnitRef {
  readonly phase: PhaseName
  readonly scope: string
}

/**
 * One thing that takes time in a unit, for the plan's prediction: `count` resources of a type that
 * are made side by side, after the steps named in `after`. Only what lies on a unit's longest
 * chain, and every type that takes half a minute or more, has to be listed.
 */
export interface EstimateStep {
  readonly key: string
  readonly type: string
  readonly count?: number
  readonly after?: readonly string[]
}

/** What a unit's program is given. */
export interface UnitContext {
  readonly federation: Federation
  readonly scope: Scope
  /** `{phase}.{scope name}`. */
  readonly unit: string
  /**
   * An output of another unit, which must be among this unit's `dependsOn`. Secret outputs come as
   * secrets. In a preview over a unit that is not deployed it is unknown: never branch on one.
   * Throws when the unit is not a dependency or a deployed unit has no such output.
   */
  output<T>(ref: UnitRef, name: string): Output<T>
  /** A secret that the federation file names; always a secret output. */
  secret(name: string): Output<string>
}

/** A unit's outputs: values other units and people read. Wrap what is secret in `pulumi.secret`. */
export type UnitOutputs = Record<string, Input<unknown>>

/**
 * Registers one unit's resources. Pure but for them: no file system, process, clock, network or
 * randomness.
 */
export type PhaseProgram = (context: UnitContext) => UnitOutputs | Promise<UnitOutputs>

/** One kind of unit of a phase. All but `load` are pure and take nothing but the federation. */
export interface UnitKind {
  readonly scope: ScopeKind
  /** The scopes for which this phase has such a unit, in the federation's order. */
  scopes(federation: Federation): Scope[]
  /** Units whose outputs the program reads, in this phase or earlier ones. */
  dependsOn(federation: Federation, scope: Scope): UnitRef[]
  /**
   * Units that come first when they are deployed together, though the program reads none of their
   * outputs: a missing one keeps nobody from deploying this one by itself. None when absent.
   */
  after?(federation: Federation, scope: Scope): UnitRef[]
  estimate(federation: Federation, scope: Scope): EstimateStep[]
  /** Loads the program, and with it the provider SDKs: only unit hosts call it. */
  load(): Promise<{ program: PhaseProgram }>
}

/** One of the eight phases. A phase has at most one kind of unit per scope kind. */
export interface Phase {
  readonly number: number
  readonly name: PhaseName
  readonly title: string
  readonly units: readonly UnitKind[]
}
