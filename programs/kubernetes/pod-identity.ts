/** What gives pods access to a bucket, and what they need for it. */
import { type Input, type Output, type Resource } from '@pulumi/pulumi'
import { type Cluster } from '../types.ts'

/**
 * `name`: of the identity, unique in the federation. `home`: the cluster whose pods get access;
 * `issuer` and `clusterName` are its infrastructure's. `owner`: the cluster whose bucket it is;
 * `bucket`, `kmsKey` and `resourceGroup` are its prerequisites'. `serviceAccount`s are names in
 * `namespace`.
 */
export interface BucketAccessArgs {
  readonly name: string
  readonly home: Cluster
  readonly issuer: Input<string>
  readonly clusterName: Input<string>
  readonly namespace: string
  readonly serviceAccount: string
  readonly owner: Cluster
  readonly bucket: Output<string>
  readonly kmsKey: Input<string>
  readonly resourceGroup: Input<string>
}

/** Where a projected token is mounted when `tokenAudience` is set. */
export const tokenFolder = '/var/run/secrets/bucket-access'

/**
 * What pods need: annotations of the service account, labels and environment of the pods, the
 * audience of a token to project into `tokenFolder` (file `token`), and a credentials file's
 * content for SDKs that want one. `ready` has to exist before pods start.
 */
export interface BucketAccess {
  readonly annotations: Record<string, Input<string>>
  readonly podLabels: Record<string, string>
  readonly environment: Record<string, Input<string>>
  readonly tokenAudience?: string
  readonly credentialsFile?: Output<string>
  readonly ready: readonly Resource[]
}
