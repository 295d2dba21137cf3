/**
 * The federation file's schema: JSON Schema made with TypeBox. It says shapes and single values;
 * what spans fields is in validate.ts, and names that are reserved for later are in reserved.ts.
 * Every `description` completes the sentence "expected …" in an error.
 */
import { Type, type Static } from 'typebox'
import { closed, integer, list, number, oneOf, optional, text } from '../../contract/schema.ts'
import { clouds, clusterRoles, enforcements } from '../../contract/words.ts'
import { approvalsSchema } from './approval-schema.ts'
import { driftSchema } from './drift-schema.ts'
import { notificationsSchema } from './notification-schema.ts'
import { schedulesSchema } from './schedule-schema.ts'
import { budgetSchema, volumesSchema } from './volume-schema.ts'
import { freezesSchema, maintenanceWindowsSchema } from './window-schema.ts'

/**
 * A DNS label (RFC 1123) that starts with a letter: cluster names become parts of cloud names;
 * GKE's limit of 40 characters is the narrowest.
 */
const label = (what: string) =>
  text(
    `${what}: lower case letters, digits and dashes, starting with a letter, 40 characters at most`,
    { maxLength: 40, pattern: '^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$' }
  )
const secretName = text(
  'the name of a secret: lower case letters, digits and dashes',
  { maxLength: 63, pattern: '^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$' }
)
const cidr = (what: string) =>
  text(`${what} such as 10.1.0.0/16`, { maxLength: 18, pattern: '^[0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}$' })
const domain = (what: string) =>
  text(`${what}: a lower case DNS name`, {
    maxLength: 253,
    pattern: '^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}$'
  })

export const cloudSchema = oneOf(clouds)
const area = oneOf(['us', 'eu', 'asia'])
const role = oneOf(clusterRoles)
const tuning = oneOf(
  ['kernel-bypass', 'sr-iov', 'cpu-pinning', 'numa', 'huge-pages', 'irq-affinity', 'tcp-bbr', 'placement']
)
/**
 * Google Cloud's rule for label keys and values is the narrowest of the three, so labels fit
 * everywhere.
 */
const labels = Type.Record(
  Type.String({ pattern: '^[a-z][-_a-z0-9]{0,62}$' }),
  text(
    'a label value: lower case letters, digits, dashes and underscores, 63 at most',
    { maxLength: 63, pattern: '^[-_a-z0-9]{1,63}$' }
  ),
  {
    ...closed,
    description:
      'a mapping of label keys (lower case letters, digits, dashes, underscores, starting with a letter) ' +
      'to values'
  }
)
const kubernetesLabels = Type.Record(
  Type.String({ pattern: '^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$' }),
  text('a Kubernetes label value', { maxLength: 63, pattern: '^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$' }),
  { ...closed, description: 'a mapping of Kubernetes label keys to values' }
)
/** The form only: which versions a cloud offers changes by the month, and the cloud says. */
const kubernetesVersion = text('a Kubernetes minor version in quotes, such as "1.35"', {
  maxLength: 4,
  pattern: '^1\\.[1-9][0-9]$'
})

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
    'a node pool: name, instanceType, min, max and, when wanted, desired, spot, diskGb, labels, taints'
})

const cluster = Type.Object({
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
    'a cluster: name, role, cloud, region, cidr, asn, nodePools and, when wanted, tier, area, zones, ' +
    'kubernetesVersion, stateful, tuning, podCidr, serviceCidr'
})

const circuit = Type.Object({
  exchange: text('the exchange as Azure lists it, such as Equinix'),
  asn: Type.Integer({
    minimum: 1,
    maximum: 4294967294,
    description: 'the autonomous system number of the exchange'
  }),
  state: optional(oneOf(['ordered', 'joined'])),
  connections: optional(list(
    Type.Object({
      id: text(
        'the id of a hosted connection of Direct Connect, such as dxcon-fg5678gh',
        { maxLength: 24, pattern: '^dxcon-[a-z0-9]{8,17}$' }
      ),
      vlan: integer('the VLAN that the exchange gave the connection', 1, 4094)
    }, { ...closed, description: 'a connection: id, vlan' }),
    'the two hosted connections of the AWS end',
    { minItems: 2, maxItems: 2 }
  )),
  peeringLocation: optional(text('where the circuit of the Azure end begins, such as Tokyo'))
}, {
  ...closed,
  description: 'a circuit: exchange, asn and, when wanted, state, connections, peeringLocation'
})

