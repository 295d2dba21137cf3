/**
 * Helpers for the wire schemas. Every `description` of a field completes the sentence "expected …"
 * in an error.
 */
import { Type, type Static, type TSchema, type TUnsafe } from 'typebox'

/** Objects of requests take no unknown field. */
export const closed = { additionalProperties: false } as const

/**
 * Text that PostgreSQL can store: no NUL and no lone surrogate (the validator matches by code
 * points).
 */
export const storable = '^[^\\u0000\\ud800-\\udfff]*$'

export const text = (
  description: string,
  options: { minLength?: number, maxLength?: number, pattern?: string, examples?: string[] } = {}
) => Type.String({ minLength: 1, maxLength: 200, pattern: storable, ...options, description })

export const integer = (description: string, minimum: number, maximum: number) =>
  Type.Integer({
    minimum,
    maximum,
    description: `${description}: a whole number from ${minimum} to ${maximum}`
  })

/** One of the given words, with an optional default that is filled in. */
export const oneOf = <const T extends string[]>(
  values: readonly [...T],
  options: { default?: T[number], description?: string } = {}
) =>
  Type.Enum([...values], {
    ...options,
    description: `${options.description ? `${options.description}: ` : ''}one of ${values.join(', ')}`
  })

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
      Type.String({ description: 'what to pass as `after` for the next page; absent on the last page' })
    )
  }, { description: `a page of ${what}` })
}
