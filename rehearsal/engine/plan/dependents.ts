/**
 * The resources that must be replaced together with another one whose replacement cannot exist
 * beside it (delete before replace).
 */
import { unknownValue, type WireObject } from '../../wire.ts'
import { type ResourceState } from '../state/resource-state.ts'
import { isProviderType, parseReference } from '../urn.ts'
import { diffResource, isReplacement, withReplaceOnChanges } from './difference.ts'
import { type DependentReplacement, type PlanContext, type Planned } from './plan-context.ts'

/**
 * Dependents that the deletion of `root` forces to be replaced, in order. Each is compared with the
 * changed inputs unknown.
 */
export async function dependentReplacements (
  context: PlanContext,
  planned: Planned,
  root: ResourceState
): Promise<DependentReplacement[]> {
  const condemned = new Set([root.urn])
  const settled = new Set(
    [planned.reads, planned.creates, planned.sames, planned.updates, planned.deletes, planned.replaces]
      .flatMap((set) => [...set])
  )
  const result: DependentReplacement[] = []
  for (const state of context.graph.dependingOn(root, settled, { children: false })) {
    const keys = await forcedKeys(context, state, condemned)
    if (keys === undefined) continue
    condemned.add(state.urn)
    result.push({ state, keys })
  }
  return result
}

/** Inputs that force the replacement of a state; undefined when it can stay. */
async function forcedKeys (
  context: PlanContext,
  state: ResourceState,
  condemned: ReadonlySet<string>
): Promise<string[] | undefined> {
  if (!state.custom || state.external) return undefined
  const provider = parseReference(state.provider)
  if (provider && condemned.has(provider.urn)) {
    await context.ensureProvider(state.provider)
    return []
  }
  if (condemned.has(state.deletedWith)) return []
  const touched = Object.keys(state.inputs).filter((key) =>
    state.propertyDependencies?.[key]?.some((urn) => condemned.has(urn))
  )
  if (touched.length === 0) return undefined
  const inputs: WireObject = {
    ...state.inputs,
    ...Object.fromEntries(touched.map((key) => [key, unknownValue]))
  }
  if (isProviderType(state.type)) await context.registry.same(state, false)
  else await context.ensureProvider(state.provider)
  const olds = { inputs: state.inputs, outputs: state.outputs ?? {} }
  const diff = withReplaceOnChanges(
    await diffResource(
      context.diagnostics,
      context.operationsOf(state),
      state,
      olds,
      inputs,
      state.ignoreChanges
    ),
    state.replaceOnChanges,
    false
  )
  return isReplacement(diff) ? diff.replaces : undefined
}

/** Resources that are replaced or deleted together with another one by their own options. */
export function cascadeReplacements (olds: Iterable<ResourceState>, urn: string): DependentReplacement[] {
  return [...olds].filter((state) => state.replaceWith.includes(urn) || state.deletedWith === urn).map((
    state
  ) => ({ state, keys: [] }))
}
