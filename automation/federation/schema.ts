/**
 * The federation file's schema: JSON Schema made with TypeBox. It says shapes and single values;
 * what spans fields is in the rules (rules.ts), and names that are reserved for later are in
 * reserved.ts.
 * Every `description` completes the sentence "expected …" in an error.
 */
import { Type, type Static } from 'typebox'
import { closed, integer, list, number, oneOf, optional, text } from '../../contract/schema.ts'
import { accountsSchema } from './account-schema.ts'
import { approvalsSchema } from './approval-schema.ts'
import { clusterSchema } from './cluster-schema.ts'
import { dnsSchema } from './dns-schema.ts'
import { driftSchema } from './drift-schema.ts'
import { linkSchema } from './link-schema.ts'
import { meshSchema } from './mesh-schema.ts'
import { monitoringSchema } from './monitoring-schema.ts'
import { notificationsSchema } from './notification-schema.ts'
import { policiesSchema } from './policy-schema.ts'
import { recoverySchema } from './recovery-schema.ts'
import { schedulesSchema } from './schedule-schema.ts'
import { area, cidr, kubernetesVersion, labels, secretName, tuning } from './schema-values.ts'
import { budgetSchema, volumesSchema } from './volume-schema.ts'
import { freezesSchema, maintenanceWindowsSchema } from './window-schema.ts'

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
  accounts: accountsSchema,
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
  operators: optional(list(
    cidr('an address range from which the service reaches the clusters'),
    'a list of one to 16 address ranges',
    { minItems: 1, maxItems: 16 }
  )),
  clusters: list(clusterSchema, 'a list of one to 64 clusters', { minItems: 1, maxItems: 64 }),
  links: optional(list(linkSchema, 'a list of links')),
  disasterRecovery: recoverySchema,
  latencyTargets: optional(list(
    Type.Object({
      from: oneOf(['us', 'eu', 'asia', 'intra-region']),
      to: oneOf(['us', 'eu', 'asia', 'intra-region']),
      milliseconds: number('the target in milliseconds', 0.001, 10_000),
      expectedMilliseconds: number('the expected latency in milliseconds', 0.001, 10_000)
    }, { ...closed, description: 'a latency target: from, to, milliseconds, expectedMilliseconds' }),
    'a list of latency targets'
  )),
  mesh: meshSchema,
  dns: dnsSchema,
  monitoring: monitoringSchema,
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
  policies: optional(policiesSchema),
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
