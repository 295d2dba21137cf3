/** Calls to Azure of what identities are assigned to. Pure. */
import { type CloudRecord } from '../../../store.ts'
import { type WireValue } from '../../../wire.ts'
import { allows } from '../../azure-native/identity/decide.ts'
import { assignmentsOf } from '../../azure-native/identity/roles.ts'
import { isObject, plain, stringAt, stringsAt, valueAt } from '../../wire-values.ts'
import { storesOf } from '../stores.ts'
import { identityOfPods } from './azure-pods.ts'
import { clusterAt } from './clusters.ts'
import { type Claim, type RefusedCloudCall } from './refused-call.ts'

const identityType = 'azure-native:managedidentity:UserAssignedIdentity'
const releaseType = 'kubernetes:helm.sh/v3:Release'

interface AzureCall extends Claim {
  /** Resource that the call is made for. */
  readonly of: CloudRecord
  /** Resource id of the identity that calls. */
  readonly identity: string
  readonly action: string
  readonly scope: string
  readonly data?: true
}

const settings = (record: CloudRecord): WireValue => plain(record.inputs)

/** Ids of identities, which are a list or the keys of a map. */
function identitiesAt (record: CloudRecord): string[] {
  const given = valueAt(settings(record), 'identity.userAssignedIdentities')
  return isObject(given)
    ? Object.keys(given)
    : stringsAt(settings(record), 'identity.userAssignedIdentities[]')
}

/** The vault of a key's address. */
function vaultOf (address: string, records: readonly CloudRecord[]): string[] {
  const [, name = ''] = /^https:\/\/([^.]+)\.vault\.azure\.net/.exec(address) ?? []
  return records.filter((record) =>
    record.type === 'azure-native:keyvault:Vault' && record.id.split('/').at(-1) === name
  ).map(({ id }) => id)
}

const claims = {
  storage: {
    claim: 'a storage account and a registry wrap their keys with that of their vault',
    source:
      'https://learn.microsoft.com/azure/storage/common/customer-managed-keys-configure-existing-account, ' +
      'https://learn.microsoft.com/azure/container-registry/tutorial-enable-customer-managed-keys'
  },
  disks: {
    claim: 'a disk encryption set wraps the keys of disks with that of its vault',
    source: 'https://learn.microsoft.com/azure/aks/azure-disk-customer-managed-keys'
  },
  volumes: {
    claim: 'AKS makes disks with a disk encryption set that it may read',
    source: 'https://github.com/kubernetes-sigs/azuredisk-csi-driver/pull/2610'
  },
  network: {
    claim: 'AKS joins nodes and balancers to the subnets of the network that it is given',
    source: 'https://learn.microsoft.com/azure/aks/use-managed-identity#bring-your-own-managed-identity'
  },
  kubelet: {
    claim: 'AKS assigns the identity of kubelets to nodes',
    source:
      'https://learn.microsoft.com/azure/aks/use-managed-identity#use-a-pre-created-kubelet-managed-identity'
  },
  secrets: {
    claim: 'AKS encrypts Secrets with the key of the vault',
    source: 'https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption'
  },
  placement: {
    claim: 'AKS puts nodes into the proximity placement group of their pool',
    source: 'https://learn.microsoft.com/azure/aks/reduce-latency-ppg'
  },
  images: {
    claim: 'nodes pull images from the registry of their resource group',
    source: 'https://learn.microsoft.com/azure/aks/cluster-container-registry-integration'
  },
  stored: {
    claim: 'backups and metrics are kept in the container of their release, as whom its pods act',
    source: 'https://github.com/vmware-tanzu/velero-plugin-for-microsoft-azure#set-permissions-for-velero, ' +
      'https://grafana.com/docs/mimir/latest/configure/configure-object-storage-backend/'
  }
} satisfies Record<string, Claim>

const wrap = 'Microsoft.KeyVault/vaults/keys/wrap/action'

function ofKeys (records: readonly CloudRecord[]): AzureCall[] {
  const rows: [string, string, Claim][] = [
    ['azure-native:storage:StorageAccount', 'encryption.keyVaultProperties.keyVaultUri', claims.storage],
    [
      'azure-native:containerregistry:Registry',
      'encryption.keyVaultProperties.keyIdentifier',
      claims.storage
    ],
    ['azure-native:compute:DiskEncryptionSet', 'activeKey.keyUrl', claims.disks]
  ]
  return rows.flatMap(([type, path, claim]) =>
    records.filter((record) => record.type === type).flatMap((record) =>
      stringsAt(settings(record), path).flatMap((address) => vaultOf(address, records)).flatMap((scope) =>
        identitiesAt(record).map((identity) => ({
          ...claim,
          of: record,
          identity,
          action: wrap,
          scope,
          data: true as const
        }))
      )
    )
  )
}

