/** All policies of the pack, by subject. The federation file names policies by their `name`. */
import { allowedInstanceTypes, nodesInsideBounds } from './any-cluster/nodes/inside-bounds.ts'
import { unitUnderBudget } from './any-cost/unit/under-budget.ts'
import { databaseBackups } from './any-database/instance/backups.ts'
import { databaseDeletionProtection } from './any-database/instance/deletion-protection.ts'
import { databaseEncrypted } from './any-database/instance/encrypted.ts'
import { databaseNotPublic } from './any-database/instance/no-public-access.ts'
import { kubernetesOwner, requiredAzureTags, requiredProviderLabels } from './any-label/resource/required.ts'
import { blocksInsideCluster } from './any-network/address-block/inside-cluster.ts'
import { residency } from './any-place/data/residency.ts'
import { allowedRegion } from './any-place/resource/allowed-region.ts'
import { standbyInOtherCloud } from './any-recovery/pair/other-cloud.ts'
import { backupsNotEmptied } from './any-storage/backup/not-emptied.ts'
import { tlsMinimum } from './any-tls/endpoint/minimum-version.ts'
import { logGroupKept } from './aws-cloudwatch/log-group/kept-encrypted.ts'
import { ebsEncryptionByDefault } from './aws-ebs/encryption-by-default/enabled.ts'
import { launchTemplateEncryptedDisks } from './aws-ec2/launch-template/encrypted-disks.ts'
import { metadataServiceV2 } from './aws-ec2/launch-template/metadata-service.ts'
import { vpcFlowLogs } from './aws-ec2/vpc/flow-logs.ts'
import { ecrImmutable } from './aws-ecr/repository/immutable-scanned.ts'
import { eksControlPlaneLogs } from './aws-eks/cluster/control-plane-logs.ts'
import { eksEncryptedSecrets } from './aws-eks/cluster/encrypted-secrets.ts'
import { eksPrivateEndpoint } from './aws-eks/cluster/private-endpoint.ts'
import { iamNoAdministrators } from './aws-iam/attachment/no-administrators.ts'
import { iamNoWildcards } from './aws-iam/policy/no-wildcards.ts'
import { kmsRotation } from './aws-kms/key/rotation.ts'
import { s3Guarded } from './aws-s3/bucket/guarded.ts'
import { s3CustomerKey } from './aws-s3/bucket-encryption/customer-key.ts'
import { s3PublicAccessBlock } from './aws-s3/bucket-public-access-block/complete.ts'
import { s3Versioning } from './aws-s3/bucket-versioning/enabled.ts'
import { awsNoOpenIngress } from './aws-vpc/ingress/open-to-the-world.ts'
import { azureNarrowRoles } from './azure-authorization/role-assignment/narrow-roles.ts'
import { containerRegistryNoAdmin } from './azure-containerregistry/registry/no-admin.ts'
import { aksEncryptedDisks, aksPrivateNodes } from './azure-containerservice/agent-pool/private-encrypted.ts'
import { aksEncryptedSecrets } from './azure-containerservice/managed-cluster/encrypted-secrets.ts'
import { aksPrivate } from './azure-containerservice/managed-cluster/private.ts'
import { aksWorkloadIdentity } from './azure-containerservice/managed-cluster/workload-identity.ts'
import { keyVaultRotation } from './azure-keyvault/key/rotation.ts'
import { keyVaultProtected } from './azure-keyvault/vault/protected.ts'
import { azureNoOpenIngress } from './azure-network/security-rule/open-to-the-world.ts'
import { azureStorageVersioning } from './azure-storage/blob-service/versioning.ts'
import { azureStorageEncrypted } from './azure-storage/storage-account/encrypted.ts'
import { azureStoragePrivate } from './azure-storage/storage-account/private.ts'
import { artifactRegistryImmutable } from './gcp-artifactregistry/repository/immutable.ts'
import { gcpNoOpenIngress } from './gcp-compute/firewall/open-to-the-world.ts'
import { subnetworkFlowLogs } from './gcp-compute/subnetwork/flow-logs.ts'
import { gkeControlPlaneLogs } from './gcp-container/cluster/control-plane-logs.ts'
import { gkeEncryptedSecrets } from './gcp-container/cluster/encrypted-secrets.ts'
import { gkePrivate } from './gcp-container/cluster/private.ts'
import { gkeWorkloadIdentity } from './gcp-container/cluster/workload-identity.ts'
import { gkeEncryptedDisks } from './gcp-container/node-pool/encrypted-disks.ts'
import { gkeHardenedNodes } from './gcp-container/node-pool/hardened.ts'
import { cryptoKeyRotation } from './gcp-kms/crypto-key/rotation.ts'
import { gcpNarrowRoles } from './gcp-projects/iam-member/narrow-roles.ts'
import { gcsEncrypted, gcsVersioning } from './gcp-storage/bucket/encrypted-versioned.ts'
import { gcsPrivate } from './gcp-storage/bucket/private.ts'
import { nonRoot } from './kubernetes-apps/workload/non-root.ts'
import { pinnedImages } from './kubernetes-apps/workload/pinned-images.ts'
import { noPlainSecrets } from './kubernetes-apps/workload/plain-secrets.ts'
import { requestsAndLimits } from './kubernetes-apps/workload/resources.ts'
import { unprivileged } from './kubernetes-apps/workload/unprivileged.ts'
import { noSecretsInConfigMaps } from './kubernetes-core/config-map/plain-secrets.ts'
import { podSecurity } from './kubernetes-core/namespace/pod-security.ts'
import { secretsNotBackedUp } from './kubernetes-core/secret/not-backed-up.ts'
import { edgesOnly } from './kubernetes-core/service/edges.ts'
import { pinnedChartImages, pinnedCharts, secureChartRepositories } from './kubernetes-helm/release/pinned.ts'
import { gatewayTls } from './kubernetes-istio/gateway/tls.ts'
import { strictMtls } from './kubernetes-istio/peer-authentication/strict.ts'
import { defaultDeny, noOpenPolicies } from './kubernetes-networking/network-policy/default-deny.ts'
import { rbacNoWildcards } from './kubernetes-rbac/role/no-wildcards.ts'
import { backupsPresent, veleroSchedules } from './kubernetes-velero/schedule/backups.ts'
import { type WindlassPolicy } from './policy.ts'

