/** The forms of an event stream in the API document's examples. */
import { eventExample } from './deployment.ts'

const event = JSON.stringify(eventExample)
export const eventMessage = `retry: 2000\n\nid: ${eventExample.seq}\ndata: ${event}\n\n`
export const eventLine = `${event}\n`
