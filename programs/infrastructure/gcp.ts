/** A cluster on Google Cloud: network, GKE, node pools. */
import { all, type ComponentResourceOptions, type Output, secret } from '@pulumi/pulumi'
import { KubernetesCluster } from '../components/gcp/kubernetes-cluster.ts'
import { Network } from '../components/gcp/network.ts'
import { NodePools } from '../components/gcp/node-pools.ts'
import { kernelTuning } from '../components/kernel-tuning.ts'
import { execKubeconfig, gkeToken } from '../components/kubeconfig.ts'
import { defaultNodeTuning, kubeletTuning } from '../components/kubelet-tuning.ts'
import { boundedName, qualifiedName } from '../components/naming.ts'
import { nodeGroupPlans } from '../components/node-group-plan.ts'
import { operatorRanges } from '../components/operators.ts'
import { gcpProvider, upstream } from '../components/upstream.ts'
import { hasPublicGateway } from '../networking/gateway-peers.ts'
import { type ClusterPrerequisites, type InfrastructureOutputs, type Resolved } from '../outputs.ts'
import { type Cluster } from '../types/cluster.ts'
import { type Federation, type UnitContext } from '../types.ts'
import { vpnGateway } from './gateways-gcp.ts'

/** GKE's own limit for names of clusters. */
const maxClusterName = 40

/** Registers the cluster's infrastructure. */
export function gcpInfrastructure (
  context: UnitContext,
  cluster: Cluster
): Resolved<InfrastructureOutputs> {
  const { federation } = context
  const provider = gcpProvider(context, cluster.region)
  const project = federation.accounts.gcp.project
  const kmsKey = upstream<ClusterPrerequisites>(context, 'prerequisites', cluster.name)('kmsKey')
  const name = qualifiedName(federation, cluster)
  const network = networkOf(federation, cluster, { provider })
  const kubernetes = new KubernetesCluster(name, {
    clusterName: boundedName(maxClusterName, name),
    project,
    region: cluster.region,
    zones: cluster.zones,
    version: cluster.kubernetesVersion,
    network: network.selfLink,
    subnetwork: network.nodeSubnetwork,
    controlPlaneCidr: cluster.controlPlaneCidr,
    // Peers' control planes read each other's endpoints over the private network.
    callers: Object.fromEntries([
      ...federation.clusters.map((other) => [other.name, other.cidr]),
      ...(federation.operators ?? []).map((range) => [`operators ${range}`, range])
    ]),
    publicEndpoint: operatorRanges(federation).internet.length > 0,
    kmsKey,
    dependsOn: [network.nat]
  }, { provider })
  const nodeTag = boundedName(63, name, 'node')
  const pools = new NodePools(name, {
    cluster: kubernetes.clusterName,
    project,
    location: cluster.region,
    groups: nodeGroupPlans(cluster),
    kubelet: kubeletTuning(cluster.tuning, federation.nodeTuning ?? defaultNodeTuning),
    kernel: kernelTuning(cluster.tuning, federation.nodeTuning ?? defaultNodeTuning),
    kmsKey,
    networkTag: nodeTag
  }, { provider })
  const kubeconfig = kubeconfigOf(kubernetes, federation.accounts.gcp.impersonateServiceAccount)
  return {
    ...vpnGateway(federation, cluster, network.selfLink, { provider }),
    egressAddresses: all(network.egressAddresses),
    networkId: network.selfLink,
    networkName: network.networkName,
    resourceGroup: '',
    privateSubnets: all([network.nodeSubnetwork]),
    publicSubnets: [],
    intraSubnets: all([network.internalSubnetwork]),
    routeTables: [],
    clusterName: kubernetes.clusterName,
    clusterId: kubernetes.clusterId,
    endpoint: kubernetes.endpoint,
    kubeconfig,
    oidcIssuer: kubernetes.issuer,
    // Google Cloud's firewall rules know nodes by their network tag.
    nodeSecurityGroup: nodeTag,
    nodeGroups: all(pools.names),
    storageKey: kmsKey
  }
}

function networkOf (federation: Federation, cluster: Cluster, inside: ComponentResourceOptions): Network {
  const [first] = cluster.subnets
  if (!first) throw new RangeError(`cluster ${cluster.name} has no subnets`)
  // A subnetwork spans its region's zones: the first zone's blocks serve all.
  return new Network(qualifiedName(federation, cluster), {
    region: cluster.region,
    nodeCidr: first.private,
    internalCidr: first.intra,
    podCidr: cluster.podCidr,
    serviceCidr: cluster.serviceCidr,
    fixedAddresses: hasPublicGateway(federation, cluster)
  }, inside)
}

/** A kubeconfig by which callers get their token from Google's plugin. */
function kubeconfigOf (kubernetes: KubernetesCluster, impersonated: string | undefined): Output<string> {
  return secret(
    all([kubernetes.clusterName, kubernetes.endpoint, kubernetes.certificateAuthority]).apply((
      [clusterName, endpoint, authority]
    ) => execKubeconfig(clusterName, endpoint, authority, gkeToken(impersonated)))
  )
}
