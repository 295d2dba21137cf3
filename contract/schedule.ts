/** Schedules on the wire. */
import { Type, type Static } from 'typebox'
import { ref, time } from './schema.ts'
import { modeSchema, operationSchema } from './word-schemas.ts'

export const scheduleSchema = Type.Object({
  name: Type.String({ description: "the schedule's name" }),
  cron: Type.String({ description: 'a cron expression of five fields' }),
  timeZone: Type.String({ description: 'the time zone of the cron expression' }),
  operation: operationSchema,
  mode: modeSchema,
  next: Type.Optional(time('when it is next due')),
  last: Type.Optional(
    Type.Object({
      due: time('when it was last due'),
      deployment: Type.Optional(
        Type.String({ description: 'the id of the deployment it launched; absent: none' })
      )
    })
  )
}, { $id: 'Schedule', description: 'a schedule that launches deployments' })
export type Schedule = Static<typeof scheduleSchema>
export const schedulesSchema = Type.Object({
  items: Type.Array(ref(scheduleSchema), {
    description: 'the schedules, in the order of the file'
  })
}, { description: "the federation's schedules" })
