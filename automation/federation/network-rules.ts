/** Rules about address blocks and links. */
import { type CloudName } from '../../contract/words.ts'
import {
  cidr,
  contains,
  formatCidr,
  isCanonical,
  isPrivate,
  overlaps,
  parseCidr,
  sharedBlock,
  subnetCount,
  type Block
} from './cidr.ts'
import { type Path } from './errors.ts'
import { allocate, defaultRanges, rangePrefixes, smallestNetwork, type RangeKind } from './ranges.ts'
import { clusterNamed, expectCluster, items, type LinkView, type Rule, type RuleContext } from './rules.ts'

/**
 * The largest network: an AWS VPC's block is /16 at most; the others' limit is ours, so that ten
 * clusters fit private space.
 */
const largestNetwork: Readonly<Record<CloudName, number>> = { aws: 16, gcp: 12, azure: 12 }
/**
 * Blocks inside private space that something on a node or in a cloud already uses. Sources:
 * Docker's default bridge; AKS, "IP address planning", ranges that cannot be used.
 */
const taken = [{ block: cidr('172.17.0.0/16'), by: "Docker's bridge" }, {
  block: cidr('172.30.0.0/15'),
  by: 'AKS'
}]
/**
 * Services: EKS takes /12 to /24, GKE /16 to /27, AKS /12 and longer: what all take. Pods: no
 * cluster of this kind needs more than a /12.
 */
const pinSizes = { pods: { from: 12, to: 20 }, services: { from: 16, to: 24 } } as const

interface Claim {
  readonly block: Block
  readonly text: string
  readonly path: Path
  readonly owner: string
  readonly pool?: RangeKind
  readonly within?: RangeKind
}

/**
 * The block of a field when it is well written; what is not is reported. `shared`: whether RFC 6598
 * space will do too.
 */
function readBlock (
  context: RuleContext,
  value: string | undefined,
  path: Path,
  shared: boolean
): Block | undefined {
  if (value === undefined) return undefined
  const block = parseCidr(value)
  const used = block && taken.find((other) => overlaps(other.block, block))
  if (!block) context.report('FED_CIDR', path, 'value', value)
  else if (!isCanonical(value)) context.report('FED_CIDR_HOST_BITS', path, 'value', value, formatCidr(block))
  else if (!isPrivate(block) && !(shared && contains(sharedBlock, block))) {
    context.report(
      'FED_CIDR_NOT_PRIVATE',
      path,
      'value',
      value,
      `10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16${shared ? ', or 100.64.0.0/10' : ''}`
    )
  } else if (used) context.report('FED_CIDR_RESERVED', path, 'value', value, formatCidr(used.block), used.by)
  else return block
  return undefined
}

/** The widest range of operators: no internet provider's, and never everybody. */
const widestOperators = 8

/** Ranges of operators: of any addresses, but apart from each other and from the clusters'. */
function operatorClaims (context: RuleContext): Claim[] {
  return items(context.view.operators).flatMap(({ index, item }) => {
    const path: Path = ['operators', index]
    const block = parseCidr(item)
    if (!block) context.report('FED_CIDR', path, 'value', item)
    else if (!isCanonical(item)) {
      context.report('FED_CIDR_HOST_BITS', path, 'value', item, formatCidr(block))
    } else if (block.prefix < widestOperators) {
      context.report('FED_CIDR_SIZE', path, 'value', formatCidr(block), 'operators', widestOperators, 32)
    } else return [{ block, text: formatCidr(block), path, owner: `operators[${index}]` }]
    return []
  })
}

function poolClaims (context: RuleContext): Claim[] {
  const kinds: RangeKind[] = ['pods', 'services', 'controlPlanes']
  return kinds.flatMap((pool) => {
    const given = context.view.ranges?.[pool]
    const path = ['ranges', pool]
    const block = readBlock(context, given ?? defaultRanges[pool], path, pool === 'pods')
    return block
      ? [{
        block,
        text: formatCidr(block),
        path,
        owner: `ranges.${pool}${given === undefined ? ' (the default)' : ''}`,
        pool
      }]
      : []
  })
}

function clusterClaims (context: RuleContext): Claim[] {
  return context.clusters.flatMap(({ index, cluster }) => {
    const owner = cluster.name ?? `clusters[${index}]`
    const claims: Claim[] = []
    const claim = (
      field: 'cidr' | 'podCidr' | 'serviceCidr',
      from: number,
      to: number,
      within?: RangeKind
    ) => {
      const path: Path = ['clusters', index, field]
      const block = readBlock(context, cluster[field], path, field === 'podCidr')
      if (!block) return
      if (block.prefix < from || block.prefix > to) {
        context.report(
          'FED_CIDR_SIZE',
          path,
          'value',
          formatCidr(block),
          cluster.cloud ?? 'the cluster',
          from,
          to
        )
      }
      claims.push({
        block,
        text: formatCidr(block),
        path,
        owner: `${owner}${field === 'cidr' ? '' : `'s ${field}`}`,
        ...(within && { within })
      })
    }
    claim('cidr', cluster.cloud ? largestNetwork[cluster.cloud] : 12, smallestNetwork)
    claim('podCidr', pinSizes.pods.from, pinSizes.pods.to, 'pods')
    claim('serviceCidr', pinSizes.services.from, pinSizes.services.to, 'services')
    return claims
  })
}

