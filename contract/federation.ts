/** Federations, plans, outputs and stacks on the wire. */
import { Type, type Static } from 'typebox'
import { planCostSchema } from './cost.ts'
import { ref, time, count } from './schema.ts'
import { predictedSchema } from './virtual-time.ts'
import { launchWarningSchema } from './window.ts'
import { cloudSchema, modeSchema, operationSchema, phaseNumber } from './word-schemas.ts'

const seconds = (description: string) => Type.Number({ description: `${description}, in seconds` })

export const federationProblemSchema = Type.Object({
  file: Type.String(),
  line: Type.Integer({ minimum: 1 }),
  column: Type.Integer({ minimum: 1 }),
  path: Type.String(),
  code: Type.String(),
  message: Type.String({ description: 'what is wrong' }),
  expected: Type.String({ description: 'what would be right' })
}, { description: 'a problem in a federation file' })
export type FederationProblem = Static<typeof federationProblemSchema>

export const federationSummarySchema = Type.Object({
  name: Type.String({ description: "the federation's name" }),
  file: Type.String({ description: 'its file; `absent` when there is none any more' }),
  valid: Type.Boolean({ description: 'whether its file is valid' }),
  clusters: Type.Optional(count('how many clusters it has')),
  errors: Type.Optional(Type.Array(federationProblemSchema, { description: 'problems of its file' })),
  deployed: Type.Optional(
    Type.Array(
      Type.Object({
        mode: modeSchema,
        world: Type.Optional(Type.String({ description: 'the world of rehearsals' })),
        units: count('how many of its units are deployed there')
      }),
      {
        description:
          'where units of it are deployed, only given when there is no file of it any more: refresh, ' +
          'drift-check and destroy take the text of the last up there'
      }
    )
  )
}, { $id: 'FederationSummary', description: 'a federation in the list' })
export type FederationSummary = Static<typeof federationSummarySchema>

export const federationSchema = Type.Object({
  name: Type.String({ description: "the federation's name" }),
  owner: Type.String({ description: 'the owning team' }),
  clusters: Type.Array(Type.Object({
    name: Type.String(),
    role: Type.String(),
    cloud: cloudSchema,
    region: Type.String(),
    cidr: Type.String()
  }, { additionalProperties: true, description: 'a cluster with its computed address ranges' }))
}, {
  $id: 'Federation',
  additionalProperties: true,
  description: 'a federation with its defaults filled in and its address ranges computed'
})

const plannedUnitSchema = Type.Object({
  id: Type.String(),
  phase: phaseNumber(),
  scope: Type.String(),
  clusters: Type.Array(Type.String()),
  cloud: Type.Optional(cloudSchema),
  stack: Type.String(),
  orphaned: Type.Optional(
    Type.Literal(true, { description: 'it is deployed and no longer in the federation file' })
  ),
  dependsOn: Type.Array(Type.String()),
  predicted: predictedSchema
})
export type PlannedUnit = Static<typeof plannedUnitSchema>

export const orphanSchema = Type.Object({
  unit: Type.String({ description: '{phase name}.{scope}' }),
  phase: phaseNumber("the phase's number"),
  scope: Type.String({ description: 'the scope that it was deployed for' }),
  clusters: Type.Array(Type.String(), { description: 'the clusters that it concerned' }),
  cloud: Type.Optional(cloudSchema),
  stack: Type.String({ description: 'its Pulumi stack' }),
  deployment: Type.String({ description: 'the id of the last up that deployed it' })
}, { $id: 'Orphan', description: 'a unit that is deployed and no longer in the federation file' })
export type Orphan = Static<typeof orphanSchema>

export const planSchema = Type.Object({
  federation: Type.String(),
  operation: operationSchema,
  units: Type.Array(plannedUnitSchema, { description: 'the units in topological order' }),
  parallelism: Type.Integer({
    minimum: 1,
    description: 'how many units run at once, as a launch would decide and the prediction assumes'
  }),
  parallelismBecause: Type.String({ description: 'what decides that number' }),
  perCloud: Type.Integer({ minimum: 1, description: 'how many of them at once in one cloud' }),
  warnings: Type.Array(federationProblemSchema, {
    description: 'warnings about the federation file'
  }),
  orphans: Type.Optional(
    Type.Array(ref(orphanSchema), {
      description:
        'units that are deployed in the mode and world and no longer in the federation file, the first ' +
        '1000; absent: none'
    })
  ),
  launchWarnings: Type.Optional(
    Type.Array(ref(launchWarningSchema), { description: 'what a launch would warn of' })
  ),
  makespanSeconds: seconds('the predicted duration of the live run'),
  targetSeconds: Type.Optional(seconds("the federation's target duration")),
  meetsTarget: Type.Optional(Type.Boolean()),
  criticalPath: Type.Array(Type.String(), { description: 'ids of the units on the critical path' }),
  cost: ref(planCostSchema)
}, { $id: 'Plan', description: 'the units of a deployment with their predicted schedule' })
export type Plan = Static<typeof planSchema>

export const outputsSchema = Type.Record(Type.String(), Type.Record(Type.String(), Type.Unknown()), {
  description: 'stored outputs by unit id; a secret is {"secret": true}'
})

export const stackSchema = Type.Object({
  stack: Type.String(),
  unit: Type.Optional(Type.String({ description: 'the id of its unit' })),
  orphaned: Type.Optional(
    Type.Literal(true, { description: 'its unit is deployed and no longer in the federation file' })
  ),
  resources: count('how many resources its state has'),
  updatedAt: time('when it last changed')
}, { $id: 'Stack', description: 'an existing Pulumi stack' })
export type Stack = Static<typeof stackSchema>

export const stateSchema = Type.Record(Type.String(), Type.Unknown(), {
  description: 'a `pulumi stack export` document (version 3); secrets stay encrypted'
})
