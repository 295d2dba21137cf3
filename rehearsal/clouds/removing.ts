/** Deletion of a resource: what the cloud refuses, and what goes away with it. */
import { ProviderError, Status } from '../provider.ts'
import { type CloudQuery, type CloudRecord } from '../store.ts'
import { type CloudRecords, type RecordSubject } from './cloud-records.ts'
import { type Failure, type Instance } from './draft.ts'
import { type ReverseReferences, usersOf } from './finding.ts'
import { type PackageModel, modelOf } from './package-model.ts'

interface Removing {
  package: PackageModel
  instance: Instance
  records: CloudRecords
  /** References that may hold the resource. */
  reverse: ReverseReferences
  /** An object in a cluster that cannot be reached counts as deleted. */
  deleteUnreachable: boolean
  now: Date
  fail: (failure: Failure) => ProviderError
}

/** Deletes a resource. One that is gone already is deleted. */
export async function removeResource (subject: RecordSubject, removing: Removing): Promise<void> {
  const { package: pack, records, fail } = removing
  const users = removing.reverse.get(subject.type) ?? []
  const { account } = subject
  const queries: CloudQuery[] = [
    records.queryOf(subject),
    ...[...new Set(users.map((user) => user.type))].map((type) => ({ pkg: pack.pkg, type, account }))
  ]
  const found = await reached(queries, removing)
  const own = records.ownIn(found, subject)
  if (!own) return
  const model = modelOf(pack, subject.type)
  const refusal = model?.refusesDelete?.(own)
  if (refusal) throw fail(refusal)
  const user = usersOf(own, users, found, pack)[0]
  if (user) throw fail(pack.failures.inUse(own, user))
  const swept = model?.sweeps?.(own)
  if (swept) await records.sweep(swept.query, swept.goes, removing.now)
  await records.delete(subject, own, removing.now)
}

/**
 * The answer of the cloud; nothing from one that cannot be reached, where that counts as deleted.
 */
async function reached (
  queries: CloudQuery[],
  { records, instance, deleteUnreachable }: Removing
): Promise<CloudRecord[]> {
  try {
    return await records.reach(queries, instance)
  } catch (error) {
    if (deleteUnreachable && error instanceof ProviderError && error.code === Status.Unavailable) return []
    throw error
  }
}
