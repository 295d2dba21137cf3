/** Calls to AWS of what runs in clusters and on their nodes. Pure. */
import { type CloudRecord } from '../../../store.ts'
import { endpointOf } from '../../kubernetes/objects-of.ts'
import { settingsOf } from '../../network/records.ts'
import { plain, stringAt, stringsAt, valuesAt } from '../../wire-values.ts'
import { bucketCalls, type ClusterFacts, workloads } from './aws-table.ts'
import { type AwsCall, refusedTo, type Taking } from './aws-trust.ts'
import { type Claim, type RefusedCloudCall } from './refused-call.ts'

const releaseType = 'kubernetes:helm.sh/v3:Release'
const clusterType = 'aws:eks/cluster:Cluster'
const associationType = 'aws:eks/podIdentityAssociation:PodIdentityAssociation'
const podActions = ['AssumeRole', 'TagSession']

function report (
  row: Claim,
  from: string,
  taking: Taking | undefined,
  calls: readonly AwsCall[],
  records: readonly CloudRecord[]
): RefusedCloudCall[] {
  const { claim, source } = row
  const refused = taking
    ? refusedTo(taking, calls, records)
    : [{ to: 'AWS', why: 'no pod identity association gives its service account a role' }]
  return refused.map((one) => ({ claim, source, from, ...one }))
}

function byPod (arn: string | undefined): Taking | undefined {
  return arn === undefined
    ? undefined
    : { arn, principal: { Service: 'pods.eks.amazonaws.com' }, actions: podActions }
}

/** The role of a service account of an EKS cluster, by its association or that of its add-on. */
function roleOf (
  records: readonly CloudRecord[],
  { cluster, namespace, account, addon }: {
    cluster: string
    namespace: string
    account: string
    addon?: CloudRecord
  }
): string | undefined {
  const own = valuesAt(plain(addon?.inputs ?? {}), 'podIdentityAssociations[]').find((one) =>
    stringAt(one, 'serviceAccount') === account
  )
  if (own !== undefined) return stringAt(own, 'roleArn')
  const found = records.find(({ type, inputs }) => {
    const given = plain(inputs)
    return type === associationType && stringAt(given, 'clusterName') === cluster &&
      stringAt(given, 'namespace') === namespace && stringAt(given, 'serviceAccount') === account
  })
  return found && stringAt(plain(found.inputs), 'roleArn')
}

/** Security group of a cluster's nodes: their launch template's, or the one that EKS makes. */
function groupOf (cluster: CloudRecord, records: readonly CloudRecord[]): string | undefined {
  const pool = records.find(({ type, inputs }) =>
    type === 'aws:eks/nodeGroup:NodeGroup' && stringAt(plain(inputs), 'clusterName') === cluster.name
  )
  const id = stringAt(plain(pool?.inputs ?? {}), 'launchTemplate.id')
  const template = plain(records.find((record) => record.id === id)?.inputs ?? {})
  return [
    ...stringsAt(template, 'networkInterfaces[].securityGroups[]'),
    ...stringsAt(template, 'vpcSecurityGroupIds[]'),
    ...stringsAt(plain(cluster.outputs), 'vpcConfig.clusterSecurityGroupId')
  ][0]
}

function factsOf (cluster: CloudRecord, records: readonly CloudRecord[]): ClusterFacts {
  const outputs = plain(cluster.outputs)
  return {
    cluster: cluster.name,
    account: cluster.account,
    region: cluster.region,
    vpc: stringAt(outputs, 'vpcConfig.vpcId') ?? '*',
    nodes: groupOf(cluster, records) ?? '*'
  }
}

function ofAddons (cluster: CloudRecord, records: readonly CloudRecord[]): RefusedCloudCall[] {
  const facts = factsOf(cluster, records)
  return records.filter(({ type, inputs }) =>
    type === 'aws:eks/addon:Addon' && stringAt(plain(inputs), 'clusterName') === cluster.name
  ).flatMap((addon) => {
    const row = workloads.find((one) => one.addon === stringAt(plain(addon.inputs), 'addonName'))
    if (!row) return []
    const arn = roleOf(records, {
      cluster: cluster.name,
      namespace: 'kube-system',
      account: row.account,
      addon
    })
    return report(row, `${cluster.name} kube-system/${row.account}`, byPod(arn), row.calls(facts), records)
  })
}

