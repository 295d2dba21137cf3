/** Charges of Azure resources. Meters are those of the price table under `azure`. */
import { type Charge, type Rule, type Rules } from '../charge.ts'
import { at, listAt, nameOf, numberAt, textAt } from '../inputs.ts'
import { networkVolumes, type Nodes, perNode } from './shared.ts'

/**
 * GB of a node's disk when nothing says how large it is: AKS' own default for sizes up to eight
 * CPUs.
 */
const defaultDiskGb = 128
/**
 * Premium SSDs are sold by size: the smallest that is large enough is paid, however much of it is
 * asked for. GB by tier.
 */
const premiumTiers: readonly (readonly [string, number])[] = [
  ['P4', 32],
  ['P6', 64],
  ['P10', 128],
  ['P15', 256],
  ['P20', 512],
  ['P30', 1024],
  ['P40', 2048],
  ['P50', 4096],
  ['P60', 8192],
  ['P70', 16384],
  ['P80', 32767]
]
/** Days that a log store keeps what it took in without charging for it. */
const freeRetentionDays = 31

/** The meter of a premium SSD that holds so many GB. */
export function premiumDisk (gb: number): string {
  return `disk/premium-${premiumTiers.find(([, size]) => size >= gb)?.[0] ?? 'P80'}`
}

const agentPoolType = 'azure-native:containerservice:AgentPool'

/** CPUs that a size's name says: the first number in it (Standard_D8s_v5 has eight). */
function cpusOf (size: string): number | undefined {
  const match = /^Standard_[A-Z]+(\d+)/.exec(size)
  return match ? Number(match[1]) : undefined
}

/** Charges of one pool of an AKS cluster, as a resource or inside the cluster's. */
function agentPool (pool: unknown): Charge[] {
  const size = textAt(pool, 'vmSize')
  const count = numberAt(pool, 'count')
  if (size === undefined || count === undefined) {
    return [{
      reason: `the number of nodes or the size of the pool ${textAt(pool, 'name') ?? ''} is not known`
    }]
  }
  const nodes: Nodes = {
    desired: count,
    least: numberAt(pool, 'minCount') ?? count,
    most: numberAt(pool, 'maxCount') ?? count
  }
  const spot = textAt(pool, 'scaleSetPriority') === 'Spot'
  const machines = perNode(
    `${spot ? 'spot' : 'instance'}/${size}`,
    nodes,
    1,
    `${spot ? 'spot ' : ''}nodes ${size}`
  )
  // An ephemeral disk is the machine's own.
  return textAt(pool, 'osDiskType') === 'Ephemeral'
    ? [machines]
    : [
      machines,
      perNode(premiumDisk(numberAt(pool, 'osDiskSizeGB') ?? defaultDiskGb), nodes, 1, 'node disks')
    ]
}

const managedCluster: Rule = ({ inputs, cluster }, { all }) => {
  const tier = textAt(inputs, 'sku', 'tier') ?? 'Free'
  const pools = listAt(inputs, 'agentPoolProfiles')
  const defended = at(inputs, 'securityProfile', 'defender', 'securityMonitoring', 'enabled') === true
  return [
    ...tier === 'Free'
      ? []
      : [{ meter: `kubernetes-control-plane/${tier}`, quantity: 1, what: `control plane, tier ${tier}` }],
    ...pools.flatMap(agentPool),
    ...networkVolumes('azure'),
    ...defended
      ? [
        defender([
          ...pools,
          ...all.filter((other) => other.type === agentPoolType && other.cluster === cluster).map((other) =>
            other.inputs
          )
        ])
      ]
      : []
  ]
}

/** Defender for Containers is paid by the CPUs of the nodes. */
function defender (pools: readonly unknown[]): Charge {
  const cpus = pools.map((pool) =>
    (cpusOf(textAt(pool, 'vmSize') ?? '') ?? Number.NaN) * (numberAt(pool, 'count') ?? Number.NaN)
  ).reduce((a, b) => a + b, 0)
  return Number.isFinite(cpus)
    ? { meter: 'defender-cpu', quantity: cpus, what: 'CPUs that Defender for Containers watches' }
    : { reason: 'the CPUs that Defender for Containers is paid by are not known' }
}

const virtualNetworkGateway: Rule = ({ inputs }) => {
  const sku = textAt(inputs, 'sku', 'name')
  return sku === undefined
    ? [{ reason: 'its size (sku) is not known' }]
    : [{
      meter:
        `${textAt(inputs, 'gatewayType') === 'ExpressRoute' ? 'express-route-gateway' : 'vpn-gateway'}/` +
        `${sku}`,
      quantity: 1,
      what: `gateway ${sku}`
    }]
}

/** The kind of copies in the name of a size: zrs of Standard_ZRS. */
const redundancyOf = (sku: string | undefined): string =>
  (sku ?? 'Standard_LRS').split('_').at(-1)?.toLowerCase() ?? 'lrs'

const workspace: Rule = ({ inputs }) => {
  const days = numberAt(inputs, 'retentionInDays') ?? freeRetentionDays
  const volume = /audit|activity/.test(textAt(inputs, 'workspaceName') ?? '') ? 'auditLogGb' : 'logGb'
  const kept = Math.max(0, days - freeRetentionDays)
  return [
    { meter: 'log-ingest', volume, what: 'of logs taken in' },
    ...kept > 0
      ? [
        {
          meter: 'log-storage',
          volume,
          factor: kept / 30.4,
          what: `of logs kept ${kept} days longer than is free`
        } as const
      ]
      : []
  ]
}

