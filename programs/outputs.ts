/**
 * The outputs that units hand to later units, by phase and scope kind: the seam between phase
 * programs. A program returns an object of its type here (`satisfies Resolved<…>`), and reads
 * others' through `upstream`. Fields marked secret are secret outputs.
 */
import type { Input } from '@pulumi/pulumi'

/** The same shape with every field as an input: what a program returns. */
export type Resolved<T> = { [K in keyof T]: Input<T[K]> }

/** prerequisites, cloud scope. */
export interface CloudPrerequisites {
  /** Account, project or subscription. */
  account: string
  /** Identity of who deployed it. */
  caller: string
  /**
   * Identity that deploys the other phases: a role's ARN, a service account's address, or a managed
   * identity's client id.
   */
  deployer: string
  /** Quotas that were read. */
  quotas: { name: string, region: string, needed: number, available: number }[]
  /** Needs of quotas that the cloud's provider has no call to read. */
  unchecked: { name: string, region: string, needed: number }[]
}
/** prerequisites, cluster scope. */
export interface ClusterPrerequisites {
  /**
   * AWS: ARN of the key; Google Cloud: id of the crypto key; Azure: identifier of the key with its
   * version.
   */
  kmsKey: string
  /** Name of the bucket; on Azure `{storage account}/{container}`. */
  logBucket: string
  /** Name of the bucket; on Azure `{storage account}/{container}`. */
  backupBucket: string
  /** Azure only, else empty. */
  resourceGroup: string
  /** Address to which images are pushed, without a scheme. */
  registry: string
}
/** prerequisites, cluster scope too. */
export interface ClusterAudit {
  /** Resource id of the workspace that audit logs go to; Azure only, else empty. */
  auditWorkspace: string
}
/** prerequisites, federation scope: the public DNS zone. */
export interface FederationPrerequisites {
  zoneId: string
  zoneName: string
  nameServers: string[]
}

/** infrastructure, cluster scope. Google Cloud has one subnet of a kind for all zones. */
export interface ClusterInfrastructure {
  /** VPC id, self link of the network, or resource id of the virtual network. */
  networkId: string
  networkName: string
  /** Azure only, else empty. */
  resourceGroup: string
  privateSubnets: string[]
  /** On Azure the gateway subnet alone, on Google Cloud none. */
  publicSubnets: string[]
  intraSubnets: string[]
  /**
   * AWS only, else empty: ids of the private route tables in the zones' order, then of the intra
   * subnets'.
   */
  routeTables: string[]
  clusterName: string
  clusterId: string
  /** URL of the API server. */
  endpoint: string
  /** Secret. */
  kubeconfig: string
  /** Issuer of workload identities. */
  oidcIssuer: string
  /** Security group id, network tag (Google Cloud) or resource id of the nodes' group. */
  nodeSecurityGroup: string
  nodeGroups: string[]
  /**
   * Key that encrypts the disks of volumes: the ARN of AWS' key, the id of Google Cloud's crypto
   * key, the resource id of Azure's disk encryption set.
   */
  storageKey: string
}

/**
 * infrastructure, cluster scope too: gateways that links and peerings attach to. What a cloud does
 * not have is empty.
 */
export interface ClusterGateways {
  /** AWS only. */
  transitGateway: string
  /** AWS only. */
  transitRouteTable: string
  /** Google Cloud and Azure, of a cluster that ends a VPN: self link or id of the gateway. */
  vpnGateway: string
  /** Google Cloud and Azure, of a cluster that ends a VPN: addresses of the gateway. */
  vpnAddresses: string[]
}

/** infrastructure, cluster scope too. */
export interface ClusterEgress {
  /**
   * Public addresses by which nodes and pods go out; none on Google Cloud, which chooses them,
   * where no link of kind `mesh` needs them known.
   */
  egressAddresses: string[]
}

/** infrastructure, cluster scope: all of it. */
export type InfrastructureOutputs = ClusterInfrastructure & ClusterGateways & ClusterEgress

/** networking, platform scope: what a cluster's workloads stand on. */
export interface ClusterPlatform {
  /** Name of the storage class of claims that name none. */
  storageClass: string
}
/**
 * networking, cluster scope: what links and peerings attach to. What a cloud does not have is
 * empty.
 */
export interface ClusterNetworking extends ClusterGateways {
  /** Google Cloud only: name of the router. */
  router: string
  /** AWS only: security groups of the east-west gateway's load balancer, with commas between. */
  gatewaySecurityGroup: string
  /** Techniques that are applied to the nodes. */
  tuning: string[]
}
/** networking, cloud scope. */
export interface CloudNetworking {
  /** Names of the peerings between the cloud's clusters. */
  peerings: string[]
}
/** networking, link scope. */
export interface LinkNetworking {
  /** Tunnels of a VPN. */
  tunnels: { name: string, address: string }[]
  /** Autonomous system numbers of both ends. */
  bgp: { from: number, to: number }
  /**
   * Secret: the keys of a dedicated circuit that the exchange is given, by cluster; a VPN has none.
   */
  handover?: { cluster: string, keys: string[] }[]
}

