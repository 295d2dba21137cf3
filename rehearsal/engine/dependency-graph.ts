/**
 * The dependencies among the resources of a state, which lists dependencies before dependents
 * (pulumi `resource/graph`).
 */
import { type ResourceState, dependencyUrns } from './state/resource-state.ts'
import { parseReference } from './urn.ts'

export class DependencyGraph {
  readonly #resources: readonly ResourceState[]
  readonly #index: Map<ResourceState, number>
  readonly #childrenOf = new Map<string, number[]>()

  readonly #before: ReadonlyMap<ResourceState, ResourceState>

  /**
   * `before`: earlier readings of resources. What such a resource depended on then counts too: the
   * program may not name it any longer, and the resource in the cloud still has it.
   */
  constructor (
    resources: readonly ResourceState[],
    before: ReadonlyMap<ResourceState, ResourceState> = new Map()
  ) {
    this.#resources = resources
    this.#before = before
    this.#index = new Map(resources.map((state, place) => [state, place]))
    const places = new Map<string, number>()
    for (const [place, state] of resources.entries()) {
      places.set(state.urn, place)
      for (let parent = state.parent; parent !== '';) {
        const children = this.#childrenOf.get(parent) ?? []
        children.push(place)
        this.#childrenOf.set(parent, children)
        parent = resources[places.get(parent) ?? -1]?.parent ?? ''
      }
    }
  }

  contains (state: ResourceState): boolean {
    return this.#index.has(state)
  }

  /** Gives a new reading of a resource the place of that resource. */
  alias (state: ResourceState, existing: ResourceState): void {
    const place = this.#index.get(existing)
    if (place !== undefined) this.#index.set(state, place)
  }

  /**
   * Resources that depend on a state, directly or not, in order. URNs in `ignore` are left out, and
   * so is what depends on the state only through them.
   */
  dependingOn (
    state: ResourceState,
    ignore: ReadonlySet<string>,
    options: { children: boolean }
  ): ResourceState[] {
    const found = new Set([state.urn])
    const result: ResourceState[] = []
    for (const candidate of this.#resources.slice((this.#index.get(state) ?? -1) + 1)) {
      if (ignore.has(candidate.urn)) continue
      const provider = parseReference(candidate.provider)
      if (
        dependencyUrns(candidate, { parent: options.children }).some((urn) => found.has(urn)) ||
        (provider && found.has(provider.urn))
      ) {
        found.add(candidate.urn)
        result.push(candidate)
      }
    }
    return result
  }

  /**
   * Resources that a state depends on directly: its provider, its parent, and its dependencies,
   * with the children of those that are components.
   */
  dependenciesOf (state: ResourceState): Set<ResourceState> {
    const result = new Set<ResourceState>()
    const before = this.#before.get(state)
    const urns = new Set<string>()
    const parents = new Set<string>()
    for (const each of before ? [state, before] : [state]) {
      for (const urn of dependencyUrns(each, { parent: false })) urns.add(urn)
      const provider = parseReference(each.provider)
      if (provider) urns.add(provider.urn)
      parents.add(each.parent)
    }
    const own = this.#index.get(state) ?? 0
    for (let place = own - 1; place >= 0; place--) {
      const candidate = this.#resources[place]
      if (candidate === undefined) continue
      if (urns.has(candidate.urn)) {
        result.add(candidate)
        if (!candidate.custom) {
          for (const child of this.#childrenOf.get(candidate.urn) ?? []) {
            const inside = this.#resources[child]
            if (child < own && inside) result.add(inside)
          }
        }
      }
      if (parents.has(candidate.urn)) result.add(candidate)
    }
    return result
  }

  /** Resources that a state depends on, directly or not. */
  transitiveDependenciesOf (state: ResourceState): Set<ResourceState> {
    const result = new Set<ResourceState>()
    const visit = (from: ResourceState): void => {
      for (const dependency of this.dependenciesOf(from)) {
        if (result.has(dependency)) continue
        result.add(dependency)
        visit(dependency)
      }
    }
    visit(state)
    return result
  }
}