const link = Type.Object({
  from: label('the name of a cluster'),
  to: label('the name of a cluster'),
  kind: oneOf(['vpn', 'peering', 'interconnect']),
  bandwidthGbps: number('the bandwidth in Gbit/s', 0.01, 400),
  circuit: optional(circuit)
}, { ...closed, description: 'a link: from, to, kind, bandwidthGbps and, of an interconnect, circuit' })

const drPair = Type.Object({
  primary: label('the name of a cluster'),
  standby: label('the name of a cluster'),
  rtoSeconds: optional(integer('the recovery time objective in seconds', 1, 86_400)),
  rpoSeconds: optional(integer('the recovery point objective in seconds', 0, 86_400)),
  failoverNodes: optional(integer('the nodes that the standby scales to on failover', 1, 1000))
}, {
  ...closed,
  description:
    'a disaster recovery pair: primary, standby and, when wanted, rtoSeconds, rpoSeconds, failoverNodes'
})

const disasterRecovery = Type.Object({
  crossCloud: oneOf(['required', 'allowed']),
  rtoSeconds: integer('the recovery time objective in seconds', 1, 86_400),
  rpoSeconds: integer('the recovery point objective in seconds', 0, 86_400),
  pairs: list(drPair, 'a list of disaster recovery pairs'),
  probeIntervalSeconds: integer('seconds between probes', 1, 3600),
  failureThreshold: integer('consecutive failures that trigger a failover', 1, 100),
  dnsTtlSeconds: integer('the time to live of DNS records in seconds', 1, 86_400),
  globalFailoverSeconds: integer('the objective of a failover by DNS in seconds', 1, 86_400),
  backupSchedule: text(
    'a cron expression of five fields, such as "0 */6 * * *"',
    { maxLength: 60, pattern: '^[-0-9*/,]+( [-0-9*/,]+){2} [-0-9A-Za-z*/,]+ [-0-9A-Za-z*/,]+$' }
  ),
  backupRetentionDays: integer('days that backups are kept', 1, 3650)
}, { ...closed, description: 'a mapping: how clusters are recovered' })

const mesh = Type.Object({
  istioVersion: text('an Istio version in quotes, such as "1.31.0"', {
    maxLength: 8,
    pattern: '^1\\.[0-9]{1,2}\\.[0-9]{1,2}$'
  }),
  trustDomain: domain('the trust domain of workload identities'),
  certificateYears: integer('the lifetime of the root and intermediate certificates in years', 1, 30),
  outlierConsecutiveErrors: integer('consecutive errors after which an endpoint is ejected', 1, 100),
  minTlsVersion: oneOf(['TLSV1_3']),
  failoverSeconds: optional(integer("the objective of the mesh's own failover in seconds", 1, 3600)),
  services: list(
    Type.Object({
      name: label('a service name'),
      namespace: text('a namespace: a DNS label', {
        maxLength: 63,
        pattern: '^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$'
      }),
      port: integer('a port', 1, 65_535),
      protocol: oneOf(['http', 'grpc', 'tcp']),
      roles: list(role, 'a list of the roles of the clusters that run it', { minItems: 1 })
    }, { ...closed, description: 'a service: name, namespace, port, protocol, roles' }),
    'a list of services'
  )
}, { ...closed, description: 'a mapping: the service mesh' })

const dns = Type.Object({
  zone: domain('the DNS zone'),
  host: domain('the host name that clients use'),
  provider: cloudSchema,
  strategies: list(
    oneOf(['latency', 'geography', 'failover', 'weighted', 'least-load']),
    'a list of load balancing strategies',
    { minItems: 1 }
  ),
  healthCheckIntervalSeconds: integer('seconds between health checks', 5, 300),
  weights: optional(
    Type.Record(Type.String(), integer('a weight', 0, 255), {
      description: 'a mapping of cluster names to weights'
    })
  )
}, { ...closed, description: 'a mapping: the global DNS' })

