/** The federation file's schema of schedules: what is launched when. */
import { Type } from 'typebox'
import { closed, integer, oneOf, text } from '../../contract/schema.ts'
import { lastPhase, modes, overlaps, scheduledOperations } from '../../contract/words.ts'

const phase = (what: string) => Type.Optional(integer(what, 1, lastPhase))

const scheduleSchema = Type.Object({
  name: text(
    'a name for the schedule: lower case letters, digits and dashes, starting with a letter, 40 at most',
    { maxLength: 40, pattern: '^[a-z][-a-z0-9]{0,39}$' }
  ),
  cron: text('a cron expression of five fields, such as "0 3 * * *"', {
    minLength: 9,
    maxLength: 100,
    pattern: '^\\S+( \\S+){4}$'
  }),
  timeZone: Type.Optional(
    text('a time zone such as Europe/Berlin', { maxLength: 60, pattern: '^[A-Za-z][A-Za-z0-9_+/-]*$' })
  ),
  operation: oneOf(scheduledOperations),
  mode: Type.Optional(oneOf(modes)),
  phases: Type.Optional(
    Type.Object({ from: phase('the first phase'), to: phase('the last phase') }, {
      ...closed,
      description: 'a range of phases: from, to'
    })
  ),
  world: Type.Optional(
    text('the world to rehearse in, such as fresh', {
      maxLength: 100,
      pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$'
    })
  ),
  overlap: Type.Optional(oneOf(overlaps))
}, {
  ...closed,
  description: 'a schedule: name, cron, operation and, optionally, timeZone, mode, phases, world, ' +
    'overlap'
})

export const schedulesSchema = Type.Array(scheduleSchema, {
  maxItems: 50,
  description: 'a list of schedules'
})
