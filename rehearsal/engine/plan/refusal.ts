/** Reports of things that must not be done. */
import { Bail } from '../errors.ts'
import { type PlanContext, type Planned } from './plan-context.ts'

/** Reports an error and ends the run. */
export function bail (context: PlanContext, urn: string, message: string): never {
  context.diagnostics.error(urn, message)
  throw new Bail(message)
}

/** Reports an error. An update ends; a preview goes on, and fails at its end. */
export function refuse (context: PlanContext, planned: Planned, urn: string, message: string): void {
  context.diagnostics.error(urn, message)
  planned.sawError = true
  if (!context.preview) throw new Bail(message)
}
