import pg from 'pg'
import { madeStorable } from '../../../contract/text/storable.ts'
import { jsonText } from './json.ts'

/** A parameter that PostgreSQL takes: no text in it has U+0000 or half a surrogate pair. */
function storableParameter (value: unknown): unknown {
  if (typeof value === 'string') return madeStorable(value)
  if (Array.isArray(value)) return value.map(storableParameter)
  // node-postgres writes plain objects as JSON.
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
    ? jsonText(value)
    : value
}

/** A query with its values, as node-postgres takes it. */
interface Given {
  values?: unknown[]
}

/**
 * A connection whose parameters are always storable. What comes from outside is made storable or
 * refused where it comes in; this is the last line behind that: whatever was forgotten there, no
 * text can make a write fail, now and at each further attempt.
 */
export class StorableClient extends pg.Client {
  constructor (config?: string | pg.ClientConfig) {
    super(config)
    const send = this.query.bind(this) as (...given: unknown[]) => unknown
    const query = (first: unknown, second: unknown, ...rest: unknown[]): unknown => {
      const { values } = typeof first === 'object' && first !== null ? first as Given : {}
      // A query that is an object may have methods of its own (cursors): it is changed in place.
      if (values) (first as Given).values = values.map(storableParameter)
      return send(first, Array.isArray(second) ? second.map(storableParameter) : second, ...rest)
    }
    this.query = query as typeof this.query
  }
}