function ofClusters (records: readonly CloudRecord[]): AzureCall[] {
  const clusters = records.filter(({ type }) => type === 'azure-native:containerservice:ManagedCluster')
  const pools = records.filter(({ type }) => type === 'azure-native:containerservice:AgentPool')
  return clusters.flatMap((cluster) => {
    const at = (path: string): string[] => [
      ...stringsAt(settings(cluster), `agentPoolProfiles[].${path}`),
      ...pools.filter(({ id }) => id.startsWith(`${cluster.id}/`)).flatMap((pool) =>
        stringsAt(settings(pool), path)
      )
    ]
    const kubelets = stringsAt(settings(cluster), 'identityProfile.kubeletidentity.resourceId')
    const group = cluster.id.split('/').slice(0, 5).join('/')
    const registries = records.filter(({ type, id }) =>
      type === 'azure-native:containerregistry:Registry' && id.startsWith(`${group}/`)
    )
    const own = [
      ...at('vnetSubnetID').map((scope) => ({
        ...claims.network,
        action: 'Microsoft.Network/virtualNetworks/subnets/join/action',
        scope
      })),
      ...at('proximityPlacementGroupID').map((scope) => ({
        ...claims.placement,
        action: 'Microsoft.Compute/proximityPlacementGroups/write',
        scope
      })),
      ...kubelets.map((scope) => ({
        ...claims.kubelet,
        action: 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
        scope
      })),
      ...stringsAt(settings(cluster), 'diskEncryptionSetID').map((scope) => ({
        ...claims.volumes,
        action: 'Microsoft.Compute/diskEncryptionSets/read',
        scope
      })),
      ...stringsAt(settings(cluster), 'securityProfile.azureKeyVaultKms.keyId').flatMap((address) =>
        vaultOf(address, records)
      ).map((scope) => ({
        ...claims.secrets,
        action: 'Microsoft.KeyVault/vaults/keys/encrypt/action',
        scope,
        data: true as const
      }))
    ]
    return [
      ...identitiesAt(cluster).flatMap((identity) => own.map((call) => ({ ...call, of: cluster, identity }))),
      ...kubelets.flatMap((identity) =>
        registries.map(({ id: scope }) => ({
          ...claims.images,
          of: cluster,
          identity,
          action: 'Microsoft.ContainerRegistry/registries/pull/read',
          scope
        }))
      )
    ]
  })
}

function judged (call: AzureCall, records: readonly CloudRecord[]): RefusedCloudCall[] {
  const { claim, source, of, identity, action, scope, data } = call
  const record = records.find(({ type, id }) =>
    type === identityType && id.toLowerCase() === identity.toLowerCase()
  )
  const principal = stringAt(plain(record?.outputs ?? {}), 'principalId')
  // An identity that somebody made elsewhere has roles that nobody knows.
  if (principal === undefined) return []
  const verdict = allows(assignmentsOf(principal, records), { action, scope, ...data && { data } })
  return verdict === false
    ? [{
      claim,
      source,
      of,
      from: identity.split('/').at(-1) ?? '',
      to: scope,
      why: `The client '${principal}' with object id '${principal}' does not have authorization to perform ` +
        `action '${action}' over scope '${scope}' or the scope is invalid.`
    }]
    : []
}

/** Calls of pods, in clusters of any cloud, to the containers of their releases. */
function ofStores (records: readonly CloudRecord[]): RefusedCloudCall[] {
  return records.filter(({ type }) => type === releaseType).flatMap((release) => {
    const cluster = clusterAt(release.account, records)
    return storesOf(release).filter(({ cloud }) => cloud === 'azure').flatMap(({ name, container, pods }) => {
      const account = records.find((record) =>
        record.type === 'azure-native:storage:StorageAccount' &&
        stringAt(settings(record), 'accountName') === name
      )
      // An account that is not there is missed on the way to it (bucket-reached).
      if (!account) return []
      const { identity, why } = identityOfPods(pods, cluster, records)
      const from = `${cluster?.name ?? ''} ${pods.namespace}/${pods.account}`
      return identity === undefined
        ? [{ ...claims.stored, from, of: release, to: account.id, why }]
        : ['read', 'write', 'delete'].flatMap((verb) =>
          judged({
            ...claims.stored,
            of: release,
            identity,
            action: `Microsoft.Storage/storageAccounts/blobServices/containers/blobs/${verb}`,
            scope: `${account.id}/blobServices/default/containers/${container}`,
            data: true
          }, records)
        )
    })
  })
}

/** Lists calls to Azure that it refuses. */
export function refusedOnAzure (records: readonly CloudRecord[]): RefusedCloudCall[] {
  return [
    ...[...ofKeys(records), ...ofClusters(records)].flatMap((call) => judged(call, records)),
    ...ofStores(records)
  ]
}
