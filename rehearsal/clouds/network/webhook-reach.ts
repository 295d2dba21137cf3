/**
 * Calls of an API server to the pods of a webhook: through the firewall in front of the nodes, and
 * past the policies of the pods' namespace.
 */
import { type CloudQuery } from '../../store.ts'
import { type WireValue } from '../../wire.ts'
import { numberAt, objectAt, stringAt, stringsAt, valueAt, valuesAt } from '../wire-values.ts'
import { type Peer, type Pod, policyRefusal } from './pod-policies.ts'
import { rangeHolds } from './ranges.ts'
import { lastPart, settingsOf } from './records.ts'
import { type Site } from './site.ts'
import { reached, refused, type Verdict } from './verdict.ts'
import { type World } from './world.ts'

const clusterType = 'aws:eks/cluster:Cluster'
const groupType = 'aws:eks/nodeGroup:NodeGroup'
const templateType = 'aws:ec2/launchTemplate:LaunchTemplate'
const ruleType = 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule'
const firewallType = 'gcp:compute/firewall:Firewall'
const poolType = 'gcp:container/nodePool:NodePool'

/** Ports that GKE opens by itself from the control plane of a private cluster to its nodes. */
const gkePorts: ReadonlySet<number> = new Set([443, 10_250])

/** Queries for all that stands between the API server of an account and its webhooks' pods. */
export function webhookQueries (account: string): CloudQuery[] {
  const region = /\.([a-z0-9-]+)\.eks\.amazonaws\.com$/.exec(account)?.[1]
  const around = region !== undefined
    ? [ruleType, groupType, templateType, 'aws:eks/addon:Addon', 'aws:ec2/subnet:Subnet', 'aws:ec2/vpc:Vpc']
      .map((type) => ({ pkg: 'aws', type, region }))
    : account.endsWith('.azmk8s.io')
    ? [{ pkg: 'azure-native', type: 'azure-native:network:VirtualNetwork' }]
    : [firewallType, poolType, 'gcp:compute/subnetwork:Subnetwork'].map((type) => ({ pkg: 'gcp', type }))
  return [
    ...around,
    { pkg: 'kubernetes', account, type: 'kubernetes:networking.k8s.io/v1:NetworkPolicy' },
    { pkg: 'kubernetes', account, type: 'kubernetes:core/v1:Namespace' }
  ]
}

/** The way of an API server's call to a webhook's pods. */
export function webhookReach (world: World, site: Site, pod: Pod, port: number): Verdict {
  const shut = site.cloud === 'aws'
    ? eksRefusal(world, site, port)
    : site.cloud === 'gcp'
    ? gkeRefusal(world, site, port)
    : undefined
  if (shut) return shut
  for (const peer of callersOf(site)) {
    const refusal = policyRefusal(world, site, { direction: 'Ingress', pod, peer, port })
    if (refusal) return refusal
  }
  return reached([site.region], site.plugin === 'unknown' ? ['policy-enforcement'] : [])
}

/**
 * Addresses that the pods see: EKS' interfaces in the VPC, GKE's control plane; of AKS the pods
 * that its tunnel ends in (https://learn.microsoft.com/azure/aks/core-aks-concepts, konnectivity).
 */
function callersOf (site: Site): Peer[] {
  if (site.cloud === 'azure') {
    return [{ kind: 'pod', pod: { namespace: 'kube-system', labels: { app: 'konnectivity-agent' } } }]
  }
  return site.controlPlane.map((cidr) => ({ kind: 'range', cidr, what: 'the API server' }))
}

