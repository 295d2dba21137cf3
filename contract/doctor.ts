/** What `windlass doctor` found, as the examination of the machine hands it to the command line. */
import { Type, type Static } from 'typebox'

const findingSchema = Type.Object({
  check: Type.String({ description: 'what was looked at' }),
  level: Type.Enum(['ok', 'warn', 'fail'], { description: 'fail: the service can not do its work so' }),
  detail: Type.String({ description: 'what was found; never a secret' }),
  advice: Type.Optional(Type.String({ description: 'what to do about it' }))
})
export type Finding = Static<typeof findingSchema>

export const examinationSchema = Type.Object({ findings: Type.Array(findingSchema) })
export type Examination = Static<typeof examinationSchema>
