import { edgePort, isAnywhere } from '../../network.ts'
import { resourcePolicy } from '../../policy.ts'
import { list } from '../../properties.ts'

export const gcpNoOpenIngress = resourcePolicy({
  name: 'gcp-compute-no-open-ingress',
  description: 'Nothing but port 443 of an edge is open to the whole internet (Google Cloud).',
  level: 'mandatory',
  types: ['gcp:compute/firewall:Firewall'],
  check: ({ props }) => {
    if (
      props['direction'] === 'EGRESS' || props['disabled'] === true ||
      !list(props, 'sourceRanges').some(isAnywhere)
    ) return undefined
    const ports = list(props, 'allows').flatMap((allowed) =>
      list(allowed, 'ports').length === 0 ? ['all'] : list(allowed, 'ports')
    )
    const open = ports.filter((port) => port !== String(edgePort))
    return open.length > 0
      ? `sourceRanges lets the whole internet reach port ${open.join(', ')}: name the networks that may ` +
        `(only ${edgePort} of an edge may be open)`
      : undefined
  }
})