function ofReleases (cluster: CloudRecord, records: readonly CloudRecord[]): RefusedCloudCall[] {
  const facts = factsOf(cluster, records)
  const endpoint = endpointOf(cluster)
  const inside = records.filter(({ type, account }) => type === releaseType && account === endpoint)
  return inside.flatMap((release) => {
    const settings = settingsOf(release)
    const row = workloads.find((one) => one.chart === stringAt(settings, 'chart'))
    if (!row) return []
    const namespace = stringAt(settings, 'namespace') ?? 'default'
    const arn = roleOf(records, { cluster: cluster.name, namespace, account: row.account })
    const bucket = row.bucket && stringAt(settings, row.bucket)
    const calls = row.bucket === undefined ? row.calls(facts) : bucketCalls(bucket, records)
    if (calls.length === 0) return []
    return report(row, `${cluster.name} ${namespace}/${row.account}`, byPod(arn), calls, records)
  })
}

/** Calls of the control plane and of nodes, which take their roles as services. */
function ofRoles (cluster: CloudRecord, records: readonly CloudRecord[]): RefusedCloudCall[] {
  const facts = factsOf(cluster, records)
  const groups = records.filter(({ type, inputs }) =>
    type === 'aws:eks/nodeGroup:NodeGroup' && stringAt(plain(inputs), 'clusterName') === cluster.name
  )
  const takers = [
    ...workloads.filter(({ control }) => control).map((row) => ({
      row,
      arn: stringAt(plain(cluster.inputs), 'roleArn'),
      service: 'eks.amazonaws.com'
    })),
    ...workloads.filter(({ node }) => node).map((row) => ({
      row,
      arn: groups.map(({ inputs }) => stringAt(plain(inputs), 'nodeRoleArn'))[0],
      service: 'ec2.amazonaws.com'
    }))
  ]
  return takers.flatMap(({ row, arn, service }) =>
    arn === undefined
      ? []
      : report(
        row,
        `${cluster.name} ${row.account}`,
        { arn, principal: { Service: service }, actions: ['AssumeRole'] },
        row.calls(facts),
        records
      )
  )
}

const velero: Claim = {
  claim: 'Velero keeps backups in its bucket with the role that a token of its cluster is exchanged for',
  source: 'https://github.com/vmware-tanzu/velero-plugin-for-aws#set-permissions-for-velero'
}

/** Backups from clusters of other clouds, by tokens of the clusters' own issuers. */
function ofBackups (records: readonly CloudRecord[]): RefusedCloudCall[] {
  return records.filter(({ type }) => type === releaseType).flatMap((release) => {
    const settings = settingsOf(release)
    if (stringAt(settings, 'chart') !== 'velero') return []
    const variables = valuesAt(settings, 'values.configuration.extraEnvVars[]')
    const arn = stringAt(variables.find((one) => stringAt(one, 'name') === 'AWS_ROLE_ARN'), 'value')
    if (arn === undefined) return []
    const account = stringAt(settings, 'values.serviceAccount.server.name') ?? 'velero'
    const subject = `system:serviceaccount:${stringAt(settings, 'namespace') ?? ''}:${account}`
    const issuer = issuerOf(release.account, records)
    const [audience = ''] = stringsAt(
      settings,
      'values.extraVolumes[].projected.sources[].serviceAccountToken.audience'
    )
    const calls = stringsAt(settings, 'values.configuration.backupStorageLocation[].bucket').flatMap((
      bucket
    ) => bucketCalls(bucket, records))
    return report(
      velero,
      subject,
      {
        arn,
        principal: { Federated: `arn:aws:iam::${arn.split(':')[4] ?? ''}:oidc-provider/${issuer}` },
        actions: ['AssumeRoleWithWebIdentity'],
        keys: { [`${issuer}:aud`]: audience, [`${issuer}:sub`]: subject }
      },
      calls,
      records
    )
  })
}

/** Address of the issuer of a cluster's tokens, without its scheme. */
export function issuerOf (endpoint: string, records: readonly CloudRecord[]): string {
  const cluster = records.find((record) => endpointOf(record) === endpoint)
  const given = cluster ? plain(cluster.outputs) : {}
  const url = stringAt(given, 'oidcIssuerProfile.issuerURL') ??
    stringAt(given, 'identities[].oidcs[].issuer') ??
    (cluster?.pkg === 'gcp'
      ? `https://container.googleapis.com/v1/projects/${cluster.account}/locations/` +
        `${stringAt(plain(cluster.inputs), 'location') ?? ''}/clusters/${cluster.name}`
      : '')
  return url.replace(/^https:\/\//, '')
}

/** Lists calls of workloads to AWS that AWS refuses. */
export function refusedOnAws (records: readonly CloudRecord[]): RefusedCloudCall[] {
  return [
    ...records.filter(({ type }) => type === clusterType).flatMap((cluster) => [
      ...ofAddons(cluster, records),
      ...ofReleases(cluster, records),
      ...ofRoles(cluster, records)
    ]),
    ...ofBackups(records)
  ]
}
