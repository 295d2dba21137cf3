/**
 * A private regional GKE cluster: Workload Identity, shielded nodes, Dataplane V2, secrets
 * encrypted with the cluster's own key.
 */
import * as gcp from '@pulumi/gcp'
import {
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  type Output,
  type Resource
} from '@pulumi/pulumi'
import { podRange, serviceRange } from './network.ts'

export interface KubernetesClusterArgs {
  readonly clusterName: string
  readonly project: string
  readonly region: string
  readonly zones: readonly string[]
  readonly version: string
  readonly network: Input<string>
  readonly subnetwork: Input<string>
  readonly controlPlaneCidr: string
  /** Networks from which the control plane may be called: name -> CIDR. */
  readonly callers: Readonly<Record<string, string>>
  /** The control plane has an address of the internet, for those of the callers that are there. */
  readonly publicEndpoint: boolean
  readonly kmsKey: Input<string>
  readonly dependsOn: Resource[]
}

/** Outputs of the cluster before it has nodes of its own. */
export class KubernetesCluster extends ComponentResource {
  readonly clusterName: Output<string>
  readonly clusterId: Output<string>
  readonly endpoint: Output<string>
  readonly certificateAuthority: Output<string>
  readonly issuer: string

  constructor (name: string, args: KubernetesClusterArgs, options?: ComponentResourceOptions) {
    super('windlass:gcp:KubernetesCluster', name, {}, options)
    const cluster = new gcp.container.Cluster(name, {
      name: args.clusterName,
      location: args.region,
      nodeLocations: [...args.zones],
      minMasterVersion: args.version,
      releaseChannel: { channel: 'REGULAR' },
      network: args.network,
      subnetwork: args.subnetwork,
      networkingMode: 'VPC_NATIVE',
      ipAllocationPolicy: { clusterSecondaryRangeName: podRange, servicesSecondaryRangeName: serviceRange },
      privateClusterConfig: {
        enablePrivateNodes: true,
        enablePrivateEndpoint: !args.publicEndpoint,
        masterIpv4CidrBlock: args.controlPlaneCidr,
        masterGlobalAccessConfig: { enabled: true }
      },
      masterAuthorizedNetworksConfig: {
        cidrBlocks: Object.entries(args.callers).map(([displayName, cidrBlock]) => ({
          displayName,
          cidrBlock
        }))
      },
      masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
      datapathProvider: 'ADVANCED_DATAPATH',
      workloadIdentityConfig: { workloadPool: `${args.project}.svc.id.goog` },
      enableShieldedNodes: true,
      databaseEncryption: { state: 'ENCRYPTED', keyName: args.kmsKey },
      loggingConfig: {
        enableComponents: ['SYSTEM_COMPONENTS', 'APISERVER', 'CONTROLLER_MANAGER', 'SCHEDULER']
      },
      monitoringConfig: { enableComponents: ['SYSTEM_COMPONENTS'], managedPrometheus: { enabled: false } },
      securityPostureConfig: { mode: 'BASIC', vulnerabilityMode: 'VULNERABILITY_DISABLED' },
      addonsConfig: {
        httpLoadBalancing: { disabled: false },
        gcePersistentDiskCsiDriverConfig: { enabled: true },
        dnsCacheConfig: { enabled: true }
      },
      verticalPodAutoscaling: { enabled: true },
      enableL4IlbSubsetting: true,
      // Node pools are resources of their own; the one that every cluster starts with is removed at
      // once.
      removeDefaultNodePool: true,
      initialNodeCount: 1,
      // Deleting is guarded by the deployment's own plan and approvals: this flag would make every
      // destroy a manual change first.
      deletionProtection: false
    }, { parent: this, dependsOn: args.dependsOn })
    this.clusterName = cluster.name
    this.clusterId = cluster.id
    this.endpoint = cluster.endpoint.apply((address) => `https://${address}`)
    this.certificateAuthority = cluster.masterAuth.clusterCaCertificate
    this.issuer =
      `https://container.googleapis.com/v1/projects/${args.project}/locations/${args.region}/clusters/` +
      `${args.clusterName}`
    this.registerOutputs({
      clusterName: this.clusterName,
      clusterId: this.clusterId,
      endpoint: this.endpoint,
      issuer: this.issuer
    })
  }
}
