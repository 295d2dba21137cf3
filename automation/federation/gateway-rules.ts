/** Rules about the ways between the mesh's gateways. */
import { type CloudName } from '../../contract/words.ts'
import { type Path } from './errors.ts'
import { zonesOf } from './resolve-clusters.ts'
import { type ClusterView, clusterNamed, items, type LinkView, type Rule, type RuleContext } from './rules.ts'

/**
 * Ranges that a gateway's security groups admit: AWS takes 60 rules inbound, and counts a prefix
 * list as often as it has entries. Three ports share the group of a private gateway, and have one
 * each of a public one. Source: AWS, "Amazon VPC quotas".
 */
const mostRanges = { private: 20, public: 60 }
/** Addresses of the only NAT gateway of a network on Google Cloud or Azure. */
const natAddresses = 2

interface CloudLink {
  readonly index: number
  readonly link: LinkView
  readonly clouds: readonly [CloudName, CloudName]
}

/** The links that join two clouds. */
function cloudLinks (context: RuleContext): CloudLink[] {
  return items(context.view.links).flatMap(({ index, item: link }): CloudLink[] => {
    const [from, to] = [clusterNamed(context, link.from)?.cloud, clusterNamed(context, link.to)?.cloud]
    return from && to && from !== to ? [{ index, link, clouds: [from, to] }] : []
  })
}

const pairOf = ({ clouds }: CloudLink): string => [...clouds].sort().join(' ')

/** Other links of a file with links of kind mesh; `joined`: one of these joins the same clouds. */
function others (context: RuleContext): { link: CloudLink, joined: boolean }[] {
  const links = cloudLinks(context)
  const joined = new Set(links.filter(({ link }) => link.kind === 'mesh').map(pairOf))
  return joined.size === 0
    ? []
    : links.filter(({ link }) => link.kind === 'vpn' || link.kind === 'interconnect').map((link) => ({
      link,
      joined: joined.has(pairOf(link))
    }))
}

/** Clouds that are joined by a VPN or circuits alone where others are joined by the mesh. */
export const mixedLinkRule: Rule = (context) => {
  for (const { link: { index, link, clouds }, joined } of others(context)) {
    if (!joined) {
      context.report('FED_LINK_MIXED', ['links', index, 'kind'], 'value', link.kind ?? '', ...clouds)
    }
  }
}

/** Links that carry nothing of the mesh any more. */
export const besideMeshRule: Rule = (context) => {
  for (const { link: { index, link, clouds }, joined } of others(context)) {
    if (joined) {
      context.report('FED_LINK_BESIDE', ['links', index, 'kind'], 'value', link.kind ?? '', ...clouds)
    }
  }
}

/**
 * Clouds that no link of the mesh joins where one joins others: gateways are on the internet then,
 * and admit nobody but the clouds that they are joined with.
 */
export const apartRule: Rule = (context) => {
  const joined = new Set(cloudLinks(context).filter(({ link }) => link.kind === 'mesh').map(pairOf))
  if (joined.size === 0) return
  const present = [...new Set(context.clusters.flatMap(({ cluster: { cloud } }) => cloud ?? []))].sort()
  for (const [index, one] of present.entries()) {
    for (const other of present.slice(index + 1)) {
      if (!joined.has(`${one} ${other}`)) context.report('FED_LINK_APART', ['links'], 'key', one, other)
    }
  }
}

/** Gateways on AWS that would admit more than their security group takes. */
export const admittedRule: Rule = (context) => {
  const mesh = cloudLinks(context).filter(({ link }) => link.kind === 'mesh')
  for (const { index, cluster } of context.clusters) {
    if (cluster.cloud !== 'aws') continue
    const joined = new Set(mesh.flatMap(({ clouds }) => clouds.includes('aws') ? clouds : []))
    const ranges = context.clusters.filter(({ cluster: peer }) =>
      peer !== cluster && peer.cloud !== undefined && (joined.size === 0 || joined.has(peer.cloud))
    ).reduce((sum, { cluster: peer }) => sum + rangesOf(peer, joined.size > 0), 0)
    const path: Path = ['clusters', index, 'cloud']
    const most = joined.size > 0 ? mostRanges.public : mostRanges.private
    if (ranges > most) {
      context.report('FED_GATEWAY_PEERS', path, 'value', cluster.name ?? '', ranges, most)
    }
  }
}

/** The number of ranges that a peer calls from: of its network, or by its NAT gateways. */
function rangesOf ({ cloud, region, zones }: ClusterView, outside: boolean): number {
  if (!outside) return cloud === 'gcp' ? 2 : 1
  if (cloud !== 'aws' || region === undefined) return natAddresses
  const named = items(zones).map(({ item }) => item)
  return zonesOf({ cloud, region, ...(zones && { zones: named }) }).length
}
