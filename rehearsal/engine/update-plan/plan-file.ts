/** Update plans as files (apitype.DeploymentPlanV1). */
import { readFile, writeFile } from 'node:fs/promises'
import { type DeploymentV3 } from '../../store.ts'
import { type WireObject } from '../../wire.ts'
import { type Alias } from '../plan/goal.ts'
import { type Setting } from '../stack/config-value.ts'
import { ExitCode, Failure } from '../stack/failure.ts'
import { manifest } from '../state/journal.ts'
import { type Cipher, readProperties, writeProperties } from '../state/resource-state.ts'
import { type StepOp } from '../steps/step.ts'
import { type GoalPlan } from './goal-plan.ts'
import { type PlanDifference } from './property-difference.ts'
import { type ResourcePlan, type UpdatePlan } from './update-plan.ts'

interface WrittenDifference {
  adds?: WireObject
  deletes?: string[]
  updates?: WireObject
}
/** A structured alias under the names of Go's fields, of which the empty ones are written too. */
interface WrittenAlias {
  URN: string
  Name: string
  Type: string
  Project: string
  Stack: string
  Parent: string
  NoParent: boolean
}
type WrittenGoal =
  & Pick<GoalPlan, 'type' | 'name' | 'custom' | 'protect'>
  & Partial<
    Pick<
      GoalPlan,
      | 'parent'
      | 'dependencies'
      | 'provider'
      | 'propertyDependencies'
      | 'deleteBeforeReplace'
      | 'ignoreChanges'
      | 'additionalSecretOutputs'
      | 'id'
      | 'customTimeouts'
    >
  >
  & { inputDiff?: WrittenDifference, outputDiff?: WrittenDifference, structuredAliases?: WrittenAlias[] }
interface WrittenPlan {
  goal?: WrittenGoal
  steps?: StepOp[]
  state: WireObject | null
  /** Base64. */
  seed?: string
}
interface PlanFile {
  manifest: DeploymentV3['manifest']
  config?: Record<string, Setting>
  resourcePlans?: Record<string, WrittenPlan>
}

const filled = (value: object | string | undefined): boolean =>
  value !== undefined && Object.keys(value).length > 0

/** The fields that say something. */
function withoutEmpty<T extends object> (fields: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]: [string, unknown]) =>
      typeof value === 'object' || typeof value === 'string'
        ? filled(value ?? undefined)
        : value !== undefined
    )
  ) as Partial<T>
}

function writeDifference ({ adds, deletes, updates }: PlanDifference, encrypt: Cipher): WrittenDifference {
  return withoutEmpty({
    adds: writeProperties(adds, encrypt),
    deletes,
    updates: writeProperties(updates, encrypt)
  })
}

function readDifference (written: WrittenDifference | undefined, decrypt: Cipher): PlanDifference {
  return {
    adds: readProperties(written?.adds ?? {}, decrypt),
    deletes: written?.deletes ?? [],
    updates: readProperties(written?.updates ?? {}, decrypt)
  }
}

function writeAlias (alias: Alias): WrittenAlias {
  const { name = '', type = '', project = '', stack = '', parent = '', noParent = false } = 'urn' in alias
    ? {}
    : alias
  return {
    URN: 'urn' in alias ? alias.urn : '',
    Name: name,
    Type: type,
    Project: project,
    Stack: stack,
    Parent: parent,
    NoParent: noParent
  }
}

function readAlias ({ URN, Name, Type, Project, Stack, Parent, NoParent }: WrittenAlias): Alias {
  return URN === ''
    ? { name: Name, type: Type, project: Project, stack: Stack, parent: Parent, noParent: NoParent }
    : { urn: URN }
}

function writeGoal (goal: GoalPlan, encrypt: Cipher): WrittenGoal {
  const { type, name, custom, protect, inputs, outputs, aliases, ...options } = goal
  return {
    type,
    name,
    custom,
    inputDiff: writeDifference(inputs, encrypt),
    outputDiff: writeDifference(outputs, encrypt),
    protect,
    ...withoutEmpty(options),
    ...(aliases.length > 0 && { structuredAliases: aliases.map(writeAlias) })
  }
}

function readGoal (written: WrittenGoal, decrypt: Cipher): GoalPlan {
  const { inputDiff, outputDiff, structuredAliases, ...options } = written
  return {
    parent: '',
    dependencies: [],
    provider: '',
    propertyDependencies: {},
    ignoreChanges: [],
    additionalSecretOutputs: [],
    id: '',
    customTimeouts: {},
    ...options,
    deleteBeforeReplace: options.deleteBeforeReplace,
    inputs: readDifference(inputDiff, decrypt),
    outputs: readDifference(outputDiff, decrypt),
    aliases: (structuredAliases ?? []).map(readAlias)
  }
}

function writeResource ({ goal, ops, outputs, seed }: ResourcePlan, encrypt: Cipher): WrittenPlan {
  return {
    ...(goal && { goal: writeGoal(goal, encrypt) }),
    ...(ops.length > 0 && { steps: ops }),
    state: outputs === undefined ? null : writeProperties(outputs, encrypt),
    ...(seed && { seed: Buffer.from(seed).toString('base64') })
  }
}

function readResource ({ goal, steps, state, seed }: WrittenPlan, decrypt: Cipher): ResourcePlan {
  return {
    goal: goal && readGoal(goal, decrypt),
    ops: [...steps ?? []],
    outputs: state ? readProperties(state, decrypt) : undefined,
    seed: seed === undefined ? undefined : Buffer.from(seed, 'base64')
  }
}

/** Writes a plan, its secrets encrypted. */
export async function writePlan (
  file: string,
  plan: UpdatePlan,
  { version, config, encrypt }: { version: string, config: Record<string, Setting>, encrypt: Cipher }
): Promise<void> {
  const written: PlanFile = {
    manifest: manifest(new Date().toISOString(), version),
    ...(filled(config) && { config }),
    ...(plan.size > 0 && {
      resourcePlans: Object.fromEntries(
        [...plan.keys()].sort().flatMap((urn) => {
          const resource = plan.get(urn)
          return resource ? [[urn, writeResource(resource, encrypt)]] : []
        })
      )
    })
  }
  await writeFile(file, `${JSON.stringify(written, undefined, 4)}\n`)
}

/** Reads a plan. Fails when there is none, or another file. */
export async function readPlan (file: string, decrypt: Cipher): Promise<UpdatePlan> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    throw new Failure(ExitCode.Failed, `error: open ${file}: no such file or directory`)
  })
  let written: PlanFile
  try {
    written = JSON.parse(text) as PlanFile
  } catch (error) {
    throw new Failure(ExitCode.Failed, `error: ${file} is not an update plan: ${(error as Error).message}`)
  }
  return new Map(
    Object.entries(written.resourcePlans ?? {}).map(([urn, plan]) => [urn, readResource(plan, decrypt)])
  )
}
