/**
 * One run of `up`, `preview`, `refresh` or `destroy` over one stack, and what its flags ask for.
 */
import { availableParallelism } from 'node:os'
import { type StackRef } from '../../../store.ts'
import { type Autonaming } from '../../plan/autonaming.ts'
import { type PlanOptions } from '../../plan/plan-context.ts'
import { Targets } from '../../plan/targets.ts'
import { type ImportedResource } from '../../run/import-resources.ts'
import { type ConfigValue, type Setting } from '../../stack/config-value.ts'
import { type Project } from '../../stack/project.ts'
import { type StepOp } from '../../steps/step.ts'
import { type Operation } from '../operation.ts'

export type UpdateKind = 'update' | 'refresh' | 'destroy' | 'import'

/** Everything that is known about a run before it begins. */
export interface UpdateRun {
  operation: Operation
  ref: StackRef
  kind: UpdateKind
  preview: boolean
  project: Project
  /** The stack's configuration over its project's, secrets in plain text. */
  config: Record<string, ConfigValue>
  /** The same as it is stored. */
  settings: Record<string, Setting>
  /** Resources to import; undefined in other operations. */
  imports: readonly ImportedResource[] | undefined
  /** Names that the configuration proposes; undefined when it says nothing of them. */
  autonaming: Autonaming | undefined
}

/** The end of a run. */
export interface Outcome {
  /** Number of steps by their operation. */
  changes: Partial<Record<StepOp, number>>
  succeeded: boolean
}

/** Steps at once for each core, as the real CLI has it: steps mostly wait. */
const stepsPerCore = 4

/** Steps at once. */
export function parallelOf ({ operation: { args } }: UpdateRun): number {
  return args.number('parallel') || availableParallelism() * stepsPerCore
}

/** Restrictions to resources; `targets` come in place of those that the flags name. */
export function planOptions (
  run: UpdateRun,
  targets: readonly string[] | undefined
): PlanOptions {
  const { operation: { args }, kind } = run
  return {
    targets: new Targets(targets ?? args.list('target')),
    excludes: new Targets(args.list('exclude')),
    replaces: new Targets(args.list('replace')),
    targetDependents: args.has('target-dependents'),
    excludeDependents: args.has('exclude-dependents'),
    mode: kind !== 'import' && args.has('run-program') ? kind : 'update',
    refreshes: refreshes(run) && refreshesWithProgram(run)
  }
}

/** Tells if the resources are refreshed. */
export function refreshes ({ operation: { args }, kind }: UpdateRun): boolean {
  return kind === 'refresh' || args.has('refresh')
}

/**
 * Tells if a refresh reads resources as the program registers them. A destroy reads them before it
 * runs its program.
 */
export function refreshesWithProgram ({ operation: { args }, kind }: UpdateRun): boolean {
  return kind !== 'destroy' && args.has('run-program')
}

/** The configuration as programs and policy packs get it. */
export function sharedConfig (
  { config }: UpdateRun
): { config: Record<string, string>, secretKeys: string[] } {
  const entries = Object.entries(config)
  return {
    config: Object.fromEntries(entries.map(([key, { value }]) => [key, value])),
    secretKeys: entries.filter(([, { secret }]) => secret).map(([key]) => key)
  }
}
