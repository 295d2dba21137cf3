/** Calls to AWS of what runs in clusters and on their nodes. Pure. */
import { type CloudRecord } from '../../../store.ts'
import { endpointOf } from '../../kubernetes/objects-of.ts'
import { settingsOf } from '../../network/records.ts'
import { objectAt, plain, stringAt, stringsAt, valuesAt } from '../../wire-values.ts'
import { storesOf } from '../stores.ts'
import { associatedRole, byAgent, type FoundRole, noRole, roleOfPods } from './aws-pods.ts'
import { bucketCalls, type ClusterFacts, workloads } from './aws-table.ts'
import { type AwsCall, refusedTo } from './aws-trust.ts'
import { clusterAt } from './clusters.ts'
import { type Claim, type RefusedCloudCall } from './refused-call.ts'

const releaseType = 'kubernetes:helm.sh/v3:Release'
const clusterType = 'aws:eks/cluster:Cluster'

/** Whoever calls, and the resource that the call is made for. */
interface Caller {
  readonly from: string
  readonly of: CloudRecord
}

function report (
  { claim, source }: Claim,
  { from, of }: Caller,
  role: FoundRole,
  calls: readonly AwsCall[],
  records: readonly CloudRecord[]
): RefusedCloudCall[] {
  const refused = role.taking ? refusedTo(role.taking, calls, records) : [role]
  return refused.map(({ to, why }) => ({ claim, source, from, of, to, why }))
}

/** The role of an add-on's service account: its own association's, or one beside it. */
function roleOfAddon (records: readonly CloudRecord[], addon: CloudRecord, account: string): FoundRole {
  const own = valuesAt(plain(addon.inputs), 'podIdentityAssociations[]').find((one) =>
    stringAt(one, 'serviceAccount') === account
  )
  const cluster = stringAt(plain(addon.inputs), 'clusterName') ?? ''
  const arn = own === undefined
    ? associatedRole(records, cluster, { namespace: 'kube-system', account })
    : stringAt(own, 'roleArn')
  return arn === undefined ? noRole : { taking: byAgent(arn) }
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
    const caller = { from: `${cluster.name} kube-system/${row.account}`, of: addon }
    return report(row, caller, roleOfAddon(records, addon, row.account), row.calls(facts), records)
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
    const at = `values.${row.named ?? 'serviceAccount'}`
    const pods = {
      namespace: stringAt(settings, 'namespace') ?? 'default',
      account: stringAt(settings, `${at}.name`) ?? row.account,
      annotations: objectAt(settings, `${at}.annotations`),
      environment: new Map<string, string>(),
      audiences: []
    }
    const caller = { from: `${cluster.name} ${pods.namespace}/${pods.account}`, of: release }
    return report(row, caller, roleOfPods(pods, cluster, records), row.calls(facts), records)
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
        { from: `${cluster.name} ${row.account}`, of: cluster },
        { taking: { arn, principal: { Service: service }, actions: ['AssumeRole'] } },
        row.calls(facts),
        records
      )
  )
}

const stored: Claim = {
  claim: 'backups and metrics are kept in the S3 bucket of their release, with the role of its pods',
  source: 'https://github.com/vmware-tanzu/velero-plugin-for-aws#set-permissions-for-velero, ' +
    'https://grafana.com/docs/mimir/latest/configure/configure-object-storage-backend/'
}

/** Calls of pods, in clusters of any cloud, to the buckets of their releases. */
function ofStores (records: readonly CloudRecord[]): RefusedCloudCall[] {
  return records.filter(({ type }) => type === releaseType).flatMap((release) => {
    const cluster = clusterAt(release.account, records)
    return storesOf(release).filter(({ cloud }) => cloud === 'aws').flatMap(({ name, pods }) => {
      const caller = { from: `${cluster?.name ?? ''} ${pods.namespace}/${pods.account}`, of: release }
      const role = roleOfPods(pods, cluster, records)
      return report(stored, caller, role, bucketCalls(name, records), records)
    })
  })
}

/** Lists calls of workloads to AWS that AWS refuses. */
export function refusedOnAws (records: readonly CloudRecord[]): RefusedCloudCall[] {
  return [
    ...records.filter(({ type }) => type === clusterType).flatMap((cluster) => [
      ...ofAddons(cluster, records),
      ...ofReleases(cluster, records),
      ...ofRoles(cluster, records)
    ]),
    ...ofStores(records)
  ]
}
