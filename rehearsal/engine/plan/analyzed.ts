/**
 * Resources as policies see them: inputs before their steps, outputs at the end of a run (pulumi
 * `deploy/step_generator.go`).
 */
import { type AnalyzedResource, type AnalyzedStackResource } from '../../analyzer.ts'
import { type ResourceState } from '../state/resource-state.ts'
import { nameOf, parseReference } from '../urn.ts'
import { type Goal } from './goal.ts'

type Providers = ReadonlyMap<string, ResourceState>

function providerOf (state: ResourceState, providers: Providers): AnalyzedResource['provider'] {
  const reference = parseReference(state.provider)
  const provider = reference && providers.get(reference.urn)
  return provider &&
    { urn: provider.urn, type: provider.type, name: nameOf(provider.urn), properties: provider.inputs }
}

/**
 * A resource for policies. Without a goal, because it was not among the targets, it has the options
 * of its state.
 */
export function analyzed (
  state: ResourceState,
  goal: Goal | undefined,
  providers: Providers
): AnalyzedResource {
  const { create, update, delete: deletion } = state.customTimeouts
  return {
    urn: state.urn,
    type: state.type,
    name: nameOf(state.urn),
    properties: state.inputs,
    options: {
      protect: state.protect,
      ignoreChanges: goal?.ignoreChanges ?? state.ignoreChanges,
      deleteBeforeReplace: goal?.deleteBeforeReplace,
      additionalSecretOutputs: state.additionalSecretOutputs,
      aliases: state.aliases,
      customTimeouts: {
        ...(create !== undefined && { create }),
        ...(update !== undefined && { update }),
        ...(deletion !== undefined && { delete: deletion })
      },
      parent: state.parent
    },
    provider: providerOf(state, providers)
  }
}

export function analyzedStack (
  states: Iterable<ResourceState>,
  goals: ReadonlyMap<string, Goal>,
  providers: Providers
): AnalyzedStackResource[] {
  return [...states].map((state) => ({
    ...analyzed(state, goals.get(state.urn), providers),
    properties: state.outputs ?? {},
    dependencies: state.dependencies,
    propertyDependencies: state.propertyDependencies ?? {}
  }))
}
