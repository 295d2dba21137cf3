/** Schedules on the wire. */
import { Type, type Static } from 'typebox'
import { ref, time } from './schema.ts'
import { modeSchema, operationSchema } from './word-schemas.ts'

export const scheduleSchema = Type.Object({
  name: Type.String({ description: "the schedule's name" }),
  cron: Type.String({ description: 'five fields' }),
  timeZone: Type.String({ description: 'in which the fields count' }),
  operation: operationSchema,
  mode: modeSchema,
  next: Type.Optional(time('when it is due next')),
  last: Type.Optional(
    Type.Object({
      due: time('when it was due last'),
      deployment: Type.Optional(Type.String({ description: 'what was launched then; absent: nothing was' }))
    })
  )
}, { $id: 'Schedule', description: 'what is launched when' })
export type Schedule = Static<typeof scheduleSchema>
export const schedulesSchema = Type.Object({
  items: Type.Array(ref(scheduleSchema), {
    description: 'schedules, in the order of the file'
  })
}, { description: "the federation's schedules" })
