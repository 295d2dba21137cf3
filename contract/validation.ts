/** Validation reports on the wire. */
import { Type, type Static } from 'typebox'
import { failureSchema } from './deployment.ts'
import { count, ref, timeOrNull } from './schema.ts'
import { modeSchema, unitStatusSchema } from './word-schemas.ts'

const wordsOrNumber = (description: string) => Type.Union([Type.String(), Type.Number()], { description })

export const validationCheckSchema = Type.Object({
  name: Type.String({ description: "the check's name, once in its unit" }),
  kind: Type.String({ description: 'integration, latency, failover, security or capacity' }),
  passed: Type.Boolean({ description: 'whether the target holds' }),
  required: Type.Boolean({
    description: 'whether a failure fails the unit; an advisory one is only reported'
  }),
  measured: wordsOrNumber('what was found'),
  target: wordsOrNumber('what is wanted'),
  unit: Type.Optional(Type.String({ description: 'what numbers are in: ms, s, clusters' })),
  why: Type.String({ description: 'how it was found, or why it is wanted' })
}, { $id: 'ValidationCheck', description: 'one result of the validation phase' })
export type ValidationCheck = Static<typeof validationCheckSchema>

const validatedUnitSchema = Type.Object({
  unit: Type.String({ description: "the unit's id" }),
  clusters: Type.Array(Type.String(), { description: 'the clusters concerned' }),
  status: unitStatusSchema,
  finishedAt: timeOrNull('when it was validated'),
  checks: Type.Array(ref(validationCheckSchema), {
    description:
      'results, none when the unit failed: the whole report is then in its cluster, what failed in ' +
      'the error'
  }),
  error: Type.Optional(ref(failureSchema))
}, { description: 'the results of one unit' })
export type ValidatedUnit = Static<typeof validatedUnitSchema>

export const validationSchema = Type.Object({
  deployment: Type.String({ description: "the deployment's id" }),
  federation: Type.String({ description: "the federation's name" }),
  mode: modeSchema,
  world: Type.Optional(Type.String({ description: 'the world it was rehearsed in' })),
  passed: Type.Boolean({ description: 'complete, and every required check passed' }),
  complete: Type.Boolean({ description: 'whether all units of the phase were validated' }),
  counts: Type.Object({
    passed: count('checks that passed'),
    failed: count('required checks that failed'),
    advisory: count('advisory checks that failed')
  }, { description: 'all checks by result' }),
  units: Type.Array(validatedUnitSchema, { description: 'the units of the phase in order' })
}, { $id: 'Validation', description: 'the report of the validation phase of a deployment' })
export type Validation = Static<typeof validationSchema>
