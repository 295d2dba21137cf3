/** Calls to Google Cloud of service agents, nodes and workloads. Pure. */
import { type CloudRecord } from '../../../store.ts'
import { predefined } from '../../gcp/identity/permissions.ts'
import { settingsOf } from '../../network/records.ts'
import { plain, stringAt, stringsAt } from '../../wire-values.ts'
import { issuerOf } from './aws-workloads.ts'
import { type Claim, type RefusedCloudCall } from './refused-call.ts'

const keyGrant = 'gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember'
const bucketGrant = 'gcp:storage/bucketIAMMember:BucketIAMMember'
const projectGrant = 'gcp:projects/iAMMember:IAMMember'
const accountGrant = 'gcp:serviceaccount/iAMMember:IAMMember'
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
    const named = records.filter((record) => record.type === type).map((record) => at(record, key))
    return [...new Set(named)].filter((name) => name !== '').flatMap((name) => {
      const granted = records.some((record) =>
        record.type === keyGrant && at(record, 'cryptoKeyId') === name && gives(record, permission) &&
        at(record, 'member').includes(`@${agent}.iam.gserviceaccount.com`)
      )
      return granted ? [] : [{ claim, source, from: agent, to: name, why: denied(permission, name) }]
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
  const accounts = new Set(pools.map((pool) => at(pool, 'nodeConfig.serviceAccount')))
  return [...accounts].filter((email) => email !== '').flatMap((email) =>
    nodeClaims.filter(({ permission }) =>
      !records.some((record) =>
        record.type === projectGrant && at(record, 'member') === `serviceAccount:${email}` &&
        gives(record, permission)
      )
    ).map(({ claim, source, permission }) => ({
      claim,
      source,
      from: email,
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

const velero: Claim = {
  claim: 'Velero keeps backups in its bucket as the account that a token of its cluster is exchanged for',
  source: 'https://github.com/vmware-tanzu/velero-plugin-for-gcp#set-permissions-for-velero'
}
const objectCalls = [
  'storage.objects.create',
  'storage.objects.get',
  'storage.objects.delete',
  'storage.objects.list',
  'storage.buckets.get'
]

/** The member that a token of a cluster's service account is, if its pool knows the issuer. */
function memberOf (issuer: string, subject: string, records: readonly CloudRecord[]): RegExp | undefined {
  const provider = records.find((record) =>
    record.type === 'gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider' &&
    at(record, 'oidc.issuerUri').replace(/^https:\/\//, '') === issuer
  )
  const pool = provider && at(provider, 'workloadIdentityPoolId')
  return pool === undefined ? undefined : new RegExp(`/workloadIdentityPools/${pool}/subject/${subject}$`)
}

function ofBackups (records: readonly CloudRecord[]): RefusedCloudCall[] {
  return records.filter(({ type }) => type === releaseType).flatMap((release): RefusedCloudCall[] => {
    const settings = settingsOf(release)
    if (stringAt(settings, 'chart') !== 'velero') return []
    const provider = stringAt(settings, 'values.configuration.backupStorageLocation[].provider')
    const [bucket] = stringsAt(settings, 'values.configuration.backupStorageLocation[].bucket')
    if (provider !== 'gcp' || bucket === undefined) return []
    const account = stringAt(settings, 'values.serviceAccount.server.name') ?? 'velero'
    const subject = `system:serviceaccount:${stringAt(settings, 'namespace') ?? ''}:${account}`
    const issuer = issuerOf(release.account, records)
    const member = memberOf(issuer, subject, records)
    const taken = member &&
      records.find((record) =>
        record.type === accountGrant && member.test(at(record, 'member')) &&
        at(record, 'role') === 'roles/iam.workloadIdentityUser'
      )
    if (!taken) {
      const why =
        `Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist): ` +
        `no account may be taken by ${subject} of ${issuer}`
      return [{ ...velero, from: subject, to: bucket, why }]
    }
    const email = `serviceAccount:${at(taken, 'serviceAccountId').split('/').at(-1) ?? ''}`
    return objectCalls.filter((permission) => !mayOn(records, bucket, email, permission)).map((
      permission
    ) => ({
      ...velero,
      from: email,
      to: bucket,
      why: denied(permission, bucket)
    }))
  })
}

/** Lists calls to Google Cloud that it refuses. */
export function refusedOnGcp (records: readonly CloudRecord[]): RefusedCloudCall[] {
  return [...ofAgents(records), ...ofNodes(records), ...ofSinks(records), ...ofBackups(records)]
}