/** The node groups' security groups have to let in those of the control plane. */
function eksRefusal (world: World, site: Site, port: number): Verdict | undefined {
  const cluster = world.of(clusterType).find(({ name, region }) =>
    name === site.name && region === site.region
  )
  const network = objectAt(settingsOf(cluster), 'vpcConfig')
  const own = stringAt(network, 'clusterSecurityGroupId')
  const control = [...stringsAt(network, 'securityGroupIds[]'), ...own === undefined ? [] : [own]]
  for (const group of world.of(groupType).filter(({ region }) => region === site.region)) {
    const settings = settingsOf(group)
    if (stringAt(settings, 'clusterName') !== site.name) continue
    const groups = groupsOf(world, stringAt(settings, 'launchTemplate.id')) ?? control.slice(-1)
    const open = groups.some((one) => one === own || letsIn(world, one, control, site.nodes, port))
    if (!open) {
      return refused(
        `${site.name}: ${groups.join(', ')} of ${group.name}`,
        'eks-node-security-group',
        `no rule lets in the control plane (${control.join(', ')}) on ${port}`
      )
    }
  }
  return undefined
}

/** Security groups of a launch template's nodes; undefined where it leaves them to EKS. */
function groupsOf (world: World, template: string | undefined): string[] | undefined {
  const settings = settingsOf(world.of(templateType).find(({ id }) => id === template))
  const named = [
    ...stringsAt(settings, 'vpcSecurityGroupIds[]'),
    ...stringsAt(settings, 'networkInterfaces[].securityGroups[]')
  ]
  return named.length > 0 ? named : undefined
}

function letsIn (
  world: World,
  group: string,
  control: readonly string[],
  ranges: readonly string[],
  port: number
): boolean {
  return world.of(ruleType).map(settingsOf).some((rule) => {
    if (stringAt(rule, 'securityGroupId') !== group) return false
    const every = stringAt(rule, 'ipProtocol') === '-1'
    if (!every && (port < numberAt(rule, 'fromPort', 1) || port > numberAt(rule, 'toPort', 0))) return false
    const range = stringAt(rule, 'cidrIpv4')
    return control.includes(stringAt(rule, 'referencedSecurityGroupId') ?? '') ||
      (range !== undefined && ranges.length > 0 && ranges.every((one) => rangeHolds(range, one)))
  })
}

/** Nodes without addresses of the internet are shut to their control plane but for two ports. */
function gkeRefusal (world: World, site: Site, port: number): Verdict | undefined {
  const cluster = world.of('gcp:container/cluster:Cluster').find(({ name }) => name === site.name)
  const settings = settingsOf(cluster)
  if (objectAt(settings, 'privateClusterConfig').enablePrivateNodes !== true) return undefined
  if (gkePorts.has(port)) return undefined
  const tags = world.of(poolType).map(settingsOf).filter((pool) =>
    lastPart(stringAt(pool, 'cluster') ?? '') === site.name
  ).map((pool) => stringsAt(pool, 'nodeConfig.tags[]'))
  const rules = world.of(firewallType).map(settingsOf).filter((rule) => opens(rule, site, port))
  const open = tags.every((own) =>
    rules.some((rule) => {
      const targets = stringsAt(rule, 'targetTags[]')
      return targets.length === 0 || targets.some((tag) => own.includes(tag))
    })
  )
  return open && rules.length > 0
    ? undefined
    : refused(
      `${site.name}: firewall of ${lastPart(site.network)}`,
      'gke-control-plane-firewall',
      `no rule lets in the control plane (${site.controlPlane.join(', ')}) on ${port}`
    )
}

function opens (rule: WireValue | undefined, site: Site, port: number): boolean {
  const sources = stringsAt(rule, 'sourceRanges[]')
  return lastPart(stringAt(rule, 'network') ?? '') === lastPart(site.network) &&
    (stringAt(rule, 'direction') ?? 'INGRESS') === 'INGRESS' &&
    valueAt(rule, 'disabled') !== true &&
    site.controlPlane.every((range) => sources.some((source) => rangeHolds(source, range))) &&
    valuesAt(rule, 'allows[]').some((allowed) => {
      const ports = stringsAt(allowed, 'ports[]')
      return ['tcp', 'all'].includes(stringAt(allowed, 'protocol') ?? '') &&
        (ports.length === 0 || ports.some((range) => {
          const [first, last = first] = range.split('-')
          return port >= Number(first) && port <= Number(last)
        }))
    })
}
