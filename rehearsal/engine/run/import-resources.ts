/** Runs `pulumi import` over a stack (pulumi `deploy/import.go`). */
import { randomBytes } from 'node:crypto'
import { Bail, messageOf } from '../errors.ts'
import { checkFailureText } from '../plan/check-failures.ts'
import { defaultProviderInputs, defaultProviderName } from '../providers/default-providers.ts'
import { pluginInputs } from '../providers/provider-registry.ts'
import { type ConfigValue } from '../stack/config-value.ts'
import { makeState, type ResourceState } from '../state/resource-state.ts'
import { CreateStep } from '../steps/create-step.ts'
import { PlannedImportStep } from '../steps/planned-import-step.ts'
import { SameStep } from '../steps/same-step.ts'
import { type Step } from '../steps/step.ts'
import {
  createUrn,
  formatReference,
  isProviderType,
  packageOf,
  providerType,
  rootStackType,
  typeOf
} from '../urn.ts'
import { type Deployment } from './deployment.ts'
import { type StepExecutor } from './step-executor.ts'

/** A resource to import. Empty texts stand for what it does not name. */
export interface ImportedResource {
  type: string
  name: string
  /** Id that its provider reads it by; empty for components and providers. */
  id: string
  /** URN of its parent; the stack when it has none. */
  parent: string
  /** URN of its explicit provider. */
  provider: string
  /** Of its default provider, or of the provider itself. */
  version: string
  pluginDownloadURL: string
  protect: boolean
  /** Only some properties were asked for. */
  someProperties: boolean
  component: boolean
  /** Its package constructs the component. */
  remote: boolean
}

/** Imports resources. Rejects with Bail when it failed, after its reason was reported. */
export async function importResources (
  deployment: Deployment,
  executor: StepExecutor,
  imports: readonly ImportedResource[],
  run: { config: Record<string, ConfigValue>, signal: AbortSignal }
): Promise<void> {
  const importer = new Importer(deployment, executor, run.config)
  let problem = ''
  try {
    await importer.run(imports)
  } catch (error) {
    if (!(error instanceof Bail)) problem = `: ${messageOf(error)}`
    if (executor.error === undefined || problem !== '') throw ended(deployment, `failed${problem}`)
  }
  await executor.idle()
  if (executor.error) throw ended(deployment, 'failed')
  if (run.signal.aborted) throw ended(deployment, 'canceled')
}

function ended ({ preview, diagnostics }: Deployment, how: string): Bail {
  const message = `${preview ? 'preview' : 'update'} ${how}`
  diagnostics.error('', message)
  return new Bail(message)
}

const noDone = (): void => undefined

class Importer {
  readonly #deployment: Deployment
  readonly #executor: StepExecutor
  readonly #config: Record<string, ConfigValue>

  constructor (deployment: Deployment, executor: StepExecutor, config: Record<string, ConfigValue>) {
    this.#deployment = deployment
    this.#executor = executor
    this.#config = config
  }

  async run (imports: readonly ImportedResource[]): Promise<void> {
    const { prev } = this.#deployment
    // What is there already is kept, in its order.
    for (const old of prev.filter((state) => !state.delete)) {
      await this.#steps([new SameStep(this.#deployment, undefined, old, { ...old, id: '' })])
    }
    const root = await this.#root()
    const providers = await this.#providers(imports)
    const waiting = this.#importSteps(imports, root, providers)
    while (waiting.size > 0) {
      const ready = [...waiting.values()].filter((step) => !waiting.has(step.new.parent))
      for (const { urn } of ready) waiting.delete(urn)
      await this.#steps(ready)
    }
  }

  /** Carries out steps that do not depend on each other. Rejects when one failed (reported). */
  async #steps (steps: readonly Step[]): Promise<void> {
    await this.#executor.executeAll(steps)
    if (this.#executor.error) throw new Bail(this.#executor.error.message)
    if (this.#executor.signal.aborted) throw new Bail('the import was canceled')
  }

  #urn (parent: string, type: string, name: string): string {
    const { stack, project } = this.#deployment
    return createUrn({ stack, project, parent, type, name })
  }

