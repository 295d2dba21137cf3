/**
 * Runs units of a federation in one process: the real programs, the Automation API, the rehearsal
 * engine and simulated clouds that live as long as the object.
 */
import { type InlineProgramArgs, LocalWorkspace } from '@pulumi/pulumi/automation/index.js'
import { loadFederation } from '../../../automation/federation/load.ts'
import { loadDurations } from '../../../automation/plan/durations.ts'
import { contextOf } from '../../../automation/stacks/program-context.ts'
import { catalog } from '../../../programs/catalog.ts'
import { unitId } from '../../../programs/scopes.ts'
import { type Federation, type Scope } from '../../../programs/types.ts'
import { createClouds } from '../../../rehearsal/clouds/index.ts'
import { MemoryCloudStore } from '../../../rehearsal/clouds/memory-cloud-store.ts'
import createCommand from '../../../rehearsal/command.ts'

/** A unit as the catalogue describes it. */
export interface RehearsedUnit {
  readonly id: string
  readonly phase: string
  readonly scope: Scope
  readonly dependsOn: readonly string[]
}
/** A resource in a stack's state. */
export interface StateResource {
  readonly urn: string
  readonly type: string
  readonly custom: boolean
  readonly external?: boolean
  readonly inputs?: Record<string, unknown>
  readonly outputs?: Record<string, unknown>
  readonly parent?: string
  readonly provider?: string
}
type Outputs = Record<string, { value: unknown, secret: boolean }>

/** The federation of federations/nautilus.yaml. */
export async function nautilus (): Promise<Federation> {
  const loaded = await loadFederation(new URL('../../../federations/nautilus.yaml', import.meta.url).pathname)
  if ('errors' in loaded) throw new Error(loaded.errors.map((error) => JSON.stringify(error)).join('\n'))
  return loaded.federation
}

/** All units of the federation, in the catalogue's order. */
export function unitsOf (federation: Federation): RehearsedUnit[] {
  return catalog.flatMap((phase) =>
    phase.units.flatMap((kind) =>
      kind.scopes(federation).map((scope) => ({
        id: `${phase.name}.${scope.name}`,
        phase: phase.name,
        scope,
        dependsOn: kind.dependsOn(federation, scope).map(unitId)
      }))
    )
  )
}

/** One world and the units that were deployed in it. */
export class RehearsedWorld {
  readonly federation: Federation
  readonly outputs: Record<string, Outputs> = {}
  readonly states: Record<string, StateResource[]> = {}
  readonly #units: Map<string, RehearsedUnit>
  /** What exists in the world's clouds. */
  readonly clouds = new MemoryCloudStore()
  readonly #command: Promise<ReturnType<typeof createCommand>>

  constructor (federation: Federation) {
    this.federation = federation
    this.#units = new Map(unitsOf(federation).map((unit) => [unit.id, unit]))
    this.#command = loadDurations().then((durations) =>
      createCommand({ providers: createClouds({ store: this.clouds, durations }) })
    )
  }

  /**
   * Deploys a unit after everything that it depends on, each once. Rejects with the first unit's
   * error, named.
   */
  async up (id: string): Promise<Outputs> {
    const unit = this.#units.get(id)
    if (!unit) throw new RangeError(`no unit ${id}`)
    const done = this.outputs[id]
    if (done) return done
    for (const before of unit.dependsOn) await this.up(before)
    const stack = await this.#stack(unit)
    try {
      const result = await stack.up({ color: 'never' })
      this.states[id] =
        ((await stack.exportStack()).deployment as { resources?: StateResource[] }).resources ?? []
      const outputs: Outputs = Object.fromEntries(
        Object.entries(result.outputs).map((
          [name, { value, secret }]
        ) => [name, { value: value as unknown, secret }])
      )
      this.outputs[id] = outputs
      return outputs
    } catch (error) {
      throw new Error(`${id}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  /** Deploys a unit that is deployed again. Resolves to the engine's summary of changes. */
  async again (id: string): Promise<Record<string, number>> {
    const unit = this.#units.get(id)
    if (!unit) throw new RangeError(`no unit ${id}`)
    const result = await (await this.#stack(unit)).up({ color: 'never' })
    return { ...result.summary.resourceChanges }
  }

  /**
   * Previews a unit of which nothing is deployed, nor anything before it. Resolves to the engine's
   * summary of changes.
   */
  async preview (id: string): Promise<Record<string, number>> {
    const unit = this.#units.get(id)
    if (!unit) throw new RangeError(`no unit ${id}`)
    return { ...(await (await this.#stack(unit)).preview({ color: 'never' })).changeSummary }
  }

  /** Tears a unit down. */
  async destroy (id: string): Promise<void> {
    const unit = this.#units.get(id)
    if (!unit) throw new RangeError(`no unit ${id}`)
    await (await this.#stack(unit)).destroy({ color: 'never' })
  }

  async #stack (unit: RehearsedUnit) {
    const { federation } = this
    const upstream = Object.fromEntries(unit.dependsOn.map((id) => [id, this.outputs[id] ?? null]))
    const secrets = Object.fromEntries(federation.secrets.map((name) => [name, `value-of-${name}`]))
    const args: InlineProgramArgs = {
      projectName: 'windlass',
      stackName: `${federation.name}.${unit.id}`.slice(0, 100),
      program: async () => {
        const kind = catalog.find(({ name }) => name === unit.phase)?.units.find(({ scope }) =>
          scope === unit.scope.kind
        )
        if (!kind) throw new RangeError(`no program for ${unit.id}`)
        const { program } = await kind.load()
        return await program(
          contextOf(
            {
              federation,
              phase: unit.phase,
              scope: unit.scope,
              unit: unit.id,
              upstream,
              secrets
            } as unknown as Parameters<typeof contextOf>[0]
          )
        )
      }
    }
    return await LocalWorkspace.createOrSelectStack(args, {
      pulumiCommand: await this.#command as unknown as NonNullable<
        Parameters<typeof LocalWorkspace.createOrSelectStack>[1]
      >['pulumiCommand'],
      envVars: { PULUMI_CONFIG_PASSPHRASE: 'test', PULUMI_BACKEND_URL: 'file://~' }
    })
  }
}
