/** `pulumi state move`: resources of one stack into another, with copies of their providers. */
import { isDeepStrictEqual } from 'node:util'
import { type DeploymentV3, type ResourceV3, type StackRef } from '../../store.ts'
import { hideSecrets } from '../stack/export.ts'
import { ExitCode, Failure } from '../stack/failure.ts'
import { projectName, stackRef } from '../stack/project.ts'
import { StackConfig } from '../stack/stack-config.ts'
import { crypterFor, deploymentSalt, secretsProvider } from '../stack/stack-secrets.ts'
import { withUrns, writtenDependencies } from '../state/edit.ts'
import { manifest, replay } from '../state/journal.ts'
import { createUrn, isProviderType, parseReference, rootStackType } from '../urn.ts'
import { type Operation, existingStack } from './operation.ts'
import { editStack } from './state.ts'

function fail (message: string): never {
  throw new Failure(ExitCode.Failed, `error: ${message}`)
}
const fullName = ({ project, stack }: StackRef): string => `organization/${project}/${stack}`
const prefixOf = ({ project, stack }: StackRef): string => `urn:pulumi:${stack}::${project}::`

export async function move (operation: Operation): Promise<void> {
  const { args, cwd, store, print } = operation
  const [from, to] = [args.value('source'), args.value('dest')]
  if (from === undefined && to === undefined) fail('at least one of --source or --dest must be provided')
  const project = await projectName(cwd)
  const named = async (name: string | undefined): Promise<StackRef> =>
    name === undefined
      ? existingStack(operation)
      : existingStack(operation, fullName(stackRef(name, project)))
  const source = await named(from)
  const dest = await named(to)
  const load = async (ref: StackRef): Promise<DeploymentV3 | undefined> => {
    const stored = await store.load(ref)
    return replay(stored.deployment, stored.journal)
  }
  const sourceDeployment = await load(source)
  const resources = sourceDeployment?.resources ?? []
  if (resources.length === 0) fail('source stack has no resources')
  const moving = selected(operation, resources)
  const destDeployment = await load(dest)
  const moved = movedInto(source, dest, resources, moving, destDeployment?.resources ?? [])
  print(`Planning to move the following resources from ${fullName(source)} to ${fullName(dest)}:\n\n`)
  for (const { urn } of moving) print(`  - ${urn}\n`)
  print('\n')
  const recrypt = await recrypter(operation, dest, sourceDeployment, destDeployment)
  // The destination comes first: whatever happens, the resources are in one of the two.
  await editStack(operation, dest, (deployment) => {
    const base = deployment ?? { manifest: manifest(new Date().toISOString(), operation.version) }
    return { ...base, ...recrypt({ manifest: base.manifest, resources: moved }) }
  }, 'state')
  const gone = new Set(moving.map(({ urn }) => urn))
  await editStack(operation, source, (deployment) => ({
    ...deployment ?? { manifest: manifest('', '') },
    resources: resources.filter((resource) => !moving.includes(resource)).map((resource) =>
      broken(resource, (urn) => !gone.has(urn))
    )
  }), 'state')
  print(`Successfully moved resources from ${fullName(source)} to ${fullName(dest)}\n`)
}

/** Resources to move: those that are named and all below them, in order. */
function selected ({ args, print }: Operation, resources: readonly ResourceV3[]): ResourceV3[] {
  const chosen = new Set<string>()
  for (const urn of args.positional) {
    const found = resources.find((resource) => resource.urn === urn)
    if (found === undefined) print(`warning: Resource ${urn} not found in source stack\n`)
    else if (isProviderType(found.type)) {
      fail('cannot move providers. Only resources can be moved, and providers will be included automatically')
    } else chosen.add(urn)
  }
  if (chosen.size === 0) fail('no resources found to move')
  if (args.has('include-parents')) {
    for (const urn of [...chosen]) {
      for (let parent = parentOf(resources, urn); parent; parent = parentOf(resources, parent)) {
        chosen.add(parent)
      }
    }
  }
  for (const { urn, parent } of resources) if (parent && chosen.has(parent)) chosen.add(urn)
  return resources.filter(({ urn, type }) =>
    chosen.has(urn) && type !== rootStackType && !isProviderType(type)
  )
}

