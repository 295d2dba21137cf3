/**
 * A private AKS cluster in its zones, with identities and disks of its own and audit logs: what its
 * parts register together, and how clients reach it.
 */
import { getClientConfigOutput, RoleAssignment } from '@pulumi/azure-native/authorization/index.js'
import {
  AgentPool,
  listManagedClusterUserCredentialsOutput,
  type ManagedCluster
} from '@pulumi/azure-native/containerservice/index.js'
import {
  all,
  ComponentResource,
  type ComponentResourceOptions,
  interpolate,
  type Input,
  type Output,
  type Resource,
  secret
} from '@pulumi/pulumi'
import { ProgramError } from '../../errors.ts'
import { type NodeTuning, type Tuning } from '../../types/cluster.ts'
import { kernelTuning } from '../kernel-tuning.ts'
import { aksToken, certificateAuthorityIn, execKubeconfig } from '../kubeconfig.ts'
import { kubeletTuning } from '../kubelet-tuning.ts'
import { agentPool, agentPoolName, successorPoolName, systemGroup } from './agent-pool.ts'
import { auditCategories, auditLogs } from './audit.ts'
import { clusterIdentities, type IdentitiesArgs } from './cluster-identities.ts'
import { managedCluster, type ManagedClusterSettings } from './managed-cluster.ts'
import { azureRole } from './roles.ts'

export interface KubernetesClusterArgs extends IdentitiesArgs, ManagedClusterSettings {
  /** Ids of private subnets by zone. */
  readonly subnets: ReadonlyMap<string, Input<string>>
  /** Application that deploys, where it is not the caller's own identity. */
  readonly clientId: string | undefined
  readonly tuning: readonly Tuning[]
  readonly nodeTuning: NodeTuning
}

export class KubernetesCluster extends ComponentResource {
  readonly clusterName: Output<string>
  readonly clusterId: Output<string>
  readonly endpoint: Output<string>
  readonly kubeconfig: Output<string>
  readonly issuer: Output<string>
  readonly poolNames: Output<string>[]
  /** Resources that have to be there before pods run. */
  readonly pools: Resource[]

  constructor (name: string, args: KubernetesClusterArgs, options?: ComponentResourceOptions) {
    super('windlass:azure:KubernetesCluster', name, {}, options)
    const inside = { parent: this }
    const identities = clusterIdentities(this, name, args)
    const settings = {
      version: args.version,
      kubelet: kubeletTuning(args.tuning, args.nodeTuning),
      kernel: kernelTuning(args.tuning, args.nodeTuning),
      subnets: args.subnets,
      placements: identities.placements,
      tags: args.tags
    }
    const system = systemGroup(args.groups)
    const cluster = managedCluster(this, name, args, identities, {
      ...agentPool(system, settings),
      name: agentPoolName(system.name),
      mode: 'System'
    })
    auditLogs(`${name}-audit`, cluster.id, args.auditWorkspace, auditCategories.cluster, inside)
    const pools = args.groups.filter((group) => group !== system).map((group) => {
      const profile = agentPool(group, settings)
      return new AgentPool(`${name}-${group.name}`, {
        resourceGroupName: args.resourceGroup,
        resourceName: cluster.name,
        agentPoolName: successorPoolName(group.name, profile),
        ...profile,
        mode: 'User'
      }, {
        ...inside,
        // Its successor comes first, so that pods move to nodes that are there. A name alone is no
        // reason for one: a pool keeps the name that it was made under.
        ignoreChanges: ['count', 'agentPoolName'],
        deleteBeforeReplace: false
      })
    })
    // Whoever deploys the cluster deploys into it, and into no other cluster by this role.
    const deployer = new RoleAssignment(`${name}-deployer`, {
      scope: cluster.id,
      principalId: getClientConfigOutput(inside).objectId,
      roleDefinitionId: azureRole(args.subscriptionId, 'Azure Kubernetes Service RBAC Cluster Admin')
    }, { ...inside, ...args.granted })
    this.clusterName = cluster.name
    this.clusterId = cluster.id
    this.endpoint = args.operators.length > 0
      ? interpolate`https://${cluster.fqdn}`
      : interpolate`https://${cluster.privateFQDN}`
    this.kubeconfig = kubeconfigOf(this, args, cluster, this.endpoint)
    this.pools = [cluster, ...pools, deployer]
    this.issuer = cluster.oidcIssuerProfile.apply((profile) => profile?.issuerURL ?? '')
    this.poolNames = [
      cluster.name.apply(() => agentPoolName(system.name)),
      ...pools.map((pool) => pool.name.apply((poolName) => poolName ?? ''))
    ]
    this.registerOutputs({
      clusterName: this.clusterName,
      clusterId: this.clusterId,
      endpoint: this.endpoint,
      kubeconfig: this.kubeconfig,
      issuer: this.issuer,
      poolNames: this.poolNames
    })
  }
}

/**
 * The cluster's kubeconfig. Azure's own asks a person to log in.
 */
function kubeconfigOf (
  parent: ComponentResource,
  { clusterName, resourceGroup, tenantId, clientId }: KubernetesClusterArgs,
  cluster: ManagedCluster,
  host: Output<string>
): Output<string> {
  const credentials = listManagedClusterUserCredentialsOutput({
    resourceGroupName: resourceGroup,
    resourceName: cluster.name
  }, { parent })
  return secret(
    all([host, credentials.kubeconfigs]).apply(([endpoint, kubeconfigs]) =>
      execKubeconfig(
        clusterName,
        `${endpoint}:443`,
        authorityOf(kubeconfigs[0]?.value, clusterName),
        aksToken(tenantId, clientId)
      )
    )
  )
}

/** The certificate authority in the kubeconfig that Azure gives, which is base64. */
function authorityOf (value: string | undefined, clusterName: string): string {
  const authority = value && certificateAuthorityIn(Buffer.from(value, 'base64').toString('utf8'))
  if (!authority) {
    throw new ProgramError('INFRASTRUCTURE_NO_KUBECONFIG', { cluster: clusterName })
  }
  return authority
}
