/**
 * Needs of a federation of each cloud's quotas, with all of its clusters at their largest, and
 * whether they are met. Pure: the programs of this phase read the limits. No provider tells what
 * others use of them in the same account.
 */
import { type CloudName } from '../../contract/words.ts'
import { diskType } from '../components/gcp/disk-type.ts'
import { maxVcpus } from '../components/instance-types.ts'
import { ProgramError } from '../errors.ts'
import { hasPublicGateway } from '../networking/gateway-peers.ts'
import { clusterOf } from '../scopes.ts'
import { type Cluster, type NodePool } from '../types/cluster.ts'
import { type Federation } from '../types.ts'

/**
 * A quota and how much of it the federation needs in a region. `code` is the cloud's own id for it,
 * `service` the service that it belongs to, `family` the machine family of a quota that has one for
 * each (Google Cloud), `otherwise` the id of the quota that counts where the account has none of
 * its own for this.
 */
export interface QuotaNeed {
  readonly name: string
  readonly service: string
  readonly code: string
  readonly family?: string
  readonly otherwise?: string
  readonly region: string
  readonly needed: number
}
/** A need beside the limit that the cloud reported. */
export interface QuotaFinding {
  name: string
  region: string
  needed: number
  available: number
}

/** Links that end at a cluster as site-to-site VPNs, each with the cloud at its other end. */
function vpnPeers (federation: Federation, cluster: Cluster): CloudName[] {
  return federation.links.filter((link) =>
    link.kind === 'vpn' && (link.from === cluster.name || link.to === cluster.name)
  )
    .map((link) => clusterOf(federation, link.from === cluster.name ? link.to : link.from).cloud)
}

/**
 * Tunnels between two clouds: each of AWS' two connections has two, other clouds have one a gateway
 * address.
 */
function tunnels (cloud: CloudName, peer: CloudName): number {
  return cloud === 'aws' || peer === 'aws' ? 4 : 2
}

// Codes: Service Quotas, as `aws service-quotas list-service-quotas` gives them for ec2, vpc and
// eks (recorded in public repositories, 2026); they are the same in every region.
const awsFamilies = [
  { name: 'G and VT vCPUs', pattern: /^(g|vt)/, onDemand: 'L-DB2E81BA', spot: 'L-3819A6DF' },
  { name: 'P vCPUs', pattern: /^p\d/, onDemand: 'L-417A185B', spot: 'L-7212CCBC' },
  { name: 'Standard vCPUs', pattern: /^[acdhimrtz]/, onDemand: 'L-1216C47A', spot: 'L-34B43A08' }
] as const

function awsNeeds (federation: Federation, cluster: Cluster): QuotaNeed[] {
  const region = cluster.region
  const zones = cluster.subnets.length
  const pools = cluster.nodePools.map((pool): QuotaNeed => {
    const family = awsFamilies.find(({ pattern }) => pattern.test(pool.instanceType))
    if (!family) {
      throw new RangeError(
        `cluster ${cluster.name}: no vCPU quota is known for instance type ${pool.instanceType}`
      )
    }
    return {
      name: `${family.name}${pool.spot ? ' (spot)' : ''}`,
      service: 'ec2',
      code: pool.spot ? family.spot : family.onDemand,
      region,
      needed: maxVcpus('aws', pool)
    }
  })
  const links = vpnPeers(federation, cluster).length
  return [
    ...pools,
    { name: 'Elastic IP addresses', service: 'ec2', code: 'L-0263D0A3', region, needed: zones },
    { name: 'VPCs', service: 'vpc', code: 'L-F678F1CE', region, needed: 1 },
    { name: 'Internet gateways', service: 'vpc', code: 'L-A4707A72', region, needed: 1 },
    // The limit is a zone's, and a cluster has one in each of its zones.
    { name: 'NAT gateways a zone', service: 'vpc', code: 'L-FE5A380F', region, needed: 1 },
    { name: 'Transit gateways', service: 'ec2', code: 'L-A2478D36', region, needed: 1 },
    // Two connections a link, each to one address of the other side's gateway.
    ...(links > 0
      ? [
        { name: 'VPN connections', service: 'ec2', code: 'L-3E6EC3A3', region, needed: 2 * links },
        { name: 'Customer gateways', service: 'ec2', code: 'L-4FB7FF5D', region, needed: 2 * links }
      ]
      : []),
    { name: 'EKS clusters', service: 'eks', code: 'L-1194D53C', region, needed: 1 }
  ]
}

