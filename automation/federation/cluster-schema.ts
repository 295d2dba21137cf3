/** Schema of the `clusters` section of a federation file. */
import { Type } from 'typebox'
import { closed, integer, list, optional, text, oneOf } from '../../contract/schema.ts'
import { area, cidr, cloudSchema, kubernetesVersion, label, role, tuning } from './schema-values.ts'

const kubernetesLabels = Type.Record(
  Type.String({ pattern: '^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$' }),
  text('a Kubernetes label value', { maxLength: 63, pattern: '^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$' }),
  { ...closed, description: 'a mapping of Kubernetes label keys to values' }
)

const nodePool = Type.Object({
  name: text(
    'a node pool name: lower case letters and digits, starting with a letter, 12 at most (AKS takes no more)',
    { maxLength: 12, pattern: '^[a-z][a-z0-9]{0,11}$' }
  ),
  instanceType: text(
    "an instance type of the cluster's cloud, such as c6i.4xlarge, c2-standard-8 or Standard_F8s_v2",
    { maxLength: 60, pattern: '^[A-Za-z0-9][-._A-Za-z0-9]*$' }
  ),
  min: integer('the smallest number of nodes', 0, 1000),
  max: integer('the largest number of nodes', 1, 1000),
  desired: optional(integer('the number of nodes to start with', 0, 1000)),
  spot: optional(Type.Boolean({ description: 'true or false: spot (preemptible) nodes' })),
  diskGb: optional(integer("each node's disk in GB", 30, 16000)),
  labels: optional(kubernetesLabels),
  taints: optional(list(
    Type.Object({
      key: text('a taint key'),
      value: Type.String({ maxLength: 63, description: 'a taint value' }),
      effect: oneOf(['NoSchedule', 'PreferNoSchedule', 'NoExecute'])
    }, { ...closed, description: 'a taint: key, value, effect' }),
    'a list of taints'
  ))
}, {
  ...closed,
  description:
    'a node pool: name, instanceType, min, max and, optionally, desired, spot, diskGb, labels, taints'
})

/** A cluster of a federation. */
export const clusterSchema = Type.Object({
  name: label('a cluster name'),
  role,
  tier: optional(oneOf(['ultra-low-latency', 'high-performance', 'standard', 'batch'])),
  cloud: cloudSchema,
  region: text("a region of the cluster's cloud", { maxLength: 40, pattern: '^[a-z][-a-z0-9]*$' }),
  area: optional(area),
  zones: optional(
    list(
      text('a zone', { maxLength: 40, pattern: '^[-a-z0-9]+$' }),
      'a list of one to four zones of the region',
      {
        minItems: 1,
        maxItems: 4
      }
    )
  ),
  cidr: cidr("the network's address block"),
  podCidr: optional(cidr('an address block for pods')),
  serviceCidr: optional(cidr('an address block for services')),
  asn: Type.Integer({
    minimum: 64512,
    maximum: 4294967294,
    description: 'a private autonomous system number: 64512 to 65534 or 4200000000 to 4294967294 (RFC 6996)'
  }),
  kubernetesVersion: optional(kubernetesVersion),
  stateful: optional(
    Type.Boolean({
      description: 'true or false: whether the cluster keeps state that its disaster recovery pair replicates'
    })
  ),
  tuning: optional(list(tuning, 'a list of tunings')),
  nodePools: list(nodePool, 'a list of one to ten node pools', { minItems: 1, maxItems: 10 })
}, {
  ...closed,
  description:
    'a cluster: name, role, cloud, region, cidr, asn, nodePools and, optionally, tier, area, zones, ' +
    'kubernetesVersion, stateful, tuning, podCidr, serviceCidr'
})
