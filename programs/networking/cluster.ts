/**
 * One cluster's way to the others: gateways to attach to, a firewall that lets the mesh in and
 * nothing else, load balancers, nodes tuned for their tier.
 */
import { type Output } from '@pulumi/pulumi'
import { defaultNodeTuning } from '../components/kubelet-tuning.ts'
import { NodeTuning } from '../components/kubernetes/node-tuning.ts'
import { kubernetesProvider } from '../components/upstream.ts'
import { objectLabels } from '../kubernetes/objects.ts'
import { type ClusterNetworking, type Resolved } from '../outputs.ts'
import { clusterOf } from '../scopes.ts'
import { type PhaseProgram } from '../types.ts'
import { awsNetworking } from './cluster-aws.ts'
import { azureNetworking } from './cluster-azure.ts'
import { gcpNetworking } from './cluster-gcp.ts'

const byCloud = { aws: awsNetworking, gcp: gcpNetworking, azure: azureNetworking }

export const program: PhaseProgram = (context): Resolved<ClusterNetworking> => {
  const { federation } = context
  const cluster = clusterOf(federation, context.scope.name)
  const provider = kubernetesProvider(context, cluster)
  const attachments = byCloud[cluster.cloud](context, cluster, provider)
  const tuning: Output<string[]> | string[] = cluster.tuning.length > 0
    ? new NodeTuning('node-tuning', {
      techniques: cluster.tuning,
      settings: federation.nodeTuning ?? defaultNodeTuning,
      labels: objectLabels(context, 'node-tuning')
    }, { provider }).techniques
    : []
  return { gatewaySecurityGroup: '', ...attachments, tuning }
}