/**
 * The quota of a machine family, or of spot capacity, as Google Cloud writes ids, without its end.
 */
export function gcpQuotaName (code: string, family?: string): string {
  return `${code.replace('-per-project-region', '').replace('-per-project', '')}${
    family ? ` (${family})` : ''
  }`
}

// Ids: Cloud Quotas API, `gcloud quotas info list --service=compute.googleapis.com`, and
// GoogleCloudPlatform's quota monitoring (recorded in public repositories, 2026).
const generalCpus = 'CPUS-per-project-region'
const compute = 'compute.googleapis.com'
/**
 * Families that share the general quota, and those with an id of their own; every later one is a
 * value of the dimension `vm_family`.
 */
const generalFamilies = ['e2', 'n1', 'f1', 'g1']
const namedFamilies = ['a2', 'c2', 'c2d', 'm1', 'm2', 'm3', 'n2', 'n2d', 't2d', 't2a']

function gcpCpus (cluster: Cluster, pool: NodePool): QuotaNeed {
  const family = pool.instanceType.split('-')[0] ?? ''
  const base = { service: compute, region: cluster.region, needed: maxVcpus('gcp', pool) }
  const named = (code: string): QuotaNeed => ({
    ...base,
    name: gcpQuotaName(code),
    code,
    ...(code !== generalCpus && { otherwise: generalCpus })
  })
  if (pool.spot) return named('PREEMPTIBLE-CPUS-per-project-region')
  if (generalFamilies.includes(family)) return named(generalCpus)
  if (namedFamilies.includes(family)) return named(`${family.toUpperCase()}-${generalCpus}`)
  const code = 'CPUS-PER-VM-FAMILY-per-project-region'
  return { ...base, name: gcpQuotaName(code, family.toUpperCase()), code, family: family.toUpperCase() }
}

function gcpNeeds (federation: Federation, cluster: Cluster): QuotaNeed[] {
  const regional = (code: string, needed: number): QuotaNeed => ({
    name: gcpQuotaName(code),
    service: compute,
    code,
    region: cluster.region,
    needed
  })
  const project = (code: string, needed: number): QuotaNeed => ({
    name: gcpQuotaName(code),
    service: compute,
    code,
    region: 'global',
    needed
  })
  const peers = vpnPeers(federation, cluster)
  const disks = cluster.nodePools.filter((pool) => diskType(pool.instanceType) === 'pd-ssd').reduce(
    (sum, pool) => sum + pool.max * pool.diskGb,
    0
  )
  return [
    ...cluster.nodePools.map((pool) => gcpCpus(cluster, pool)),
    ...(disks > 0 ? [regional('SSD-TOTAL-GB-per-project-region', disks)] : []),
    // The NAT gateway's first address, and the public load balancer's; with a public east-west
    // gateway the NAT gateway's are two, and so are load balancers.
    regional('IN-USE-ADDRESSES-per-project-region', hasPublicGateway(federation, cluster) ? 4 : 2),
    project('NETWORKS-per-project', 1),
    // One for NAT; one more speaks BGP where a VPN ends.
    project('ROUTERS-per-project', peers.length > 0 ? 2 : 1),
    ...(peers.length > 0
      ? [
        project('VPN-GATEWAYS-per-project', 1),
        project('EXTERNAL-VPN-GATEWAYS-per-project', peers.length),
        project('VPN-TUNNELS-per-project', peers.reduce((sum, peer) => sum + tunnels('gcp', peer), 0))
      ]
      : [])
  ]
}

/**
 * A family's usage name: up to the fifth generation `standardDSv5Family`, from the sixth on
 * `StandardDsv6Family`. Source: Microsoft.Compute usages by location.
 */