/** The pack's name and version, as in package.json beside this file. */
export const packName = 'windlass'
export const packVersion = '1.0.0'

export const policies: readonly WindlassPolicy[] = [
  nodesInsideBounds,
  allowedInstanceTypes,
  unitUnderBudget,
  databaseBackups,
  databaseDeletionProtection,
  databaseEncrypted,
  databaseNotPublic,
  requiredProviderLabels,
  requiredAzureTags,
  kubernetesOwner,
  blocksInsideCluster,
  residency,
  allowedRegion,
  standbyInOtherCloud,
  backupsNotEmptied,
  tlsMinimum,
  logGroupKept,
  ebsEncryptionByDefault,
  launchTemplateEncryptedDisks,
  metadataServiceV2,
  vpcFlowLogs,
  ecrImmutable,
  eksControlPlaneLogs,
  eksEncryptedSecrets,
  eksPrivateEndpoint,
  iamNoAdministrators,
  iamNoWildcards,
  kmsRotation,
  s3CustomerKey,
  s3PublicAccessBlock,
  s3Versioning,
  s3Guarded,
  awsNoOpenIngress,
  azureNarrowRoles,
  containerRegistryNoAdmin,
  aksPrivateNodes,
  aksEncryptedDisks,
  aksEncryptedSecrets,
  aksPrivate,
  aksWorkloadIdentity,
  keyVaultRotation,
  keyVaultProtected,
  azureNoOpenIngress,
  azureStorageVersioning,
  azureStorageEncrypted,
  azureStoragePrivate,
  artifactRegistryImmutable,
  gcpNoOpenIngress,
  subnetworkFlowLogs,
  gkeControlPlaneLogs,
  gkeEncryptedSecrets,
  gkePrivate,
  gkeWorkloadIdentity,
  gkeEncryptedDisks,
  gkeHardenedNodes,
  cryptoKeyRotation,
  gcpNarrowRoles,
  gcsEncrypted,
  gcsVersioning,
  gcsPrivate,
  nonRoot,
  pinnedImages,
  noPlainSecrets,
  requestsAndLimits,
  unprivileged,
  noSecretsInConfigMaps,
  secretsNotBackedUp,
  podSecurity,
  edgesOnly,
  pinnedCharts,
  pinnedChartImages,
  secureChartRepositories,
  gatewayTls,
  strictMtls,
  defaultDeny,
  noOpenPolicies,
  rbacNoWildcards,
  veleroSchedules,
  backupsPresent
]
