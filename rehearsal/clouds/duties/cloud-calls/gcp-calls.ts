/** Calls to Google Cloud of service agents, nodes and workloads. Pure. */
import { type CloudRecord } from '../../../store.ts'
import { predefined } from '../../gcp/identity/permissions.ts'
import { plain, stringAt } from '../../wire-values.ts'
import { storesOf } from '../stores.ts'
import { clusterAt } from './clusters.ts'
import { memberOfPods } from './gcp-pods.ts'
import { type Claim, type RefusedCloudCall } from './refused-call.ts'

const keyGrant = 'gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember'
const bucketGrant = 'gcp:storage/bucketIAMMember:BucketIAMMember'
const projectGrant = 'gcp:projects/iAMMember:IAMMember'
const releaseType = 'kubernetes:helm.sh/v3:Release'

interface AgentRow extends Claim {
  readonly type: string
  /** Place of the key in the inputs of what is encrypted. */
  readonly key: string
  /** Domain of the agent's address. */
  readonly agent: string
}

/** Agents that encrypt with a key that a resource names, each of a service of its own. */
const agents: readonly AgentRow[] = [
  {
    type: 'gcp:storage/bucket:Bucket',
    key: 'encryption.defaultKmsKeyName',
    agent: 'gs-project-accounts',
    claim: 'Cloud Storage encrypts objects with the key of their bucket',
    source: 'https://cloud.google.com/storage/docs/encryption/using-customer-managed-keys'
  },
  {
    type: 'gcp:artifactregistry/repository:Repository',
    key: 'kmsKeyName',
    agent: 'gcp-sa-artifactregistry',
    claim: 'Artifact Registry encrypts images with the key of their repository',
    source: 'https://cloud.google.com/artifact-registry/docs/cmek'
  },
  {
    type: 'gcp:container/cluster:Cluster',
    key: 'databaseEncryption.keyName',
    agent: 'container-engine-robot',
    claim: 'GKE encrypts Secrets with the key of their cluster',
    source: 'https://cloud.google.com/kubernetes-engine/docs/how-to/encrypting-secrets'
  },
  {
    type: 'gcp:container/nodePool:NodePool',
    key: 'nodeConfig.bootDiskKmsKey',
    agent: 'compute-system',
    claim: 'Compute Engine encrypts the disks of nodes with their key',
    source: 'https://cloud.google.com/kubernetes-engine/docs/how-to/using-cmek'
  }
]

const at = (record: CloudRecord, path: string): string => stringAt(plain(record.inputs), path) ?? ''
const gives = (record: CloudRecord, permission: string): boolean =>
  predefined[at(record, 'role')]?.includes(permission) ?? false

function denied (permission: string, resource: string): string {
  return `Permission '${permission}' denied on resource '${resource}' (or it may not exist).`
}

function ofAgents (records: readonly CloudRecord[]): RefusedCloudCall[] {
  const permission = 'cloudkms.cryptoKeyVersions.useToEncrypt'
  return agents.flatMap(({ type, key, agent, claim, source }) => {
    const named = new Map(
      records.filter((record) => record.type === type).map((record) => [at(record, key), record])
    )
    named.delete('')
    return [...named].flatMap(([name, of]) => {
      const granted = records.some((record) =>
        record.type === keyGrant && at(record, 'cryptoKeyId') === name && gives(record, permission) &&
        at(record, 'member').includes(`@${agent}.iam.gserviceaccount.com`)
      )
      return granted ? [] : [{ claim, source, from: agent, to: name, of, why: denied(permission, name) }]
    })
  })
}

/** Permissions that nodes use of their service account. */
const nodeClaims: readonly (Claim & { permission: string })[] = [
  ...['logging.logEntries.create', 'monitoring.timeSeries.create'].map((permission) => ({
    permission,
    claim: 'nodes write logs and metrics',
    source:
      'https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster#use_least_privilege_sa'
  })),
  {
    permission: 'artifactregistry.repositories.downloadArtifacts',
    claim: 'nodes pull images from the registry of their region',
    source: 'https://cloud.google.com/artifact-registry/docs/integrate-gke'
  }
]

function ofNodes (records: readonly CloudRecord[]): RefusedCloudCall[] {
  const pools = records.filter(({ type }) => type === 'gcp:container/nodePool:NodePool')
  const accounts = new Map(pools.map((pool) => [at(pool, 'nodeConfig.serviceAccount'), pool]))
  accounts.delete('')
  return [...accounts].flatMap(([email, of]) =>
    nodeClaims.filter(({ permission }) =>
      !records.some((record) =>
        record.type === projectGrant && at(record, 'member') === `serviceAccount:${email}` &&
        gives(record, permission)
      )
    ).map(({ claim, source, permission }) => ({
      claim,
      source,
      from: email,
      of,
      to: 'the project',
      why: denied(permission, 'the project')
    }))
  )
}

/** Sinks write as an identity of their own. */
function ofSinks (records: readonly CloudRecord[]): RefusedCloudCall[] {
  const permission = 'storage.objects.create'
  return records.filter(({ type }) => type === 'gcp:logging/projectSink:ProjectSink').flatMap((sink) => {
    const writer = stringAt(plain(sink.outputs), 'writerIdentity') ?? ''
    const bucket = /^storage\.googleapis\.com\/(.+)$/.exec(at(sink, 'destination'))?.[1]
    if (bucket === undefined || mayOn(records, bucket, writer, permission)) return []
    return [{
      claim: 'audit logs are written to the bucket of their sink',
      source: 'https://cloud.google.com/logging/docs/export/configure_export_v2#dest-auth',
      from: writer,
      of: sink,
      to: bucket,
      why: denied(permission, bucket)
    }]
  })
}

function mayOn (
  records: readonly CloudRecord[],
  bucket: string,
  member: string,
  permission: string
): boolean {
  return records.some((record) =>
    record.type === bucketGrant && at(record, 'bucket') === bucket && at(record, 'member') === member &&
    gives(record, permission)
  )
}

const stored: Claim = {
  claim: 'backups and metrics are kept in the Cloud Storage bucket of their release, as whom its pods act',
  source: 'https://github.com/vmware-tanzu/velero-plugin-for-gcp#set-permissions-for-velero, ' +
    'https://grafana.com/docs/mimir/latest/configure/configure-object-storage-backend/'
}
const objectCalls = [
  'storage.objects.create',
  'storage.objects.get',
  'storage.objects.delete',
  'storage.objects.list',
  'storage.buckets.get'
]

/** Calls of pods, in clusters of any cloud, to the buckets of their releases. */
function ofStores (records: readonly CloudRecord[]): RefusedCloudCall[] {
  return records.filter(({ type }) => type === releaseType).flatMap((release) => {
    const cluster = clusterAt(release.account, records)
    return storesOf(release).filter(({ cloud }) => cloud === 'gcp').flatMap(({ name, pods }) => {
      const from = `${cluster?.name ?? ''} ${pods.namespace}/${pods.account}`
      const { member, why } = memberOfPods(pods, cluster, records)
      const refused = (one: string) => ({ ...stored, from, of: release, to: name, why: one })
      return member === undefined
        ? [refused(why)]
        : objectCalls.filter((permission) => !mayOn(records, name, member, permission)).map((permission) =>
          refused(`${member}: ${denied(permission, name)}`)
        )
    })
  })
}

/** Lists calls to Google Cloud that it refuses. */
export function refusedOnGcp (records: readonly CloudRecord[]): RefusedCloudCall[] {
  return [...ofAgents(records), ...ofNodes(records), ...ofSinks(records), ...ofStores(records)]
}