/** mesh, federation scope: the root certificate authority. */
export interface FederationMesh {
  /** Roots that are trusted, PEM one after the other: first the one that signs. */
  rootCertificate: string
  /** Secret. */
  rootKey: string
  /** Secret: the certificates of each replicated ledger, by its pair's primary. */
  ledgers: Record<string, LedgerIdentity>
  /** Secret: what Prometheus and Grafana show to the metrics' gateway. */
  metricsPassword: string
  /** Secret: bcrypt of it, as the gateway keeps it. */
  metricsPasswordHash: string
}
/** The certificates by which both sides of a pair's ledger know each other, PEM. */
export interface LedgerIdentity {
  authority: string
  serverCertificate: string
  serverKey: string
  replicationCertificate: string
  replicationKey: string
}
/** mesh, cluster scope. */
export interface ClusterMesh {
  /** Name of the Istio network. */
  network: string
  meshId: string
  eastWestAddress: string
  ingressAddress: string
  istioVersion: string
  /** Secret: lets peers' control planes read this cluster's endpoints. */
  readerToken: string
  intermediateCertificate: string
  mtlsMode: string
  /**
   * URL at which peers reach the Kubernetes API: the east-west gateway, which passes TLS on to it.
   */
  apiServer: string
  /** Authority (base64 PEM) that signs the certificates of the Kubernetes API. */
  apiServerCa: string
  /** Trust anchor in use. */
  rootCertificate: string
  /** Validity of the intermediate, RFC 3339. */
  certificateValidity: { from: string, to: string }
  minTlsVersion: string
}

/** federation, cluster scope. */
export interface ClusterFederation {
  /** Names of the clusters whose endpoints this one knows. */
  remoteClusters: string[]
  /** Namespaces that deny by default. */
  defaultDeny: string[]
  /** Names of the routes. */
  virtualServices: string[]
}
/** federation, federation scope: global load balancing. */
export interface FederationDns {
  host: string
  records: { name: string, strategy: string, cluster: string }[]
  /** Ids of health checks, by what they check. */
  healthChecks: Record<string, string>
  healthCheckIntervalSeconds: number
}

/** monitoring, federation scope: the hub's services. */
export interface FederationMonitoring {
  /** URL that metrics are written to. */
  remoteWriteUrl: string
  grafanaUrl: string
  alertmanagerUrl: string
  /** Names of the dashboards. */
  dashboards: string[]
}
/** monitoring, cluster scope. */
export interface ClusterMonitoring {
  /** URL of the cluster's Prometheus. */
  prometheus: string
  /** Names of the alerts. */
  alerts: string[]
  /** Address that traces are sent to. */
  traces: string
}

/** disaster-recovery, cluster scope: backups. */
export interface ClusterBackups {
  /** Cron expression in UTC. */
  schedule: string
  bucket: string
  /** Cloud of the bucket. */
  bucketCloud: string
  retentionDays: number
}
/** disaster-recovery, federation scope: what leads clients to the standbys. */
export interface FederationRecovery {
  /** Each pair's failover by DNS, by its primary. */
  failovers: Record<string, Failover>
}
/** The failover of one pair by DNS. */
export interface Failover {
  /** Id of the health check that decides on it. */
  healthCheck: string
  /** Names of the records. */
  records: string[]
}
/** disaster-recovery, link scope: the primary's side of a pair. */
export interface PrimaryRecovery {
  primary: string
  standby: string
  replication: 'asynchronous-streaming' | 'none'
}
/** disaster-recovery, link scope: the standby's side of a pair. Times are in seconds. */
export interface PairRecovery {
  primary: string
  standby: string
  /** Computed times of a failover, and their objectives. */
  rtoSeconds: { mesh: number, dns: number, objectiveMesh: number, objectiveDns: number }
  /** Data that may be lost, and the objective. */
  rpoSeconds: { expected: number, objective: number }
  failoverNodes: number
  /** Runbook in Markdown. */
  runbook: string
  /** Names of the clusters that probe the primary. */
  observers: string[]
  /** Time to live of the records. */
  ttlSeconds: number
  failureThreshold: number
  /** Parts of the sums, by name; no data where the primary keeps no state. */
  terms: { mesh: Record<string, number>, dns: Record<string, number>, data: Record<string, number> }
  replication: 'asynchronous-streaming' | 'none'
}

/** Subject of a check. */
export type CheckKind = 'integration' | 'latency' | 'failover' | 'security' | 'capacity'
/**
 * Source of what a check found: `measured` on what runs, `configured` by the units before, whose
 * outputs say so, or `computed` from the file alone.
 */
export type CheckBasis = 'measured' | 'configured' | 'computed'
/** One named check of the validation phase: what was found beside what is wanted. */
export interface Check {
  name: string
  kind: CheckKind
  basis: CheckBasis
  passed: boolean
  /** False when its failure is reported and fails nothing. */
  required: boolean
  /** In words, or a number in `unit`. */
  measured: string | number
  /** In words, or a number in `unit`. */
  target: string | number
  unit?: string
  /** Reason why it is wanted. */
  why: string
}
/** validation, both scopes. A failed required check fails the unit. */
export interface ValidationReport {
  checks: Check[]
}
