/**
 * Tables of coded errors, in one form for all rooms: a row says whether a retry may help and makes
 * the text from typed details, so that callers decide by code and details and never by the text.
 * Imports nothing: programs use it too.
 */

/** A row of a table of errors. `Details`: the facts of one error, safe to show. */
export interface ErrorRow<Details> {
  /** True when the same call may succeed later without a change; a function where details say. */
  readonly retryable: boolean | ((details: Details) => boolean)
  /** Says what is wrong, where, and what would be right. */
  readonly message: (details: Details) => string
}

/** A table by code. Published codes are never renamed or reused. */
export type ErrorTable = Readonly<Record<string, ErrorRow<never>>>

/** Details of a code of a table; none where the text needs none. */
export type DetailsOf<Table extends ErrorTable, Code extends keyof Table> =
  Parameters<Table[Code]['message']> extends [] ? Readonly<Record<string, never>>
    : Parameters<Table[Code]['message']>[0]

/**
 * An error of a table: its code, its details, and whatever else the room's row says of the code.
 * `name` is set explicitly because it is stored and logged.
 */
export type CodedError<Table extends ErrorTable, Code extends keyof Table> =
  & Error
  & Readonly<Omit<Table[Code], 'message' | 'retryable'>>
  & {
    /** True when the same call may succeed later without a change. */
    readonly retryable: boolean
    /** Stable code: decide by it, never by the message. */
    readonly code: Code
    /** Facts of this error, safe to show. */
    readonly details: DetailsOf<Table, Code>
  }

/** An error of any code of a table: its code tells the type of its details. */
export type AnyCodedError<Table extends ErrorTable> = {
  [Code in keyof Table]: CodedError<Table, Code>
}[keyof Table]

/** Makes errors of a table by code and details. */
export interface CodedErrorClass<Table extends ErrorTable> {
  new<Code extends keyof Table & string>(
    code: Code,
    details: DetailsOf<Table, Code>,
    options?: ErrorOptions
  ): CodedError<Table, Code>
  readonly prototype: AnyCodedError<Table>
  /** Codes of the table. */
  readonly codes: readonly (keyof Table & string)[]
}

/**
 * Makes the error class of a room's table. `prefix` begins each code (empty: none does); `name` is
 * the class' name. Throws when a code has another beginning.
 */
export function defineErrors<const Table extends ErrorTable> (
  name: string,
  prefix: string,
  table: Table
): CodedErrorClass<Table> {
  const stray = Object.keys(table).find((code) => !code.startsWith(prefix))
  if (stray !== undefined) throw new TypeError(`${name}: the code ${stray} does not begin with ${prefix}`)
  class RoomError extends Error {
    static readonly codes = Object.keys(table)
    override readonly name = name
    readonly code: string
    readonly details: unknown
    readonly retryable: boolean
    constructor (code: string, details: unknown, options?: ErrorOptions) {
      const { message, retryable, ...row } = table[code] as ErrorRow<unknown>
      super(message(details), options)
      this.code = code
      this.details = details
      this.retryable = typeof retryable === 'function' ? retryable(details) : retryable
      Object.assign(this, row)
    }
  }
  return RoomError as unknown as CodedErrorClass<Table>
}