const monitoring = Type.Object({
  hub: label('the name of the cluster that runs the shared services'),
  retentionDays: integer('days that metrics are kept', 1, 3650),
  scrapeIntervalSeconds: integer('seconds between scrapes', 1, 300),
  traceSamplingPercent: number('the share of requests that are traced', 0, 100),
  minimumAlertRules: optional(integer('the number of alert rules that must be there', 0, 10_000)),
  runbooks: optional(
    text(
      'where docs/runbooks is published: an https address without a slash at the end',
      { pattern: '^https://[^\\s/]+(/[^\\s/]+)*$' }
    )
  ),
  receivers: Type.Object({
    slack: optional(secretName),
    pagerduty: optional(secretName),
    email: optional(secretName)
  }, { ...closed, description: 'a mapping of slack, pagerduty, email to names of secrets' })
}, { ...closed, description: 'a mapping: monitoring' })

const policyName = text('the name of a policy, such as kubernetes-non-root', {
  maxLength: 80,
  pattern: '^[a-z][-a-z0-9]{0,79}$'
})
const policies = Type.Object({
  enforcement: optional(
    Type.Record(policyName, oneOf(enforcements), {
      description: 'a mapping of names of policies, or all, to mandatory, advisory or disabled'
    })
  ),
  exceptions: optional(list(
    Type.Object({
      policy: policyName,
      resource: text(
        'a pattern of URNs, * for any text, such as "*::kubernetes:apps/v1:DaemonSet::node-tuning"',
        { maxLength: 500 }
      ),
      reason: text('why the exception is made', { maxLength: 1000, pattern: '\\S.{9,}' }),
      expires: text(
        'the last day on which it applies, such as "2027-03-31"',
        { maxLength: 10, pattern: '^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' }
      )
    }, { ...closed, description: 'an exception: policy, resource, reason, expires' }),
    'a list of exceptions'
  ))
}, { ...closed, description: 'a mapping: enforcement, exceptions' })

const percent = (what: string) => number(`${what} in percent`, 0, 100)

