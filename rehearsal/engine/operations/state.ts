/** `pulumi state …`: edits of a stack's state without a program (pulumi `pkg/cmd/pulumi/state`). */
import { type DeploymentV3, type ResourceV3, type StackRef } from '../../store.ts'
import { ExitCode, Failure } from '../stack/failure.ts'
import { dependentsOf, withRenamed, writtenDependencies } from '../state/edit.ts'
import { replay } from '../state/journal.ts'
import { nameOf } from '../urn.ts'
import { locked } from './lock.ts'
import { type Operation, existingStack } from './operation.ts'

type Edit = (resources: readonly ResourceV3[]) => readonly ResourceV3[]

function fail (message: string): never {
  throw new Failure(ExitCode.Failed, `error: ${message}`)
}

/** Edits a stack's resources under its lock. */
async function edit (operation: Operation, change: Edit): Promise<void> {
  const ref = await existingStack(operation)
  await editStack(operation, ref, (deployment) => {
    const resources = [...change(deployment?.resources ?? [])]
    const { resources: _, ...rest } = deployment ?? { manifest: { time: '', magic: '', version: '' } }
    return { ...rest, ...(resources.length > 0 && { resources }) }
  }, 'state')
}

/** Stores another deployment of a stack, under its lock. */
export async function editStack (
  { store }: Operation,
  ref: StackRef,
  change: (deployment: DeploymentV3 | undefined) => DeploymentV3,
  kind: string
): Promise<void> {
  const update = await locked(() => store.begin(ref, kind))
  try {
    const stored = await store.load(ref)
    await update.finish(change(replay(stored.deployment, stored.journal)))
  } catch (error) {
    await update.release()
    throw error
  }
}

const listHint = 'To list the URNs in the stack, run `pulumi stack --show-urns`'

function locate (resources: readonly ResourceV3[], urn: string): ResourceV3 {
  if (!urn.startsWith('urn:pulumi:')) fail(`"${urn}" is not a valid resource URN\n${listHint}`)
  const found = resources.filter((resource) => resource.urn === urn)
  const [first] = found
  if (first === undefined) fail(`No such resource "${urn}" exists in the current state\n${listHint}`)
  if (found.length > 1) {
    const ids = found.map(({ id }) => `  ${id ?? ''}\n`).join('')
    fail(`Resource URN ambiguously referred to multiple resources. Did you mean:\n${ids}`)
  }
  return first
}

function needed (operation: Operation, what = 'resource URN'): readonly string[] {
  if (operation.args.positional.length === 0) fail(`Must supply <${what}> unless pulumi is run interactively`)
  return operation.args.positional
}

export async function deleteResources (operation: Operation): Promise<void> {
  const { args, print } = operation
  const all = args.has('all')
  if (all && args.positional.length > 0) fail('cannot specify a resource URN when deleting all resources')
  const urns = all ? [] : needed(operation)
  let count = 0
  await edit(operation, (resources) => {
    const targets = all ? [...resources] : [...new Set(urns.map((urn) => locate(resources, urn)))]
    count = targets.length
    // Dependents first: they come after what they depend on.
    const ordered = targets.sort((a, b) => resources.indexOf(b) - resources.indexOf(a))
    let left = resources
    for (const condemned of ordered) left = without(operation, left, condemned)
    return left
  })
  print(all ? 'Resources deleted\n' : count === 1 ? 'Resource deleted\n' : `${count} resources deleted\n`)
}

function without (
  operation: Operation,
  resources: readonly ResourceV3[],
  condemned: ResourceV3
): readonly ResourceV3[] {
  const { args, printError } = operation
  const dependents = dependentsOf(resources, condemned)
  if (dependents.length > 0 && !args.has('target-dependents')) {
    const list = dependents.map(({ urn }) => ` * ${JSON.stringify(nameOf(urn)).padEnd(15)} (${urn})\n`).join(
      ''
    )
    fail(
      `${condemned.urn} can't be safely deleted because the following resources depend on it:\n${list}\n` +
        'Delete those resources first or pass --target-dependents.'
    )
  }
  for (const resource of [condemned, ...dependents]) {
    if (!resource.protect) continue
    if (!args.has('force')) {
      fail(
        `${resource.urn} can't be safely deleted because it is protected. Re-run this command with --force ` +
          'to force deletion'
      )
    }
    printError(`warning: deleting protected resource ${resource.urn} due to presence of --force\n`)
  }
  const gone = new Set([condemned, ...dependents])
  return resources.filter((resource) => !gone.has(resource))
}

