/** The federation file's schema of schedules: what is launched when. */
import { Type } from 'typebox'

const closed = { additionalProperties: false } as const
const phase = (what: string) =>
  Type.Optional(Type.Integer({ minimum: 1, maximum: 8, description: `${what}: a whole number from 1 to 8` }))

const scheduleSchema = Type.Object({
  name: Type.String({
    minLength: 1,
    maxLength: 40,
    pattern: '^[a-z][-a-z0-9]{0,39}$',
    description:
      'a name for the schedule: lower case letters, digits and dashes, starting with a letter, 40 at most'
  }),
  cron: Type.String({
    minLength: 9,
    maxLength: 100,
    pattern: '^\\S+( \\S+){4}$',
    description: 'a cron expression of five fields, such as "0 3 * * *"'
  }),
  timeZone: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 60,
      pattern: '^[A-Za-z][A-Za-z0-9_+/-]*$',
      description: 'a time zone such as Europe/Berlin'
    })
  ),
  operation: Type.Enum(['up', 'preview', 'drift-check'], { description: 'one of up, preview, drift-check' }),
  mode: Type.Optional(Type.Enum(['rehearsal', 'live'], { description: 'one of rehearsal, live' })),
  phases: Type.Optional(
    Type.Object({ from: phase('the first phase'), to: phase('the last phase') }, {
      ...closed,
      description: 'a range of phases: from, to'
    })
  ),
  world: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 100,
      pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$',
      description: 'the world to rehearse in, such as fresh'
    })
  )
}, {
  ...closed,
  description: 'a schedule: name, cron, operation and, when wanted, timeZone, mode, phases, world'
})

export const schedulesSchema = Type.Array(scheduleSchema, {
  maxItems: 50,
  description: 'a list of schedules'
})
