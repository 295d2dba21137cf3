/** Schedules on the wire. */
import { Type, type Static } from 'typebox'
import { oneOf, ref, time } from './schema.ts'
import { modeSchema, operationSchema } from './word-schemas.ts'
import { overlaps } from './words.ts'

export const scheduleSchema = Type.Object({
  name: Type.String({ description: "the schedule's name" }),
  cron: Type.String({ description: 'a cron expression of five fields' }),
  timeZone: Type.String({ description: 'the time zone of the cron expression' }),
  operation: operationSchema,
  mode: modeSchema,
  overlap: oneOf(overlaps, {
    description: 'what is done at a time at which what it launched before is not over: skip leaves the ' +
      'time out, queue lets one more wait'
  }),
  next: Type.Optional(time('when it is next due')),
  last: Type.Optional(
    Type.Object({
      due: time('when it was last due'),
      deployment: Type.Optional(
        Type.String({ description: 'the id of the deployment it launched; absent: none' })
      )
    })
  ),
  leftOut: Type.Optional(
    Type.Object({
      due: time('the latest time that was left out'),
      deployment: Type.String({ description: 'the id of the deployment that was not over then' }),
      times: Type.Integer({ minimum: 1, description: 'how many times were left out so far' })
    }, { description: 'times that were left out because what it had launched before was not over' })
  )
}, { $id: 'Schedule', description: 'a schedule that launches deployments' })
export type Schedule = Static<typeof scheduleSchema>
export const schedulesSchema = Type.Object({
  items: Type.Array(ref(scheduleSchema), {
    description: 'the schedules, in the order of the file'
  })
}, { description: "the federation's schedules" })