  /** URN of the stack, which is made unless it is there. */
  async #root (): Promise<string> {
    const { prev, stack, project } = this.#deployment
    const root = prev.find(({ type, parent }) => type === rootStackType && parent === '')
    if (root) return root.urn
    const urn = this.#urn('', rootStackType, `${project}-${stack}`)
    const state = makeState({ type: rootStackType, urn, custom: false })
    await this.#steps([new CreateStep(this.#deployment, noDone, state)])
    return urn
  }

  #defaultProvider ({ type, version, pluginDownloadURL }: ImportedResource): string {
    const pkg = packageOf(type)
    if (pkg === '') throw new Error('incorrect package type specified')
    return this.#urn('', providerType(pkg), defaultProviderName({ pkg, version, pluginDownloadURL }))
  }

  /** References by URN of the providers of all that is imported. What is missing is made. */
  async #providers (imports: readonly ImportedResource[]): Promise<Map<string, string>> {
    const references = new Map<string, string>()
    const wanted = new Map<string, { inputs: ResourceState['inputs'], parent: string }>()
    const want = (urn: string, inputs: () => ResourceState['inputs'], parent = ''): void => {
      const old = this.#deployment.olds.get(urn)
      if (old) references.set(urn, formatReference({ urn, id: old.id }))
      else if (!wanted.has(urn)) wanted.set(urn, { inputs: inputs(), parent })
    }
    for (const resource of imports) {
      if (isProviderType(resource.type) || resource.provider !== '' || !needsProvider(resource)) continue
      const request = { ...resource, pkg: packageOf(resource.type) }
      want(this.#defaultProvider(resource), () => defaultProviderInputs(this.#config, request))
    }
    const defaults = wanted.size
    for (const resource of imports.filter(({ type }) => isProviderType(type))) {
      const urn = this.#urn(resource.parent, resource.type, resource.name)
      want(urn, () => pluginInputs(resource), resource.parent)
    }
    for (const resource of imports.filter(({ provider }) => provider !== '')) {
      want(resource.provider, () => pluginInputs(resource))
    }
    const made = [...wanted]
    const explicit = made.slice(defaults).sort(([a], [b]) => a < b ? -1 : 1)
    const steps: CreateStep[] = []
    for (const [urn, { inputs, parent }] of [...made.slice(0, defaults), ...explicit]) {
      steps.push(await this.#providerStep(urn, inputs, parent))
    }
    await this.#steps(steps)
    for (const { urn, new: { id } } of steps) references.set(urn, formatReference({ urn, id }))
    return references
  }

  async #providerStep (urn: string, inputs: ResourceState['inputs'], parent: string): Promise<CreateStep> {
    const state = makeState({ type: typeOf(urn), urn, custom: true, inputs, parent })
    const { failures } = await this.#deployment.registry.check(urn, {}, inputs)
    for (const failure of failures) this.#deployment.diagnostics.error(urn, checkFailureText(state, failure))
    if (failures.length > 0) throw new Error('provider check failed')
    return new CreateStep(this.#deployment, noDone, state)
  }

  /** Steps by the URNs of their resources. What is there with the same id has none. */
  #importSteps (
    imports: readonly ImportedResource[],
    root: string,
    providers: ReadonlyMap<string, string>
  ): Map<string, PlannedImportStep> {
    const { olds, diagnostics } = this.#deployment
    const steps = new Map<string, PlannedImportStep>()
    for (const resource of imports.filter(({ type }) => !isProviderType(type))) {
      const parent = resource.parent || root
      const urn = this.#urn(parent, resource.type, resource.name)
      if (steps.has(urn)) throw new Error(`duplicate import '${resource.name}' of type '${resource.type}'`)
      const old = olds.get(urn)
      if (old && (old.importID || old.id) === resource.id) continue
      const provider = needsProvider(resource)
        ? providers.get(resource.provider || this.#defaultProvider(resource)) ?? ''
        : ''
      const state = makeState({
        type: resource.type,
        urn,
        custom: !resource.component,
        parent,
        protect: resource.protect,
        provider,
        importID: resource.id
      })
      steps.set(
        urn,
        new PlannedImportStep(this.#deployment, state, {
          exists: old !== undefined,
          find: (other) => this.#executor.news.get(other),
          someProperties: resource.someProperties,
          seed: randomBytes(32),
          diagnostics
        })
      )
    }
    return steps
  }
}

/** Tells if a provider has to do with a resource: with all but components of programs. */
function needsProvider ({ component, remote, provider }: ImportedResource): boolean {
  return !component || remote || provider !== ''
}
