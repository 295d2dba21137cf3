/**
 * Calls from the internet, or from pods by public names, to a cluster's ingress: the name, the way
 * out, the firewall, the listener with its TLS versions, and the route.
 */
import { type CloudRecord } from '../../store.ts'
import { type WireValue } from '../../wire.ts'
import { isObject, objectAt, stringAt, stringsAt, valueAt, valuesAt } from '../wire-values.ts'
import { firewallRefusal } from './firewalls.ts'
import { admission, serversOf, serviceType } from './gateways.ts'
import { type Pod, policyRefusal } from './pod-policies.ts'
import { trustIn } from './public-trust.ts'
import { settingsOf } from './records.ts'
import { type Site } from './site.ts'
import { reached, refused, type Verdict } from './verdict.ts'
import { type World } from './world.ts'

/** Versions of TLS, the oldest first. */
const versions = ['TLSV1_0', 'TLSV1_1', 'TLSV1_2', 'TLSV1_3']
/** Least version of a listener that names none: Istio's default. */
const defaultLeast = 'TLSV1_2'
const routesType = 'kubernetes:networking.istio.io/v1:VirtualService'

export interface PublicCall {
  readonly host: string
  readonly path: string
  /** Address or name that is called; undefined: what the host leads to. */
  readonly address?: string
  /** Newest version of TLS that the caller speaks. */
  readonly newest: string
  /** True when the caller judges the certificate, by public roots. */
  readonly judges?: boolean
  /** Pod that calls; undefined: somebody on the internet. */
  readonly from?: { readonly site: Site, readonly pod: Pod }
}

/** A call of a public name over HTTPS. */
export function publicReach (
  world: World,
  { host, path, address, newest, judges = false, from }: PublicCall
): Verdict {
  if (from) {
    const refusal = policyRefusal(world, from.site, {
      direction: 'Egress',
      pod: from.pod,
      peer: { kind: 'range', cidr: '0.0.0.0/0', what: 'the internet' },
      port: 443
    })
    if (refusal) return refusal
  }
  const target = balancerOf(world, address === undefined ? addressesOf(world, host) : [address])
  if (!target) return refused(host, 'name-resolves', `no load balancer has the address of ${host}`)
  const { site, service } = target
  const passage = { sources: ['0.0.0.0/0'], to: site, service, port: 443 }
  const shut = firewallRefusal(world, passage) ?? admission(world, 'the internet', passage)
  if (shut) return shut
  const labels = objectAt(settingsOf(service), 'spec.selector')
  const server = nearest(serversOf(world, site, labels, 443), host)
  if (!server) return refused(site.name, 'ingress-listener', `no listener on 443 serves ${host}`)
  const least = server.minimum ?? defaultLeast
  if (versions.indexOf(newest) < versions.indexOf(least)) {
    return refused(
      site.name,
      'tls-version',
      `${host} takes ${least} at least, the caller speaks ${newest} at most`
    )
  }
  const trusted = judges ? trustIn(world, site, 'istio-system', server.credential ?? '') : true
  if (trusted === false) {
    return refused(
      site.name,
      'public-trust',
      `nobody whom public clients trust signed the certificate of ${host}`
    )
  }
  if (!routed(world, site, host, path)) {
    return refused(site.name, 'ingress-route', `no route for ${host}${path}: 404`)
  }
  const { region } = site
  return reached(
    from ? [from.site.region, region] : [region],
    trusted === undefined ? ['given-certificate'] : []
  )
}

/** The listener whose hosts name a host the most exactly. */
function nearest<T extends { readonly hosts: readonly string[] }> (
  servers: readonly T[],
  host: string
): T | undefined {
  const exact = servers.find(({ hosts }) => hosts.includes(host))
  return exact ?? servers.find(({ hosts }) => hosts.some((pattern) => hostHolds(pattern, host)))
}

function hostHolds (pattern: string, host: string): boolean {
  const own = pattern.replace(/^.*\//, '')
  return own === '*' || own === host || (own.startsWith('*.') && host.endsWith(own.slice(1)))
}

/** Addresses and names that a name leads to, itself among them, through its CNAMEs. */
export function addressesOf (world: World, host: string): string[] {
  const answers = new Map<string, string[]>()
  const note = (name: string, values: readonly string[]): void => {
    const key = name.replace(/\.$/, '')
    answers.set(key, [...answers.get(key) ?? [], ...values.map((value) => value.replace(/\.$/, ''))])
  }
  for (const record of world.of('aws:route53/record:Record').map(settingsOf)) {
    note(stringAt(record, 'name') ?? '', stringsAt(record, 'records[]'))
  }
  for (const record of world.of('gcp:dns/recordSet:RecordSet').map(settingsOf)) {
    note(stringAt(record, 'name') ?? '', everyString(record, /^rrdatas$|^externalEndpoints$/))
  }
  for (const record of world.of('azure-native:dns:RecordSet')) {
    const zone = /\/dnsZones\/([^/]+)\//i.exec(record.id)?.[1] ?? ''
    const settings = settingsOf(record)
    note(
      `${stringAt(settings, 'relativeRecordSetName') ?? record.name}.${zone}`,
      [...stringsAt(settings, 'aRecords[].ipv4Address'), ...stringsAt(settings, 'cnameRecord.cname')]
    )
  }
  for (const profile of world.of('azure-native:trafficmanager:Profile').map(settingsOf)) {
    note(stringAt(profile, 'dnsConfig.fqdn') ?? '', stringsAt(profile, 'endpoints[].target'))
  }
  const found = new Set<string>()
  const waiting = [host]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue
    found.add(name)
    waiting.push(...answers.get(name) ?? [])
  }
  return [...found]
}

/** All texts in lists of some names, however deep they lie. */
function everyString (value: WireValue | undefined, names: RegExp): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => everyString(item, names))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, item]) =>
    names.test(key) && Array.isArray(item)
      ? item.filter((one): one is string => typeof one === 'string')
      : everyString(item, names)
  )
}

function balancerOf (
  world: World,
  addresses: readonly string[]
): { site: Site, service: CloudRecord } | undefined {
  for (const site of world.sites) {
    for (const service of world.inside(site, serviceType)) {
      const own = valuesAt(settingsOf(service), 'status.loadBalancer.ingress[]').flatMap((point) => [
        ...stringsAt(point, 'ip'),
        ...stringsAt(point, 'hostname')
      ])
      if (own.some((address) => addresses.includes(address))) return { site, service }
    }
  }
  return undefined
}

/** Tells if the ingress has a route for a host and a path. */
function routed (world: World, site: Site, host: string, path: string): boolean {
  return world.inside(site, routesType).map(settingsOf).some((routes) =>
    stringsAt(routes, 'spec.gateways[]').some((gateway) => /(^|\/)ingress$/.test(gateway)) &&
    stringsAt(routes, 'spec.hosts[]').some((pattern) => hostHolds(pattern, host)) &&
    valuesAt(routes, 'spec.http[]').some((route) => {
      const matches = valuesAt(route, 'match[]')
      return matches.length === 0 ||
        matches.some((match) =>
          textMatches(valueAt(match, 'uri'), path) && textMatches(valueAt(match, 'authority'), host)
        )
    })
  )
}

function textMatches (rule: WireValue | undefined, text: string): boolean {
  if (rule === undefined) return true
  const [exact, prefix] = [stringAt(rule, 'exact'), stringAt(rule, 'prefix')]
  if (exact !== undefined) return text === exact
  // What a pattern matches is not looked into.
  return prefix === undefined || text.startsWith(prefix)
}