/** Sets or removes a mark of resources: those that are named, or all. */
function marks (
  word: 'protect' | 'unprotect' | 'taint' | 'untaint',
  change: (resource: ResourceV3) => ResourceV3
): (operation: Operation) => Promise<void> {
  return async (operation) => {
    const { args, print } = operation
    const all = args.has('all') && word !== 'taint'
    const urns = all ? [] : needed(operation)
    await edit(operation, (resources) => {
      if (resources.length === 0) fail(`no resources found to ${word}`)
      if (all) return resources.map(change)
      // A resource that waits for its deletion has no mark to change.
      const targets = new Set(urns.map((urn) => locate(resources.filter((state) => !state.delete), urn)))
      return resources.map((resource) => targets.has(resource) ? change(resource) : resource)
    })
    print(all ? `All resources ${word}ed\n` : `${urns.length} resources ${word}ed\n`)
  }
}

export const protect = marks('protect', (resource) => ({ ...resource, protect: true }))
export const unprotect = marks('unprotect', ({ protect: _, ...resource }) => resource as ResourceV3)
export const taint = marks('taint', (resource) => ({ ...resource, taint: true }))
export const untaint = marks('untaint', ({ taint: _, ...resource }) => resource as ResourceV3)

export async function rename (operation: Operation): Promise<void> {
  const { args, print } = operation
  const [urn = '', name = ''] = args.positional
  if (args.positional.length < 2) {
    fail('Must supply resource URN and new name unless pulumi is run interactively')
  }
  if (!urn.startsWith('urn:pulumi:')) fail('The provided input URN is not valid')
  await edit(operation, (resources) => {
    locate(resources, urn)
    const to = `${urn.split('::').slice(0, 3).join('::')}::${name}`
    if (to === urn) return resources
    if (resources.some((resource) => resource.urn === to)) {
      fail('The chosen new urn for the state corresponds to an already existing resource')
    }
    return withRenamed(resources, urn, to)
  })
  print('Resource renamed\n')
}

/**
 * Puts a state in order: resources come after what they depend on, and name nothing that is not
 * there.
 */
export async function repair (operation: Operation): Promise<void> {
  const { printError } = operation
  const ref = await existingStack(operation)
  const stored = await operation.store.load(ref)
  const resources = replay(stored.deployment, stored.journal)?.resources ?? []
  if (!disordered(resources)) {
    return printError('info: The snapshot is already valid; skipping repair\n')
  }
  await edit(operation, repaired)
}

function disordered (resources: readonly ResourceV3[]): boolean {
  const seen = new Set<string>()
  return resources.some((resource) => {
    const dangling = writtenDependencies(resource).some((urn) => !seen.has(urn))
    seen.add(resource.urn)
    return dangling
  })
}

function repaired (resources: readonly ResourceV3[]): ResourceV3[] {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]))
  const result: ResourceV3[] = []
  const placed = new Set<ResourceV3>()
  const place = (resource: ResourceV3): void => {
    if (placed.has(resource)) return
    placed.add(resource)
    for (const urn of writtenDependencies(resource)) {
      const needs = byUrn.get(urn)
      if (needs) place(needs)
    }
    result.push(pruned(resource, byUrn))
  }
  for (const resource of resources) place(resource)
  return result
}

function pruned (resource: ResourceV3, there: ReadonlyMap<string, unknown>): ResourceV3 {
  const { parent, dependencies, propertyDependencies, deletedWith, ...rest } = resource
  const keep = (urns: readonly string[]): string[] => urns.filter((urn) => there.has(urn))
  return {
    ...rest,
    ...(parent && there.has(parent) && { parent }),
    ...(dependencies && { dependencies: keep(dependencies) }),
    ...(propertyDependencies && {
      propertyDependencies: Object.fromEntries(
        Object.entries(propertyDependencies).map(([key, urns]) => [key, keep(urns)])
      )
    }),
    ...(deletedWith && there.has(deletedWith) && { deletedWith })
  } as ResourceV3
}
