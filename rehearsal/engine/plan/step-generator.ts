/**
 * Turns registrations and reads into steps: the goal, the old resource and what the provider says
 * decide (pulumi `deploy/step_generator.go`). It changes nothing but its own record of what was
 * planned.
 */
import { randomBytes } from 'node:crypto'
import { type DiffResponse } from '../../provider.ts'
import { type WireObject } from '../../wire.ts'
import { Bail } from '../errors.ts'
import { type Operations, subjectOf } from '../providers/operations.ts'
import { DiffUnavailable } from '../providers/provider-instance.ts'
import { type ResourceState, makeState } from '../state/resource-state.ts'
import { CreateStep } from '../steps/create-step.ts'
import { DeleteStep, shellQuote } from '../steps/delete-step.ts'
import { ImportStep } from '../steps/import-step.ts'
import { ReadStep } from '../steps/read-step.ts'
import { ReplaceStep } from '../steps/replace-step.ts'
import { SameStep } from '../steps/same-step.ts'
import { type Difference, type Done, type Step } from '../steps/step.ts'
import { UpdateStep } from '../steps/update-step.ts'
import { ROOT_STACK_TYPE, createUrn, isProviderType, parseReference, qualifiedType } from '../urn.ts'
import { sameValue, triggersReplacement } from '../values/wire-values.ts'
import { analyzed } from './analyzed.ts'
import { checkFailureText } from './check-failures.ts'
import { cascadeReplacements, dependentReplacements } from './dependents.ts'
import {
  NO_DIFFERENCE,
  diffResource,
  isReplacement,
  replaceFor,
  withReplaceOnChanges,
  withoutIgnored
} from './difference.ts'
import { type Goal } from './goal.ts'
import { findOld } from './old-resource.ts'
import { type PlanContext, Planned, isIncluded } from './plan-context.ts'
import { untargetedSames } from './untargeted.ts'

export interface Registration {
  goal: Goal
  done: Done
}
export interface Reading {
  id: string
  name: string
  type: string
  provider: string
  parent: string
  properties: WireObject
  dependencies: string[]
  additionalSecretOutputs: string[]
  sourcePosition: string
  stackTrace: { sourcePosition?: string }[]
  done: Done
}

/** A registration whose resource is being imported; planning goes on with what was read. */
export interface Imported {
  registration: Registration
  urn: string
  old: ResourceState | undefined
  state: ResourceState
  error: Error | undefined
}
/** `pending`: an Imported follows later. */
export interface Steps {
  steps: Step[]
  pending: boolean
}

/** Bytes of randomness that a provider gets for names of its own; Pulumi's figure. */
const SEED_BYTES = 32

interface Planning {
  registration: Registration
  urn: string
  old: ResourceState | undefined
  state: ResourceState
  operations: Operations | undefined
  seed: Uint8Array
}

export class StepGenerator {
  readonly planned = new Planned()
  readonly #context: PlanContext
  readonly #imported: (imported: Imported) => void

  constructor (context: PlanContext, imported: (imported: Imported) => void) {
    this.#context = context
    this.#imported = imported
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
    const state = makeState({
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
    if (reading.id === '') throw new Error(`Expected an ID for ${urn}`)
    if (old && !old.external && old.id !== reading.id) {
      planned.replaces.add(urn)
      return {
        steps: [new ReadStep(context, reading.done, old, state, true), new ReplaceStep(old, state)],
        pending: false
      }
    }
    planned.reads.add(urn)
    return { steps: [new ReadStep(context, reading.done, old, state, false)], pending: false }
  }

  async planRegistration (registration: Registration): Promise<Steps> {
    const { planned } = this
    const context = this.#context
    const { goal } = registration
    const urn = this.#claim(goal)
    const { old, alias, invalid } = findOld(context, planned, urn, goal, goal.aliases)
    const state = this.#newState(goal, urn, old, alias)
    if (isProviderType(goal.type)) {
      planned.providers.set(urn, state)
      if (alias !== undefined) planned.providers.set(alias, state)
    }
    const operations = goal.custom ? await this.#operationsOf(state) : undefined
    const planning: Planning = { registration, urn, old, state, operations, seed: randomBytes(SEED_BYTES) }
    const oldImportID = old === undefined ? undefined : old.importID || old.id
    if (goal.custom && goal.id !== '' && (old === undefined || old.external || oldImportID !== goal.id)) {
      return this.#planImport(planning, old)
    }
    return this.#plan(planning, invalid)
  }

  /** Goes on with a registration after its resource was imported. */
  async planImported (imported: Imported): Promise<Steps> {
    if (imported.error) return { steps: [], pending: false }
    const { goal } = imported.registration
    const state = this.#newState(goal, imported.urn, imported.old, undefined)
    return this.#plan({
      ...imported,
      state,
      operations: await this.#operationsOf(state),
      seed: randomBytes(SEED_BYTES)
    }, false)
  }

