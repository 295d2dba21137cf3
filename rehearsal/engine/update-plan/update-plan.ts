/**
 * Update plans: operations and inputs that a preview expects (`--save-plan`), and an update that
 * must not do anything else (`--plan`) (pulumi `deploy/plan.go`, `deploy/step_generator.go`).
 */
import { type WireObject } from '../../wire.ts'
import { type Goal } from '../plan/goal.ts'
import { type ResourceState } from '../state/resource-state.ts'
import { type Step, type StepOp } from '../steps/step.ts'
import { checkDifference } from './difference-check.ts'
import { type GoalPlan, checkGoal, goalPlan, unchangedGoal } from './goal-plan.ts'
import { noChanges, planDifference } from './property-difference.ts'

export interface ResourcePlan {
  /** Undefined for a resource that is deleted. */
  goal: GoalPlan | undefined
  /** Operations in order. */
  ops: StepOp[]
  /** Outputs that the preview expected. They constrain nothing. */
  outputs: WireObject | undefined
  /** Randomness of the preview's checks, so that an update's come to the same names. */
  seed: Uint8Array | undefined
}
/** Plans of resources by URN. */
export type UpdatePlan = Map<string, ResourcePlan>

/** A registration that is about to become steps. */
export interface Registered {
  urn: string
  goal: Goal
  old: ResourceState | undefined
  inputs: WireObject
  seed: Uint8Array
  /** The old inputs do not count: the resource is made anew. */
  fresh: boolean
}

/** Operations that may come in place of one that was planned, because they do less. */
const lesser: Partial<Record<StepOp, StepOp[]>> = {
  create: ['same'],
  update: ['same'],
  replace: ['same', 'update'],
  'create-replacement': ['same', 'update'],
  'delete-replaced': ['same', 'update']
}

function isAllowed (op: StepOp, planned: StepOp): boolean {
  return op === planned || lesser[planned]?.includes(op) === true
}

/** Steps that end a resource. A plan names them without a goal. */
const deletions = new Set<StepOp>(['delete', 'delete-replaced', 'discard', 'discard-replaced'])

export class UpdatePlans {
  readonly #expected: UpdatePlan | undefined
  /** The plan that this run makes; undefined when nobody asked for one. */
  readonly made: UpdatePlan | undefined

  constructor (options: { expected?: UpdatePlan | undefined, make: boolean }) {
    this.#expected = options.expected
    this.made = options.make ? new Map() : undefined
  }

  /** Randomness for the checks of a resource; undefined when no plan has any. */
  seed (urn: string): Uint8Array | undefined {
    return this.#expected?.get(urn)?.seed
  }

  /** Notes a resource that is imported: what differs from it is planned afterwards. */
  imported (urn: string, goal: Goal, seed: Uint8Array): void {
    if (this.made) this.#fill(urn, { goal: goalPlan(goal, noChanges), seed })
  }

  /** Notes a registration. Throws when the plan expects another one. */
  registered ({ urn, goal, old, inputs, seed, fresh }: Registered): void {
    if (this.made) {
      const difference = planDifference(fresh || old === undefined ? {} : old.inputs, inputs)
      this.#fill(urn, { goal: goalPlan(goal, difference), seed })
    }
    if (this.#expected === undefined) return
    const plan = this.#expected.get(urn)
    // A creation without a plan is refused as a step.
    if (plan === undefined && old === undefined) return
    const expected = plan ? plan.goal : old && unchangedGoal(old)
    const violation = checkGoal(expected, goal, old?.inputs ?? {}, inputs)
    if (violation !== undefined) throw new Error(`resource ${urn} violates plan: ${violation}`)
  }

  /**
   * Notes steps. Throws when the plan does not allow one. `urnOf` names the resource that was found
   * under an alias by its URN of now.
   */
  steps (steps: readonly Step[], urnOf: (urn: string) => string): void {
    for (const { op, urn } of steps) {
      this.#allow(op, urn)
      if (this.made === undefined) continue
      const own = urnOf(urn)
      if (deletions.has(op) && !this.made.has(own)) this.#fill(own, {})
      this.made.get(own)?.ops.push(op)
    }
  }

  /** Notes the outputs that a step came to. */
  outputs (urn: string, outputs: WireObject | undefined): void {
    const plan = this.made?.get(urn)
    if (plan) plan.outputs = outputs
  }

  /**
   * Notes outputs that a component or the Stack registers. Throws when the plan expects others.
   */
  registeredOutputs (urn: string, olds: WireObject, news: WireObject): void {
    if (this.#expected) {
      const goal = this.#expected.get(urn)?.goal
      if (goal === undefined) throw new Error(`no plan for resource ${urn}`)
      const violation = checkDifference(olds, news, goal.outputs)
      if (violation !== undefined) throw new Error(`resource violates plan: ${violation}`)
    }
    const plan = this.made?.get(urn)
    if (plan?.goal === undefined) return
    plan.goal.outputs = planDifference(olds, news)
    plan.outputs = news
  }

  /**
   * Resources whose planned operations did not happen. A deletion of what is gone already was not
   * needed.
   */
  unseen (there: ReadonlySet<string>): string[] {
    return [...this.#expected ?? []]
      .filter(([urn, { ops }]) => ops.length > 0 && (ops.length > 1 || ops[0] !== 'delete' || there.has(urn)))
      .map(([urn]) => urn)
      .sort()
  }

  #allow (op: StepOp, urn: string): void {
    if (this.#expected === undefined) return
    const plan = this.#expected.get(urn)
    if (plan === undefined) {
      if (isAllowed(op, 'same')) return
      throw new Error(`${op} is not allowed by the plan: no steps were expected for this resource`)
    }
    const planned = plan.ops.shift()
    if (planned === undefined) {
      throw new Error(`${op} is not allowed by the plan: no more steps were expected for this resource`)
    }
    if (isAllowed(op, planned)) return
    throw new Error(`${op} is not allowed by the plan: this resource is constrained to ${planned}`)
  }

  #fill (urn: string, known: Partial<ResourcePlan>): void {
    const { ops = [], outputs } = this.made?.get(urn) ?? {}
    this.made?.set(urn, { goal: undefined, seed: undefined, ...known, ops, outputs })
  }
}
