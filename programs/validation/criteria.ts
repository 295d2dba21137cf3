/**
 * The criteria of validation: a table with one entry per check, its kind, what is wanted and why.
 * Pure.
 */
import { type CheckBasis, type CheckKind } from '../outputs.ts'

/** What is wanted of one check. */
export interface Criterion {
  readonly kind: CheckKind
  /** Source of what is found; `configured` when absent. */
  readonly basis?: CheckBasis
  /** State that has to hold. */
  readonly target: string
  /** Consequence of its not holding. */
  readonly why: string
  /** True when a failure is reported and fails nothing. */
  readonly advisory?: true
}

export const criteria = {
  // One cluster.
  'encryption-key': {
    kind: 'security',
    target: "a key of the cluster's own",
    why:
      'secrets, disks and buckets are encrypted at rest by a key that can be withdrawn for this cluster alone'
  },
  buckets: {
    kind: 'security',
    target: 'two buckets',
    why: 'logs and backups are kept apart: they have different readers and different retention'
  },
  'resource-group': {
    kind: 'integration',
    target: 'one on Azure, none elsewhere',
    why: 'later phases place their Azure resources in it'
  },
  kubeconfig: {
    kind: 'integration',
    target: 'present',
    why: 'all phases from the mesh on reach the cluster by it'
  },
  'endpoint-private': {
    kind: 'security',
    target: 'no address of the internet',
    why: 'the Kubernetes API is not reachable from the internet'
  },
  'private-subnets': { kind: 'security', target: 'at least one', why: 'nodes have no public addresses' },
  'node-groups': {
    kind: 'capacity',
    target: 'one for each pool of the file',
    why: 'a pool without nodes leaves its workloads unscheduled'
  },
  'workload-identity': {
    kind: 'security',
    target: 'an https issuer',
    why: "pods reach the clouds by their service account's token, so that no key is ever stored"
  },
  'node-tuning': {
    kind: 'capacity',
    basis: 'measured',
    target: 'all techniques of the tier',
    why: "the tier's latency rests on them"
  },
  'plaintext-refused': {
    kind: 'security',
    basis: 'measured',
    target: 'no answer',
    why: 'a pod outside the mesh asked a workload in plaintext: strict mutual TLS has to be in force, not ' +
      'only configured'
  },
  'default-deny-enforced': {
    kind: 'security',
    basis: 'measured',
    target: 'no answer',
    why: 'a pod that no policy admits asked a workload: default deny has to be in force, not only configured'
  },
  'responder-reached': {
    kind: 'integration',
    basis: 'measured',
    target: 'an answer',
    why:
      'a pod that is admitted reaches the workload that the two refusals were asked of: they are not for ' +
      'want of a server'
  },
  'certificate-issuer': {
    kind: 'security',
    target: 'signed by the root',
    why: 'clusters trust each other by the common root'
  },
  'certificate-lifetime': {
    kind: 'security',
    target: "the file's years at least",
    why: 'an intermediate that ends takes the cluster out of the mesh'
  },
  'istio-version': {
    kind: 'integration',
    basis: 'measured',
    target: "the file's version, as every istiod reports it",
    why: 'control planes of one mesh are of one version'
  },
  'mesh-identity': {
    kind: 'integration',
    target: "the federation's mesh",
    why: 'peers discover endpoints inside one mesh only'
  },
  gateways: {
    kind: 'integration',
    target: 'both have addresses',
    why: 'clients come in through one, other clusters through the other'
  },
  'remote-clusters': {
    kind: 'integration',
    target: 'every other cluster',
    why: 'failover goes where endpoints are known'
  },
  'default-deny': {
    kind: 'security',
    target: 'every namespace of services',
    why: 'what no policy allows is refused'
  },
  'virtual-services': {
    kind: 'integration',
    target: 'every service',
    why: 'traffic follows the regions by them'
  },
  alerts: {
    kind: 'integration',
    basis: 'measured',
    target: 'all that the file and the phase want',
    why: 'what is not watched fails unseen'
  },
  'latency-alerts': {
    kind: 'latency',
    basis: 'measured',
    target: 'one for each target of the area',
    why: 'the targets are watched after this report, too'
  },
  'scrape-targets': {
    kind: 'integration',
    basis: 'measured',
    target: 'all that are known answer',
    why: 'alerts on metrics that nobody can read keep quiet, whatever happens'
  },
  traces: { kind: 'integration', target: 'a collector', why: 'a slow request is found by its trace' },
  'backup-cloud': {
    kind: 'failover',
    target: 'another cloud',
    why: 'the loss of a cloud takes no backup with it'
  },
  'backup-residency': {
    kind: 'security',
    basis: 'computed',
    target: 'an area that may hold the data',
    why: 'data of the EU stays in the EU'
  },
  'backup-retention': {
    kind: 'failover',
    target: "the file's schedule and days",
    why: 'a mistake that is seen late can still be undone'
  },
  // The federation.
  quotas: {
    kind: 'capacity',
    basis: 'measured',
    target: 'enough of each',
    why: 'a quota that is too small stops a failover half-way'
  },
  'address-ranges': {
    kind: 'integration',
    basis: 'computed',
    target: 'none shared',
    why: 'overlapping ranges cannot be routed'
  },
  links: {
    kind: 'integration',
    target: "two tunnels and the file's BGP numbers each",
    why: "one tunnel's maintenance must not part two clouds"
  },
  peerings: {
    kind: 'integration',
    target: 'all clusters of one cloud',
    why: 'clusters of a cloud reach each other without leaving it'
  },
  'link-bandwidth': {
    kind: 'capacity',
    basis: 'computed',
    target: "the file's minimum",
    why: 'traffic between clouds has what the document promises; tunnels offer less than dedicated circuits',
    advisory: true
  },
  'standby-capacity': {
    kind: 'capacity',
    basis: 'computed',
    target: "the primary's least",
    why: 'a standby at its failover size carries what the primary starts with'
  },
  'dns-zone': {
    kind: 'integration',
    target: "the file's zone with name servers",
    why: 'clients find the federation by it'
  },
  'dns-strategies': {
    kind: 'integration',
    target: "all of the file's",
    why: 'each strategy answers under a name of its own'
  },
  'dns-health-checks': {
    kind: 'failover',
    target: "every serving cluster, at the file's interval",
    why: 'DNS leads away from what it sees failing'
  },
  'health-listeners': {
    kind: 'failover',
    basis: 'measured',
    target: 'an answer from every serving cluster',
    why: 'DNS takes a cluster whose ingress its checkers cannot talk to for dead'
  },
  'tls-minimum-enforced': {
    kind: 'security',
    basis: 'measured',
    target: 'no answer to older clients',
    why: 'the minimum has to be in force at each ingress, not only configured'
  },
  'public-certificate': {
    kind: 'security',
    basis: 'measured',
    target: 'a certificate of a public authority at every serving cluster',
    why: "clients on the internet do not know the mesh's own authority: dns.certificate names one"
  },
  'main-host': {
    kind: 'integration',
    basis: 'measured',
    target: 'an answer',
    why: 'clients come in by it'
  },
  'latency-targets': {
    kind: 'latency',
    basis: 'computed',
    target: 'one between each two areas',
    why: 'a pair without a target is not watched'
  },
  'peer-probes': {
    kind: 'integration',
    basis: 'measured',
    target: 'an answer from every cluster to every one',
    why: "a cluster that is lost is seen by the others' probers, over the mesh"
  },
  'failover-records': {
    kind: 'failover',
    target: "a name of the pair's own, with the file's TTL and threshold",
    why: 'a cached answer lives as long as the TTL'
  },
  observers: {
    kind: 'failover',
    target: 'three others',
    why: "one observer's own outage must not look like the primary's"
  },
  'standby-cloud': {
    kind: 'failover',
    basis: 'computed',
    target: 'another cloud where the file wants it',
    why: "no cloud's failure takes a primary and its standby"
  },
  'replication-mode': {
    kind: 'failover',
    target: 'streaming wherever a primary keeps state',
    why: 'a backup alone would lose hours'
  },
  residency: {
    kind: 'security',
    basis: 'computed',
    target: 'allowed areas only',
    why: 'replicas are data, too'
  },
  'mesh-root': {
    kind: 'security',
    target: 'a root that signs itself',
    why: 'all trust in the mesh begins with it'
  },
  duties: {
    kind: 'integration',
    target: 'no call refused',
    why: 'what cannot look names up, be configured, be read or send comes up and does nothing'
  },
  'cloud-calls': {
    kind: 'security',
    target: 'no call refused',
    why: 'pods, nodes and services of clouds act by roles, grants and key policies: where one is missing, ' +
      'backups are not written and disks not made, and nothing deployed says so'
  },
  'unknown-ways': {
    kind: 'integration',
    target: 'none',
    why: 'what joins two clouds outside of what is deployed here was taken as open, and nobody has seen it',
    advisory: true
  },
  dashboards: {
    kind: 'integration',
    target: 'all five',
    why: 'people see federation, clusters, mesh, trading and recovery'
  },
  clusters: {
    kind: 'integration',
    target: 'all passed',
    why: 'the federation is as good as each of its clusters'
  }
} as const satisfies Record<string, Criterion>

export type CriterionName = keyof typeof criteria
