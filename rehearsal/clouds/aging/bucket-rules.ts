/** Rules by which buckets delete what is current for its age. */
import { type CloudRecord } from '../../store.ts'
import { type WireValue } from '../../wire.ts'
import { numberAt, plain, stringAt, stringsAt, valueAt, valuesAt } from '../wire-values.ts'
import { type AgedWorld, dayMs } from './aged-world.ts'

/** A place in a bucket: its cloud, the names that lead there, and how paths in it begin. */
export interface BucketPath {
  readonly provider: string
  readonly bucket: string
  /** Storage account of Azure; empty elsewhere. */
  readonly account: string
  readonly path: string
}

/** A rule that deletes what is at a path, however it is used. */
export interface BucketRule {
  readonly record: CloudRecord
  readonly days: number
  /** Time at which it deletes what was written at another. */
  readonly deletes: (written: number) => number
  readonly source: string
}

const meets = (prefix: string, path: string): boolean => prefix.startsWith(path) || path.startsWith(prefix)
const days = (value: WireValue | undefined, path: string): number | undefined => {
  const found = numberAt(value, path, NaN)
  return Number.isNaN(found) ? undefined : found
}

/** Rules of AWS count to the next midnight, UTC. */
function ofAws (record: CloudRecord, { bucket, path }: BucketPath): BucketRule[] {
  const inputs = plain(record.inputs)
  if (
    !record.type.startsWith('aws:s3/bucketLifecycleConfiguration') || stringAt(inputs, 'bucket') !== bucket
  ) {
    return []
  }
  return valuesAt(inputs, 'rules[]').flatMap((rule) => {
    const prefix = stringAt(rule, 'filter.prefix') ?? stringAt(rule, 'filter.and.prefix') ??
      stringAt(rule, 'prefix') ?? ''
    const age = days(rule, 'expiration.days')
    return stringAt(rule, 'status') === 'Enabled' && age !== undefined && age > 0 && meets(prefix, path)
      ? [{
        record,
        days: age,
        deletes: (written) => Math.ceil((written + age * dayMs) / dayMs) * dayMs,
        source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html'
      }]
      : []
  })
}

function ofGcp (record: CloudRecord, { bucket, path }: BucketPath): BucketRule[] {
  if (record.type !== 'gcp:storage/bucket:Bucket' || record.name !== bucket) return []
  return valuesAt(plain(record.inputs), 'lifecycleRules[]').flatMap((rule) => {
    const age = days(rule, 'condition.age')
    const prefixes = stringsAt(rule, 'condition.matchesPrefixes[]')
    return stringAt(rule, 'action.type') === 'Delete' && age !== undefined &&
        stringAt(rule, 'condition.withState') !== 'ARCHIVED' &&
        (prefixes.length === 0 || prefixes.some((prefix) => meets(prefix, path)))
      ? [{
        record,
        days: age,
        deletes: (written) => written + age * dayMs,
        source: 'https://cloud.google.com/storage/docs/lifecycle#age'
      }]
      : []
  })
}

function ofAzure (record: CloudRecord, { bucket, account, path }: BucketPath): BucketRule[] {
  const inputs = plain(record.inputs)
  if (
    record.type !== 'azure-native:storage:ManagementPolicy' || stringAt(inputs, 'accountName') !== account
  ) return []
  return valuesAt(inputs, 'policy.rules[]').flatMap((rule) => {
    const action = valueAt(rule, 'definition.actions.baseBlob.delete')
    const age = days(action, 'daysAfterModificationGreaterThan') ??
      days(action, 'daysAfterCreationGreaterThan')
    const prefixes = stringsAt(rule, 'definition.filters.prefixMatch[]')
    return valueAt(rule, 'enabled') !== false && age !== undefined &&
        (prefixes.length === 0 || prefixes.some((prefix) => meets(prefix, `${bucket}/${path}`)))
      ? [{
        record,
        days: age,
        deletes: (written) => written + age * dayMs,
        source: 'https://learn.microsoft.com/azure/storage/blobs/lifecycle-management-policy-structure'
      }]
      : []
  })
}

const models: Readonly<Record<string, (record: CloudRecord, path: BucketPath) => BucketRule[]>> = {
  aws: ofAws,
  gcp: ofGcp,
  azure: ofAzure
}

/** Rules that delete what is current at a path. */
export function rulesOf ({ records }: AgedWorld, path: BucketPath): BucketRule[] {
  const model = models[path.provider]
  return model ? records.flatMap((record) => model(record, path)) : []
}
