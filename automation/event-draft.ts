import { type Event, type EventType } from '../contract/event.ts'

/** Fields that the store gives an event: its number, its time and its deployment. */
type Given = 'seq' | 'time' | 'deployment'

type DraftOf<E> = E extends Event ? Omit<E, Given> : never

/** An event before it is numbered and stored; of some types where they are named. */
export type EventDraft<T extends EventType = EventType> = Extract<DraftOf<Event>, { type: T }>
