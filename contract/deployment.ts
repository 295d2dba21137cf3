/** Deployments and their units on the wire. */
import { Type, type Static } from 'typebox'
import { actorSchema } from './access.ts'
import { deploymentCostSchema, unitCostSchema } from './cost.ts'
import { driftCountsSchema } from './drift.ts'
import { driverSchema, openGateSchema } from './gate.ts'
import { launchSchema, type Launch } from './launch.ts'
import { deploymentScenarioSchema } from './scenario.ts'
import { count, ref, time, timeOrNull } from './schema.ts'
import { predictedSchema, virtualSchema } from './virtual-time.ts'
import { launchWarningSchema, windowOverrideSchema, windowWaitSchema } from './window.ts'
import {
  cloudSchema,
  deploymentStatusSchema,
  modeSchema,
  operationSchema,
  phaseNameSchema,
  phaseNumber,
  phaseStatusSchema,
  unitStatusSchema
} from './word-schemas.ts'

export const resourceChangesSchema = Type.Object({
  create: count('resources created'),
  update: count('resources updated in place'),
  delete: count('resources deleted'),
  replace: count('resources replaced'),
  same: count('resources unchanged')
}, { $id: 'ResourceChanges', description: "resource operations, summed from the engine's summaries" })
export type ResourceChanges = Static<typeof resourceChangesSchema>

export const failureSchema = Type.Object({
  code: Type.String({ description: 'a stable code' }),
  message: Type.String({ description: 'what went wrong' }),
  retryable: Type.Boolean({ description: 'whether a retry may help' }),
  unit: Type.Optional(Type.String({ description: 'the id of the unit that failed' })),
  resource: Type.Optional(Type.String({ description: 'the URN of the resource that failed' }))
}, { $id: 'Failure', description: 'why a deployment or unit failed' })
export type Failure = Static<typeof failureSchema>

export const unitCountsSchema = Type.Object({
  total: count('all units'),
  succeeded: count('units that succeeded'),
  failed: count('units that failed'),
  running: count('units that run'),
  skipped: count('units that were skipped'),
  waiting: count('units that wait'),
  canceled: count('units that were canceled')
}, { description: "the phase's units by status" })
export type UnitCounts = Static<typeof unitCountsSchema>

export const phaseSchema = Type.Object({
  number: phaseNumber("the phase's number"),
  name: phaseNameSchema,
  status: phaseStatusSchema,
  startedAt: timeOrNull('when its first unit started'),
  finishedAt: timeOrNull('when its last unit ended'),
  units: unitCountsSchema
}, { description: 'a phase of a deployment' })
export type PhaseState = Static<typeof phaseSchema>

const requestSchema = Type.Unsafe<Launch>({ ...launchSchema, description: 'the launch with its defaults' })

export const deploymentSchema = Type.Object({
  id: Type.String({ description: "the deployment's id" }),
  federation: Type.String({ description: "the federation's name" }),
  operation: operationSchema,
  mode: modeSchema,
  world: Type.Optional(Type.String({ description: 'the world of a rehearsal' })),
  status: deploymentStatusSchema,
  position: Type.Optional(
    Type.Integer({ minimum: 1, description: 'the position in the queue, while queued; 1 is next' })
  ),
  createdAt: time('when it was launched'),
  startedAt: timeOrNull('when it started'),
  finishedAt: timeOrNull('when it ended'),
  virtual: Type.Optional(virtualSchema),
  parallelism: Type.Optional(
    Type.Integer({ minimum: 1, description: 'how many units run at once, as decided at the launch' })
  ),
  phases: Type.Array(phaseSchema, { description: 'the selected phases in order' }),
  resourceChanges: ref(resourceChangesSchema),
  cost: Type.Optional(ref(deploymentCostSchema)),
  drift: Type.Optional(ref(driftCountsSchema)),
  lastEvent: count('the seq of the last event'),
  eventsFrom: Type.Optional(
    Type.Integer({
      minimum: 2,
      description:
        'the seq of the first event that is kept, when older ones were removed; one after the last event ' +
        'when none is kept'
    })
  ),
  outputsRemoved: Type.Optional(
    Type.Literal(true, {
      description: 'the outputs of its units were removed after their retention period: it cannot be resumed'
    })
  ),
  error: Type.Optional(ref(failureSchema)),
  launchedBy: Type.Optional(ref(actorSchema)),
  drivenBy: Type.Optional(
    Type.Array(driverSchema, {
      description:
        'who made it go on: launched or resumed it, continued it outside its windows, or pushed what its ' +
        'webhook told of; each once for each act'
    })
  ),
  gate: Type.Optional(ref(openGateSchema)),
  window: Type.Optional(ref(windowWaitSchema)),
  windowOverride: Type.Optional(ref(windowOverrideSchema)),
  warnings: Type.Optional(
    Type.Array(ref(launchWarningSchema), { description: 'what the launch warned of' })
  ),
  scenario: Type.Optional(ref(deploymentScenarioSchema)),
  request: requestSchema
}, { $id: 'Deployment', description: 'one execution of an operation over a plan' })
export type Deployment = Static<typeof deploymentSchema>

