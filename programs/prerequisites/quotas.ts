/** What a federation needs of each cloud's quotas, and whether it is there. Pure: the limits themselves are read by the programs of this phase. */
import { type CloudName, type Cluster, type Federation } from '../contract.ts'
import { maxVcpus } from '../components/instance-types.ts'

/**
 * A quota and how much of it the federation needs. `code` is the cloud's own id for it, `service` the service that it belongs to, `otherwise` the
 * id of the quota that counts where the account has none of its own for this.
 */
export interface QuotaNeed { readonly name: string, readonly service: string, readonly code: string, readonly otherwise?: string, readonly region: string, readonly needed: number }
/** A need beside the limit that the cloud reported. */
export interface QuotaFinding { name: string, region: string, needed: number, available: number }

const awsFamilies = [
  { name: 'G vCPUs', pattern: /^(g|vt)/, onDemand: 'L-DB2E81BA', spot: 'L-3819A6DF' },
  { name: 'P vCPUs', pattern: /^p\d/, onDemand: 'L-417A185B', spot: 'L-7212CCBC' },
  { name: 'Standard vCPUs', pattern: /^[acdhimrtz]/, onDemand: 'L-1216C47A', spot: 'L-34B43A08' }
] as const

function awsNeeds (cluster: Cluster): QuotaNeed[] {
  const region = cluster.region
  const zones = cluster.subnets.length
  const pools = cluster.nodePools.map((pool): QuotaNeed => {
    const family = awsFamilies.find(({ pattern }) => pattern.test(pool.instanceType))
    if (!family) throw new RangeError(`cluster ${cluster.name}: no vCPU quota is known for instance type ${pool.instanceType}`)
    return { name: `${family.name}${pool.spot ? ' (spot)' : ''}`, service: 'ec2', code: pool.spot ? family.spot : family.onDemand, region, needed: maxVcpus('aws', pool) }
  })
  return [
    ...pools,
    { name: 'Elastic IP addresses', service: 'ec2', code: 'L-0263D0A3', region, needed: zones },
    { name: 'VPCs', service: 'vpc', code: 'L-F678F1CE', region, needed: 1 },
    { name: 'Internet gateways', service: 'vpc', code: 'L-A4707A72', region, needed: 1 },
    { name: 'Transit gateways', service: 'ec2', code: 'L-A2478D36', region, needed: 1 },
    { name: 'EKS clusters', service: 'eks', code: 'L-1194D53C', region, needed: 1 }
  ]
}

/** The quota of a machine family, or of spot capacity, as Google Cloud writes ids, without its end. */
export function gcpQuotaName (code: string): string {
  return code.replace('-per-project-region', '').replace('-per-project', '')
}

const generalCpus = 'CPUS-per-project-region'

function gcpNeeds (cluster: Cluster): QuotaNeed[] {
  const pools = cluster.nodePools.map((pool): QuotaNeed => {
    const family = pool.instanceType.split('-')[0] ?? ''
    // The first generations share one quota; every later family has its own; spot capacity is counted apart from all.
    const code = pool.spot ? 'PREEMPTIBLE-CPUS-per-project-region' : ['e2', 'n1', 'f1', 'g1'].includes(family) ? generalCpus : `${family.toUpperCase()}-${generalCpus}`
    return { name: gcpQuotaName(code), service: 'compute.googleapis.com', code, ...(code === generalCpus ? {} : { otherwise: generalCpus }), region: cluster.region, needed: maxVcpus('gcp', pool) }
  })
  return [...pools, { name: 'NETWORKS', service: 'compute.googleapis.com', code: 'NETWORKS-per-project', region: 'global', needed: 1 }]
}

function azureNeeds (cluster: Cluster): QuotaNeed[] {
  const region = cluster.region
  const pools = cluster.nodePools.map((pool): QuotaNeed => {
    const family = pool.instanceType.replace(/^Standard_([A-Z]+)\d+/, 'standard$1').replace(/_/g, '')
    return { name: pool.spot ? 'lowPriorityCores' : `${family}Family`, service: 'Microsoft.Compute', code: pool.spot ? 'lowPriorityCores' : `${family}Family`, region, needed: maxVcpus('azure', pool) }
  })
  return [...pools, { name: 'PublicIPAddresses', service: 'Microsoft.Network', code: 'PublicIPAddresses', region, needed: 3 }]
}

/** The quotas that a cloud's clusters need together at their largest: one entry per quota and region, in the file's order. */
export function quotaNeeds (federation: Federation, cloud: CloudName): QuotaNeed[] {
  const perCluster = { aws: awsNeeds, gcp: gcpNeeds, azure: azureNeeds }[cloud]
  const sums = new Map<string, QuotaNeed>()
  for (const need of federation.clusters.filter((cluster) => cluster.cloud === cloud).flatMap(perCluster)) {
    const key = `${need.service}/${need.code}/${need.region}`
    const sum = sums.get(key)
    sums.set(key, sum ? { ...sum, needed: sum.needed + need.needed } : need)
  }
  return [...sums.values()]
}

/** Findings about one quota of one region added up: needs that fell back on the same quota share it. */
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
 * Gives the findings back when all are met. Throws an error with a table of needed and available otherwise; a retry helps only after the
 * cloud has raised the quota.
 */
export function requireQuotas (cloud: CloudName, findings: QuotaFinding[]): QuotaFinding[] {
  const short = findings.filter(({ needed, available }) => available < needed)
  if (short.length === 0) return findings
  const rows = short.map(({ name, region, needed, available }) => `  ${name.padEnd(32)} ${region.padEnd(20)} ${String(needed).padStart(8)} ${String(available).padStart(10)}`)
  throw new Error(`PREREQUISITES_QUOTA: ${cloud} allows less than the federation needs at its largest; ask for higher quotas, then resume.\n  ${'quota'.padEnd(32)} ${'region'.padEnd(20)} ${'needed'.padStart(8)} ${'available'.padStart(10)}\n${rows.join('\n')}`)
}