  /** Checks what targeted runs must not do before their steps are carried out. */
  validate (steps: Step[]): Step[] {
    const { planned } = this
    const context = this.#context
    if (!context.options.targets.constrained && !context.options.replaces.constrained) return steps
    for (const step of steps) {
      if (step.new === undefined || (step instanceof SameStep && step.skippedCreate)) continue
      const provider = parseReference(step.new.provider)
      const needs = [
        ...(step.new.parent === '' ? [] : [step.new.parent]),
        ...step.new.dependencies,
        ...Object.values(step.new.propertyDependencies ?? {}).flat(),
        ...(provider ? [provider.urn] : [])
      ]
      for (const urn of needs) {
        if (!planned.skippedCreates.has(urn)) continue
        context.diagnostics.error(
          step.urn,
          `Resource '${step.urn}' depends on '${urn}' which was was not specified in --target list.`
        )
        planned.sawError = true
        if (!context.preview) throw new Bail('untargeted create')
        planned.skippedCreates.delete(urn)
      }
    }
    return steps
  }

  /** Makes the URN of a registration, which must be the only one. */
  #claim (named: { parent: string, type: string, name: string }): string {
    if (named.parent !== '' && !this.planned.urns.has(named.parent)) {
      throw new Error(`could not find parent resource ${named.parent}`)
    }
    const urn = this.urnOf(named)
    if (this.planned.urns.has(urn)) {
      this.#bail(urn, `Duplicate resource URN '${urn}'; try giving it a unique name`)
    }
    this.planned.urns.add(urn)
    return urn
  }

  #bail (urn: string, message: string): never {
    this.#context.diagnostics.error(urn, message)
    throw new Bail(message)
  }

  #newState (
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
      replacementTrigger: goal.replacementTrigger
    })
  }

  async #operationsOf (state: ResourceState): Promise<Operations> {
    const context = this.#context
    if (isProviderType(state.type)) return context.operationsOf(state)
    const reference = parseReference(state.provider)
    if (reference === undefined) {
      this.#bail(state.urn, `bad provider reference '${state.provider}' for resource '${state.urn}'`)
    }
    if (context.registry.get(state.provider) === undefined) {
      const old = context.olds.get(reference.urn)
      if (old === undefined || old.id !== reference.id) {
        this.#bail(state.urn, `unknown provider '${state.provider}' for resource '${state.urn}'`)
      }
      await context.ensureProvider(state.provider)
    }
    return context.operationsOf(state)
  }

  #planImport (planning: Planning, old: ResourceState | undefined): Steps {
    const { registration, urn, state } = planning
    const context = this.#context
    this.planned.imports.add(urn)
    const recreating = this.planned.deletes.has(urn)
    const imported = (result: { state: ResourceState } | { error: Error }): void =>
      this.#imported({
        registration,
        urn,
        old: 'state' in result ? result.state : undefined,
        state,
        error: 'error' in result ? result.error : undefined
      })
    const original = old && !recreating ? old : undefined
    const step = new ImportStep(context, state, { original, imported, done: registration.done })
    return { steps: original ? [step, new ReplaceStep(original, state)] : [step], pending: true }
  }

  async #plan (planning: Planning, invalid: boolean): Promise<Steps> {
    const { planned } = this
    const context = this.#context
    const { registration, urn, old, state, operations } = planning
    const { goal, done } = registration
    const implicit = isProviderType(goal.type) || qualifiedType(urn) === ROOT_STACK_TYPE
    const targeted = implicit || isIncluded(context, planned, state)
    const recreating = planned.deletes.has(urn)
    const external = old?.external === true
    if (operations) {
      invalid = !await this.#check(planning, {
        targeted,
        fresh: recreating || external || this.#replaceTargeted(urn) || old === undefined
      }) || invalid
    } else if (old) {
      state.inputs = withoutIgnored(context.diagnostics, urn, state.inputs, old.inputs, goal.ignoreChanges)
    }
    if (await this.#refusedByPolicy(planning) || invalid) throw new Bail(`resource ${urn} is invalid`)
    if (recreating && old) return { steps: this.#recreate(planning, old), pending: false }
    if (external && old) {
      planned.creates.add(urn)
      return {
        steps: [
          new CreateStep(context, done, state, { old, difference: undefined, pendingDelete: true }),
          new ReplaceStep(old, state)
        ],
        pending: false
      }
    }
    if (!targeted) context.options.excludes.constrained && planned.excludesActual.add(urn)
    else if (context.options.targets.constrained && isIncluded(context, planned, state)) {
      planned.targetsActual.add(urn)
    }
    if (old) {
      return {
        steps: targeted
          ? await this.#planFromDiff(planning, old)
          : untargetedSames(context, planned, urn, old, done),
        pending: false
      }
    }
    if (!targeted) {
      planned.sames.add(urn)
      planned.skippedCreates.add(urn)
      return {
        steps: [new SameStep(context, done, { ...state }, state, { skippedCreate: true })],
        pending: false
      }
    }
    planned.creates.add(urn)
    return { steps: [new CreateStep(context, done, state)], pending: false }
  }

  /** Puts the checked inputs into the state; false when the provider refused them (reported). */
  async #check (planning: Planning, options: { targeted: boolean, fresh: boolean }): Promise<boolean> {
    const { registration: { goal }, urn, old, state, operations, seed } = planning
    if (operations === undefined) return true
    if (!options.targeted) {
      state.inputs = old?.inputs ?? {}
      return true
    }
    const inputs = old
      ? withoutIgnored(this.#context.diagnostics, urn, goal.properties, old.inputs, goal.ignoreChanges)
      : goal.properties
    const response = options.fresh || old === undefined
      ? await operations.check(subjectOf(urn), {}, goal.properties, seed)
      : await operations.check(subjectOf(urn), old.inputs, inputs, seed)
    for (const failure of response.failures) {
      this.#context.diagnostics.error(urn, checkFailureText(state, failure))
    }
    state.inputs = response.inputs
    return response.failures.length === 0
  }

  /**
   * Asks the policy packs about the checked inputs, which they may remedy. True when the resource
   * must not be made: a preview goes on, and fails at its end.
   */
  async #refusedByPolicy ({ registration: { goal }, state }: Planning): Promise<boolean> {
    const { policies, preview } = this.#context
    if (policies === undefined) return false
    const { inputs, mandatory } = await policies.resource(analyzed(state, goal, this.planned.providers))
    state.inputs = inputs
    this.planned.goals.set(state.urn, goal)
    if (mandatory) this.planned.sawError = true
    return mandatory && !preview
  }

  #replaceTargeted (urn: string): boolean {
    return this.#context.options.replaces.has(urn)
  }

  /**
   * The resource was deleted because one that it depends on had to go first: now it is made again.
   */
  #recreate (planning: Planning, old: ResourceState): Step[] {
    const { registration: { done }, urn, state } = planning
    this.planned.deletes.delete(urn)
    this.planned.replaces.add(urn)
    const keys = this.planned.dependentKeys.get(urn) ?? []
    return [
      new ReplaceStep(old, state),
      new CreateStep(this.#context, done, state, {
        old,
        difference: { keys, diffs: [], detailedDiff: undefined },
        pendingDelete: false
      })
    ]
  }

  async #planFromDiff (planning: Planning, old: ResourceState): Promise<Step[]> {
    const { registration: { goal, done }, urn, state } = planning
    const context = this.#context
    const triggered = triggersReplacement(old.replacementTrigger, state.replacementTrigger)
    let diff: DiffResponse
    try {
      diff = triggered ? { ...NO_DIFFERENCE, changes: 'some' } : await this.#diff(planning, old)
    } catch (error) {
      if (!(error instanceof DiffUnavailable)) throw error
      diff = { ...NO_DIFFERENCE, changes: 'some' }
      context.diagnostics.warning(urn, error.message)
    }
    const hasInitErrors = old.initErrors.length > 0
    diff = withReplaceOnChanges(diff, goal.replaceOnChanges, hasInitErrors)
    if (
      (diff.changes === 'some' || old.pendingReplacement) &&
      (isReplacement(diff) || triggered || old.pendingReplacement)
    ) return this.#planReplacement(planning, old, diff)
    if (diff.changes === 'some' || hasInitErrors) {
      this.planned.updates.add(urn)
      return [
        new UpdateStep(
          context,
          done,
          old,
          state,
          { diffs: diff.diffs, detailedDiff: diff.detailedDiff },
          goal.ignoreChanges
        )
      ]
    }
    if (this.planned.imports.has(urn)) {
      done({ state: old, result: 'success', unknown: false })
      return []
    }
    this.planned.sames.add(urn)
    return [new SameStep(context, done, old, state)]
  }

  async #diff (planning: Planning, old: ResourceState): Promise<DiffResponse> {
    const { registration: { goal }, urn, state, operations } = planning
    if (this.#replaceTargeted(urn)) return replaceFor('id')
    if (state.replaceWith.some((other) => this.planned.replaces.has(other))) return replaceFor('replaceWith')
    if (this.planned.replaces.has(state.deletedWith)) return replaceFor('deletedWith')
    if (await this.#providerChanged(old, state)) return replaceFor('provider')
    if (operations === undefined) {
      return sameValue(old.inputs, state.inputs)
        ? NO_DIFFERENCE
        : { ...NO_DIFFERENCE, changes: 'some' }
    }
    return diffResource(
      this.#context.diagnostics,
      operations,
      { urn, id: old.id },
      { inputs: old.inputs, outputs: old.outputs ?? {} },
      state.inputs,
      goal.ignoreChanges
    )
  }

  /**
   * Another provider means a replacement when the new one says that the difference between their
   * configurations does.
   */
  async #providerChanged (old: ResourceState, state: ResourceState): Promise<boolean> {
    if (old.provider === state.provider) return false
    const before = parseReference(old.provider)
    const after = parseReference(state.provider)
    if (before === undefined || after === undefined) return true
    if (this.planned.aliased.get(before.urn) === after.urn) return false
    const oldProvider = this.#context.olds.get(before.urn)
    const newProvider = this.planned.providers.get(after.urn)
    const instance = this.#context.registry.get(state.provider)
    if (oldProvider === undefined || newProvider === undefined || instance === undefined) return true
    const diff = await instance.diffConfig(
      subjectOf(after.urn),
      { inputs: oldProvider.inputs, outputs: oldProvider.outputs ?? {} },
      newProvider.inputs,
      []
    )
    return isReplacement(diff)
  }

  async #planReplacement (planning: Planning, old: ResourceState, diff: DiffResponse): Promise<Step[]> {
    const { registration: { goal, done }, urn, state, operations, seed } = planning
    const context = this.#context
    if (state.protect && old.protect) {
      this.#refuse(
        urn,
        `unable to replace resource "${urn}"\nas it is currently marked for protection. To unprotect the ` +
          `resource, remove the \`protect\` flag from the resource in your Pulumi program and run \`pulumi ` +
          `up\``
      )
    }
    if (goal.id !== '') this.#refuseImported(planning, old, diff)
    this.planned.replaces.add(urn)
    if (operations && !this.#replaceTargeted(urn)) {
      // The replacement is a resource of its own: its inputs are checked without the old ones.
      const response = await operations.check(subjectOf(urn), {}, goal.properties, seed)
      for (const failure of response.failures) {
        context.diagnostics.error(urn, checkFailureText(state, failure))
      }
      if (response.failures.length > 0) throw new Bail(`resource ${urn} has check errors`)
      state.inputs = response.inputs
    }
    const difference: Difference = { keys: diff.replaces, diffs: diff.diffs, detailedDiff: diff.detailedDiff }
    if (!(goal.deleteBeforeReplace ?? diff.deleteBeforeReplace)) {
      return [
        new CreateStep(context, done, state, { old, difference, pendingDelete: true }),
        new ReplaceStep(old, state, difference)
      ]
    }
    const steps = await this.#deleteDependents(old)
    await context.ensureProvider(old.provider)
    if (!old.pendingReplacement) {
      this.planned.deletes.add(old.urn)
      steps.push(new DeleteStep(context, old, { deletions: this.planned.deletes, replaced: 'before' }))
    }
    return [
      ...steps,
      new ReplaceStep(old, state, difference),
      new CreateStep(context, done, state, { old, difference, pendingDelete: false })
    ]
  }

  /** Deletes first, in reverse order, what must be replaced with `old`. */
  async #deleteDependents (old: ResourceState): Promise<Step[]> {
    const { planned } = this
    const context = this.#context
    const dependents = !context.preview || context.graph.contains(old)
      ? await dependentReplacements(context, planned, old)
      : []
    const steps: Step[] = []
    for (
      const { state, keys } of [...dependents, ...cascadeReplacements(context.olds.values(), old.urn)]
        .reverse()
    ) {
      if (planned.pendingDeletes.has(state)) continue
      planned.dependentKeys.set(state.urn, keys)
      if (!state.delete && state.protect) {
        this.#refuse(
          state.urn,
          `unable to replace resource "${state.urn}" as part of replacing "${old.urn}" as it is ` +
            `currently marked for protection. To unprotect the resource, remove the \`protect\` flag from ` +
            `the resource in your Pulumi program and run \`pulumi up\`, or use the command:\n\`pulumi ` +
            `state unprotect ${shellQuote(state.urn)}\``,
          true
        )
      }
      steps.push(
        new DeleteStep(context, state, {
          deletions: planned.deletes,
          ...(!state.delete && { replaced: 'before' })
        })
      )
      planned.deletes.add(state.urn)
      planned.pendingDeletes.add(state)
    }
    return steps
  }

  /** Reports why something must not be done: a preview goes on, an update ends. */
  #refuse (urn: string, message: string, always = false): void {
    this.#context.diagnostics.error(urn, message)
    this.planned.sawError = true
    if (always || !this.#context.preview) throw new Bail(message)
  }

  #refuseImported (planning: Planning, old: ResourceState, diff: DiffResponse): void {
    const { urn, state } = planning
    const lines = diff.replaces.map((key) =>
      `${key}: ${propertyText(old.inputs[key])} => ${propertyText(state.inputs[key])}`
    )
    const message =
      'previously-imported resources that still specify an ID may not be replaced; please remove the ' +
      `\`import\` declaration from your program;\n${lines.join('\n')}`
    if (!this.#context.preview) throw new Error(message)
    this.#context.diagnostics.warning(urn, message)
  }
}

function propertyText (value: WireObject[string] | undefined): string {
  return typeof value === 'string' ? `{${value}}` : `{${JSON.stringify(value ?? null)}}`
}
