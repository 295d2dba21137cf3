/**
 * Settles what an interrupted update of the CLI left pending, before the stack is worked on again:
 * the CLI by itself forgets updates and deletions that were under way, and makes again what it may
 * have made already. On simulated clouds each creation is looked up; on live ones the provider is
 * asked to read what has a known id, and what has none is left to a person.
 */
import { type ProviderSource } from '../../../rehearsal/provider.ts'
import { settle } from '../../../rehearsal/settle.ts'
import { project } from '../project.ts'
import { type DeploymentV3, type ResourceV3, type StackStore } from '../types.ts'
import { knownId } from './known-ids.ts'
import { type CliStacks } from './stacks.ts'

/** Creations of a stack that were cut off, by their URNs. */
export interface SettledStack {
  /** In the state now. */
  adopted: string[]
  /** Nobody here can say whether they exist; nothing was changed then. */
  unsettled: string[]
}

const nothing: SettledStack = { adopted: [], unsettled: [] }
const isOutside = (resource: ResourceV3): boolean =>
  resource.custom && !resource.external && !resource.type.startsWith('pulumi:')

async function pendingOf (
  stacks: CliStacks,
  stack: string
): Promise<
  { deployment: DeploymentV3, pending: NonNullable<DeploymentV3['pending_operations']> } | undefined
> {
  const deployment = (await stacks.export(stack))?.deployment
  const pending = deployment?.pending_operations ?? []
  return deployment && pending.length > 0 ? { deployment, pending } : undefined
}

/**
 * Looks in simulated clouds for what was being made, with what settles the rehearsal engine's own
 * stacks: the state comes from the CLI's backend and goes back there.
 */
export async function settleSimulated (
  stacks: CliStacks,
  stack: string,
  options: { providers: ProviderSource, environment: Record<string, string>, signal: AbortSignal }
): Promise<SettledStack> {
  const found = await pendingOf(stacks, stack)
  if (!found) return nothing
  const store: Pick<StackStore, 'begin' | 'load'> = {
    load: () => Promise.resolve({ deployment: found.deployment, journal: [] }),
    // The unit's lease keeps others away meanwhile; the import takes the CLI's own lock.
    begin: () =>
      Promise.resolve({
        append: () => Promise.reject(new Error('settling appends nothing')),
        finish: async (deployment) => {
          if (deployment) await stacks.import(stack, deployment)
        },
        release: () => Promise.resolve()
      })
  }
  const { adopted } = await settle({
    store: store as StackStore,
    ref: { project, stack },
    providers: options.providers,
    env: options.environment,
    signal: options.signal
  })
  return { adopted, unsettled: [] }
}

/**
 * Makes the state that the provider is asked with: creations with a known id stand in it as if they
 * had been made, nothing is pending, and `read` lists what has to be read. Or the URNs of creations
 * whose id is not known. Pure.
 */
export function planLive (
  deployment: DeploymentV3
): { unsettled: string[] } | { deployment: DeploymentV3, creations: string[], read: string[] } {
  const pending = deployment.pending_operations ?? []
  const resources = deployment.resources ?? []
  const there = new Set(resources.map(({ urn }) => urn))
  const providers = new Set(
    resources.filter(({ type }) => type.startsWith('pulumi:providers:')).map(({ urn, id }) =>
      `${urn}::${id ?? ''}`
    )
  )
  const creations = pending.filter(({ type, resource }) => type === 'creating' && isOutside(resource)).map((
    { resource }
  ) => resource)
  const made = creations.map((resource) => ({ ...resource, id: knownId(resource) ?? '' }))
  // The second half of a replacement: the state holds the first under the same URN, and a read
  // could not tell them apart.
  const unsettled = made.filter(({ id, urn, provider }) =>
    id === '' || there.has(urn) || !providers.has(provider ?? '')
  ).map(({ urn }) => urn)
  if (unsettled.length > 0) return { unsettled }
  const changed = pending.filter(({ type, resource }) =>
    (type === 'updating' || type === 'deleting') && isOutside(resource) && there.has(resource.urn)
  ).map(({ resource }) => resource.urn)
  const { pending_operations: _, ...rest } = deployment
  return {
    deployment: { ...rest, resources: [...resources, ...made] },
    creations: made.map(({ urn }) => urn),
    read: [...new Set([...made.map(({ urn }) => urn), ...changed])]
  }
}

/** Asks the real providers. Changes nothing when there is a creation that cannot be asked about. */
export async function settleLive (
  stacks: CliStacks,
  stack: string,
  signal: AbortSignal
): Promise<SettledStack> {
  const found = await pendingOf(stacks, stack)
  if (!found) return nothing
  const plan = planLive(found.deployment)
  if ('unsettled' in plan) return { adopted: [], unsettled: plan.unsettled }
  try {
    await stacks.import(stack, plan.deployment)
    if (plan.read.length > 0) await stacks.refresh(stack, plan.read, signal)
  } catch (error) {
    // Unread, what may never have been made would pass for made: the state goes back to what it
    // was.
    await stacks.import(stack, found.deployment)
    throw error
  }
  const after = new Set(((await stacks.export(stack))?.deployment.resources ?? []).map(({ urn }) => urn))
  return { adopted: plan.creations.filter((urn) => after.has(urn)), unsettled: [] }
}
