/**
 * The outputs that units hand to later units, by phase and scope kind: the seam between phase
 * programs. A program returns an object of its type here (`satisfies Resolved<…>`), and reads
 * others' through `upstream`. Fields marked secret are secret outputs.
 */
import type { Input } from '@pulumi/pulumi'

/** The same shape with every field as an input: what a program returns. */
export type Resolved<T> = { [K in keyof T]: Input<T[K]> }

/**
 * prerequisites, cloud scope. `deployer`: who deploys the other phases: a role's ARN, a service
 * account's address, a managed identity's client id. `unchecked`: what is needed of quotas that the
 * cloud's provider has no call to read.
 */
export interface CloudPrerequisites {
  account: string
  caller: string
  deployer: string
  quotas: { name: string, region: string, needed: number, available: number }[]
  unchecked: { name: string, region: string, needed: number }[]
}
/**
 * prerequisites, cluster scope. `kmsKey`: AWS key ARN, GCP crypto key id, Azure key identifier with
 * version. `resourceGroup`: Azure only, else empty. `logBucket`, `backupBucket`: the bucket's name,
 * on Azure `{storage account}/{container}`. `registry`: where images are pushed, without a scheme.
 */
export interface ClusterPrerequisites {
  kmsKey: string
  logBucket: string
  backupBucket: string
  resourceGroup: string
  registry: string
}
/**
 * prerequisites, cluster scope too: resource id of the workspace that audit logs go to, Azure only,
 * else empty.
 */
export interface ClusterAudit {
  auditWorkspace: string
}
/** prerequisites, federation scope: the public DNS zone. */
export interface FederationPrerequisites {
  zoneId: string
  zoneName: string
  nameServers: string[]
}

/**
 * infrastructure, cluster scope. `networkId`: VPC id, network self link, VNet resource id.
 * `routeTables`: AWS only, else empty: ids of the private route tables in the zones' order, then of
 * the intra subnets'. `endpoint`: the API server's URL. Google Cloud has one subnet of a kind for
 * all zones. `publicSubnets`: on Azure the gateway subnet alone, on Google Cloud none.
 * `nodeSecurityGroup`: security group id, network tag (Google Cloud) or resource id of the nodes'
 * group. `kubeconfig` is secret. `oidcIssuer`: the cluster's workload identity issuer.
 */
export interface ClusterInfrastructure {
  networkId: string
  networkName: string
  resourceGroup: string
  privateSubnets: string[]
  publicSubnets: string[]
  intraSubnets: string[]
  routeTables: string[]
  clusterName: string
  clusterId: string
  endpoint: string
  kubeconfig: string
  oidcIssuer: string
  nodeSecurityGroup: string
  nodeGroups: string[]
}

/**
 * networking, cluster scope: what links and peerings attach to. `transitGateway`,
 * `transitRouteTable`: AWS; `router`, `vpnGateway`: GCP (names / self links); `vpnGateway`,
 * `vpnAddresses`: Azure and GCP when the cluster has a vpn link; absent ones are empty.
 * `gatewaySecurityGroup`: AWS, of the east-west gateway's load balancer.
 */
export interface ClusterNetworking {
  transitGateway: string
  transitRouteTable: string
  router: string
  vpnGateway: string
  vpnAddresses: string[]
  gatewaySecurityGroup: string
  tuning: string[]
}
/** networking, cloud scope: names of the peerings between the cloud's clusters. */
export interface CloudNetworking {
  peerings: string[]
}
/**
 * networking, link scope. `handover` (secret): of a dedicated circuit, the keys that the exchange
 * is given, by cluster; a VPN has none.
 */
export interface LinkNetworking {
  tunnels: { name: string, address: string }[]
  bgp: { from: number, to: number }
  handover?: { cluster: string, keys: string[] }[]
}

/** mesh, federation scope: the root CA. `rootKey` is secret. */
export interface FederationMesh {
  rootCertificate: string
  rootKey: string
}
/**
 * mesh, cluster scope. `network`: Istio network name. `readerToken` is secret: lets peers' control
 * planes read this cluster's endpoints, at `apiServer`: its east-west gateway, which passes TLS on
 * to the Kubernetes API, whose certificates `apiServerCa` (base64 PEM) signs. `rootCertificate`:
 * the trust anchor in use. `certificateValidity`: of the intermediate, RFC 3339.
 */
export interface ClusterMesh {
  network: string
  meshId: string
  eastWestAddress: string
  ingressAddress: string
  istioVersion: string
  readerToken: string
  intermediateCertificate: string
  mtlsMode: string
  apiServer: string
  apiServerCa: string
  rootCertificate: string
  certificateValidity: { from: string, to: string }
  minTlsVersion: string
}

/** federation, cluster scope. */
export interface ClusterFederation {
  remoteClusters: string[]
  defaultDeny: string[]
  virtualServices: string[]
}
/** federation, federation scope: global load balancing. */
export interface FederationDns {
  host: string
  records: { name: string, strategy: string, cluster: string }[]
  healthChecks: Record<string, string>
  healthCheckIntervalSeconds: number
}

/** monitoring, federation scope: the hub's services. `remoteWritePassword` is secret. */
export interface FederationMonitoring {
  remoteWriteUrl: string
  remoteWritePassword: string
  grafanaUrl: string
  alertmanagerUrl: string
  dashboards: string[]
}
/** monitoring, cluster scope. */
export interface ClusterMonitoring {
  prometheus: string
  alerts: string[]
  traces: string
}

/** disaster-recovery, cluster scope: backups. */
export interface ClusterBackups {
  schedule: string
  bucket: string
  bucketCloud: string
  retentionDays: number
}
/**
 * disaster-recovery, link scope: one pair. Sums in seconds; `terms`: what they are made of, by name
 * (`data`: none where the primary keeps no state).
 */
export interface PairRecovery {
  primary: string
  standby: string
  healthCheck: string
  records: string[]
  rtoSeconds: { mesh: number, dns: number, objectiveMesh: number, objectiveDns: number }
  rpoSeconds: { expected: number, objective: number }
  failoverNodes: number
  runbook: string
  observers: string[]
  ttlSeconds: number
  failureThreshold: number
  terms: { mesh: Record<string, number>, dns: Record<string, number>, data: Record<string, number> }
  replication: 'asynchronous-streaming' | 'none'
}

/** What a check is about. */
export type CheckKind = 'integration' | 'latency' | 'failover' | 'security' | 'capacity'
/**
 * One named check of the validation phase: what was found beside what is wanted, in words, or as
 * numbers with a unit. One that is not required is reported and fails nothing.
 */
export interface Check {
  name: string
  kind: CheckKind
  passed: boolean
  required: boolean
  measured: string | number
  target: string | number
  unit?: string
  why: string
}
/** validation, both scopes. A failed required check fails the unit. */
export interface ValidationReport {
  checks: Check[]
}
