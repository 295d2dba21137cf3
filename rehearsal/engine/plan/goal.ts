/** A resource as the program wants it: a registration after transforms and defaults. */
import { type WireObject, type WireValue } from '../../wire.ts'
import { type CustomTimeouts } from '../state/resource-state.ts'

/**
 * Another identity that the resource may have in the state: a URN, or the parts that differ from
 * its own.
 */
export type Alias = { urn: string } | {
  name: string
  type: string
  stack: string
  project: string
  parent: string
  noParent: boolean
}

export interface Goal {
  type: string
  name: string
  custom: boolean
  properties: WireObject
  parent: string
  protect: boolean | undefined
  dependencies: string[]
  provider: string
  propertyDependencies: Record<string, string[]> | undefined
  deleteBeforeReplace: boolean | undefined
  ignoreChanges: string[]
  additionalSecretOutputs: string[]
  aliases: Alias[]
  /** Id to import; empty for none. */
  id: string
  customTimeouts: CustomTimeouts
  replaceOnChanges: string[]
  replacementTrigger: WireValue | undefined
  retainOnDelete: boolean | undefined
  deletedWith: string
  replaceWith: string[]
  hideDiff: string[]
  sourcePosition: string
  stackTrace: { sourcePosition?: string }[]
}
