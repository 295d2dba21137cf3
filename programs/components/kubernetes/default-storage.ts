/**
 * The storage class that claims get which name none: disks of the cluster's cloud, encrypted with
 * the cluster's own key.
 */
import * as kubernetes from '@pulumi/kubernetes'
import { type CustomResourceOptions, type Input } from '@pulumi/pulumi'
import { type CloudName } from '../../../contract/words.ts'

/** The name of the storage class, the same in all clouds. */
export const defaultStorageClass = 'encrypted'

/**
 * `key`: the AWS key's ARN, the Google Cloud crypto key's id, or the resource id of Azure's disk
 * encryption set. Of two default classes the newer one counts (Kubernetes 1.26), so GKE's and AKS'
 * own, which are encrypted with the clouds' keys, stay but are not used.
 */
export function defaultStorage (
  name: string,
  cloud: CloudName,
  key: Input<string>,
  options: CustomResourceOptions
): kubernetes.storage.v1.StorageClass {
  return new kubernetes.storage.v1.StorageClass(`${name}-storage`, {
    metadata: {
      name: defaultStorageClass,
      annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
      labels: { 'app.kubernetes.io/managed-by': 'windlass' }
    },
    ...driver(cloud, key),
    reclaimPolicy: 'Delete',
    allowVolumeExpansion: true,
    // A disk is made in the zone where its pod is scheduled.
    volumeBindingMode: 'WaitForFirstConsumer'
  }, options)
}

function driver (
  cloud: CloudName,
  key: Input<string>
): { provisioner: string, parameters: Record<string, Input<string>> } {
  switch (cloud) {
    case 'aws':
      return { provisioner: 'ebs.csi.aws.com', parameters: { type: 'gp3', encrypted: 'true', kmsKeyId: key } }
    case 'gcp':
      return {
        provisioner: 'pd.csi.storage.gke.io',
        parameters: { type: 'pd-balanced', 'disk-encryption-kms-key': key }
      }
    case 'azure':
      return {
        provisioner: 'disk.csi.azure.com',
        parameters: { skuName: 'Premium_LRS', diskEncryptionSetID: key }
      }
  }
}
