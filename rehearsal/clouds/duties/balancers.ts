/** Health checks of load balancers that ask pods themselves. */
import { serviceType } from '../network/gateways.ts'
import { settingsOf } from '../network/records.ts'
import { type Site } from '../network/site.ts'
import { type World } from '../network/world.ts'
import { objectAt, stringAt } from '../wire-values.ts'
import { podName, policyVerdict, unmet } from './call.ts'
import { type Unmet } from './table.ts'

const annotation = 'service.beta.kubernetes.io/aws-load-balancer-'

/** Targets of load balancers that no health check reaches: they get no traffic. */
export function healthChecks (world: World, site: Site): Unmet[] {
  return world.inside(site, serviceType).map(settingsOf).flatMap((service) => {
    const notes = objectAt(service, 'metadata.annotations')
    if (stringAt(service, 'spec.type') !== 'LoadBalancer' || notes[`${annotation}nlb-target-type`] !== 'ip') {
      return []
    }
    const port = Number(notes[`${annotation}healthcheck-port`])
    if (!Number.isInteger(port)) return []
    const to = {
      namespace: stringAt(service, 'metadata.namespace') ?? 'default',
      labels: objectAt(service, 'spec.selector')
    }
    return site.nodes.flatMap((cidr) =>
      unmet(
        'balancer-health',
        'the load balancer',
        `${podName(to)}:${port}`,
        policyVerdict(world, site, { peer: { kind: 'range', cidr, what: 'the load balancer' }, to, port })
      )
    )
  })
}
