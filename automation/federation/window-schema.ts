/**
 * The federation file's schema of maintenance windows and freezes: when what is live may be
 * changed.
 */
import { Type } from 'typebox'
import { closed, someOf, text } from '../../contract/schema.ts'
import { phaseNames } from '../../contract/words.ts'

const name = text(
  'a name: lower case letters, digits and dashes, starting with a letter, 40 at most',
  { maxLength: 40, pattern: '^[a-z][-a-z0-9]{0,39}$' }
)
const timeZone = Type.Optional(
  text('a time zone such as Europe/Berlin', { maxLength: 60, pattern: '^[A-Za-z][A-Za-z0-9_+/-]*$' })
)
const clock = (what: string) =>
  Type.Optional(
    text(`${what}: hours and minutes in quotes, such as "22:00"`, {
      maxLength: 5,
      pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$'
    })
  )
const phases = Type.Optional(someOf('a list of phases', phaseNames))
const clusters = Type.Optional(
  Type.Array(text('the name of a cluster', { maxLength: 40, pattern: '^\\S+$' }), {
    minItems: 1,
    maxItems: 64,
    uniqueItems: true,
    description: 'a list of names of clusters'
  })
)

const windowSchema = Type.Object({
  name,
  cron: Type.Optional(
    text('when it opens: a cron expression of five fields, such as "0 2 * * 6"', {
      maxLength: 100,
      pattern: '^\\S+( \\S+){4}$'
    })
  ),
  // Two weeks: what is open for longer is no window.
  minutes: Type.Optional(
    Type.Integer({
      minimum: 5,
      maximum: 20_160,
      description: 'how long it is open: minutes, a whole number from 5 to 20160'
    })
  ),
  days: Type.Optional(
    someOf('the days on which it opens', ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])
  ),
  from: clock('when it opens'),
  to: clock('when it closes, on the next day when that is not later'),
  timeZone,
  phases,
  clusters
}, {
  ...closed,
  description:
    'a maintenance window: name, cron and minutes, or from, to and, optionally, days; and, optionally, ' +
    'timeZone, phases, clusters'
})

export const maintenanceWindowsSchema = Type.Array(windowSchema, {
  maxItems: 50,
  description: 'a list of maintenance windows'
})

const moment = (what: string) =>
  text(
    `${what}: a day, or a day and a time, in quotes, such as "2026-12-20" or "2026-12-20T18:00"`,
    {
      maxLength: 16,
      pattern: '^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T([01][0-9]|2[0-3]):[0-5][0-9])?$'
    }
  )
const freezeSchema = Type.Object({
  name,
  from: moment('when it begins'),
  to: moment('when it ends'),
  timeZone,
  reason: text('why nothing is changed: ten characters or more', { maxLength: 1000, pattern: '\\S.{9,}' }),
  phases,
  clusters
}, {
  ...closed,
  description: 'a freeze: name, from, to, reason and, optionally, timeZone, phases, clusters'
})

export const freezesSchema = Type.Array(freezeSchema, { maxItems: 50, description: 'a list of freezes' })