export const leftoverSchema = Type.Object({
  resource: Type.String({ description: "the resource's URN" }),
  message: Type.String({ description: 'what the provider said' })
})
export type Leftover = Static<typeof leftoverSchema>

export const judgedCallsSchema = Type.Object({
  evaluated: count('how many calls were held against the permissions of whoever made them'),
  unrestricted: count('how many calls an administrator made, to whom everything is allowed'),
  unknown: Type.Array(
    Type.Object({
      what: Type.String({ description: 'the type of the resource or function, and what is not known' }),
      count: count('how many calls')
    }),
    {
      description: 'calls of which nothing known says whether the cloud takes them (they were taken), or ' +
        "how long they take (they took their package's default)"
    }
  )
}, { $id: 'JudgedCalls', description: "calls to simulated clouds in a unit's last attempt" })
export type JudgedCalls = Static<typeof judgedCallsSchema>

export const unitSchema = Type.Object({
  id: Type.String({ description: '{phase name}.{scope}' }),
  phase: phaseNumber("the phase's number"),
  scope: Type.String({
    description: "a cluster's name, {cluster}-platform, {from}.{to} for a link, a cloud's name, or global"
  }),
  clusters: Type.Array(Type.String(), { description: 'the clusters it concerns' }),
  cloud: Type.Optional(cloudSchema),
  stack: Type.String({ description: 'its Pulumi stack' }),
  orphaned: Type.Optional(
    Type.Literal(true, { description: 'it was deployed and no longer in the federation file at the launch' })
  ),
  status: unitStatusSchema,
  attempt: count('how many attempts were started'),
  reason: Type.Optional(Type.String({ description: 'why it was skipped or waits' })),
  startedAt: timeOrNull('when it started'),
  finishedAt: timeOrNull('when it ended'),
  virtual: Type.Optional(virtualSchema),
  predicted: Type.Optional(predictedSchema),
  dependsOn: Type.Array(Type.String(), { description: 'ids of the units it waits for' }),
  resourceChanges: ref(resourceChangesSchema),
  outputs: Type.Record(Type.String(), Type.Unknown(), {
    description: 'the outputs of its stack, in a preview the expected ones; a secret is {"secret": true}, ' +
      'a value that a preview cannot know {"unknown": true}'
  }),
  outputsRemoved: Type.Optional(
    Type.Literal(true, {
      description: 'the outputs of a preview or refresh were removed after their retention period'
    })
  ),
  cost: Type.Optional(ref(unitCostSchema)),
  drift: Type.Optional(ref(driftCountsSchema)),
  judged: Type.Optional(ref(judgedCallsSchema)),
  leftovers: Type.Optional(
    Type.Array(leftoverSchema, {
      description: 'replaced resources that later units still used; the deployment deletes them at its end'
    })
  ),
  error: Type.Optional(ref(failureSchema))
}, { $id: 'Unit', description: 'one phase for one scope: one Pulumi stack' })
export type Unit = Static<typeof unitSchema>
