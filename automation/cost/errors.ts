/**
 * The room's table of coded errors: what can be wrong with the price table. None is worth a retry
 * before someone changes the file, but for PRICE_UNREADABLE.
 */
import { type Finding, type Path, type Problem } from '../federation/errors.ts'

type Text = { readonly message: string, readonly expected: string }
const text = (message: string, expected: string): Text => ({ message, expected })

/** Every mistake that a price table can have. A code is never reused for something else. */
export const mistakes = {
  PRICE_SHAPE: (what: string, expected: string) => text(what, expected),
  PRICE_SOURCE: (source: string, known: readonly string[]) =>
    text(`there is no source ${source}`, `one of ${known.join(', ')}`),
  PRICE_REGION_SOURCE: (region: string) =>
    text(`${region} has a source but no price`, 'only regions that prices names'),
  PRICE_FREE_TWICE: (type: string) => text(`${type} is listed as free twice`, 'each type once')
} as const
export type PriceMistake = keyof typeof mistakes

/** A mistake at a path of the table; the arguments are the code's own. */
export function mistake<C extends PriceMistake> (
  code: C,
  path: Path,
  ...values: Parameters<typeof mistakes[C]>
): Finding<PriceMistake> {
  // One function type stands for all: TypeScript cannot match a generic code with its own arguments
  // through the table.
  const describe = mistakes[code] as (...values: readonly unknown[]) => Text
  return { code, path, at: 'value', ...describe(...values) }
}

const failures = {
  PRICE_INVALID: {
    retryable: false,
    message: (file: string, detail: string) => `the price table ${file} is not valid: ${detail}`
  },
  PRICE_UNREADABLE: {
    retryable: true,
    message: (file: string, detail: string) => `the price table ${file} can't be read: ${detail}`
  }
} as const

/**
 * Thrown when there is no price table to be had. `problems` are the mistakes of its file, for
 * PRICE_INVALID.
 */
export class PriceError extends Error {
  override readonly name = 'PriceError'
  readonly code: keyof typeof failures
  readonly retryable: boolean
  readonly problems: readonly Problem<string>[]

  constructor (
    code: keyof typeof failures,
    file: string,
    detail: string,
    options: ErrorOptions & { problems?: readonly Problem<string>[] } = {}
  ) {
    super(failures[code].message(file, detail), options)
    this.code = code
    this.retryable = failures[code].retryable
    this.problems = options.problems ?? []
  }
}
