import { type TSchema } from 'typebox'
import { problemSchema } from '../../contract/problem.ts'
import { ref, target } from '../../contract/schema.ts'
import { type Route } from './route.ts'

/** A schema with an `$id`. */
export type SharedSchema = TSchema & { $id: string }

/**
 * The schemas that the answers of these routes refer to with `ref`, and those that they refer to in
 * turn: each once, those that others stand on first.
 */
export function sharedSchemas (routes: readonly Route[]): SharedSchema[] {
  const found = new Set<SharedSchema>()
  const collect = (schema: unknown): void => {
    if (typeof schema !== 'object' || schema === null) return
    const { [target]: shared } = schema as { [target]?: SharedSchema }
    if (shared && !found.has(shared)) {
      collect(shared)
      found.add(shared)
    }
    for (const part of Object.values(schema)) collect(part)
  }
  // Every route may answer with a problem.
  collect(ref(problemSchema))
  for (const { schema } of routes) collect(schema)
  return [...found]
}
