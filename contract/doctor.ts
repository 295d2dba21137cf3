/** Findings of `windlass doctor`, as its examination hands them to the command line. */
import { Type, type Static } from 'typebox'

const findingSchema = Type.Object({
  check: Type.String({ description: 'what was checked' }),
  level: Type.Enum(['ok', 'warn', 'fail'], { description: 'fail: the service cannot work like this' }),
  detail: Type.String({ description: 'what was found; never a secret' }),
  advice: Type.Optional(Type.String({ description: 'what to do about it' }))
})
export type Finding = Static<typeof findingSchema>

export const examinationSchema = Type.Object({ findings: Type.Array(findingSchema) })
export type Examination = Static<typeof examinationSchema>
