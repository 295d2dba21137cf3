/**
 * `destroy --exclude-protected`: what can go when protected resources, and what they depend on,
 * stay.
 */
import { DependencyGraph } from '../dependency-graph.ts'
import { type ResourceState } from '../state/resource-state.ts'

/** `count` resources stay; `nothing` says that no other is left. */
export function protectedTargets (
  resources: readonly ResourceState[]
): { targets: string[] | undefined, count: number, nothing: boolean } {
  const graph = new DependencyGraph(resources)
  const kept = new Set<ResourceState>()
  for (const state of resources) {
    if (!state.protect) continue
    kept.add(state)
    for (const dependency of graph.transitiveDependenciesOf(state)) kept.add(dependency)
  }
  if (kept.size === 0) return { targets: undefined, count: 0, nothing: false }
  const targets = resources.filter((state) => !kept.has(state)).map(({ urn }) => urn)
  return { targets, count: kept.size, nothing: targets.length === 0 }
}
