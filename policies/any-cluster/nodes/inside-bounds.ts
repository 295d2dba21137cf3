import { type Facts } from '../../facts.ts'
import { resourcePolicy } from '../../policy.ts'
import { at, list, text, type Properties } from '../../properties.ts'

/**
 * A node group's own figures: which pool of the file it belongs to, its machine and how far it
 * scales.
 */
interface Group {
  readonly path: string
  readonly pool: string | undefined
  readonly instanceTypes: readonly unknown[]
  readonly max: unknown
}

const poolLabel = 'windlass.dev/pool'
const labelOf = (labels: unknown): string | undefined =>
  typeof labels === 'object' && labels !== null
    ? text({ labels: (labels as Properties)[poolLabel] }, 'labels')
    : undefined

const agentPool = (pool: unknown, path: string): Group => ({
  path,
  pool: labelOf(at(pool, 'nodeLabels')),
  instanceTypes: [at(pool, 'vmSize')],
  max: at(pool, 'maxCount') ?? at(pool, 'count')
})
const groupsOf: Readonly<Record<string, (props: Properties) => readonly Group[]>> = {
  'aws:eks/nodeGroup:NodeGroup': (
    props
  ) => [{
    path: '',
    pool: labelOf(props['labels']),
    instanceTypes: list(props, 'instanceTypes'),
    max: at(props, 'scalingConfig.maxSize')
  }],
  'gcp:container/nodePool:NodePool': (props) => [{
    path: '',
    pool: labelOf(at(props, 'nodeConfig.labels')),
    instanceTypes: [at(props, 'nodeConfig.machineType')],
    max: at(props, 'autoscaling.totalMaxNodeCount') ?? at(props, 'nodeCount')
  }],
  'azure-native:containerservice:AgentPool': (props) => [agentPool(props, '')],
  'azure-native:containerservice:ManagedCluster': (props) =>
    list(props, 'agentPoolProfiles').map((pool, index) => agentPool(pool, `agentPoolProfiles[${index}]: `))
}
const poolsOf = (facts: Facts) => facts.clusters.flatMap(({ pools }) => pools)

export const nodesInsideBounds = resourcePolicy({
  name: 'cluster-nodes-inside-bounds',
  description: "Node groups scale no further than the federation file's node pools.",
  level: 'mandatory',
  types: Object.keys(groupsOf),
  reads: 'facts',
  check: ({ type, props }, facts) =>
    facts && (groupsOf[type]?.(props) ?? []).flatMap(({ path, pool, max }) => {
      const bounds = poolsOf(facts).filter(({ name }) => pool === undefined || name === pool)
      const most = Math.max(0, ...bounds.map((bound) => bound.max))
      if (bounds.length === 0) {
        return [
          `${path}name one of the file's node pools in the label ${poolLabel} instead of ${pool ?? 'none'}`
        ]
      }
      return typeof max === 'number' && max > most
        ? [
          `${path}let it scale to ${most} nodes at most, not ${max}, or raise max of ${pool ?? 'a pool'} ` +
          'in the federation file'
        ]
        : []
    })
})

export const allowedInstanceTypes = resourcePolicy({
  name: 'cluster-allowed-instance-types',
  description: "Nodes are of the instance types that the federation file's node pools name.",
  level: 'mandatory',
  types: Object.keys(groupsOf),
  reads: 'facts',
  check: ({ type, props }, facts) =>
    facts && (groupsOf[type]?.(props) ?? []).flatMap(({ path, pool, instanceTypes }) => {
      const allowed = poolsOf(facts).filter(({ name }) => pool === undefined || name === pool).map((
        { instanceType }
      ) => instanceType)
      return instanceTypes.filter((instance) => typeof instance === 'string' && !allowed.includes(instance))
        .map((instance) =>
          `${path}use ${allowed.join(' or ') || 'a type of the file'} instead of ${String(instance)}`
        )
    })
})