/**
 * Blocks are well written, private, of a size that works and apart from each other; the pools hold
 * what the clusters need.
 */
export const addressRule: Rule = (context) => {
  const pools = poolClaims(context)
  const claims = [...pools, ...clusterClaims(context), ...operatorClaims(context)]
  for (const [index, claim] of claims.entries()) {
    // The first owner is named, and a pinned range may lie in the pool of its kind.
    const other = claims.slice(0, index).find((earlier) =>
      overlaps(earlier.block, claim.block) && !(earlier.pool !== undefined && earlier.pool === claim.within)
    )
    if (other) context.report('FED_CIDR_OVERLAP', claim.path, 'value', claim.text, other.text, other.owner)
  }
  for (const { pool, block, path, text } of pools) {
    if (!pool) continue
    const pins = context.clusters.map(({ index }) =>
      claims.find((claim) => claim.within === pool && claim.path[1] === index)?.block
    )
    const missing = allocate(block, rangePrefixes[pool], pins).filter((range) => range === undefined).length
    if (missing > 0) {
      context.report(
        'FED_RANGE_FULL',
        path,
        'value',
        pool,
        text,
        pins.length,
        Math.min(pins.length - missing, subnetCount(block, rangePrefixes[pool]))
      )
    }
  }
}

/**
 * Speeds that hosted connections of AWS, partner attachments of Google Cloud and circuits of Azure
 * have in common, in Gbit/s.
 */
const circuitSpeeds = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10]

/**
 * An interconnect says how, and what its ends need: AWS' two connections once they are there,
 * Azure's location.
 */
function circuitRule (
  context: RuleContext,
  path: Path,
  { kind, bandwidthGbps, circuit }: LinkView,
  clouds: readonly CloudName[]
): void {
  if (kind !== 'interconnect') {
    if (circuit) {
      context.report(
        'FED_CIRCUIT',
        [...path, 'circuit'],
        'key',
        'a circuit belongs to a link of kind interconnect',
        'no circuit, or kind: interconnect'
      )
    }
    return
  }
  if (!circuit) {
    context.report(
      'FED_CIRCUIT',
      [...path, 'kind'],
      'value',
      'an interconnect needs a circuit',
      'circuit with exchange and asn'
    )
    return
  }
  if (bandwidthGbps !== undefined && !circuitSpeeds.includes(bandwidthGbps)) {
    context.report(
      'FED_CIRCUIT',
      [...path, 'bandwidthGbps'],
      'value',
      `no circuit has ${bandwidthGbps} Gbit/s`,
      `one of ${circuitSpeeds.join(', ')}`
    )
  }
  if (clouds.includes('azure') && circuit.peeringLocation === undefined) {
    context.report(
      'FED_CIRCUIT',
      [...path, 'circuit'],
      'key',
      'the Azure end has no peeringLocation',
      'circuit.peeringLocation, where the exchange meets Azure'
    )
  }
  if (clouds.includes('aws') && circuit.state === 'joined' && !circuit.connections) {
    context.report(
      'FED_CIRCUIT',
      [...path, 'circuit'],
      'key',
      'the circuit is joined, but the AWS end has no connections',
      'circuit.connections with the two that the exchange made, or state: ordered'
    )
  }
}

/** Links join two clusters that exist, once, in the way of their kind. */
export const linkRule: Rule = (context) => {
  const seen = new Map<string, number>()
  for (const { index, item: link } of items(context.view.links)) {
    const path: Path = ['links', index]
    expectCluster(context, link.from, [...path, 'from'])
    expectCluster(context, link.to, [...path, 'to'])
    if (link.from === undefined || link.to === undefined) continue
    if (link.from === link.to) {
      context.report('FED_LINK_SELF', [...path, 'to'], 'value', link.to)
      continue
    }
    const ends = [link.from, link.to].sort().join(' and ')
    // While clouds change from a VPN to the mesh they are joined by both.
    const key = `${ends}${link.kind === 'mesh' ? ' by the mesh' : ''}`
    const other = seen.get(key)
    if (other === undefined) seen.set(key, index)
    else context.report('FED_DUPLICATE', path, 'value', 'link between', ends, `links[${other}]`)
    const [from, to] = [clusterNamed(context, link.from)?.cloud, clusterNamed(context, link.to)?.cloud]
    if (
      from && to && link.kind !== undefined &&
      ((link.kind !== 'peering' && from === to) || (link.kind === 'peering' && from !== to))
    ) context.report('FED_LINK_KIND', [...path, 'kind'], 'value', link.kind, from, to)
    else if (from && to) circuitRule(context, path, link, [from, to])
  }
}
