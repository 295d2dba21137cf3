/** A provider's wait for what it made: until it is ready, or until nothing more comes. */
import { ProviderError, Status } from '../provider.ts'
import { type CloudRecord } from '../store.ts'
import { type WireObject } from '../wire.ts'
import { type Activity } from './activity.ts'
import { type CloudRecords } from './cloud-records.ts'
import { outputsOf } from './composing.ts'
import { type Draft } from './draft.ts'
import { foundIn } from './finding.ts'
import { modelOf, type PackageModel } from './package-model.ts'

/** A resource that the cloud took. */
export interface Taken {
  draft: Draft
  /** Records that the operation's own query brought. */
  records: CloudRecord[]
  /** Inputs in wire form. */
  inputs: WireObject
  outputs: WireObject
  /** Its record before an update. */
  own?: CloudRecord | undefined
}

/** Ways to look at a resource again and to write it. */
export interface Waiting {
  package: PackageModel
  activity: Activity
  records: CloudRecords
  /** Asks the operation's query again. */
  look: (draft: Draft) => Promise<CloudRecord[]>
  put: (draft: Draft, inputs: WireObject, outputs: WireObject, own?: CloudRecord) => Promise<void>
  signal: AbortSignal | undefined
}

/** Outputs of a resource once it is ready; throws the provider's own error when it never is. */
export async function untilReady (taken: Taken, waiting: Waiting): Promise<WireObject> {
  const { draft, inputs, outputs, own } = taken
  const { package: pack, activity, look, put, signal } = waiting
  const awaits = modelOf(pack, draft.type)?.awaits
  let unready = awaits?.(draft, foundIn(taken.records, pack))
  if (!awaits || !unready) return outputs
  const ready = await activity.until(async () => {
    const found = foundIn(await look(draft), pack)
    unready = awaits(draft, found)
    return unready ? undefined : outputsOf(pack, draft, found, inputs)
  }, signal)
  if (ready) {
    await put(draft, inputs, ready, own)
    return ready
  }
  const { message, reasons, gone } = unready
  if (gone) {
    await undo(taken, waiting)
    throw new ProviderError(message)
  }
  throw new ProviderError(message, { initFailed: { id: draft.id, properties: outputs, reasons, inputs } })
}

/** Takes back what was made, or puts back what was there before an update. */
async function undo ({ draft, own }: Taken, { package: { pkg }, records }: Waiting): Promise<void> {
  if (own) await records.change(draft, own, own.outputs)
  else await records.delete(draft, { ...draft, pkg, token: draft.urn, outputs: {} })
}

/**
 * The error of a provider that waits no longer for what the cloud goes on making: real providers
 * report it as a resource that exists and did not become ready.
 */
export function givenUp (error: unknown, { draft, inputs, outputs }: Taken): unknown {
  if (!(error instanceof ProviderError) || error.code !== Status.Canceled) return error
  const { code, message } = error
  return new ProviderError(message, {
    code,
    initFailed: { id: draft.id, properties: outputs, reasons: [message], inputs }
  })
}
