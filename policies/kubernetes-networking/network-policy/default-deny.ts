import { resourcePolicy, stackPolicy, type Subject } from '../../policy.ts'
import { at, list, object, text } from '../../properties.ts'

const type = 'kubernetes:networking.k8s.io/v1:NetworkPolicy'

/** Phases that put workloads into namespaces of a cluster, which have to be closed. */
const isolating = ['federation', 'monitoring']

/** Selects every pod, so that nothing comes in but what it or another policy names. */
function deniesRest ({ props }: Subject): boolean {
  return Object.keys(object(props, 'spec.podSelector')).length === 0 &&
    list(props, 'spec.policyTypes').includes('Ingress') &&
    list(props, 'spec.ingress').every((rule) => at(rule, 'from') !== undefined)
}

export const defaultDeny = stackPolicy({
  name: 'kubernetes-default-deny',
  description:
    'Every namespace with openings denies everything else; those of services and of monitoring have to ' +
    'be closed.',
  level: 'mandatory',
  reads: 'facts',
  check: (resources, facts) => {
    const policies = resources.filter((resource) => resource.type === type)
    const denied = new Set(policies.filter(deniesRest).map(({ props }) => text(props, 'metadata.namespace')))
    const open = [...new Set(policies.map(({ props }) => text(props, 'metadata.namespace')))].filter((
      namespace
    ) => namespace !== undefined && !denied.has(namespace))
    const cluster = facts !== undefined && isolating.includes(facts.phase) && facts.clusters.length === 1 &&
      facts.scope === facts.clusters[0]?.name
    return [
      ...open.map((namespace) => ({
        urn: policies.find(({ props }) => text(props, 'metadata.namespace') === namespace)?.urn ?? '',
        message: `add a NetworkPolicy for all pods of ${namespace} that lets nothing in`
      })),
      ...(cluster && policies.length === 0
        ? [{
          message:
            `add NetworkPolicies that deny by default to the namespaces of ${facts.phase} in ${facts.scope}`
        }]
        : [])
    ]
  }
})

export const noOpenPolicies = resourcePolicy({
  name: 'kubernetes-no-open-policies',
  description: 'No network policy lets everybody in on every port.',
  level: 'mandatory',
  types: [type],
  check: ({ props }) =>
    list(props, 'spec.ingress').flatMap((rule, index) =>
      at(rule, 'from') === undefined && at(rule, 'ports') === undefined
        ? [`name who may come in, or on which ports, in spec.ingress[${index}]`]
        : []
    )
})
