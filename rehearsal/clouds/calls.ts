/** Calls to a cloud as its identities see them. */
import type { FaultOperation } from '../../contract/words.ts'
import { type Subject } from '../provider.ts'
import { type CloudRecord } from '../store.ts'
import { type WireObject } from '../wire.ts'
import { type Authorizer } from './authorizer.ts'
import { endingOf } from './credentials.ts'
import { type Draft, type Failure, type Instance, type Place } from './draft.ts'
import { type PackageModel, modelOf } from './package-model.ts'
import { secondsOf, type Surroundings } from './surroundings.ts'
import { plainObject } from './wire-values.ts'

/** Facts that an operation gives of its resource. */
export interface Asking {
  inputs: WireObject
  outputs?: WireObject
  /** Empty for what has no id yet. */
  id?: string
  place: Place
}

/** The instance that makes a call. */
interface Maker {
  surroundings: Surroundings
  pack: PackageModel
  instance: Instance
}

/** Resolves with the cloud's refusal of a call; undefined for one that it takes. */
export async function refusalOf (
  { surroundings, pack, instance }: Maker,
  operation: FaultOperation,
  { type, urn }: Pick<Subject, 'type' | 'urn'>,
  { inputs, outputs, id = '', place }: Asking
): Promise<Failure | undefined> {
  const { caller, config } = instance
  const ending = endingOf(pack.pkg, config, caller?.kind === 'token' ? caller.token : undefined)
  if (ending && secondsOf(surroundings) > ending.seconds) return pack.failures.denied()
  if (!pack.identities) return undefined
  return surroundings.authorizer.refusalOf(pack, {
    ...place,
    operation,
    type,
    ...(urn !== '' && { urn }),
    inputs: plainObject(inputs),
    id,
    ...(outputs && { outputs: plainObject(outputs) }),
    instance
  })
}

/** The records that the cloud makes along with a new resource. */
export async function broughtBy (
  draft: Draft,
  pack: PackageModel,
  authorizer: Authorizer
): Promise<CloudRecord[]> {
  const brings = modelOf(pack, draft.type)?.brings
  if (!brings) return []
  const who = await authorizer.identityOf(pack, draft.instance)
  return brings(draft, who?.name ?? '')
}
