/** Federations, plans, outputs and stacks on the wire. */
import { Type, type Static } from 'typebox'
import { planCostSchema } from './cost.ts'
import { ref, time, count } from './schema.ts'
import { cloudSchema, operationSchema, phaseNumber } from './word-schemas.ts'

const seconds = (description: string) => Type.Number({ description: `${description}, in seconds` })

export const federationProblemSchema = Type.Object({
  file: Type.String(),
  line: Type.Integer({ minimum: 1 }),
  column: Type.Integer({ minimum: 1 }),
  path: Type.String(),
  code: Type.String(),
  message: Type.String({ description: 'what is wrong' }),
  expected: Type.String({ description: 'what would be right' })
}, { description: 'a mistake in a federation file' })
export type FederationProblem = Static<typeof federationProblemSchema>

export const federationSummarySchema = Type.Object({
  name: Type.String({ description: "the federation's name" }),
  file: Type.String({ description: 'the file that describes it' }),
  valid: Type.Boolean({ description: 'whether it can be deployed' }),
  clusters: Type.Optional(count('how many clusters it has')),
  errors: Type.Optional(Type.Array(federationProblemSchema, { description: 'what is wrong in the file' }))
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
  }, { additionalProperties: true, description: 'a cluster with its computed ranges' }))
}, {
  $id: 'Federation',
  additionalProperties: true,
  description: 'a federation, complete: defaults filled in, ranges computed'
})

const plannedUnitSchema = Type.Object({
  id: Type.String(),
  phase: phaseNumber(),
  scope: Type.String(),
  clusters: Type.Array(Type.String()),
  cloud: Type.Optional(cloudSchema),
  stack: Type.String(),
  dependsOn: Type.Array(Type.String()),
  predicted: Type.Object({
    start: seconds('predicted start'),
    end: seconds('predicted end'),
    seconds: seconds('predicted duration')
  })
})
export type PlannedUnit = Static<typeof plannedUnitSchema>

export const planSchema = Type.Object({
  federation: Type.String(),
  operation: operationSchema,
  units: Type.Array(plannedUnitSchema, { description: 'units in a topological order' }),
  parallelism: Type.Integer({ minimum: 1, description: 'units at once that the prediction assumes' }),
  warnings: Type.Array(federationProblemSchema, {
    description: 'what is worth knowing about the federation file, though it can be deployed'
  }),
  makespanSeconds: seconds('the predicted duration of the live run'),
  targetSeconds: Type.Optional(seconds("the federation's target")),
  meetsTarget: Type.Optional(Type.Boolean()),
  criticalPath: Type.Array(Type.String(), { description: 'ids of the units that decide the duration' }),
  cost: ref(planCostSchema)
}, { $id: 'Plan', description: 'the graph of units with their predicted schedule' })
export type Plan = Static<typeof planSchema>

export const outputsSchema = Type.Record(Type.String(), Type.Record(Type.String(), Type.Unknown()), {
  description: 'stored outputs by unit id; a secret is {"secret": true}'
})

export const stackSchema = Type.Object({
  stack: Type.String(),
  unit: Type.Optional(Type.String({ description: 'the id of its unit' })),
  resources: count('how many resources its state holds'),
  updatedAt: time('when it last changed')
}, { $id: 'Stack', description: 'a Pulumi stack that exists' })
export type Stack = Static<typeof stackSchema>

export const stateSchema = Type.Record(Type.String(), Type.Unknown(), {
  description: 'a `pulumi stack export` document (version 3); secrets stay encrypted'
})
