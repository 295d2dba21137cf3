/** Charges of Google Cloud resources. Meters are those of the price table under `gcp`. */
import { type Charge, type Rule, type Rules, type Surroundings } from '../charge.ts'
import { at, isRecord, listAt, numberAt, textAt } from '../inputs.ts'
import { type Resource } from '../model.ts'
import { bucketVolumes, networkVolumes, type Nodes, perNode } from './shared.ts'

/** GB of a node's disk when nothing says how large it is: GKE's own default. */
const defaultDiskGb = 100

/**
 * Nodes of a pool. GKE counts `nodeCount`, `initialNodeCount` and the autoscaler's min and max by
 * zone, its total limits for the whole pool; a pool that starts below its least is brought up to
 * it.
 */
function nodesOf ({ inputs }: Resource): Nodes {
  const zones = Math.max(1, listAt(inputs, 'nodeLocations').length)
  const start = (numberAt(inputs, 'nodeCount') ?? numberAt(inputs, 'initialNodeCount') ?? 1) * zones
  const scaling = at(inputs, 'autoscaling')
  if (!isRecord(scaling)) return { desired: start, least: start, most: start }
  const least = numberAt(scaling, 'totalMinNodeCount') ?? (numberAt(scaling, 'minNodeCount') ?? 0) * zones
  const most = numberAt(scaling, 'totalMaxNodeCount') ??
    (numberAt(scaling, 'maxNodeCount') ?? start / zones) * zones
  // The autoscaler removes what the initial count by zones rounded up, and never goes below its
  // least.
  return { desired: least > 0 ? least : Math.min(start, most), least, most }
}

const nodePool: Rule = (pool) => {
  const type = textAt(pool.inputs, 'nodeConfig', 'machineType')
  if (type === undefined) return [{ reason: 'its machine type is not known' }]
  const nodes = nodesOf(pool)
  const config = at(pool.inputs, 'nodeConfig')
  const spot = at(config, 'spot') === true || at(config, 'preemptible') === true
  return [
    perNode(`${spot ? 'spot' : 'instance'}/${type}`, nodes, 1, `${spot ? 'spot ' : ''}nodes ${type}`),
    perNode(
      `disk/${textAt(config, 'diskType') ?? 'pd-balanced'}`,
      nodes,
      numberAt(config, 'diskSizeGb') ?? defaultDiskGb,
      'node disks'
    )
  ]
}

/**
 * Cloud NAT is charged by the virtual machines behind it, up to 32 of them, which are the cluster's
 * nodes.
 */
const routerNat: Rule = (nat, around: Surroundings) => {
  const pools = around.all.filter((other) =>
    other.type === 'gcp:container/nodePool:NodePool' && other.cluster === nat.cluster
  ).map(nodesOf)
  const machines = (of: (nodes: Nodes) => number): number =>
    Math.min(32, pools.reduce((sum, nodes) => sum + of(nodes), 0))
  const addresses = listAt(nat.inputs, 'natIps').length
  const gateway: Charge = pools.length === 0
    ? { reason: 'the machines behind it, which it is paid by, are not among the resources' }
    : {
      meter: 'nat-gateway',
      quantity: machines((nodes) => nodes.desired),
      least: machines((nodes) => nodes.least),
      most: machines((nodes) => nodes.most),
      what: 'machines behind NAT'
    }
  return [
    gateway,
    { meter: 'nat-data', volume: 'natGb', what: 'through NAT' },
    // Reserved addresses are resources of their own; automatic ones are at least one.
    ...addresses > 0 ? [] : [{ meter: 'public-address', quantity: 1, what: 'automatic address, at least' }]
  ]
}

const forwardingRule: Rule = () => [{ meter: 'load-balancer', quantity: 1, what: 'forwarding rule' }, {
  meter: 'load-balancer-data',
  volume: 'loadBalancerGb',
  what: 'through load balancers'
}]

const cryptoKey: Rule = ({ inputs }) => [
  {
    meter: textAt(inputs, 'versionTemplate', 'protectionLevel') === 'HSM' ? 'key/hsm' : 'key/software',
    quantity: 1,
    what: 'active key version, more after each rotation'
  },
  { meter: 'key-requests', volume: 'keyRequestsMillions', what: 'requests to keys' }
]

const recordSet: Rule = ({ inputs }) => {
  const policy = at(inputs, 'routingPolicy')
  return isRecord(policy) && policy['healthCheck'] !== undefined
    ? [{ meter: 'dns-health-check', quantity: 1 }]
    : []
}

const disk: Rule = ({ inputs }) => {
  const size = numberAt(inputs, 'size')
  return size === undefined
    ? [{ reason: 'its size is not known' }]
    : [{ meter: `disk/${textAt(inputs, 'type') ?? 'pd-standard'}`, quantity: size, what: 'disk' }]
}

/** Rules by type token. */
export const gcpRules: Rules = {
  'gcp:container/cluster:Cluster':
    () => [{ meter: 'kubernetes-control-plane', quantity: 1 }, ...networkVolumes('gcp'), {
      meter: 'log-ingest',
      volume: 'logGb',
      what: 'of logs taken in'
    }],
  'gcp:container/nodePool:NodePool': nodePool,
  'gcp:compute/routerNat:RouterNat': routerNat,
  'gcp:compute/address:Address': ({ inputs }) =>
    textAt(inputs, 'addressType') === 'INTERNAL' ? [] : [{ meter: 'public-address', quantity: 1 }],
  'gcp:compute/globalAddress:GlobalAddress': ({ inputs }) =>
    textAt(inputs, 'addressType') === 'INTERNAL' ? [] : [{ meter: 'public-address', quantity: 1 }],
  'gcp:compute/vPNTunnel:VPNTunnel': () => [{ meter: 'vpn-tunnel', quantity: 1 }],
  'gcp:compute/forwardingRule:ForwardingRule': forwardingRule,
  'gcp:compute/globalForwardingRule:GlobalForwardingRule': forwardingRule,
  'gcp:compute/subnetwork:Subnetwork': ({ inputs }) =>
    isRecord(at(inputs, 'logConfig'))
      ? [{ meter: 'flow-logs', volume: 'flowLogGb', what: 'of flow logs' }]
      : [],
  'gcp:compute/disk:Disk': disk,
  'gcp:compute/regionDisk:RegionDisk': disk,
  'gcp:kms/cryptoKey:CryptoKey': cryptoKey,
  'gcp:secretmanager/secret:Secret': () => [{ meter: 'secret', quantity: 1, what: 'active secret version' }],
  'gcp:storage/bucket:Bucket': (bucket) => bucketVolumes(bucket, 'object-storage'),
  'gcp:artifactregistry/repository:Repository':
    () => [{ meter: 'registry-storage', volume: 'registryGb', what: 'of images kept' }],
  'gcp:dns/managedZone:ManagedZone': () => [{ meter: 'dns-zone', quantity: 1 }, {
    meter: 'dns-queries',
    volume: 'dnsQueriesMillions',
    what: 'queries'
  }],
  'gcp:dns/recordSet:RecordSet': recordSet
}
