import { type Event, type EventType } from '../contract/event.ts'

/** What the store gives an event: its number, its time and the deployment it belongs to. */
type Given = 'seq' | 'time' | 'deployment'

type DraftOf<E> = E extends Event ? Omit<E, Given> : never

/** An event before it is numbered and stored; of some types where they are named. */
export type EventDraft<T extends EventType = EventType> = Extract<DraftOf<Event>, { type: T }>
