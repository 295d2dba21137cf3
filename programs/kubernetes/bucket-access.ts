/**
 * Lets pods of one cluster use a bucket in any cloud by their service account's token: no key is
 * ever made.
 */
import { type UnitContext } from '../types.ts'
import { awsBucketAccess } from './bucket-access-aws.ts'
import { azureBucketAccess } from './bucket-access-azure.ts'
import { gcpBucketAccess } from './bucket-access-gcp.ts'
import { type BucketAccess, type BucketAccessArgs } from './pod-identity.ts'

/** Registers the identity and its grants in the bucket's cloud. */
export function bucketAccess (context: UnitContext, args: BucketAccessArgs): BucketAccess {
  switch (args.owner.cloud) {
    case 'aws':
      return awsBucketAccess(context, args)
    case 'gcp':
      return gcpBucketAccess(context, args)
    case 'azure':
      return azureBucketAccess(context, args)
  }
}
