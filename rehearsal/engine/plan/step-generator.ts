/**
 * Turns registrations and reads into steps, by the goal, the old resource and the answers of the
 * provider (pulumi `deploy/step_generator.go`). Changes nothing but its own record of the plan.
 */
import { randomBytes } from 'node:crypto'
import { Bail } from '../errors.ts'
import { deniedPackage } from '../providers/default-providers.ts'
import { type Operations } from '../providers/operations.ts'
import { type ResourceState } from '../state/resource-state.ts'
import { CreateStep } from '../steps/create-step.ts'
import { ImportStep } from '../steps/import-step.ts'
import { ReadStep } from '../steps/read-step.ts'
import { RefreshStep } from '../steps/refresh-step.ts'
import { ReplaceStep } from '../steps/replace-step.ts'
import { SameStep } from '../steps/same-step.ts'
import { type Step } from '../steps/step.ts'
import { rootStackType, createUrn, isProviderType, parseReference, qualifiedType } from '../urn.ts'
import { planChange } from './changed.ts'
import { checkInputs, refusedByPolicy } from './checked-inputs.ts'
import { withoutIgnored } from './difference.ts'
import { stateOfGoal, stateOfReading } from './new-state.ts'
import { findOld } from './old-resource.ts'
import { type PlanContext, Planned, isIncluded, isReplaceTarget } from './plan-context.ts'
import { planByMode } from './program-modes.ts'
import { bail } from './refusal.ts'
import {
  type Found,
  type Imported,
  type Planning,
  type Reading,
  type Refreshed,
  type Registration,
  type Steps
} from './registration.ts'
import { planRecreation } from './replacement.ts'
import { refuseSkippedDependencies } from './skipped-dependencies.ts'
import { untargetedSames } from './untargeted.ts'

/** Bytes of randomness that a provider gets for names that it makes up; Pulumi's figure. */
const seedBytes = 32

/** Takes the registrations whose planning goes on after a step of theirs. */
interface Later {
  imported(imported: Imported): void
  refreshed(refreshed: Refreshed): void
}

/** Plans one event after the other. */
export class StepGenerator {
  readonly planned = new Planned()
  readonly #context: PlanContext
  readonly #later: Later

  constructor (context: PlanContext, later: Later) {
    this.#context = context
    this.#later = later
  }

