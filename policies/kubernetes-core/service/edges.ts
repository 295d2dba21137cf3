import { edgePort } from '../../network.ts'
import { resourcePolicy } from '../../policy.ts'
import { at, list, object, type Properties, text } from '../../properties.ts'

/** Annotations that make a load balancer an internal one, by each cloud's names. */
const inside: readonly (readonly [annotation: string, value: string])[] = [
  ['service.beta.kubernetes.io/aws-load-balancer-internal', 'true'],
  ['service.beta.kubernetes.io/aws-load-balancer-scheme', 'internal'],
  ['networking.gke.io/load-balancer-type', 'internal'],
  ['cloud.google.com/load-balancer-type', 'internal'],
  ['service.beta.kubernetes.io/azure-load-balancer-internal', 'true']
]

/** The widest range that counts as a caller who is named: a network of 65,536 addresses. */
const widest = 16
/** Rules of the group that it names, on AWS, are judged where they are registered. */
const securityGroups = 'service.beta.kubernetes.io/aws-load-balancer-security-groups'

function admitsNamed (annotations: Properties, ranges: readonly unknown[]): boolean {
  return annotations[securityGroups] !== undefined ||
    (ranges.length > 0 && ranges.every((range) => Number(String(range).split('/')[1] ?? 0) >= widest))
}

export const edgesOnly = resourcePolicy({
  name: 'kubernetes-public-edges-only',
  description: 'A load balancer that the internet reaches serves port 443 alone, or named callers.',
  level: 'mandatory',
  types: ['kubernetes:core/v1:Service'],
  check: ({ props }) => {
    if (text(props, 'spec.type') !== 'LoadBalancer') return undefined
    const annotations = object(props, 'metadata.annotations')
    if (inside.some(([annotation, value]) => String(annotations[annotation]).toLowerCase() === value)) {
      return undefined
    }
    if (admitsNamed(annotations, list(props, 'spec.loadBalancerSourceRanges'))) return undefined
    const open = list(props, 'spec.ports').map((port) => at(port, 'port')).filter((port) => port !== edgePort)
    return open.length > 0
      ? `take port ${open.join(', ')} off the load balancer, make it an inside one by its annotations, ` +
        'or name who may call it (spec.loadBalancerSourceRanges)'
      : undefined
  }
})
