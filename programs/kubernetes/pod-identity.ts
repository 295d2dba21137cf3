/** Access of a cluster's pods to a bucket: what it is made of, and what pods need for it. */
import { type Input, type Output, type Resource } from '@pulumi/pulumi'
import { type Cluster } from '../types/cluster.ts'

export interface BucketAccessArgs {
  /** Name of the identity, unique in the federation. */
  readonly name: string
  /** Cluster whose pods get access. */
  readonly home: Cluster
  /** OpenID Connect issuer of `home`. */
  readonly issuer: Input<string>
  /** Name of `home` in its cloud. */
  readonly clusterName: Input<string>
  /** Namespace of the service account. */
  readonly namespace: string
  readonly serviceAccount: string
  /** Cluster whose bucket it is. */
  readonly owner: Cluster
  readonly bucket: Output<string>
  /** Key that the bucket is encrypted with. */
  readonly kmsKey: Input<string>
  /** Azure's resource group of the bucket. */
  readonly resourceGroup: Input<string>
}

/** Folder in which a projected token is mounted when `tokenAudience` is set. */
export const tokenFolder = '/var/run/secrets/bucket-access'

/** Settings that pods need to use the bucket. */
export interface BucketAccess {
  /** Annotations of the service account. */
  readonly annotations: Record<string, Input<string>>
  readonly podLabels: Record<string, string>
  /** Environment of the pods. */
  readonly environment: Record<string, Input<string>>
  /** Audience of a token to project into `tokenFolder` (file `token`), when one is needed. */
  readonly tokenAudience?: string
  /** Content of a credentials file, for SDKs that want one. */
  readonly credentialsFile?: Output<string>
  /** Resources that have to be there before the pods start. */
  readonly ready: readonly Resource[]
}

/**
 * The projected token as volumes and mounts of a chart's values; none when access needs no token.
 */
export function tokenVolumes (
  access: BucketAccess
): { volumes: Record<string, unknown>[], mounts: Record<string, unknown>[] } {
  if (access.tokenAudience === undefined) return { volumes: [], mounts: [] }
  return {
    // An hour is what the clouds' token exchanges accept at most; kubelet renews it before.
    volumes: [{
      name: 'bucket-access',
      projected: {
        sources: [{
          serviceAccountToken: { path: 'token', audience: access.tokenAudience, expirationSeconds: 3600 }
        }]
      }
    }],
    mounts: [{ name: 'bucket-access', mountPath: tokenFolder, readOnly: true }]
  }
}
