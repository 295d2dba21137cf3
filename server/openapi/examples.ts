/**
 * Examples of the document: a table, longer than other files. Types and a test hold them to the
 * schemas.
 */
import { type CreatedToken, type TokenRequest, type Session, type Token } from '../../contract/access.ts'
import { type AuditEntry, type Verification } from '../../contract/audit.ts'
import { type Deployment, type Unit } from '../../contract/deployment.ts'
import { type DriftFinding } from '../../contract/drift.ts'
import { type Event } from '../../contract/event.ts'
import { type FederationSummary, type Plan, type Stack } from '../../contract/federation.ts'
import { type Gate } from '../../contract/gate.ts'
import { type Readiness } from '../../contract/health.ts'
import { type Decision, type LaunchRequest } from '../../contract/launch.ts'
import { type Notification } from '../../contract/notification.ts'
import { type PolicyFinding } from '../../contract/policy-finding.ts'
import { type Validation } from '../../contract/validation.ts'

const id = '0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10'
const cluster = 'nautilus-primary-us-east'
const unitId = `infrastructure.${cluster}`
const stackName = `nautilus.${unitId}`
const actor = { subject: 'local', name: 'local', kind: 'local' as const }
const changes = { create: 38, update: 0, delete: 0, replace: 0, same: 0 }
const money = {
  monthly: 1840.2,
  currency: 'USD' as const,
  range: { min: 1210.5, max: 3920 },
  usage: 310.4,
  fromMemory: 0
}

const deployment: Deployment = {
  id,
  federation: 'nautilus',
  operation: 'up',
  mode: 'rehearsal',
  world: 'default',
  status: 'running',
  createdAt: '2026-11-21T08:00:00.000Z',
  startedAt: '2026-11-21T08:00:00.120Z',
  finishedAt: null,
  phases: [{
    number: 1,
    name: 'prerequisites',
    status: 'running',
    startedAt: '2026-11-21T08:00:00.140Z',
    finishedAt: null,
    units: { total: 3, succeeded: 1, failed: 0, running: 2, skipped: 0, waiting: 0, canceled: 0 }
  }],
  resourceChanges: changes,
  lastEvent: 214,
  launchedBy: actor,
  request: {
    federation: 'nautilus',
    operation: 'up',
    mode: 'rehearsal',
    phases: { from: 1, to: 1 },
    ordering: 'phased',
    approvals: 'none',
    rehearsal: { world: 'default', timeScale: 0, seed: 1, faults: [] }
  }
}

const unit: Unit = {
  id: unitId,
  phase: 2,
  scope: cluster,
  clusters: [cluster],
  cloud: 'aws',
  stack: stackName,
  status: 'succeeded',
  attempt: 1,
  startedAt: '2026-11-21T08:00:04.000Z',
  finishedAt: '2026-11-21T08:00:05.310Z',
  dependsOn: ['prerequisites.aws'],
  resourceChanges: changes,
  outputs: { endpoint: 'https://0A1B.gr7.us-east-1.eks.amazonaws.com', token: { secret: true } }
}

const grant = {
  role: 'operator' as const,
  federations: ['nautilus'],
  phases: { from: 1, to: 3 },
  modes: ['rehearsal' as const, 'live' as const],
  operations: [
    'up' as const,
    'preview' as const,
    'refresh' as const,
    'destroy' as const,
    'drift-check' as const
  ]
}
const token: Token = {
  id: '5c0d1f3a-2f0e-4a55-8c31-6b1d1f0c9e42',
  name: 'release',
  status: 'active',
  person: 'corp:8f3a',
  grants: [grant],
  createdBy: { subject: 'corp:8f3a', name: 'Alice', kind: 'person' },
  createdAt: '2026-11-21T08:00:00.000Z',
  expiresAt: '2026-12-21T08:00:00.000Z',
  lastUsedAt: '2026-11-21T09:12:00.000Z',
  revokedAt: null
}
const createdToken: CreatedToken = {
  ...token,
  lastUsedAt: null,
  token: 'wlt_EXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLE00'
}
const session: Session = {
  authentication: 'on',
  signedIn: true,
  actor: { subject: 'corp:8f3a', name: 'Alice', kind: 'person' },
  groups: ['trading'],
  grants: [{ ...grant, permissions: ['federations.read', 'deployments.read', 'deployments.launch'] }],
  expiresAt: '2026-11-21T20:00:00.000Z',
  issuers: [{ name: 'corp', label: 'Corp account', login: '/v1/session/login?issuer=corp' }]
}

