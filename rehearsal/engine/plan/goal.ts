/** A resource as the program wants it: a registration after transforms and defaults. */
import { type ResourceAlias } from '../../provider.ts'
import { type WireObject, type WireValue } from '../../wire.ts'
import { type HookNames } from '../state/hook-names.ts'
import { type CustomTimeouts } from '../state/resource-state.ts'

export type Alias = ResourceAlias

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
  hooks: HookNames
  sourcePosition: string
  stackTrace: { sourcePosition?: string }[]
}
