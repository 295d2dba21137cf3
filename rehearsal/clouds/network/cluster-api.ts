/** Calls of a cluster's pods to its own API server. */
import { addressAt, parseCidr } from '../cidr.ts'
import { type Pod, policyRefusal } from './pod-policies.ts'
import { type Site } from './site.ts'
import { reached, refused, type Verdict } from './verdict.ts'
import { type World } from './world.ts'

/**
 * A pod's call of `kubernetes.default.svc`. Its address is the first of the range of services; it
 * is translated to that of the API server, for the VPC CNI's policies too late.
 */
export function apiReach (world: World, site: Site, pod: Pod): Verdict {
  const services = site.services === undefined ? undefined : parseCidr(site.services)
  const addresses = site.plugin === 'vpc-cni'
    ? services ? [`${addressAt(services, 1)}/32`] : []
    : site.controlPlane
  for (const cidr of addresses) {
    const refusal = policyRefusal(world, site, {
      direction: 'Egress',
      pod,
      peer: { kind: 'range', cidr, what: 'the API server' },
      port: 443
    })
    if (refusal) return refusal
  }
  if (addresses.length === 0 && site.plugin !== 'unknown') {
    return refused(site.name, 'policy-isolates', 'the cluster has no range of services')
  }
  return reached([site.region], site.plugin === 'unknown' ? ['policy-enforcement'] : [])
}
