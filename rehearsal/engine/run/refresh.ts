/** Reads resources of the state, and makes the result the base of what follows. */
import { type Planned } from '../plan/plan-context.ts'
import { type DeploymentState } from '../state/deployment-state.ts'
import { type ResourceState } from '../state/resource-state.ts'
import { RefreshStep } from '../steps/refresh-step.ts'
import { type Deployment } from './deployment.ts'
import { type StepExecutor } from './step-executor.ts'

/** Reads every resource, or those that the run is about. */
export async function refreshResources (
  deployment: Deployment,
  executor: StepExecutor,
  state: DeploymentState
): Promise<void> {
  const { targets, excludes, targetDependents, excludeDependents } = deployment.options
  const steps = new Map<ResourceState, RefreshStep>()
  for (const old of deployment.prev) {
    const urns = [
      ...(old.parent === '' ? [] : [old.parent]),
      ...old.dependencies,
      ...Object.values(old.propertyDependencies ?? {}).flat()
    ]
    if (excludes.constrained) {
      if (excludeDependents && urns.some((urn) => excludes.has(urn))) excludes.add(old.urn)
      if (excludes.has(old.urn)) continue
    } else if (targets.constrained) {
      if (targetDependents && urns.some((urn) => targets.has(urn))) targets.add(old.urn)
      if (!targets.has(old.urn)) continue
    }
    await deployment.ensureProvider(old.provider)
    steps.set(old, new RefreshStep(deployment, old))
  }
  await executor.executeAll([...steps.values()])
  await executor.idle()
  rebuild(deployment, steps, state, new Set())
}

/** Reads the resources that no program registered in this run, if it is about them. */
export async function refreshUnregistered (
  deployment: Deployment,
  planned: Planned,
  executor: StepExecutor,
  state: DeploymentState
): Promise<void> {
  const { targets, excludes } = deployment.options
  const registered = new Set(deployment.prev.filter(({ urn }) => planned.isOperatedOn(urn)))
  const steps = new Map<ResourceState, RefreshStep>()
  for (const old of deployment.prev) {
    if (registered.has(old)) continue
    if (excludes.constrained ? excludes.has(old.urn) : targets.constrained && !targets.has(old.urn)) continue
    planned.refreshes.add(old.urn)
    await deployment.ensureProvider(old.provider)
    steps.set(old, new RefreshStep(deployment, old))
  }
  await executor.executeAll([...steps.values()])
  await executor.idle()
  rebuild(deployment, steps, state, registered)
}

/**
 * Takes over the states that were found. References to resources that are gone are dropped, and
 * their children move up to their parents. Steps of the run have taken over the `settled` ones.
 */
function rebuild (
  deployment: Deployment,
  steps: ReadonlyMap<ResourceState, RefreshStep>,
  state: DeploymentState,
  settled: ReadonlySet<ResourceState>
): void {
  const there = new Set<string>()
  const parents = new Map<string, string>()
  const changed = new Set<ResourceState>()
  const resources: ResourceState[] = []
  for (const old of deployment.prev) {
    const step = steps.get(old)
    const found = step ? step.new : old
    if (found === undefined) {
      parents.set(old.urn, old.parent)
      continue
    }
    if (settled.has(old)) {
      there.add(old.urn)
      resources.push(old)
      continue
    }
    const keep = (urns: string[]): string[] => urns.filter((urn) => there.has(urn))
    const dependencies = keep(found.dependencies)
    // As the real engine does, properties that depend on nothing are no longer listed.
    const propertyDependencies = found.propertyDependencies &&
      Object.fromEntries(
        Object.entries(found.propertyDependencies).map(([key, urns]) => [key, keep(urns)] as const).filter((
          [, urns]
        ) => urns.length > 0)
      )
    let parent = found.parent
    while (parent !== '' && parents.has(parent)) parent = parents.get(parent) ?? ''
    const dangling = dependencies.length !== found.dependencies.length || parent !== found.parent ||
      (found.deletedWith !== '' && !there.has(found.deletedWith)) ||
      Object.entries(found.propertyDependencies ?? {}).some(([key, urns]) =>
        urns.length !== propertyDependencies?.[key]?.length
      )
    const result = dangling
      ? {
        ...found,
        dependencies,
        propertyDependencies,
        parent,
        deletedWith: there.has(found.deletedWith) ? found.deletedWith : ''
      }
      : found
    if (result !== old) changed.add(result)
    there.add(result.urn)
    resources.push(result)
  }
  deployment.rebase(resources)
  state.refresh(resources, (resource) => changed.has(resource))
}
