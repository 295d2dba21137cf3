/** Data table: cases of the policies about Google Cloud. */
import { anywhere, resourceOf, nodePool, gcsBucket, type Cases } from '../case.ts'

const gke = resourceOf('gcp:container/cluster:Cluster')

export const gcpCases: Cases = {
  'gcp-container-private': [{
    right: gke({ privateClusterConfig: { enablePrivateEndpoint: true, enablePrivateNodes: true } }),
    wrong: gke({ privateClusterConfig: { enablePrivateNodes: true } }),
    says: 'enablePrivateEndpoint'
  }],
  'gcp-container-encrypted-secrets': [{
    right: gke({ databaseEncryption: { state: 'ENCRYPTED', keyName: 'projects/p/key' } }),
    wrong: gke({ databaseEncryption: { state: 'DECRYPTED' } }),
    says: 'databaseEncryption'
  }],
  'gcp-container-control-plane-logs': [{
    right: gke({ loggingConfig: { enableComponents: ['SYSTEM_COMPONENTS', 'APISERVER'] } }),
    wrong: gke({ loggingConfig: { enableComponents: ['SYSTEM_COMPONENTS'] } }),
    says: 'APISERVER'
  }],
  'gcp-container-workload-identity': [{
    right: gke({ workloadIdentityConfig: { workloadPool: 'p.svc.id.goog' }, enableShieldedNodes: true }),
    wrong: gke({ enableShieldedNodes: false }),
    says: 'workloadPool'
  }],
  'gcp-container-hardened-nodes': [{
    right: nodePool({
      nodeConfig: {
        shieldedInstanceConfig: { enableSecureBoot: true },
        workloadMetadataConfig: { mode: 'GKE_METADATA' },
        metadata: { 'disable-legacy-endpoints': 'true' },
        serviceAccount: 'nodes@p.iam.gserviceaccount.com'
      }
    }),
    wrong: nodePool({
      nodeConfig: {
        shieldedInstanceConfig: { enableSecureBoot: true },
        workloadMetadataConfig: { mode: 'GCE_METADATA' },
        metadata: { 'disable-legacy-endpoints': 'true' },
        serviceAccount: 'nodes@p.iam.gserviceaccount.com'
      }
    }),
    says: 'GKE_METADATA'
  }],
  'gcp-container-encrypted-disks': [{
    right: nodePool({ nodeConfig: { bootDiskKmsKey: 'projects/p/key' } }),
    wrong: nodePool({ nodeConfig: {} }),
    says: 'bootDiskKmsKey'
  }],
  'gcp-storage-no-public-access': [{
    right: gcsBucket({ publicAccessPrevention: 'enforced', uniformBucketLevelAccess: true }),
    wrong: gcsBucket({ publicAccessPrevention: 'inherited', uniformBucketLevelAccess: true }),
    says: 'publicAccessPrevention'
  }],
  'gcp-storage-encrypted-with-own-key': [{
    right: gcsBucket({ encryption: { defaultKmsKeyName: 'projects/p/key' } }),
    wrong: gcsBucket({}),
    says: 'defaultKmsKeyName'
  }],
  'gcp-storage-versioning': [{
    right: gcsBucket({ versioning: { enabled: true } }),
    wrong: gcsBucket({}),
    says: 'versioning'
  }],
  'gcp-kms-rotation': [{
    right: resourceOf('gcp:kms/cryptoKey:CryptoKey')({
      purpose: 'ENCRYPT_DECRYPT',
      rotationPeriod: '7776000s'
    }),
    wrong: resourceOf('gcp:kms/cryptoKey:CryptoKey')({ purpose: 'ENCRYPT_DECRYPT' }),
    says: 'rotationPeriod'
  }],
  'gcp-compute-no-open-ingress': [{
    right: resourceOf('gcp:compute/firewall:Firewall')({
      direction: 'INGRESS',
      sourceRanges: [anywhere],
      allows: [{ protocol: 'tcp', ports: ['443'] }]
    }),
    wrong: resourceOf('gcp:compute/firewall:Firewall')({
      direction: 'INGRESS',
      sourceRanges: [anywhere],
      allows: [{ protocol: 'tcp', ports: ['443', '22'] }]
    }),
    says: 'port 22'
  }],
  'gcp-compute-flow-logs': [{
    right: resourceOf('gcp:compute/subnetwork:Subnetwork')({
      logConfig: { flowSampling: 0.5 },
      privateIpGoogleAccess: true
    }),
    wrong: resourceOf('gcp:compute/subnetwork:Subnetwork')({ privateIpGoogleAccess: true }),
    says: 'logConfig'
  }],
  'gcp-iam-narrow-roles': [
    {
      right: resourceOf('gcp:projects/iAMMember:IAMMember')({
        role: 'roles/artifactregistry.reader',
        member: 'serviceAccount:a'
      }),
      wrong: resourceOf('gcp:projects/iAMMember:IAMMember')({
        role: 'roles/editor',
        member: 'serviceAccount:a'
      }),
      says: 'roles/editor'
    },
    {
      right: resourceOf('gcp:storage/bucketIAMMember:BucketIAMMember')({
        role: 'roles/storage.objectAdmin',
        member: 'serviceAccount:a'
      }),
      wrong: resourceOf('gcp:storage/bucketIAMMember:BucketIAMMember')({
        role: 'roles/storage.objectViewer',
        member: 'allUsers'
      }),
      says: 'everybody'
    }
  ],
  'gcp-artifactregistry-immutable': [{
    right: resourceOf('gcp:artifactregistry/repository:Repository')({
      format: 'DOCKER',
      dockerConfig: { immutableTags: true }
    }),
    wrong: resourceOf('gcp:artifactregistry/repository:Repository')({ format: 'DOCKER' }),
    says: 'immutableTags'
  }]
}
