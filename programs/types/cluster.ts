/** Clusters as programs see them: complete, with defaults filled in and ranges computed. */
import { type CloudName, type ClusterRole } from '../../contract/words.ts'

/**
 * Tuning and price class of a cluster: ultra-low-latency (primaries), high-performance (hubs),
 * standard (DR), batch (analytics).
 */
export type Tier = 'ultra-low-latency' | 'high-performance' | 'standard' | 'batch'

/** Continents between which the federation has latency targets. */
export type Area = 'us' | 'eu' | 'asia'

/** The eight network techniques of the ultra-low-latency tier; other tiers use fewer. */
export type Tuning =
  | 'kernel-bypass'
  | 'sr-iov'
  | 'cpu-pinning'
  | 'numa'
  | 'huge-pages'
  | 'irq-affinity'
  | 'tcp-bbr'
  | 'placement'

/** A taint of a pool's nodes, as Kubernetes has it. */
export interface Taint {
  readonly key: string
  readonly value: string
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute'
}

/** A pool of like nodes. */
export interface NodePool {
  /** Name, unique in the cluster. */
  readonly name: string
  /** Size of the nodes, by the cloud's own name. */
  readonly instanceType: string
  /** Fewest nodes that the autoscaler may leave. */
  readonly min: number
  /** Most nodes that the autoscaler may make. */
  readonly max: number
  /** Nodes to start with; the autoscaler decides from then on. */
  readonly desired: number
  /** True for capacity that the cloud may take back at any time. */
  readonly spot: boolean
  /** Disk of each node in GB. */
  readonly diskGb: number
  /** Labels of the nodes in Kubernetes. */
  readonly labels: Readonly<Record<string, string>>
  readonly taints: readonly Taint[]
}

/** The address blocks of one zone, inside the cluster's network and apart from each other. */
export interface SubnetPlan {
  readonly zone: string
  /** Block of what the internet reaches: /20 or smaller, as the others. */
  readonly public: string
  /** Block of what reaches the internet through NAT: nodes. */
  readonly private: string
  /** Block of what does neither: control planes. */
  readonly intra: string
}

/** One Kubernetes cluster in one cloud region. */
export interface Cluster {
  /** Name, unique in the federation; names in clouds and URNs are made of it. */
  readonly name: string
  /** Part that the cluster has in the federation. */
  readonly role: ClusterRole
  readonly tier: Tier
  readonly cloud: CloudName
  /** Region, by the cloud's own name. */
  readonly region: string
  /** Continent of the region. */
  readonly area: Area
  /** Zones of the region that the cluster uses, by the cloud's own names. */
  readonly zones: readonly string[]
  /** Address block of the VPC or VNet. */
  readonly cidr: string
  /** Address block of pods. Computed; overlaps nothing in the federation. */
  readonly podCidr: string
  /** Address block of Services. Computed; overlaps nothing in the federation. */
  readonly serviceCidr: string
  /** Address block (/28) of a private control plane (GKE). Computed, apart from all others. */
  readonly controlPlaneCidr: string
  /** Subnets, one entry a zone. */
  readonly subnets: readonly SubnetPlan[]
  /** Minor version, such as 1.35. */
  readonly kubernetesVersion: string
  /** Pools of nodes; at least one. */
  readonly nodePools: readonly NodePool[]
  /** Private autonomous system number (RFC 6996), unique in the federation. */
  readonly asn: number
  /** Techniques that its nodes and network use. */
  readonly tuning: readonly Tuning[]
  /** True when the cluster keeps state that a disaster recovery pair replicates. */
  readonly stateful: boolean
}

/** Settings of tunings. */
export interface NodeTuning {
  /** CPUs kept for pinned applications (`cpu-pinning`, `irq-affinity`). */
  readonly pinnedCpus: readonly number[]
  /** Page sizes (`huge-pages`). */
  readonly hugePages: readonly ('2Mi' | '1Gi')[]
}
