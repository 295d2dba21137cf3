/** Server-sent events (the WHATWG's event stream format): the fields `id` and `data`. */

/** A message with its id, when it had one. */
export interface Message {
  id?: string
  data: string
}

/**
 * Characters of a line at most, since an endless one would fill the memory; events have up to 20
 * KB.
 */
const longestLine = 16 * 1024 * 1024

/** Turns the text of a stream, in pieces of any size, into its messages. */
export class EventStreamParser {
  #rest = ''
  #data: string[] = []
  #id: string | undefined

  /** The messages that this piece completes. Throws when a line is longer than any event can be. */
  push (piece: string): Message[] {
    const text = this.#rest + piece
    // A carriage return at the very end may be the first half of a line end.
    const usable = text.endsWith('\r') ? text.slice(0, -1) : text
    const lines = usable.split(/\r\n|\n|\r/)
    this.#rest = (lines.pop() ?? '') + text.slice(usable.length)
    if (this.#rest.length > longestLine) {
      throw new RangeError(`a line of the event stream is longer than ${longestLine} characters`)
    }
    return lines.flatMap((line) => this.#line(line))
  }

  #line (line: string): Message[] {
    if (line === '') {
      const message = this.#data.length > 0
        ? [{ data: this.#data.join('\n'), ...(this.#id !== undefined && { id: this.#id }) }]
        : []
      this.#data = []
      this.#id = undefined
      return message
    }
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'data') this.#data.push(value)
    else if (field === 'id') this.#id = value
    return []
  }
}
