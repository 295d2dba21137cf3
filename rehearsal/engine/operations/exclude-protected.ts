/**
 * The resources that `destroy --exclude-protected` deletes: protected ones stay, and so does
 * everything that they depend on.
 */
import { DependencyGraph } from '../dependency-graph.ts'
import { type ResourceState } from '../state/resource-state.ts'

/**
 * URNs that may be deleted (undefined: all), and the number of resources that stay. `nothing`: all
 * stay.
 */
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
