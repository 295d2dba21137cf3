/** A cluster on AWS: VPC, EKS, managed node groups. */
import { all, type Output, secret } from '@pulumi/pulumi'
import { KubernetesCluster } from '../components/aws/kubernetes-cluster.ts'
import { Network } from '../components/aws/network.ts'
import { NodeGroups } from '../components/aws/node-groups.ts'
import { kernelTuning } from '../components/kernel-tuning.ts'
import { eksToken, execKubeconfig } from '../components/kubeconfig.ts'
import { defaultNodeTuning, kubeletTuning } from '../components/kubelet-tuning.ts'
import { qualifiedName } from '../components/naming.ts'
import { nodeGroupPlans } from '../components/node-group-plan.ts'
import { operatorRanges } from '../components/operators.ts'
import { awsProvider, upstream } from '../components/upstream.ts'
import { type ClusterPrerequisites, type InfrastructureOutputs, type Resolved } from '../outputs.ts'
import { type Cluster } from '../types/cluster.ts'
import { type UnitContext } from '../types.ts'
import { controlPlaneLogDays } from './control-plane-logs.ts'
import { transitGateway } from './gateways-aws.ts'

/** Registers the cluster's infrastructure. */
export function awsInfrastructure (
  context: UnitContext,
  cluster: Cluster
): Resolved<InfrastructureOutputs> {
  const { federation } = context
  const provider = awsProvider(context, cluster.region)
  const foundation = upstream<ClusterPrerequisites>(context, 'prerequisites', cluster.name)
  const kmsKeyArn = foundation('kmsKey')
  const name = qualifiedName(federation, cluster)
  const network = new Network(name, {
    cidr: cluster.cidr,
    region: cluster.region,
    subnets: cluster.subnets,
    clusterName: name,
    logBucket: foundation('logBucket')
  }, { provider })
  const kubernetes = new KubernetesCluster(name, {
    clusterName: name,
    version: cluster.kubernetesVersion,
    serviceCidr: cluster.serviceCidr,
    operators: operatorRanges(federation),
    vpcId: network.vpcId,
    vpcCidr: cluster.cidr,
    subnetIds: network.intraSubnets,
    kmsKeyArn,
    logRetentionDays: controlPlaneLogDays
  }, { provider })
  const nodes = new NodeGroups(name, {
    clusterName: kubernetes.clusterName,
    version: cluster.kubernetesVersion,
    groups: nodeGroupPlans(cluster),
    kubelet: kubeletTuning(cluster.tuning, federation.nodeTuning ?? defaultNodeTuning),
    kernel: kernelTuning(cluster.tuning, federation.nodeTuning ?? defaultNodeTuning),
    subnets: new Map(cluster.subnets.flatMap(({ zone }, index) => {
      const id = network.privateSubnets[index]
      return id ? [[zone, id] as const] : []
    })),
    securityGroup: kubernetes.securityGroup,
    kmsKeyArn,
    dependsOn: [...network.waysOut, ...kubernetes.nodePrerequisites]
  }, { provider })
  kubernetes.addAddons(nodes.groups)
  const gateways = transitGateway(
    federation.name,
    cluster,
    { vpcId: network.vpcId, intraSubnets: all(network.intraSubnets) },
    { provider }
  )
  return {
    ...gateways,
    egressAddresses: all(network.egressAddresses),
    networkId: network.vpcId,
    networkName: network.vpcId,
    resourceGroup: '',
    privateSubnets: all(network.privateSubnets),
    publicSubnets: all(network.publicSubnets),
    intraSubnets: all(network.intraSubnets),
    routeTables: all(network.routeTables),
    clusterName: kubernetes.clusterName,
    clusterId: kubernetes.arn,
    endpoint: kubernetes.endpoint,
    kubeconfig: kubeconfigOf(kubernetes, cluster.region, federation.accounts.aws.roleArn),
    oidcIssuer: kubernetes.issuer,
    nodeSecurityGroup: kubernetes.securityGroup,
    nodeGroups: all(nodes.names),
    storageKey: kmsKeyArn
  }
}

/** A kubeconfig by which callers get their token from the AWS CLI. */
function kubeconfigOf (
  kubernetes: KubernetesCluster,
  region: string,
  roleArn: string | undefined
): Output<string> {
  return secret(
    all([kubernetes.clusterName, kubernetes.endpoint, kubernetes.certificateAuthority]).apply((
      [clusterName, endpoint, authority]
    ) => execKubeconfig(clusterName, endpoint, authority, eksToken(clusterName, region, roleArn)))
  )
}
