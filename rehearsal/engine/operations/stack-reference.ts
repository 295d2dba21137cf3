/** The outputs of other stacks, for programs. */
import { type StackStore } from '../../store.ts'
import { type WireObject } from '../../wire.ts'
import { stackRef } from '../stack/project.ts'
import { type Environment, crypterFor, deploymentSalt } from '../stack/stack-secrets.ts'
import { replay } from '../state/journal.ts'
import { type ResourceState, readState } from '../state/resource-state.ts'
import { rootStackType } from '../urn.ts'

async function resourcesOf (
  store: StackStore,
  env: Environment,
  name: string,
  project: string
): Promise<ResourceState[] | undefined> {
  const ref = stackRef(name, project)
  if (!await store.has(ref)) return undefined
  const stored = await store.load(ref)
  const deployment = replay(stored.deployment, stored.journal)
  const resources = deployment?.resources ?? []
  const crypter = JSON.stringify(resources).includes('"ciphertext"')
    ? await crypterFor(env, deploymentSalt(deployment))
    : undefined
  return resources.filter((resource) => !resource.delete).map((resource) =>
    readState(resource, (text) => crypter?.decrypt(text) ?? text)
  )
}

/** Outputs of a stack; undefined when there is no such stack. */
export async function stackOutputs (
  store: StackStore,
  env: Environment,
  name: string,
  project: string
): Promise<WireObject | undefined> {
  const resources = await resourcesOf(store, env, name, project)
  return resources && (resources.find(({ type }) => type === rootStackType)?.outputs ?? {})
}

/** Type and outputs of every resource of a stack by URN; undefined when there is no such stack. */
export async function stackResourceOutputs (
  store: StackStore,
  env: Environment,
  name: string,
  project: string
): Promise<WireObject | undefined> {
  const resources = await resourcesOf(store, env, name, project)
  return resources &&
    Object.fromEntries(resources.map(({ urn, type, outputs }) => [urn, { type, outputs: outputs ?? {} }]))
}
