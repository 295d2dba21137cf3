/**
 * The room's table of coded errors: what can be wrong with the price table. None is worth a retry
 * before someone changes the file, but for PRICE_UNREADABLE.
 */
import { defineErrors } from '../../contract/errors.ts'
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
    message: ({ file, problems }: { file: string, problems: readonly Problem<string>[] }) =>
      `the price table ${file} is not valid: ` +
      problems.map(({ line, column, path, message, expected }) =>
        `${line}:${column} ${path} ${message}: expected ${expected}`
      ).join('; ')
  },
  PRICE_UNREADABLE: {
    retryable: true,
    message: ({ file, reason }: { file: string, reason: string }) =>
      `the price table ${file} cannot be read: ${reason}`
  }
} as const

/** Thrown when there is no price table to be had. */
export const PriceError = defineErrors('PriceError', 'PRICE_', failures)
