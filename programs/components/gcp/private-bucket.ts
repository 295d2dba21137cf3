/**
 * A bucket in one region that is private, encrypted with a customer managed key, versioned, and
 * forgets what is older than it has to keep.
 */
import * as gcp from '@pulumi/gcp'
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from '@pulumi/pulumi'

export interface PrivateBucketArgs {
  /** Physical name. */
  readonly bucket: string
  readonly location: string
  readonly kmsKey: Input<string>
  /** Days that objects are kept. */
  readonly retentionDays: number
  /**
   * Keep what is current whatever its age, and only forget what was deleted or replaced: whoever
   * writes there deletes what is too old.
   */
  readonly keepsCurrent?: boolean
  /** True when the bucket may be deleted with what is in it. */
  readonly forceDestroy: boolean
}

const secondsPerDay = 24 * 60 * 60

/** Outputs `bucket`, the name. */
export class PrivateBucket extends ComponentResource {
  readonly bucket: Output<string>

  constructor (name: string, args: PrivateBucketArgs, options?: ComponentResourceOptions) {
    super('windlass:gcp:PrivateBucket', name, {}, options)
    const bucket = new gcp.storage.Bucket(name, {
      name: args.bucket,
      location: args.location.toUpperCase(),
      storageClass: 'STANDARD',
      uniformBucketLevelAccess: true,
      publicAccessPrevention: 'enforced',
      versioning: { enabled: true },
      encryption: { defaultKmsKeyName: args.kmsKey },
      // A retention policy excludes versioning, so what has to be kept is kept by these rules and
      // by soft deletion (a week: the service's own default).
      softDeletePolicy: { retentionDurationSeconds: 7 * secondsPerDay },
      lifecycleRules: [
        ...(args.keepsCurrent
          ? []
          : [{ action: { type: 'Delete' }, condition: { age: args.retentionDays } }]),
        {
          action: { type: 'Delete' },
          condition: { daysSinceNoncurrentTime: args.retentionDays, withState: 'ARCHIVED' }
        }
      ],
      forceDestroy: args.forceDestroy
    }, { parent: this })
    this.bucket = bucket.name
    this.registerOutputs({ bucket: this.bucket })
  }
}
