/** Predicted and virtual times on the wire. */
import { Type, type Static } from 'typebox'
import { time, timeOrNull } from './schema.ts'

const seconds = (description: string) => Type.Number({ description: `${description}, in seconds` })

/** A unit's place in the schedule that its plan predicts. */
export const predictedSchema = Type.Object({
  start: seconds('predicted start'),
  end: seconds('predicted end'),
  seconds: seconds('predicted duration')
})
export type Predicted = Static<typeof predictedSchema>

/** Times of something in its world: when it would have started and ended live. */
export const virtualSchema = Type.Object({
  start: time('when it would have started'),
  end: timeOrNull('when it would have ended; null: it has not')
}, {
  description:
    "times in a rehearsal's world: when it would have started and ended live, from the operations that the " +
    'engine issued, what they waited for and what the table of durations says'
})
export type Virtual = Static<typeof virtualSchema>

/** The same in an event: what has only started has no end. */
export const virtualSpanSchema = Type.Object({
  start: time('when it would have started live'),
  end: Type.Optional(time('when it would have ended live'))
}, { description: "times in a rehearsal's world" })
export type VirtualSpan = Static<typeof virtualSpanSchema>
