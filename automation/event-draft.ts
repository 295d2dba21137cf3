import { type Event } from '../contract/event.ts'

/** An event before it is numbered and stored. */
export type EventDraft = Omit<Event, 'seq' | 'time' | 'deployment'>