export function azureFamily (instanceType: string): string {
  const parts = /^Standard_([A-Z]+)\d+(?:-\d+)?([a-z]*)(?:_([A-Z]\d+))?(?:_v(\d+))?$/.exec(instanceType)
  if (!parts) throw new RangeError(`no vCPU quota is known for instance type ${instanceType}`)
  const [, letters = '', features = '', accelerator, generation] = parts
  const version = generation === undefined ? '' : `v${generation}`
  const chip = accelerator === undefined ? '' : `_${accelerator}`
  return Number(generation ?? 0) >= 6
    ? `Standard${letters}${features}${version}${chip}Family`
    : `standard${letters}${features.toUpperCase()}${version}${chip}Family`
}

function azureNeeds (federation: Federation, cluster: Cluster): QuotaNeed[] {
  const region = cluster.region
  const need = (service: string, code: string, needed: number): QuotaNeed => ({
    name: code,
    service,
    code,
    region,
    needed
  })
  const pools = cluster.nodePools.map((pool) =>
    need(
      'Microsoft.Compute',
      pool.spot ? 'lowPriorityCores' : azureFamily(pool.instanceType),
      maxVcpus('azure', pool)
    )
  )
  const onDemand = cluster.nodePools.filter((pool) => !pool.spot).reduce(
    (sum, pool) => sum + maxVcpus('azure', pool),
    0
  )
  const vpn = vpnPeers(federation, cluster).length > 0
  return [
    ...pools,
    ...(onDemand > 0 ? [need('Microsoft.Compute', 'cores', onDemand)] : []),
    // The NAT gateway's two, those of public load balancers, two of an active-active VPN gateway.
    need(
      'Microsoft.Network',
      'PublicIPAddresses',
      3 + (hasPublicGateway(federation, cluster) ? 1 : 0) + (vpn ? 2 : 0)
    ),
    need('Microsoft.Network', 'VirtualNetworks', 1),
    need('Microsoft.Network', 'NatGateways', 1),
    ...(vpn ? [need('Microsoft.Network', 'VirtualNetworkGateways', 1)] : [])
  ]
}

/**
 * The quotas that a cloud's clusters need together at their largest: one entry per quota and
 * region, in the file's order.
 */
export function quotaNeeds (federation: Federation, cloud: CloudName): QuotaNeed[] {
  const perCluster = { aws: awsNeeds, gcp: gcpNeeds, azure: azureNeeds }[cloud]
  const sums = new Map<string, QuotaNeed>()
  for (
    const need of federation.clusters.filter((cluster) => cluster.cloud === cloud).flatMap((cluster) =>
      perCluster(federation, cluster)
    )
  ) {
    const key = `${need.service}/${need.code}/${need.family ?? ''}/${need.region}`
    const sum = sums.get(key)
    sums.set(key, sum ? { ...sum, needed: sum.needed + need.needed } : need)
  }
  return [...sums.values()]
}

/**
 * Findings about one quota of one region added up: needs that fell back on the same quota share it.
 */
export function combined (findings: readonly QuotaFinding[]): QuotaFinding[] {
  const sums = new Map<string, QuotaFinding>()
  for (const finding of findings) {
    const key = `${finding.name}/${finding.region}`
    const sum = sums.get(key)
    sums.set(key, sum ? { ...sum, needed: sum.needed + finding.needed } : { ...finding })
  }
  return [...sums.values()]
}

/**
 * Gives the findings back when all are met. Throws an error with a table of needed and available
 * otherwise; a retry helps only after the cloud has raised the quota.
 */
export function requireQuotas (cloud: CloudName, findings: QuotaFinding[]): QuotaFinding[] {
  const short = findings.filter(({ needed, available }) => available < needed)
  if (short.length === 0) return findings
  const rows = short.map(({ name, region, needed, available }) =>
    `  ${name.padEnd(32)} ${region.padEnd(20)} ${String(needed).padStart(8)} ` +
    `${String(available).padStart(10)}`
  )
  throw new ProgramError('PREREQUISITES_QUOTA', { cloud, rows })
}