/** A federation file. */
export const federationSchema = Type.Object({
  name: text(
    'a federation name: lower case letters, digits and dashes, starting with a letter, 24 characters at most',
    { maxLength: 24, pattern: '^[a-z]([-a-z0-9]{0,22}[a-z0-9])?$' }
  ),
  description: optional(text('what the federation is', { maxLength: 2000 })),
  owner: text(
    'the owning team: lower case letters, digits and dashes',
    { maxLength: 63, pattern: '^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$' }
  ),
  labels: optional(labels),
  targetMinutes: optional(number("the whole deployment's target in minutes", 1, 10_000)),
  accounts: Type.Object({
    aws: optional(Type.Object({
      accountId: text('an AWS account id in quotes: 12 digits', { maxLength: 12, pattern: '^[0-9]{12}$' }),
      roleArn: optional(
        text(
          'the ARN of the role to assume, such as arn:aws:iam::123456789012:role/windlass',
          {
            maxLength: 560,
            pattern: '^arn:aws(-cn|-us-gov)?:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]{1,512}$'
          }
        )
      )
    }, { ...closed, description: 'a mapping: accountId and, when wanted, roleArn' })),
    gcp: optional(Type.Object({
      project: text('a Google Cloud project id', {
        maxLength: 30,
        pattern: '^[a-z][-a-z0-9]{4,28}[a-z0-9]$'
      }),
      impersonateServiceAccount: optional(
        text(
          "a service account's address, such as windlass@project.iam.gserviceaccount.com",
          {
            maxLength: 100,
            pattern:
              '^[a-z][-a-z0-9]{4,28}[a-z0-9]@[a-z][-a-z0-9]{4,28}[a-z0-9]\\.iam\\.gserviceaccount\\.com$'
          }
        )
      )
    }, { ...closed, description: 'a mapping: project and, when wanted, impersonateServiceAccount' })),
    azure: optional(Type.Object({
      subscriptionId: text('a subscription id: a UUID', {
        maxLength: 36,
        pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
      }),
      tenantId: text('a tenant id: a UUID', {
        maxLength: 36,
        pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
      }),
      clientId: optional(
        text(
          'the client id of the application or managed identity to act as: a UUID',
          { maxLength: 36, pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }
        )
      )
    }, { ...closed, description: 'a mapping: subscriptionId, tenantId and, when wanted, clientId' }))
  }, { ...closed, description: 'a mapping of aws, gcp, azure to the accounts deployed into' }),
  secrets: optional(list(secretName, 'a list of names of secrets')),
  kubernetesVersion,
  ranges: optional(Type.Object({
    pods: optional(cidr('the block that pod ranges are taken from')),
    services: optional(cidr('the block that service ranges are taken from')),
    controlPlanes: optional(cidr('the block that control plane ranges are taken from'))
  }, { ...closed, description: 'a mapping of pods, services, controlPlanes to address blocks' })),
  tiers: optional(Type.Object({
    'ultra-low-latency': optional(list(tuning, 'a list of tunings')),
    'high-performance': optional(list(tuning, 'a list of tunings')),
    standard: optional(list(tuning, 'a list of tunings')),
    batch: optional(list(tuning, 'a list of tunings'))
  }, { ...closed, description: 'a mapping of tiers to the tunings their clusters get' })),
  ci: optional(Type.Object({
    issuer: text(
      'the address of who signs the tokens of CI jobs, such as https://token.actions.githubusercontent.com',
      { pattern: '^https://[a-z0-9.-]+(/[A-Za-z0-9._~/-]*[A-Za-z0-9_~-])?$' }
    ),
    subjects: list(
      text(
        'the exact subject of a CI job, such as repo:owner/name:environment:production: no wildcards, ' +
          'quotes or blanks, 127 characters at most (Google Cloud takes no more)',
        { maxLength: 127, pattern: '^[^*?\'"\\\\\\s]+$' }
      ),
      'a list of one to 20 subjects (Azure takes no more)',
      { minItems: 1, maxItems: 20 }
    )
  }, { ...closed, description: 'a mapping: issuer, subjects' })),
  nodeTuning: optional(Type.Object({
    pinnedCpus: optional(list(integer('a CPU number', 0, 511), 'a list of CPU numbers')),
    hugePages: optional(list(oneOf(['2Mi', '1Gi']), 'a list of huge page sizes'))
  }, { ...closed, description: 'a mapping: pinnedCpus, hugePages' })),
  clusters: list(cluster, 'a list of one to 64 clusters', { minItems: 1, maxItems: 64 }),
  links: optional(list(link, 'a list of links')),
  disasterRecovery,
  latencyTargets: optional(list(
    Type.Object({
      from: oneOf(['us', 'eu', 'asia', 'intra-region']),
      to: oneOf(['us', 'eu', 'asia', 'intra-region']),
      milliseconds: number('the target in milliseconds', 0.001, 10_000),
      expectedMilliseconds: number('the expected latency in milliseconds', 0.001, 10_000)
    }, { ...closed, description: 'a latency target: from, to, milliseconds, expectedMilliseconds' }),
    'a list of latency targets'
  )),
  mesh,
  dns,
  monitoring,
  availability: Type.Object({
    federation: percent("the whole federation's availability"),
    cluster: percent("a primary cluster's availability"),
    dns: percent("DNS' availability"),
    mesh: percent("the mesh's availability")
  }, { ...closed, description: 'a mapping of federation, cluster, dns, mesh to percentages' }),
  capacity: Type.Object({
    webSocketConnections: integer('concurrent WebSocket connections', 0, 1e9),
    messagesPerSecond: integer('messages a second', 0, 1e9),
    minBandwidthGbps: number('the least bandwidth between areas in Gbit/s', 0, 10_000),
    maxBandwidthGbps: number('the most bandwidth between areas in Gbit/s', 0, 10_000)
  }, {
    ...closed,
    description: 'a mapping: webSocketConnections, messagesPerSecond, minBandwidthGbps, maxBandwidthGbps'
  }),
  policies: optional(policies),
  approvals: optional(approvalsSchema),
  maintenanceWindows: optional(maintenanceWindowsSchema),
  freezes: optional(freezesSchema),
  drift: optional(driftSchema),
  notifications: optional(notificationsSchema),
  schedules: optional(schedulesSchema),
  volumes: optional(volumesSchema),
  budget: optional(budgetSchema),
  residency: optional(Type.Object({
    us: optional(list(area, 'a list of areas', { minItems: 1 })),
    eu: optional(list(area, 'a list of areas', { minItems: 1 })),
    asia: optional(list(area, 'a list of areas', { minItems: 1 }))
  }, { ...closed, description: 'a mapping of areas to the areas where their data may be kept' }))
}, { ...closed, title: 'Federation', description: 'a mapping: a federation' })

/** A federation file's content once it satisfies the schema. */
export type FederationFile = Static<typeof federationSchema>
