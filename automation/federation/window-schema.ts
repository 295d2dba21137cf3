/**
 * The federation file's schema of maintenance windows and freezes: when what is live may be
 * changed.
 */
import { Type } from 'typebox'

const closed = { additionalProperties: false } as const
const text = (what: string, pattern: string, maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern, description: what })
const name = text(
  'a name: lower case letters, digits and dashes, starting with a letter, 40 at most',
  '^[a-z][-a-z0-9]{0,39}$',
  40
)
const timeZone = Type.Optional(text('a time zone such as Europe/Berlin', '^[A-Za-z][A-Za-z0-9_+/-]*$', 60))
const clock = (what: string) =>
  Type.Optional(
    text(`${what}: hours and minutes in quotes, such as "22:00"`, '^([01][0-9]|2[0-3]):[0-5][0-9]$', 5)
  )
const words = <T extends string[]>(what: string, ...values: readonly [...T]) =>
  Type.Optional(
    Type.Array(Type.Enum<T>(values, { description: `one of ${values.join(', ')}` }), {
      minItems: 1,
      uniqueItems: true,
      description: `${what}: ${values.join(', ')}`
    })
  )
const phases = words(
  'a list of phases',
  'prerequisites',
  'infrastructure',
  'networking',
  'mesh',
  'federation',
  'monitoring',
  'disaster-recovery',
  'validation'
)
const clusters = Type.Optional(
  Type.Array(text('the name of a cluster', '^\\S+$', 40), {
    minItems: 1,
    maxItems: 64,
    uniqueItems: true,
    description: 'a list of names of clusters'
  })
)

const windowSchema = Type.Object({
  name,
  cron: Type.Optional(
    text('when it opens: a cron expression of five fields, such as "0 2 * * 6"', '^\\S+( \\S+){4}$', 100)
  ),
  // Two weeks: what is open for longer is no window.
  minutes: Type.Optional(
    Type.Integer({
      minimum: 5,
      maximum: 20_160,
      description: 'how long it is open: minutes, a whole number from 5 to 20160'
    })
  ),
  days: words('the days on which it opens', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'),
  from: clock('when it opens'),
  to: clock('when it closes, on the next day when that is not later'),
  timeZone,
  phases,
  clusters
}, {
  ...closed,
  description:
    'a maintenance window: name, cron and minutes, or from, to and, when wanted, days; and when wanted ' +
    'timeZone, phases, clusters'
})

export const maintenanceWindowsSchema = Type.Array(windowSchema, {
  maxItems: 50,
  description: 'a list of maintenance windows'
})

const moment = (what: string) =>
  text(
    `${what}: a day, or a day and a time, in quotes, such as "2026-12-20" or "2026-12-20T18:00"`,
    '^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T([01][0-9]|2[0-3]):[0-5][0-9])?$',
    16
  )
const freezeSchema = Type.Object({
  name,
  from: moment('when it begins'),
  to: moment('when it ends'),
  timeZone,
  reason: text('why nothing is changed: ten characters or more', '\\S.{9,}', 1000),
  phases,
  clusters
}, {
  ...closed,
  description: 'a freeze: name, from, to, reason and, when wanted, timeZone, phases, clusters'
})

export const freezesSchema = Type.Array(freezeSchema, { maxItems: 50, description: 'a list of freezes' })
