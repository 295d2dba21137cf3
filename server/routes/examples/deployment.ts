/** A deployment of the API document's examples, with a unit and an event. */
import { type Deployment, type Unit } from '../../../contract/deployment.ts'
import { type Event } from '../../../contract/event.ts'
import { cluster, deploymentId, localActor, stackName, unitId } from './names.ts'

const resourceChanges = { create: 38, update: 0, delete: 0, replace: 0, same: 0 }

export const deploymentExample: Deployment = {
  id: deploymentId,
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
  resourceChanges,
  lastEvent: 214,
  launchedBy: localActor,
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

export const queuedExample: Deployment = {
  ...deploymentExample,
  status: 'queued',
  position: 1,
  startedAt: null,
  lastEvent: 1,
  resourceChanges: { ...resourceChanges, create: 0 }
}

export const unitExample: Unit = {
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
  resourceChanges,
  outputs: { endpoint: 'https://0A1B.gr7.us-east-1.eks.amazonaws.com', token: { secret: true } }
}

export const eventExample: Event = {
  seq: 12,
  time: '2026-11-21T08:00:04.000Z',
  type: 'unit.started',
  deployment: deploymentId,
  phase: 2,
  unit: unitId,
  attempt: 1
}

/** The body of a request that needs none. */
export const emptyBody = { nothing: { summary: 'Nothing to say', value: {} } }
