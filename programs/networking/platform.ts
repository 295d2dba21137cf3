/**
 * The platform of one cluster's workloads: its default storage class and, on AWS, what grows its
 * node groups. It is the first that needs the cluster's API.
 */
import { ClusterAutoscaler } from '../components/aws/cluster-autoscaler.ts'
import { defaultStorage } from '../components/kubernetes/default-storage.ts'
import { qualifiedName } from '../components/naming.ts'
import { awsProvider, kubernetesProvider, upstream } from '../components/upstream.ts'
import { type ClusterInfrastructure, type ClusterPlatform, type Resolved } from '../outputs.ts'
import { clusterOf } from '../scopes.ts'
import { type PhaseProgram } from '../types.ts'

export const program: PhaseProgram = (context): Resolved<ClusterPlatform> => {
  const { federation, scope: { clusters: [clusterName = ''] } } = context
  const cluster = clusterOf(federation, clusterName)
  const provider = kubernetesProvider(context, cluster)
  const infrastructure = upstream<ClusterInfrastructure>(context, 'infrastructure', cluster.name)
  const name = qualifiedName(federation, cluster)
  const storage = defaultStorage(name, cluster.cloud, infrastructure('storageKey'), { provider })
  if (cluster.cloud === 'aws') {
    new ClusterAutoscaler(name, {
      clusterName: infrastructure('clusterName'),
      accountId: federation.accounts.aws.accountId,
      region: cluster.region,
      version: cluster.kubernetesVersion,
      kubernetes: provider,
      issuer: infrastructure('oidcIssuer')
    }, { provider: awsProvider(context, cluster.region) })
  }
  return { storageClass: storage.metadata.name }
}
