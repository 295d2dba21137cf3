/** States of new resources, as a program asks for them. Pure. */
import { type ResourceState, makeState } from '../state/resource-state.ts'
import { type Goal } from './goal.ts'
import { type Reading } from './registration.ts'

/** The state of a registered resource, before its provider was asked. */
export function stateOfGoal (
  goal: Goal,
  urn: string,
  old: ResourceState | undefined,
  alias: string | undefined
): ResourceState {
  return makeState({
    type: goal.type,
    urn,
    custom: goal.custom,
    inputs: goal.properties,
    parent: goal.parent,
    protect: goal.protect === true,
    dependencies: goal.dependencies,
    provider: goal.provider,
    propertyDependencies: goal.propertyDependencies,
    additionalSecretOutputs: goal.additionalSecretOutputs,
    aliases: alias === undefined ? [] : [alias],
    customTimeouts: goal.customTimeouts,
    importID: goal.id,
    retainOnDelete: goal.retainOnDelete === true,
    deletedWith: goal.deletedWith,
    replaceWith: goal.replaceWith,
    created: old?.created,
    modified: old?.modified,
    sourcePosition: goal.sourcePosition,
    stackTrace: goal.stackTrace,
    ignoreChanges: goal.ignoreChanges,
    hideDiff: goal.hideDiff,
    replaceOnChanges: goal.replaceOnChanges,
    resourceHooks: goal.hooks,
    replacementTrigger: goal.replacementTrigger
  })
}

/** The state of a resource that is read. */
export function stateOfReading (reading: Reading, urn: string, alias: string | undefined): ResourceState {
  return makeState({
    type: reading.type,
    urn,
    custom: true,
    external: true,
    id: reading.id,
    inputs: reading.properties,
    outputs: {},
    parent: reading.parent,
    dependencies: reading.dependencies,
    provider: reading.provider,
    additionalSecretOutputs: reading.additionalSecretOutputs,
    aliases: alias === undefined ? [] : [alias],
    sourcePosition: reading.sourcePosition,
    stackTrace: reading.stackTrace
  })
}