const event: Event = {
  seq: 12,
  time: '2026-11-21T08:00:04.000Z',
  type: 'unit.started',
  deployment: id,
  phase: 2,
  unit: unitId,
  attempt: 1
}

const plan: Plan = {
  federation: 'nautilus',
  operation: 'up',
  units: [{
    id: 'prerequisites.aws',
    phase: 1,
    scope: 'aws',
    clusters: [],
    cloud: 'aws',
    stack: 'nautilus.prerequisites.aws',
    dependsOn: [],
    predicted: { start: 0, end: 95, seconds: 95 }
  }],
  parallelism: 8,
  warnings: [],
  makespanSeconds: 95,
  targetSeconds: 7200,
  meetsTarget: true,
  criticalPath: ['prerequisites.aws'],
  cost: {
    ...money,
    perPhase: [{ phase: 1, name: 'prerequisites', monthly: 1840.2 }],
    perCluster: [{ cluster, monthly: 1840.2 }],
    perUnit: [{ unit: 'prerequisites.aws', monthly: 1840.2, basis: 'federation' }],
    unpriced: []
  }
}

const readiness: Readiness = {
  ready: true,
  parts: {
    store: { ready: true },
    workflow: { ready: true },
    events: { ready: true },
    hosts: { ready: true },
    federations: { ready: true },
    service: { ready: true },
    pulumi: { ready: false, detail: 'live deployments are refused: there is no Pulumi CLI on the PATH' }
  }
}
const finding: PolicyFinding = {
  seq: 77,
  time: '2026-11-21T08:00:05.000Z',
  phase: 2,
  unit: unitId,
  policy: 'aws-eks-endpoint-private',
  pack: 'windlass',
  enforcement: 'advisory',
  message: 'the control plane answers the internet: set endpointPublicAccess to false'
}
const drift: DriftFinding = {
  number: 12,
  phase: 2,
  unit: unitId,
  urn: `urn:pulumi:${stackName}::windlass::aws:ec2/vpc:Vpc::network`,
  resource: { type: 'aws:ec2/vpc:Vpc', name: 'network' },
  kind: 'changed',
  properties: [{ path: 'tags.owner', kind: 'changed', expected: 'platform', actual: 'somebody' }]
}
const summary: FederationSummary = { name: 'nautilus', file: 'nautilus.yaml', valid: true, clusters: 10 }
const stack: Stack = { stack: stackName, unit: unitId, resources: 39, updatedAt: '2026-11-21T08:00:05.310Z' }
const validation: Validation = {
  deployment: id,
  federation: 'nautilus',
  mode: 'rehearsal',
  world: 'default',
  passed: true,
  complete: true,
  counts: { passed: 1, failed: 0, advisory: 0 },
  units: [{
    unit: 'validation.global',
    clusters: [cluster],
    status: 'succeeded',
    finishedAt: '2026-11-21T08:00:31.000Z',
    checks: [{
      name: 'latency-us-eu',
      kind: 'latency',
      passed: true,
      required: true,
      measured: 73.5,
      target: 80,
      unit: 'ms',
      why: 'the slowest of 2 round trips'
    }]
  }]
}

