/**
 * Builders of schemas, for the wire and for the files that people write. Every `description` of a
 * field completes the sentence "expected …" in an error.
 */
import { Type, type Static, type TSchema, type TUnsafe } from 'typebox'

/** Objects of requests and files take no unknown field. */
export const closed = { additionalProperties: false } as const

/**
 * Text that PostgreSQL can store: no NUL and no lone surrogate (the validator matches by code
 * points).
 */
export const storable = '^[^\\u0000\\ud800-\\udfff]*$'

/** Limits and examples that differ from one text to another. */
interface TextOptions {
  minLength?: number
  /** Null: no limit. */
  maxLength?: number | null
  pattern?: string
  examples?: string[]
}

/** A text of 1 to 200 characters unless the options say otherwise. */
export const text = (description: string, { maxLength = 200, ...options }: TextOptions = {}) =>
  Type.String({ minLength: 1, ...(maxLength !== null && { maxLength }), ...options, description })

/** A text of a request that can be stored. */
export const storableText = (description: string, options: TextOptions = {}) =>
  text(description, { pattern: storable, ...options })

export const integer = (description: string, minimum: number, maximum: number) =>
  Type.Integer({
    minimum,
    maximum,
    description: `${description}: a whole number from ${minimum} to ${maximum}`
  })

export const number = (description: string, minimum: number, maximum: number) =>
  Type.Number({ minimum, maximum, description: `${description}: a number from ${minimum} to ${maximum}` })

/** The schema of a number of things. */
export const count = (description: string) => Type.Integer({ minimum: 0, description })

/** One of the given words, with an optional default that is filled in. */
export const oneOf = <const T extends string[]>(
  values: readonly [...T],
  options: { default?: T[number], description?: string } = {}
) =>
  Type.Enum([...values], {
    ...options,
    description: `${options.description ? `${options.description}: ` : ''}one of ${values.join(', ')}`
  })

/** A list of at least one of the given words, each once. */
export const someOf = <const T extends string[]>(description: string, values: readonly [...T]) =>
  Type.Array(oneOf(values), {
    minItems: 1,
    uniqueItems: true,
    description: `${description}: ${values.join(', ')}`
  })

/** A list of at most 100 items unless the options say otherwise. */
export const list = <T extends TSchema>(
  item: T,
  description: string,
  options: { minItems?: number, maxItems?: number, uniqueItems?: boolean } = {}
) => Type.Array(item, { maxItems: 100, ...options, description })

export const optional = <T extends TSchema>(schema: T) => Type.Optional(schema)

/** Fields of an object, one for each of the given names. */
export const fields = <const N extends string, T extends TSchema>(
  names: readonly N[],
  schemaOf: (name: N) => T
) => Object.fromEntries(names.map((name) => [name, schemaOf(name)])) as Record<N, T>

/** A point in time: ISO 8601 in UTC. */
export const time = (description: string) => Type.String({ format: 'date-time', description })
export const timeOrNull = (description: string) =>
  Type.Union([time(description), Type.Null()], { description })

/** Under this key a reference keeps the schema that it points at. */
export const target = Symbol('target')

/**
 * Refers to a schema with an `$id`, which the OpenAPI document holds once under
 * `components/schemas`. Only for responses: they are described, checked by the compiler and by
 * tests, and written without being validated again.
 */
export function ref<T extends TSchema & { $id?: string }> (schema: T): TUnsafe<Static<T>> {
  return Object.assign(Type.Unsafe<Static<T>>({ $ref: `${schema.$id ?? ''}#` }), { [target]: schema })
}

/** A page of a list, with items of a type. */
export interface Page<T> {
  items: T[]
  /** Value to pass as `after` for the next page; absent on the last page. */
  next?: string
}

/** The schema of a page of a list. */
export function page<T extends TSchema> (item: T, what: string) {
  return Type.Object({
    items: Type.Array(item, { description: what }),
    next: Type.Optional(
      Type.String({ description: 'the value of `after` for the next page; absent on the last page' })
    )
  }, { description: `a page of ${what}` })
}
