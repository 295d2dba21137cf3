/** Rules about the mesh's services, DNS, monitoring, targets and capacity. */
import { expectCluster, items, type Rule } from './rules.ts'
import { isAmbiguous } from './secret-variable.ts'

/** Services appear once in their namespace. */
export const serviceRule: Rule = (context) => {
  const seen = new Set<string>()
  for (const { index, item: service } of items(context.view.mesh?.services)) {
    if (service.name === undefined || service.namespace === undefined) continue
    const full = `${service.namespace}/${service.name}`
    if (seen.has(full)) {
      context.report(
        'FED_DUPLICATE',
        ['mesh', 'services', index, 'name'],
        'value',
        'service',
        full,
        'another one'
      )
    }
    seen.add(full)
  }
}

/** The root that signs is one that is trusted: else nobody would take what it signs. */
export const rootRule: Rule = (context) => {
  const { trusted, signing } = context.view.mesh?.roots ?? {}
  if (trusted && signing !== undefined && !trusted.includes(signing)) {
    context.report('FED_MESH_ROOT', ['mesh', 'roots', 'signing'], 'value', signing)
  }
}

/**
 * The host is in the zone, weights are of clusters, and the provider can check as often as asked.
 */
export const dnsRule: Rule = (context) => {
  const { dns } = context.view
  if (!dns) return
  if (dns.zone !== undefined && dns.host !== undefined && !dns.host.endsWith(`.${dns.zone}`)) {
    context.report('FED_HOST', ['dns', 'host'], 'value', dns.host, dns.zone)
  }
  for (const name of Object.keys(dns.weights ?? {})) {
    expectCluster(context, name, ['dns', 'weights', name], 'key')
  }
  const interval = dns.healthCheckIntervalSeconds
  if (dns.provider === 'aws' && interval !== undefined && interval !== 10 && interval !== 30) {
    context.report('FED_DNS_INTERVAL', ['dns', 'healthCheckIntervalSeconds'], 'value', interval)
  }
  const seen = new Set<string>()
  for (const { index, item } of items(dns.strategies)) {
    if (seen.has(item)) {
      context.report('FED_DUPLICATE', ['dns', 'strategies', index], 'value', 'strategy', item, 'this list')
    }
    seen.add(item)
  }
}

/** The hub is a cluster, and receivers name secrets. */
export const monitoringRule: Rule = (context) => {
  const { monitoring } = context.view
  expectCluster(context, monitoring?.hub, ['monitoring', 'hub'])
  const secrets = items(context.view.secrets).map(({ item }) => item)
  for (const [part, secret] of Object.entries(context.view.dns?.certificate ?? {})) {
    if (typeof secret === 'string' && !secrets.includes(secret)) {
      context.report('FED_UNKNOWN_SECRET', ['dns', 'certificate', part], 'value', secret, secrets)
    }
  }
  for (const [receiver, secret] of Object.entries(monitoring?.receivers ?? {})) {
    if (typeof secret === 'string' && !secrets.includes(secret)) {
      context.report(
        'FED_UNKNOWN_SECRET',
        ['monitoring', 'receivers', receiver],
        'value',
        secret,
        secrets
      )
    }
  }
  const seen = new Set<string>()
  for (const { index, item } of items(context.view.secrets)) {
    if (seen.has(item)) {
      context.report('FED_DUPLICATE', ['secrets', index], 'value', 'secret', item, 'this list')
    }
    seen.add(item)
  }
  const { name } = context.view
  if (typeof name === 'string' && seen.size > 0 && isAmbiguous(name)) {
    context.report(
      'FED_NAME',
      ['name'],
      'value',
      name,
      'a name without --, which ends the name of the federation in the variables of its secrets'
    )
  }
}

/** Targets can be met by what is expected, each route has one, and bandwidths are in order. */
export const targetRule: Rule = (context) => {
  const seen = new Set<string>()
  for (const { index, item: target } of items(context.view.latencyTargets)) {
    if (
      target.expectedMilliseconds !== undefined && target.milliseconds !== undefined &&
      target.expectedMilliseconds > target.milliseconds
    ) {
      context.report(
        'FED_LATENCY',
        ['latencyTargets', index, 'expectedMilliseconds'],
        'value',
        target.expectedMilliseconds,
        target.milliseconds
      )
    }
    if (target.from === undefined || target.to === undefined) continue
    const route = [target.from, target.to].sort().join(' and ')
    if (seen.has(route)) {
      context.report(
        'FED_DUPLICATE',
        ['latencyTargets', index],
        'value',
        'latency target of',
        route,
        'another one'
      )
    }
    seen.add(route)
  }
  const { minBandwidthGbps: min, maxBandwidthGbps: max } = context.view.capacity ?? {}
  if (min !== undefined && max !== undefined && min > max) {
    context.report('FED_BANDWIDTH', ['capacity', 'minBandwidthGbps'], 'value', min, max)
  }
}
