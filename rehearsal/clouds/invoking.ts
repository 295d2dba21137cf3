/** Calls of a package's functions. */
import { type InvokeRequest, type InvokeResponse, ProviderError, Status } from '../provider.ts'
import { type CloudQuery, type CloudRecord } from '../store.ts'
import { type WireObject } from '../wire.ts'
import { type Instance, type Place } from './draft.ts'
import { identifiers } from './identifiers.ts'
import { type PackageModel } from './package-model.ts'
import { type Surroundings } from './surroundings.ts'
import { plainObject, stableText } from './wire-values.ts'

interface Invoking {
  package: PackageModel
  instance: Instance
  surroundings: Surroundings
  find: (query: CloudQuery) => Promise<CloudRecord[]>
  /** Rejects with what the cloud refuses before it looks at the function. */
  ask: (args: WireObject, place: Place) => Promise<void>
}

/** Calls a function of a package. */
export async function invokeFunction (
  { tok, args: given }: InvokeRequest,
  { package: pack, instance, surroundings, find, ask }: Invoking
): Promise<InvokeResponse> {
  const invoke = pack.invokes[tok]
  if (!invoke) {
    throw new ProviderError(
      `the simulated ${pack.pkg} package has no function ${tok}; it has ` +
        `${Object.keys(pack.invokes).join(', ') || 'none'}`,
      { code: Status.Unimplemented }
    )
  }
  const args = plainObject(given)
  const { region = instance.region } = args
  await ask(args, { account: instance.account, region: typeof region === 'string' ? region : '' })
  const make = identifiers(surroundings.seed, tok, stableText(args))
  const result = await invoke({
    args,
    instance,
    find,
    quotas: surroundings.quotas,
    now: surroundings.now().toISOString(),
    note: (record) => surroundings.store.put(record),
    who: async () => (await surroundings.authorizer.identityOf(pack, instance))?.name ?? '',
    fail: (failure, operation) => pack.fail(failure, 'read', tok, operation, make, instance)
  })
  return { return: result, failures: [] }
}