/** The short interval is paid by endpoint, by what kind of endpoint it is. */
const trafficManager: Rule = ({ inputs }) => {
  const fast = numberAt(inputs, 'monitorConfig', 'intervalInSeconds') === 10
  const endpoints = listAt(inputs, 'endpoints')
  const outside =
    endpoints.filter((endpoint) => textAt(endpoint, 'type')?.toLowerCase().includes('external')).length
  const inside = endpoints.length - outside
  const checks = (kind: 'inside' | 'outside', count: number): Charge[] =>
    count === 0
      ? []
      : [
        { meter: `endpoint-check/${kind}`, quantity: count, what: 'endpoints checked' },
        ...fast
          ? [{ meter: `endpoint-check-fast/${kind}`, quantity: count, what: 'endpoints checked every 10 s' }]
          : []
      ]
  return [...checks('inside', inside), ...checks('outside', outside), {
    meter: 'traffic-manager-queries',
    volume: 'dnsQueriesMillions',
    what: 'queries'
  }]
}

const trafficManagerEndpoint: Rule = (
  { inputs }
) => [{
  meter: `endpoint-check/${
    (textAt(inputs, 'endpointType') ?? '').toLowerCase().includes('azure') ? 'inside' : 'outside'
  }`,
  quantity: 1,
  what: 'endpoint checked'
}]

/** Rules by type token. */
export const azureRules: Rules = {
  'azure-native:containerservice:ManagedCluster': managedCluster,
  [agentPoolType]: ({ inputs }) => agentPool(inputs),
  'azure-native:network:NatGateway': () => [{ meter: 'nat-gateway', quantity: 1 }, {
    meter: 'nat-data',
    volume: 'natGb',
    what: 'through NAT'
  }],
  'azure-native:network:PublicIPAddress': () => [{ meter: 'public-address', quantity: 1 }],
  'azure-native:network:PublicIPPrefix': ({ inputs }) => {
    const length = numberAt(inputs, 'prefixLength')
    return length === undefined || length > 32
      ? [{ reason: 'its length is not known' }]
      : [{ meter: 'public-prefix-address', quantity: 2 ** (32 - length), what: 'addresses of the prefix' }]
  },
  'azure-native:network:VirtualNetworkGateway': virtualNetworkGateway,
  // Sent and received are paid on both ends of a peering between regions; each end pays for what
  // its cluster sends and, taken as much again, receives.
  'azure-native:network:VirtualNetworkPeering':
    () => [{ meter: 'peering-data', volume: 'interRegionGb', factor: 2, what: 'over peerings, in and out' }],
  'azure-native:network:PrivateEndpoint': () => [{ meter: 'private-endpoint', quantity: 1 }, {
    meter: 'private-endpoint-data',
    volume: 'endpointGb',
    what: 'through endpoints'
  }],
  'azure-native:network:PrivateZone': () => [{ meter: 'dns-zone', quantity: 1, what: 'private DNS zone' }],
  'azure-native:privatedns:PrivateZone': () => [{ meter: 'dns-zone', quantity: 1, what: 'private DNS zone' }],
  'azure-native:network:Zone': () => [{ meter: 'dns-zone', quantity: 1 }, {
    meter: 'dns-queries',
    volume: 'dnsQueriesMillions',
    what: 'queries'
  }],
  'azure-native:dns:Zone': () => [{ meter: 'dns-zone', quantity: 1 }, {
    meter: 'dns-queries',
    volume: 'dnsQueriesMillions',
    what: 'queries'
  }],
  'azure-native:trafficmanager:Profile': trafficManager,
  'azure-native:trafficmanager:Endpoint': trafficManagerEndpoint,
  'azure-native:network:Profile': trafficManager,
  'azure-native:keyvault:Vault':
    () => [{ meter: 'key-requests', volume: 'keyRequestsMillions', what: 'requests to the vault' }],
  // Keys in software are paid by request alone.
  'azure-native:keyvault:Key': ({ inputs }) =>
    textAt(inputs, 'properties', 'kty')?.endsWith('-HSM') ? [{ meter: 'key/hsm', quantity: 1 }] : [],
  // One account holds both the logs and the backups of its cluster.
  'azure-native:storage:StorageAccount': (account) => {
    const meter = `object-storage/${redundancyOf(textAt(account.inputs, 'sku', 'name'))}`
    const name = nameOf(account.urn)
    const [logs, backups] = [/log|audit/.test(name), /backup/.test(name)]
    return [
      ...logs || !backups
        ? [{ meter, volume: 'logBucketGb', what: 'of logs and metrics kept' } as const]
        : [],
      ...backups || !logs ? [{ meter, volume: 'backupGb', what: 'of backups kept' } as const] : [],
      { meter: 'object-requests', volume: 'objectRequestsMillions', what: 'requests that write objects' }
    ]
  },
  'azure-native:containerregistry:Registry': ({ inputs }) => {
    const tier = textAt(inputs, 'sku', 'name')
    return tier === undefined
      ? [{ reason: 'its tier (sku) is not known' }]
      : [{ meter: `registry/${tier}`, quantity: 1, what: `registry, tier ${tier}` }]
  },
  'azure-native:containerregistry:Replication':
    () => [{ meter: 'registry/Premium', quantity: 1, what: 'replica of the registry' }],
  'azure-native:operationalinsights:Workspace': workspace,
  'azure-native:compute:Disk': ({ inputs }) => {
    const size = numberAt(inputs, 'diskSizeGB')
    return size === undefined
      ? [{ reason: 'its size is not known' }]
      : [{ meter: premiumDisk(size), quantity: 1, what: 'disk' }]
  }
}
