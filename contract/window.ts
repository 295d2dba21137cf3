/** Maintenance windows and freezes on the wire: when live stacks may be changed. */
import { Type, type Static } from 'typebox'
import { actorSchema } from './access.ts'
import { closed, oneOf, ref, storableText, time } from './schema.ts'
import { phaseNameSchema, phaseNumber } from './word-schemas.ts'
import { closures } from './words.ts'

const because = oneOf(closures, {
  description: 'window: until one opens; freeze: until it ends'
})

export const windowWaitSchema = Type.Object({
  phase: phaseNumber('the phase that waits'),
  because,
  names: Type.Array(Type.String(), {
    description: 'the names of the closed windows, or of the freezes in force'
  }),
  opens: Type.Optional(time('when it continues; absent: not within a year'))
}, { $id: 'WindowWait', description: 'why a deployment waits until live stacks may be changed' })
export type WindowWait = Static<typeof windowWaitSchema>

export const windowOverrideSchema = Type.Object({
  actor: Type.Optional(ref(actorSchema)),
  reason: Type.String({ description: 'the reason' }),
  time: time('when it was overridden')
}, { $id: 'WindowOverride', description: 'an override of maintenance windows and freezes' })
export type WindowOverride = Static<typeof windowOverrideSchema>

export const launchWarningSchema = Type.Object({
  code: oneOf(['window-closed', 'window-too-short', 'orphaned'], { description: 'a stable code' }),
  message: Type.String({ description: 'the warning in words' }),
  units: Type.Optional(
    Type.Array(Type.String(), {
      description: 'for orphaned: ids of units that are deployed and no longer in the federation file, ' +
        'the first 100'
    })
  )
}, { $id: 'LaunchWarning', description: 'a warning about a launch' })
export type LaunchWarning = Static<typeof launchWarningSchema>

const windowStateSchema = Type.Object({
  name: Type.String(),
  kind: oneOf(closures, {
    description: 'a window, in which live stacks may be changed, or a freeze, in which they may not'
  }),
  open: Type.Boolean({ description: 'whether the window is open, or the freeze in force, now' }),
  until: Type.Optional(time('when it closes or ends')),
  next: Type.Optional(time('when it next opens or begins')),
  timeZone: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String({ description: 'the reason of a freeze' })),
  phases: Type.Optional(
    Type.Array(phaseNameSchema, { description: 'the phases it applies to; absent: all' })
  ),
  clusters: Type.Optional(
    Type.Array(Type.String(), { description: 'the clusters it applies to; absent: all' })
  )
}, { description: 'a maintenance window or a freeze' })
export type WindowState = Static<typeof windowStateSchema>

export const windowReportSchema = Type.Object({
  items: Type.Array(windowStateSchema, { description: 'the windows, then the freezes that have not ended' }),
  open: Type.Boolean({ description: 'whether the whole federation may be changed now' }),
  because: Type.Optional(because),
  names: Type.Optional(
    Type.Array(Type.String(), { description: 'the names of the windows or freezes that prevent it' })
  ),
  opens: Type.Optional(time('when the whole federation may be changed')),
  closes: Type.Optional(time('until when the whole federation may be changed; absent while open: always'))
}, { $id: 'WindowReport', description: 'when the live stacks of a federation may be changed' })
export type WindowReport = Static<typeof windowReportSchema>

/** The body of an override. */
export const overrideSchema = Type.Object({
  reason: storableText('why it cannot wait: a text of 3 to 1000 characters', {
    minLength: 3,
    maxLength: 1000
  })
}, { ...closed, description: 'an override: reason' })
export type Override = Static<typeof overrideSchema>