function parentOf (resources: readonly ResourceV3[], urn: string): string | undefined {
  return resources.find((resource) => resource.urn === urn)?.parent
}

/** The resource without the URNs that are not kept. Its parent and provider stay. */
function broken (resource: ResourceV3, keep: (urn: string) => boolean): ResourceV3 {
  if (writtenDependencies(resource).every(keep)) return resource
  const { dependencies = [], propertyDependencies = {}, deletedWith, ...rest } = resource
  return withUrns({
    ...rest,
    dependencies: dependencies.filter(keep),
    propertyDependencies: Object.fromEntries(
      Object.entries(propertyDependencies).map(([key, urns]) => [key, urns.filter(keep)])
    ),
    ...(deletedWith && keep(deletedWith) && { deletedWith })
  } as ResourceV3, String)
}

/** The destination's resources with the moved ones and copies of the providers that they need. */
function movedInto (
  source: StackRef,
  dest: StackRef,
  resources: readonly ResourceV3[],
  moving: readonly ResourceV3[],
  there: readonly ResourceV3[]
): ResourceV3[] {
  const stack = createUrn({ ...dest, parent: '', type: rootStackType, name: `${dest.project}-${dest.stack}` })
  const result: ResourceV3[] = there.some(({ type }) => type === rootStackType)
    ? [...there]
    : [{ urn: stack, custom: false, type: rootStackType }, ...there]
  const urns = new Set(moving.map(({ urn }) => urn))
  const rewrite = (urn: string): string =>
    urn.startsWith(prefixOf(source)) ? prefixOf(dest) + urn.slice(prefixOf(source).length) : urn
  const ids = new Map<string, string>()
  const transplant = (resource: ResourceV3): ResourceV3 => {
    const parent = resource.parent && urns.has(resource.parent) ? resource.parent : undefined
    const kept = broken(resource, (urn) => urns.has(urn))
    const copy = withUrns({ ...kept, ...(parent && { parent }) }, rewrite)
    return { ...copy, urn: rewrite(resource.urn), parent: parent ? rewrite(parent) : stack }
  }
  const needed = new Set(moving.flatMap(({ provider }) => provider ? [provider] : []))
  for (const provider of resources.filter((resource) => needed.has(`${resource.urn}::${resource.id}`))) {
    const copy = transplant(provider)
    const existing = result.find(({ urn }) => urn === copy.urn)
    if (existing === undefined) result.push(copy)
    else if (existing.id !== copy.id && !isDeepStrictEqual(existing.inputs ?? {}, copy.inputs ?? {})) {
      fail(`provider ${copy.urn} already exists in destination stack`)
    }
    ids.set(`${provider.urn}::${provider.id}`, `${copy.urn}::${existing?.id ?? copy.id}`)
  }
  for (const resource of moving) {
    const copy = transplant(resource)
    if (result.some(({ urn }) => urn === copy.urn)) {
      fail(`resource ${copy.urn} already exists in destination stack`)
    }
    const provider = resource.provider && parseReference(resource.provider)
      ? ids.get(resource.provider) ?? copy.provider
      : undefined
    result.push({ ...copy, ...(provider && { provider }) })
  }
  return result
}

/** Encrypts secrets that came from another stack for this one. */
async function recrypter (
  { cwd, env }: Operation,
  dest: StackRef,
  source: DeploymentV3 | undefined,
  existing: DeploymentV3 | undefined
): Promise<(deployment: DeploymentV3) => DeploymentV3> {
  const config = await StackConfig.read(cwd, dest.project, dest.stack)
  const own = await crypterFor(env, deploymentSalt(existing) ?? config.salt)
  const foreign = await crypterFor(env, deploymentSalt(source))
  const decrypt = (text: string): string => {
    try {
      return foreign.decrypt(text)
    } catch {
      return own.decrypt(text)
    }
  }
  return (deployment) => ({
    ...hideSecrets(deployment, own.encrypt, decrypt),
    secrets_providers: secretsProvider(own)
  })
}
