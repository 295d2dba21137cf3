/** The goal of a resource as an update plan holds it, and its check (pulumi `deploy/plan.go`). */
import { unknownValue, type WireObject } from '../../wire.ts'
import { type Alias, type Goal } from '../plan/goal.ts'
import { type CustomTimeouts, type ResourceState } from '../state/resource-state.ts'
import { nameOf, parseReference } from '../urn.ts'
import { checkDifference } from './difference-check.ts'
import { type PlanDifference, noChanges } from './property-difference.ts'

export interface GoalPlan {
  type: string
  name: string
  custom: boolean
  inputs: PlanDifference
  /** Changes of what a component or the Stack registers. */
  outputs: PlanDifference
  parent: string
  protect: boolean
  dependencies: string[]
  provider: string
  propertyDependencies: Record<string, string[]>
  deleteBeforeReplace: boolean | undefined
  ignoreChanges: string[]
  additionalSecretOutputs: string[]
  aliases: Alias[]
  /** Id to import. */
  id: string
  customTimeouts: CustomTimeouts
}

export function goalPlan (goal: Goal, inputs: PlanDifference): GoalPlan {
  const { type, name, custom, parent, dependencies, provider, deleteBeforeReplace } = goal
  const { ignoreChanges, additionalSecretOutputs, aliases, id, customTimeouts } = goal
  return {
    type,
    name,
    custom,
    inputs,
    outputs: noChanges,
    parent,
    protect: goal.protect === true,
    dependencies,
    provider,
    propertyDependencies: goal.propertyDependencies ?? {},
    deleteBeforeReplace,
    ignoreChanges,
    additionalSecretOutputs,
    aliases,
    id,
    customTimeouts
  }
}

/** The goal of a resource that the plan does not name: it stays as it is. */
export function unchangedGoal (old: ResourceState): GoalPlan {
  const { type, custom, parent, protect, dependencies, provider, additionalSecretOutputs } = old
  return {
    type,
    name: nameOf(old.urn),
    custom,
    inputs: noChanges,
    outputs: noChanges,
    parent,
    protect,
    dependencies,
    provider,
    propertyDependencies: old.propertyDependencies ?? {},
    deleteBeforeReplace: undefined,
    ignoreChanges: [],
    additionalSecretOutputs,
    aliases: old.aliases.map((urn) => ({ urn })),
    id: '',
    customTimeouts: old.customTimeouts
  }
}

/** The difference of two sets in words; undefined when there is none. */
function setDifference (before: readonly string[], after: readonly string[]): string | undefined {
  const adds = [...new Set(after)].filter((member) => !before.includes(member)).sort()
  const deletes = [...new Set(before)].filter((member) => !after.includes(member)).sort()
  const words = [
    ...(adds.length > 0 ? [`added ${adds.join(', ')}`] : []),
    ...(deletes.length > 0 ? [`deleted ${deletes.join(', ')}`] : [])
  ]
  return words.length > 0 ? words.join('; ') : undefined
}

/** An alias as Go prints it. */
function aliasText (alias: Alias): string {
  if ('urn' in alias) return `{${alias.urn}      false}`
  const { name, type, project, stack, parent, noParent } = alias
  return `{ ${name} ${type} ${project} ${stack} ${parent} ${noParent}}`
}

function providerChange (planned: string, actual: string): string | undefined {
  if (planned === actual) return undefined
  const [expected, found] = [parseReference(planned), parseReference(actual)]
  // A provider that the preview would have made has no id yet.
  if (expected && found && expected.urn === found.urn && expected.id === unknownValue) return undefined
  return `provider changed (expected ${planned})`
}

function timeoutChange (planned: CustomTimeouts, actual: CustomTimeouts): string | undefined {
  for (const operation of ['create', 'update', 'delete', 'read'] as const) {
    if ((planned[operation] ?? 0) !== (actual[operation] ?? 0)) {
      return `${operation} timeout changed (expected ${planned[operation] ?? 0})`
    }
  }
  return undefined
}

function optionChange (plan: GoalPlan, goal: Goal): string | undefined {
  if (goal.custom !== plan.custom) {
    return `resource kind changed (expected ${plan.custom ? 'custom' : 'component'})`
  }
  const provider = providerChange(plan.provider, goal.provider)
  if (provider !== undefined) return provider
  if (goal.parent !== plan.parent) return `parent changed (expected ${plan.parent})`
  if ((goal.protect === true) !== plan.protect) return `protect changed (expected ${plan.protect})`
  if (goal.deleteBeforeReplace !== plan.deleteBeforeReplace) {
    return `deleteBeforeReplace changed (expected ${plan.deleteBeforeReplace ?? 'no value'})`
  }
  if (goal.id !== plan.id) return `importID changed (expected ${plan.id})`
  const timeouts = timeoutChange(plan.customTimeouts, goal.customTimeouts)
  if (timeouts !== undefined) return timeouts
  const sets = [
    ['ignoreChanges', plan.ignoreChanges, goal.ignoreChanges],
    ['additionalSecretOutputs', plan.additionalSecretOutputs, goal.additionalSecretOutputs],
    ['dependencies', plan.dependencies, goal.dependencies],
    ['aliases', plan.aliases.map(aliasText), goal.aliases.map(aliasText)]
  ] as const
  for (const [what, expected, actual] of sets) {
    const change = setDifference(expected, actual)
    if (change !== undefined) return `${what} changed: ${change}`
  }
  return undefined
}

/** Tells what of a resource violates its plan; undefined when nothing does. */
export function checkGoal (
  plan: GoalPlan | undefined,
  goal: Goal,
  oldInputs: WireObject,
  inputs: WireObject
): string | undefined {
  if (plan === undefined) return 'resource unexpectedly not deleted'
  const change = optionChange(plan, goal) ?? checkDifference(oldInputs, inputs, plan.inputs)
  if (change !== undefined) return change
  for (const key of Object.keys(plan.propertyDependencies).sort()) {
    // A property that was unknown in the plan may be absent now.
    const actual = goal.propertyDependencies?.[key]
    const difference = actual && setDifference(plan.propertyDependencies[key] ?? [], actual)
    if (difference) return `dependencies for ${key} changed: ${difference}`
  }
  return undefined
}
