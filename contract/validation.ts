/** Validation reports on the wire. */
import { Type, type Static } from 'typebox'
import { failureSchema } from './deployment.ts'
import { count, ref, timeOrNull } from './schema.ts'
import { modeSchema, unitStatusSchema } from './word-schemas.ts'

const wordsOrNumber = (description: string) => Type.Union([Type.String(), Type.Number()], { description })

export const validationCheckSchema = Type.Object({
  name: Type.String({ description: "the check's name, unique in its unit" }),
  kind: Type.String({ description: 'integration, latency, failover, security or capacity' }),
  basis: Type.Optional(Type.String({
    description: 'measured on what runs, configured by the units before, or computed from the file; absent ' +
      'in reports of earlier versions'
  })),
  passed: Type.Boolean({ description: 'whether the target is met' }),
  required: Type.Boolean({
    description: 'whether a failure fails the unit; an advisory failure is only reported'
  }),
  measured: wordsOrNumber('the measured value'),
  target: wordsOrNumber('the target value'),
  unit: Type.Optional(Type.String({ description: 'the unit of the numbers: ms, s, clusters' })),
  why: Type.String({ description: 'how it was measured, or why it is required' })
}, { $id: 'ValidationCheck', description: 'a result of the validation phase' })
export type ValidationCheck = Static<typeof validationCheckSchema>

const validatedUnitSchema = Type.Object({
  unit: Type.String({ description: "the unit's id" }),
  clusters: Type.Array(Type.String(), { description: 'the clusters it concerns' }),
  status: unitStatusSchema,
  finishedAt: timeOrNull('when it was validated'),
  checks: Type.Array(ref(validationCheckSchema), {
    description:
      'the results; none when the unit failed: the error says what failed, and the cluster has the whole ' +
      'report'
  }),
  error: Type.Optional(ref(failureSchema))
}, { description: 'the results of a unit' })
export type ValidatedUnit = Static<typeof validatedUnitSchema>

export const validationSchema = Type.Object({
  deployment: Type.String({ description: "the deployment's id" }),
  federation: Type.String({ description: "the federation's name" }),
  mode: modeSchema,
  world: Type.Optional(Type.String({ description: 'the world of a rehearsal' })),
  passed: Type.Boolean({ description: 'whether it is complete and every required check passed' }),
  complete: Type.Boolean({ description: 'whether all units of the phase were validated' }),
  counts: Type.Object({
    passed: count('checks that passed'),
    failed: count('required checks that failed'),
    advisory: count('advisory checks that failed')
  }, { description: 'the number of checks by result' }),
  units: Type.Array(validatedUnitSchema, { description: 'the units of the phase, in order' })
}, { $id: 'Validation', description: "the report of a deployment's validation phase" })
export type Validation = Static<typeof validationSchema>