  /** The URN of a registration, for errors about it. */
  urnOf (named: { parent: string, type: string, name: string }): string {
    return createUrn({ stack: this.#context.stack, project: this.#context.project, ...named })
  }

  planRead (reading: Reading): Steps {
    const { planned } = this
    const context = this.#context
    const urn = this.#claim(reading)
    const { old, alias } = findOld(context, planned, urn, reading, [])
    const state = stateOfReading(reading, urn, alias)
    if (reading.id === '') throw new Error(`Expected an ID for ${urn}`)
    if (old && !old.external && old.id !== reading.id) {
      planned.replaces.add(urn)
      return {
        steps: [new ReadStep(context, reading.done, old, state, true), new ReplaceStep(old, state)],
        pending: false
      }
    }
    if (context.options.mode === 'destroy') planned.toDelete.push(state)
    planned.reads.add(urn)
    return { steps: [new ReadStep(context, reading.done, old, state, false)], pending: false }
  }

  async planRegistration (registration: Registration): Promise<Steps> {
    const { planned } = this
    const { goal } = registration
    const urn = this.#claim(goal)
    const { old, alias, invalid } = findOld(this.#context, planned, urn, goal, goal.aliases)
    const state = stateOfGoal(goal, urn, old, alias)
    if (isProviderType(goal.type)) {
      planned.providers.set(urn, state)
      if (alias !== undefined) planned.providers.set(alias, state)
    }
    const found = { registration, urn, old, state, invalid }
    return old && this.#context.options.refreshes && isIncluded(this.#context, planned, old)
      ? this.#planRefresh(found, old)
      : this.#planFound(found)
  }

  /** Goes on with a registration after its old resource was read. */
  async planRefreshed ({ found, old }: Refreshed): Promise<Steps> {
    if (found.old && old) {
      this.planned.refreshed.set(found.old, old)
      this.#context.graph.alias(old, found.old)
    }
    return this.#planFound({ ...found, old })
  }

  #planRefresh (found: Found, old: ResourceState): Steps {
    const { urn, state, registration: { goal } } = found
    this.planned.refreshes.add(urn)
    const step = new RefreshStep(this.#context, old, {
      state,
      internal: !goal.custom || isProviderType(goal.type),
      refreshed: (result) =>
        this.#later.refreshed({
          found,
          old: 'error' in result ? undefined : result.state,
          error: 'error' in result ? result.error : undefined
        })
    })
    return { steps: [step], pending: true }
  }

  async #planFound (found: Found): Promise<Steps> {
    const { registration, urn, old, state, invalid } = found
    const { goal } = registration
    const steps = planByMode(this.#context, this.planned, found)
    if (steps) return { steps, pending: false }
    const operations = goal.custom ? await this.#operationsOf(state) : undefined
    const planning = this.#planning({ registration, urn, old, state, operations })
    const oldImportID = old === undefined ? undefined : old.importID || old.id
    if (goal.custom && goal.id !== '' && (old === undefined || old.external || oldImportID !== goal.id)) {
      return this.#planImport(planning)
    }
    return { steps: await this.#plan(planning, invalid), pending: false }
  }

  /** Goes on with a registration after its resource was imported. */
  async planImported (imported: Imported): Promise<Steps> {
    if (imported.error) return { steps: [], pending: false }
    const state = stateOfGoal(imported.registration.goal, imported.urn, imported.old, undefined)
    const operations = await this.#operationsOf(state)
    const { registration, urn, old } = imported
    const planning = this.#planning({ registration, urn, old, state, operations })
    const steps = await this.#plan(planning, false)
    return { steps, pending: false }
  }

  /** Gives a registration randomness, and the name that the configuration asks for. */
  #planning (planning: Omit<Planning, 'seed' | 'autonaming'>): Planning {
    const { registration: { goal }, urn } = planning
    const seed = this.#context.updatePlans?.seed(urn) ?? randomBytes(seedBytes)
    const naming = goal.custom ? this.#context.autonaming?.(urn, seed) : undefined
    if (naming?.deleteBeforeReplace) goal.deleteBeforeReplace = true
    return { ...planning, seed, autonaming: naming?.request }
  }

  /**
   * Refuses steps that the update plan does not allow, and steps of a targeted run that depend on
   * what it leaves out.
   */
  validate (steps: readonly Step[]): void {
    this.#context.updatePlans?.steps(steps, (urn) => this.planned.aliased.get(urn) ?? urn)
    refuseSkippedDependencies(this.#context, this.planned, steps)
  }

  /** Makes the URN of a registration, which must be the only one. */
  #claim (named: { parent: string, type: string, name: string }): string {
    const { planned } = this
    if (named.parent !== '' && !planned.urns.has(named.parent)) {
      throw new Error(`could not find parent resource ${named.parent}`)
    }
    const urn = this.urnOf(named)
    if (planned.urns.has(urn)) {
      bail(this.#context, urn, `Duplicate resource URN '${urn}'; try giving it a unique name`)
    }
    planned.urns.add(urn)
    return urn
  }

  async #operationsOf (state: ResourceState): Promise<Operations> {
    const context = this.#context
    if (isProviderType(state.type)) return context.operationsOf(state)
    const denied = deniedPackage(state.provider)
    if (denied !== undefined) {
      bail(
        context,
        state.urn,
        `Default provider for '${denied}' disabled. '${state.urn}' must use an explicit provider.`
      )
    }
    const reference = parseReference(state.provider)
    if (reference === undefined) {
      bail(context, state.urn, `bad provider reference '${state.provider}' for resource '${state.urn}'`)
    }
    if (context.registry.get(state.provider) === undefined) {
      const old = context.olds.get(reference.urn)
      if (old === undefined || old.id !== reference.id) {
        bail(context, state.urn, `unknown provider '${state.provider}' for resource '${state.urn}'`)
      }
      await context.ensureProvider(state.provider)
    }
    return context.operationsOf(state)
  }

  #planImport ({ registration, urn, old, state, seed }: Planning): Steps {
    this.planned.imports.add(urn)
    this.#context.updatePlans?.imported(urn, registration.goal, seed)
    const imported = (result: { state: ResourceState } | { error: Error }): void =>
      this.#later.imported({
        registration,
        urn,
        old: 'state' in result ? result.state : undefined,
        state,
        error: 'error' in result ? result.error : undefined
      })
    const original = old && !this.planned.deletes.has(urn) ? old : undefined
    const step = new ImportStep(this.#context, state, { original, imported, done: registration.done })
    return { steps: original ? [step, new ReplaceStep(original, state)] : [step], pending: true }
  }

  async #plan (planning: Planning, invalid: boolean): Promise<Step[]> {
    const { planned } = this
    const context = this.#context
    const { registration: { goal, done }, urn, old, state, operations, seed } = planning
    const implicit = isProviderType(goal.type) || qualifiedType(urn) === rootStackType
    const targeted = implicit || isIncluded(context, planned, state)
    const recreating = planned.deletes.has(urn)
    const external = old?.external === true
    const fresh = recreating || external || isReplaceTarget(context, urn, old)
    if (operations) {
      invalid = !await checkInputs(context, planning, { targeted, fresh }) || invalid
    } else if (old) {
      state.inputs = withoutIgnored(context.diagnostics, urn, state.inputs, old.inputs, goal.ignoreChanges)
    }
    if (!invalid) context.updatePlans?.registered({ urn, goal, old, inputs: state.inputs, seed, fresh })
    if (await refusedByPolicy(context, planned, planning) || invalid) {
      throw new Bail(`resource ${urn} is invalid`)
    }
    if (recreating && old) return planRecreation(context, planned, planning, old)
    if (external && old) {
      planned.creates.add(urn)
      return [
        new CreateStep(context, done, state, { old, difference: undefined, pendingDelete: true }),
        new ReplaceStep(old, state)
      ]
    }
    this.#noteTarget(state, targeted)
    if (old) {
      return targeted
        ? planChange(context, planned, planning, old)
        : untargetedSames(context, planned, urn, old, done)
    }
    if (!targeted) {
      planned.sames.add(urn)
      planned.skippedCreates.add(urn)
      return [new SameStep(context, done, { ...state }, state, { skippedCreate: true })]
    }
    planned.creates.add(urn)
    return [new CreateStep(context, done, state)]
  }

  /** Remembers which resources the targets and exclusions of the run turned out to be. */
  #noteTarget (state: ResourceState, targeted: boolean): void {
    const { targets, excludes } = this.#context.options
    if (!targeted) {
      if (excludes.constrained) this.planned.excludesActual.add(state.urn)
    } else if (targets.constrained && isIncluded(this.#context, this.planned, state)) {
      this.planned.targetsActual.add(state.urn)
    }
  }
}