const gate: Gate = {
  phase: 2,
  because: 'federation',
  needed: 2,
  people: [],
  groups: ['platform-leads'],
  launcherMayApprove: false,
  missing: 1,
  status: 'waiting',
  decisions: [{
    phase: 2,
    decision: 'approved',
    counts: true,
    actor,
    time: '2026-11-21T08:00:20.000Z',
    comment: 'change 4711'
  }]
}
const notification: Notification = {
  id: '5d0c7f6e-3b0c-4f0e-8a3f-6f1f5b8b0e11',
  federation: 'nautilus',
  deployment: id,
  event: 240,
  type: 'deployment.failed',
  receiver: 'pager',
  kind: 'pagerduty',
  status: 'delivered',
  attempts: 1,
  createdAt: '2026-11-21T08:00:31.000Z',
  endedAt: '2026-11-21T08:00:32.000Z'
}

/** What a schema of `components/schemas` looks like, by its name. */
const auditEntry: AuditEntry = {
  seq: 42,
  time: '2026-11-21T08:00:20.000Z',
  action: 'deployment.approved',
  outcome: 'done',
  actor,
  origin: { address: '10.0.0.7', requestId: '3f0d7f0a' },
  target: { kind: 'deployment', id, federation: 'nautilus' },
  before: { status: 'waiting', phase: 2 },
  after: { status: 'running', phase: 2, missing: 0 },
  reason: 'change 4711'
}
const head = { seq: 42, hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' }
const auditVerification: Verification = {
  valid: true,
  entries: 42,
  first: { seq: 0, hash: '0'.repeat(64) },
  head
}

export const schemaExamples: Record<string, unknown> = {
  Deployment: deployment,
  Unit: unit,
  Event: event,
  Plan: plan,
  Readiness: readiness,
  PolicyFinding: finding,
  DriftFinding: drift,
  HookDelivery: {
    delivery: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
    receivedAt: '2026-11-21T08:00:00.000Z',
    deployment: id
  },
  ResourceChange: {
    seq: 77,
    phase: 2,
    unit: unitId,
    urn: drift.urn,
    resource: drift.resource,
    op: 'update',
    diff: [{ path: 'tags.owner', kind: 'update', replaces: false, before: 'platform', after: 'trading' }]
  },
  DriftCounts: {
    resources: 39,
    changed: 1,
    output: 4,
    missing: 0,
    ignored: { changed: 0, output: 0, missing: 0 }
  },
  FederationSummary: summary,
  Federation: {
    name: 'nautilus',
    owner: 'platform',
    clusters: [{ name: cluster, role: 'primary', cloud: 'aws', region: 'us-east-1', cidr: '10.10.0.0/16' }]
  },
  Stack: stack,
  Notification: notification,
  Gate: gate,
  Waiting: {
    deployment: id,
    federation: 'nautilus',
    operation: 'up',
    mode: 'live',
    gate: {
      phase: 2,
      because: 'federation',
      needed: 2,
      people: [],
      groups: ['platform-leads'],
      launcherMayApprove: false,
      missing: 1,
      approvedBy: []
    },
    mine: true
  },
  WindowReport: {
    items: [{
      name: 'weekend',
      kind: 'window',
      open: false,
      next: '2026-11-21T22:00:00.000Z',
      timeZone: 'UTC'
    }],
    open: false,
    because: 'window',
    names: ['weekend'],
    opens: '2026-11-21T22:00:00.000Z'
  },
  AuditEntry: auditEntry,
  AuditVerification: auditVerification,
  Validation: validation,
  Token: token,
  CreatedToken: createdToken,
  Session: session
}

/**
 * Answers that no named schema describes, or that differ from its example, by operation and status.
 */
export const answerExamples: Record<string, Record<string, unknown>> = {
  launchDeployment: {
    202: {
      ...deployment,
      status: 'queued',
      position: 1,
      startedAt: null,
      lastEvent: 1,
      resourceChanges: { ...changes, create: 0 }
    }
  },
  deliverHook: {
    200: {
      hook: 'platform',
      delivery: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
      replayed: false,
      ignored: 'no rule is about pushes to the branch feature/x'
    },
    202: { hook: 'platform', delivery: '72d3162e-cc78-11e3-81ab-4c9367dc0958', replayed: false, deployment }
  },
  cancelDeployment: { 200: { ...deployment, status: 'canceling' } },
  listSchedules: {
    200: {
      items: [{
        name: 'nightly',
        cron: '0 3 * * *',
        timeZone: 'Europe/Berlin',
        operation: 'up',
        mode: 'rehearsal',
        next: '2026-11-22T02:00:00.000Z',
        last: { due: '2026-11-21T02:00:00.000Z', deployment: id }
      }]
    }
  },
  readHealth: { 200: { status: 'ok' } },
  readReadiness: {
    503: {
      ready: false,
      parts: {
        store: { ready: false, detail: 'connect ECONNREFUSED 127.0.0.1:5432' },
        hosts: { ready: true }
      }
    }
  },
  readOutputs: { 200: { [unitId]: unit.outputs } },
  exportStackState: {
    200: {
      version: 3,
      deployment: {
        manifest: { time: '2026-11-21T08:00:05.310Z', magic: '', version: 'v3.270.0' },
        resources: []
      }
    }
  },
  readApiDocument: { 200: { openapi: '3.1.0', info: { title: 'Windlass', version: '0.1.0' }, paths: {} } }
}

interface Named<T> {
  summary: string
  value: T
}
const launches: Record<string, Named<LaunchRequest>> = {
  whole: { summary: 'Rehearse all eight phases', value: { federation: 'nautilus', operation: 'up' } },
  preview: {
    summary: 'Preview two phases of one cluster',
    value: { federation: 'nautilus', operation: 'preview', phases: { from: 1, to: 2 }, clusters: [cluster] }
  },
  faulty: {
    summary: 'Rehearse a failure that heals',
    value: {
      federation: 'nautilus',
      operation: 'up',
      ordering: 'pipelined',
      rehearsal: { world: 'drill', seed: 7, faults: [{ cloud: 'aws', kind: 'throttle', times: 3 }] }
    }
  },
  live: {
    summary: 'Deploy for real, approving each phase',
    value: { federation: 'nautilus', operation: 'up', mode: 'live', approvals: 'each-phase' }
  }
}
const decision: Record<string, Named<Decision>> = {
  decided: { summary: 'Decide on phase 2', value: { phase: 2, comment: 'change 4711' } }
}
const tokens: Record<string, Named<TokenRequest>> = {
  release: {
    summary: 'For releases of the first three phases',
    value: {
      name: 'release',
      grants: [{ role: 'operator', federations: ['nautilus'], phases: { from: 1, to: 3 } }],
      expiresInDays: 90
    }
  }
}
const empty = { nothing: { summary: 'Nothing to say', value: {} } }

/** Bodies of requests, by operation. */
export const requestExamples: Record<string, Record<string, Named<unknown>>> = {
  launchDeployment: launches,
  approvePhase: decision,
  rejectPhase: decision,
  overrideWindow: {
    urgent: { summary: 'It can not wait', value: { reason: 'incident 4711: certificates expire tonight' } }
  },
  cancelDeployment: empty,
  resumeDeployment: empty,
  resendNotification: empty,
  signOut: empty,
  createToken: tokens,
  signIn: { token: { summary: 'With an API token', value: { token: createdToken.token } } }
}

/**
 * Values of parameters, by name; `after` of an event list is a number, of other lists what the page
 * before said.
 */
export const parameterExamples: Record<string, unknown> = {
  id,
  token: token.id,
  notification: notification.id,
  issuer: 'corp',
  return: '/deployments',
  name: 'nautilus',
  unit: unitId,
  stack: stackName,
  limit: 100,
  after: 0,
  world: 'default',
  mode: 'rehearsal',
  'idempotency-key': 'release-42',
  'last-event-id': '12',
  operation: 'up',
  from: 1,
  to: 8,
  clusters: cluster
}

/** The forms of the event stream, and the metrics. */
export const streamExamples: Record<string, string> = {
  'text/event-stream': `retry: 2000\n\nid: 12\ndata: ${JSON.stringify(event)}\n\n`,
  'application/x-ndjson': `${JSON.stringify(event)}\n`,
  'text/plain': '# HELP windlass_deployments Deployments by status\n# TYPE windlass_deployments ' +
    'gauge\nwindlass_deployments{status="running"} 1\n'
}
