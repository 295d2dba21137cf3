/** Firewalls in front of a load balancer's targets, by cloud. */
import { type CloudRecord } from '../../store.ts'
import { type WireValue } from '../../wire.ts'
import { numberAt, objectAt, stringAt, stringsAt } from '../wire-values.ts'
import { isPrivate, rangeHolds } from './ranges.ts'
import { lastPart, settingsOf } from './records.ts'
import { type Site } from './site.ts'
import { refused, type Verdict } from './verdict.ts'
import { type World } from './world.ts'

const groupsNote = 'service.beta.kubernetes.io/aws-load-balancer-security-groups'

export interface Passage {
  /** Ranges that the caller comes from. */
  readonly sources: readonly string[]
  readonly to: Site
  readonly service: CloudRecord
  readonly port: number
}

/** The firewall that keeps a caller from a load balancer; undefined when none does. */
export function firewallRefusal (world: World, passage: Passage): Verdict | undefined {
  const { sources, to, service, port } = passage
  const settings = settingsOf(service)
  const group = objectAt(settings, 'metadata.annotations')[groupsNote]
  if (to.cloud === 'aws' && typeof group === 'string') {
    const groups = group.split(',')
    const shut = sources.find((source) => !groups.some((one) => groupLetsIn(world, one, source, port)))
    return shut === undefined
      ? undefined
      : refused(`${to.name}: ${group}`, 'security-group', `no rule lets in ${shut} on ${port}`)
  }
  const ranges = stringsAt(settings, 'spec.loadBalancerSourceRanges[]')
  const shut = ranges.length === 0
    ? undefined
    : sources.find((source) => !ranges.some((range) => rangeHolds(range, source)))
  if (shut !== undefined) {
    return refused(`${to.name}: ${service.id}`, 'source-ranges', `${shut} is none of ${ranges.join(', ')}`)
  }
  return to.cloud === 'azure' ? nsgRefusal(world, to, sources, port) : undefined
}

/** Tells if a security group of AWS lets a range in on a port. */
export function groupLetsIn (world: World, group: string, source: string, port: number): boolean {
  return world.of('aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule').map(settingsOf).some(
    (rule) => {
      if (stringAt(rule, 'securityGroupId') !== group) return false
      const every = stringAt(rule, 'ipProtocol') === '-1'
      if (!every && (port < numberAt(rule, 'fromPort', 1) || port > numberAt(rule, 'toPort', 0))) return false
      return rangesOfRule(world, rule).some((range) => rangeHolds(range, source))
    }
  )
}

function rangesOfRule (world: World, rule: WireValue | undefined): string[] {
  const list = stringAt(rule, 'prefixListId')
  return list === undefined
    ? stringsAt(rule, 'cidrIpv4')
    : world.of('aws:ec2/managedPrefixList:ManagedPrefixList').filter(({ id }) => id === list)
      .flatMap((record) => stringsAt(settingsOf(record), 'entries[].cidr'))
}

/**
 * The first rule of the nodes' network security group that matches, else Azure's own: the network
 * and its peers are let in, the internet is not.
 */
function nsgRefusal (world: World, to: Site, sources: readonly string[], port: number): Verdict | undefined {
  const groups = new Set(
    world.of('azure-native:network:Subnet').filter(({ id }) => id.startsWith(`${to.network}/`)).flatMap((
      record
    ) => stringsAt(settingsOf(record), 'networkSecurityGroup.id')).map(lastPart)
  )
  const rules = world.of('azure-native:network:SecurityRule').map(settingsOf).filter((rule) =>
    groups.has(stringAt(rule, 'networkSecurityGroupName') ?? '') &&
    stringAt(rule, 'direction') === 'Inbound'
  ).sort((a, b) => numberAt(a, 'priority', 0) - numberAt(b, 'priority', 0))
  for (const source of sources) {
    const rule = rules.find((one) => portsHold(one, port) && prefixesHold(one, source))
    const open = rule ? stringAt(rule, 'access') === 'Allow' : isPrivate(source)
    if (!open) {
      return refused(
        `${to.name}: ${[...groups].join(', ')}`,
        'network-security-group',
        `${
          rule ? `rule ${stringAt(rule, 'securityRuleName')} denies` : 'no rule lets in'
        } ${source} on ${port}`
      )
    }
  }
  return undefined
}

function portsHold (rule: WireValue | undefined, port: number): boolean {
  return [...stringsAt(rule, 'destinationPortRange'), ...stringsAt(rule, 'destinationPortRanges[]')].some(
    (range) => {
      const [first, last = first] = range.split('-')
      return range === '*' || (port >= Number(first) && port <= Number(last))
    }
  )
}

function prefixesHold (rule: WireValue | undefined, source: string): boolean {
  return [...stringsAt(rule, 'sourceAddressPrefix'), ...stringsAt(rule, 'sourceAddressPrefixes[]')].some(
    (prefix) => prefix === '*' || (prefix === 'Internet' ? !isPrivate(source) : rangeHolds(prefix, source))
  )
}
