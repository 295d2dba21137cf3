/** Maintenance windows and freezes on the wire: when what is live may be changed. */
import { Type, type Static } from 'typebox'
import { actorSchema } from './access.ts'
import { closed, oneOf, ref, storableText, time } from './schema.ts'
import { phaseNameSchema, phaseNumber } from './word-schemas.ts'
import { closures } from './words.ts'

const because = oneOf(closures, {
  description: 'what it waits for: a window that opens, or a freeze that ends'
})

export const windowWaitSchema = Type.Object({
  phase: phaseNumber('the phase that waits'),
  because,
  names: Type.Array(Type.String(), { description: 'the windows that are closed, or the freezes that hold' }),
  opens: Type.Optional(time('when it goes on; absent: not within a year'))
}, { $id: 'WindowWait', description: 'what a deployment waits for until what is live may be changed' })
export type WindowWait = Static<typeof windowWaitSchema>

export const windowOverrideSchema = Type.Object({
  actor: Type.Optional(ref(actorSchema)),
  reason: Type.String({ description: 'why' }),
  time: time('when')
}, { $id: 'WindowOverride', description: 'who had it go on outside its windows' })
export type WindowOverride = Static<typeof windowOverrideSchema>

export const launchWarningSchema = Type.Object({
  code: oneOf(['window-closed', 'window-too-short'], { description: 'what it is about' }),
  message: Type.String({ description: 'for people' })
}, { $id: 'LaunchWarning', description: 'what is worth knowing about a launch' })
export type LaunchWarning = Static<typeof launchWarningSchema>

const windowStateSchema = Type.Object({
  name: Type.String(),
  kind: oneOf(closures, {
    description: 'a window in which what is live may be changed, or a freeze in which it may not'
  }),
  open: Type.Boolean({ description: 'whether it is open, or holds, now' }),
  until: Type.Optional(time('when it closes or ends')),
  next: Type.Optional(time('when it opens or begins next')),
  timeZone: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String({ description: 'of a freeze' })),
  phases: Type.Optional(
    Type.Array(phaseNameSchema, { description: 'the phases that it is about; absent: all' })
  ),
  clusters: Type.Optional(
    Type.Array(Type.String(), { description: 'the clusters that it is about; absent: all' })
  )
}, { description: 'a maintenance window or a freeze' })
export type WindowState = Static<typeof windowStateSchema>

export const windowReportSchema = Type.Object({
  items: Type.Array(windowStateSchema, { description: 'windows, then freezes that are not over' }),
  open: Type.Boolean({ description: 'whether all of the federation may be changed now' }),
  because: Type.Optional(because),
  names: Type.Optional(Type.Array(Type.String(), { description: 'what keeps it from that' })),
  opens: Type.Optional(time('when all of it may be changed')),
  closes: Type.Optional(time('until when all of it may be changed; absent with open: always'))
}, { $id: 'WindowReport', description: 'when what is live of a federation may be changed' })
export type WindowReport = Static<typeof windowReportSchema>

/** The body of an override. */
export const overrideSchema = Type.Object({
  reason: storableText('why it can not wait: a text of 3 to 1000 characters', {
    minLength: 3,
    maxLength: 1000
  })
}, { ...closed, description: 'an override: reason' })
export type Override = Static<typeof overrideSchema>
