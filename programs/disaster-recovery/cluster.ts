/**
 * A cluster's backups, into the bucket of a cluster in another cloud, and its verdicts on the
 * primaries that it observes.
 */
import { output } from '@pulumi/pulumi'
import { kubernetesProvider, upstream } from '../components/upstream.ts'
import { serviceNamespaces } from '../federation/topology.ts'
import { bucketAccess } from '../kubernetes/bucket-access.ts'
import { namespace } from '../kubernetes/objects.ts'
import {
  type ClusterBackups,
  type ClusterInfrastructure,
  type ClusterPrerequisites,
  type Resolved
} from '../outputs.ts'
import { clusterOf } from '../scopes.ts'
import { type PhaseProgram } from '../types.ts'
import { observer } from './observer.ts'
import { postgresOperator } from './postgres-operator.ts'
import { backupTarget, observedBy } from './recovery.ts'
import { backupSchedule, velero, veleroNamespace } from './velero.ts'

export const program: PhaseProgram = (context): Resolved<ClusterBackups> => {
  const { federation, scope } = context
  const cluster = clusterOf(federation, scope.name)
  const target = backupTarget(federation, cluster)
  const provider = kubernetesProvider(context, cluster)
  const infrastructure = upstream<ClusterInfrastructure>(context, 'infrastructure', cluster.name)
  const prerequisites = upstream<ClusterPrerequisites>(context, 'prerequisites', target.name)
  const bucket = prerequisites('backupBucket')
  // Privileged: the node agent reads the volumes of all pods of its node.
  const space = namespace(context, veleroNamespace, 'privileged', {}, { provider })
  const access = bucketAccess(context, {
    name: `${cluster.name}-backups`,
    home: cluster,
    issuer: infrastructure('oidcIssuer'),
    clusterName: infrastructure('clusterName'),
    namespace: veleroNamespace,
    serviceAccount: 'velero',
    owner: target,
    bucket,
    kmsKey: prerequisites('kmsKey'),
    resourceGroup: prerequisites('resourceGroup')
  })
  const release = velero(context, {
    cluster,
    target,
    bucket,
    resourceGroup: prerequisites('resourceGroup'),
    access
  }, { provider, dependsOn: [space, ...access.ready] })
  if (cluster.stateful) postgresOperator(context, provider)
  const { backupSchedule: schedule, backupRetentionDays: retentionDays } = federation.disasterRecovery
  const after = { provider, dependsOn: [release] }
  backupSchedule(context, 'everything', { schedule, retentionDays, volumes: true, namespaces: ['*'] }, after)
  // Objects of the trading namespaces are few and change with every release: an hourly copy costs
  // nothing and restores what a bad change overwrote.
  backupSchedule(context, 'configuration', {
    schedule: '30 * * * *',
    retentionDays,
    volumes: false,
    namespaces: serviceNamespaces(federation).length > 0 ? serviceNamespaces(federation) : ['*']
  }, after)
  for (const pair of observedBy(federation, cluster.name)) observer(context, pair, cluster, provider)
  return { schedule, bucket, bucketCloud: output(target.cloud), retentionDays }
}
