/**
 * The words that every room shares: lists of what may be said, and the types made from them. A word
 * of the API is never renamed. This file imports nothing.
 */

/**
 * Operations that can be launched. `drift-check` compares the clouds with the state and changes
 * neither.
 */
export const operations = ['up', 'preview', 'refresh', 'destroy', 'drift-check'] as const
export type Operation = typeof operations[number]

/** Operations that take along what is deployed and no longer in the federation file. */
export const orphanOperations: readonly Operation[] = ['refresh', 'destroy', 'drift-check']

/** Operations that a gate of the federation file can hold up: a drift check changes nothing. */
export const gatedOperations = ['up', 'preview', 'refresh', 'destroy'] as const
export type GatedOperation = typeof gatedOperations[number]

/** Operations that a schedule can launch. */
export const scheduledOperations = ['up', 'preview', 'drift-check'] as const
export type ScheduledOperation = typeof scheduledOperations[number]

/**
 * What a schedule does with a time at which what it launched before is not over: it leaves the time
 * out, or it lets one more wait.
 */
export const overlaps = ['skip', 'queue'] as const
export type Overlap = typeof overlaps[number]

/** Against simulated clouds, or against real ones. */
export const modes = ['rehearsal', 'live'] as const
export type Mode = typeof modes[number]

/** When units start: after the whole phase before, or as soon as what they depend on succeeded. */
export const orderings = ['phased', 'pipelined'] as const
export type Ordering = typeof orderings[number]

/** Phases that wait for an approval because the caller asks for it. */
export const approvalRequests = ['none', 'each-phase'] as const
export type ApprovalRequest = typeof approvalRequests[number]

export const clouds = ['aws', 'gcp', 'azure'] as const
export type CloudName = typeof clouds[number]

/** Clouds that simulated faults can hit, with the API servers of the clusters. */
export const faultClouds = [...clouds, 'kubernetes'] as const
export type FaultCloud = typeof faultClouds[number]

export const faultOperations = ['create', 'update', 'delete', 'read'] as const
export type FaultOperation = typeof faultOperations[number]

/**
 * Effects of a fault. `missing` and `changed` happen to what a refresh or drift check reads:
 * somebody else deleted it, or changed one of its properties, and the world stays so. `denied` is
 * a caller without the right, or with credentials that have expired; `outage` is a part of a cloud
 * that does not answer at all, until the world is told that it is over; `lost-answer` is done, but
 * its caller is not told; `mistake` is another input than the program gave, or a resource that the
 * program left out.
 */
export const faultKinds = [
  'fail',
  'throttle',
  'quota',
  'slow',
  'missing',
  'changed',
  'denied',
  'outage',
  'lost-answer',
  'mistake'
] as const
export type FaultKind = typeof faultKinds[number]

/** Purposes of a cluster. */
export const clusterRoles = ['primary', 'hub', 'dr', 'analytics'] as const
export type ClusterRole = typeof clusterRoles[number]

/** The eight phases in order, by number from 1. */
export const phaseNames = [
  'prerequisites',
  'infrastructure',
  'networking',
  'mesh',
  'federation',
  'monitoring',
  'disaster-recovery',
  'validation'
] as const
export type PhaseName = typeof phaseNames[number]

/** The number of the last phase. */
export const lastPhase = phaseNames.length

/**
 * Kinds of things that a unit is deployed for. `platform`: what a cluster's other workloads stand
 * on, inside it. Units on the wire have the scope's name instead: that of the whole federation is
 * `global`.
 */
export const scopeKinds = ['cluster', 'platform', 'link', 'cloud', 'federation'] as const
export type ScopeKind = typeof scopeKinds[number]

/**
 * Ending of a platform scope's name, behind the cluster's. No cluster's own name may have it.
 */
export const platformEnding = '-platform'

export const deploymentStatuses = [
  'queued',
  'running',
  'waiting',
  'canceling',
  'succeeded',
  'failed',
  'canceled'
] as const
export type DeploymentStatus = typeof deploymentStatuses[number]

/** Statuses that only a resume leaves. */
export const endedStatuses: readonly DeploymentStatus[] = ['succeeded', 'failed', 'canceled']

/**
 * `skipped` and `canceled` are also phases that never began in a deployment that failed, or was
 * canceled.
 */
export const phaseStatuses = [
  'pending',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'skipped',
  'canceled'
] as const
export type PhaseStatus = typeof phaseStatuses[number]

export const unitStatuses = ['waiting', 'running', 'succeeded', 'failed', 'skipped', 'canceled'] as const
export type UnitStatus = typeof unitStatuses[number]

/** Roles of access, from the least to the most: an admin may do everything. */
export const roles = ['viewer', 'operator', 'approver', 'admin'] as const
export type Role = typeof roles[number]

/** Permissions that routes ask for. */
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

/**
 * Kinds of actors. `local`: whoever uses the machine of a service without authentication; `job`: a
 * CI job by its provider's token; `hook` and `schedule`: the service itself on their behalf.
 */
export const actorKinds = ['local', 'person', 'token', 'job', 'hook', 'schedule'] as const
export type ActorKind = typeof actorKinds[number]

/**
 * Acts that make a run go on. `pushed`: whoever pushed what a webhook told of, whose hook launched.
 * `triggered`: whoever had the CI job run that did one of the others.
 */
export const drivingActs = ['launched', 'pushed', 'triggered', 'resumed', 'overridden'] as const
export type DrivingAct = typeof drivingActs[number]

/** Ways to enforce a policy: a mandatory violation stops the unit, an advisory one is reported. */
export const enforcements = ['mandatory', 'advisory', 'disabled'] as const
export type Enforcement = typeof enforcements[number]

/** Enforcements of policies that have findings. */
export const findingEnforcements = ['mandatory', 'advisory'] as const
export type FindingEnforcement = typeof findingEnforcements[number]

/**
 * Ways in which a resource differs from the state. `changed`: in an input that the program sets;
 * `output`: only in values that the cloud computes; `missing`: it is gone from the cloud.
 */
export const driftKinds = ['changed', 'output', 'missing'] as const
export type DriftKind = typeof driftKinds[number]

/** Reasons that keep live stacks from being changed: a closed maintenance window, or a freeze. */
export const closures = ['window', 'freeze'] as const
export type Closure = typeof closures[number]

/** Origins of a gate: the federation file, the destroy of live stacks, or the launch itself. */
export const gateReasons = ['federation', 'live-destroy', 'requested'] as const
export type GateReason = typeof gateReasons[number]

/** Ways to notify a receiver. */
export const receiverKinds = ['slack', 'pagerduty', 'email', 'webhook'] as const
export type ReceiverKind = typeof receiverKinds[number]

/**
 * Messages that receivers can be sent: mostly types of a deployment's events, without
 * `deployment.`.
 */
export const notices = [
  'queued',
  'started',
  'waiting',
  'window',
  'approved',
  'rejected',
  'canceling',
  'resumed',
  'continued',
  'drift',
  'policy-mandatory',
  'policy-advisory',
  'unit-failed',
  'succeeded',
  'failed',
  'canceled'
] as const
export type Notice = typeof notices[number]

/** Statuses of a notification; a dead one is not tried again. */
export const notificationStatuses = ['pending', 'delivered', 'dead'] as const
export type NotificationStatus = typeof notificationStatuses[number]
