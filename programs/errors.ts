/**
 * The programs' errors, in one table. A text begins with its code, since the engine reports the
 * text alone. Most follow from the federation file or the cloud: a retry helps where something
 * takes its time.
 */
import { defineErrors } from '../contract/errors.ts'

const table = {
  INFRASTRUCTURE_NO_ISSUER: {
    retryable: true,
    message: ({ cluster }: { cluster: string }) =>
      `INFRASTRUCTURE_NO_ISSUER: EKS reported no OpenID Connect issuer for ${cluster}; refresh the unit, ` +
      'then try again'
  },
  INFRASTRUCTURE_NO_KUBECONFIG: {
    retryable: true,
    message: ({ cluster }: { cluster: string }) =>
      `INFRASTRUCTURE_NO_KUBECONFIG: Azure gave no user credentials for ${cluster}; try again`
  },
  INFRASTRUCTURE_KEY: {
    retryable: false,
    message: ({ identifier }: { identifier: string }) =>
      `INFRASTRUCTURE_KEY: ${identifier} is not the identifier of a Key Vault key; deploy the cluster's ` +
      'prerequisites again'
  },
  NETWORKING_NO_KEY: {
    retryable: true,
    message: ({ cloud, what }: { cloud: string, what: string }) =>
      `NETWORKING_NO_KEY: ${cloud} gave no ${what} for a circuit, which the exchange needs; refresh the ` +
      'unit, ' +
      'then try again'
  },
  MESH_NO_TOKEN: {
    retryable: true,
    message: ({ secret, cluster, key }: { secret: string, cluster: string, key: string }) =>
      `MESH_NO_TOKEN: Secret ${secret} of ${cluster} holds no ${key}; Kubernetes fills it in soon after it ` +
      'is ' +
      'made: refresh the unit, then try again'
  },
  MESH_NO_ADDRESS: {
    retryable: true,
    message: ({ service, cluster }: { service: string, cluster: string }) =>
      `MESH_NO_ADDRESS: Service ${service} of ${cluster} has no load balancer address; it should by now: ` +
      'refresh the unit, then try again'
  },
  FEDERATION_ZONE: {
    retryable: false,
    message: ({ id }: { id: string }) =>
      `FEDERATION_ZONE: prerequisites.global's zoneId ${id} is not the id of an Azure DNS zone ` +
      '(…/resourceGroups/…/dnsZones/…)'
  },
  /** `clusters`: those whose load balancer has a name only. */
  DR_CLOUD_DNS_ADDRESS: {
    retryable: false,
    message: ({ unit, clusters }: { unit: string, clusters: readonly string[] }) =>
      `DR_CLOUD_DNS_ADDRESS: ${unit}: Cloud DNS fails over between addresses, and the load balancer of ` +
      `${clusters.join(' and ')} (AWS) has a name only; use dns.provider aws or azure, or clusters in gcp ` +
      'and ' +
      'azure'
  },
  DR_OBJECTIVE: {
    retryable: false,
    message: ({ unit, missed }: { unit: string, missed: readonly string[] }) =>
      `DR_OBJECTIVE: ${unit}: ${missed.join('; ')}; shorten disasterRecovery.probeIntervalSeconds, ` +
      'dnsTtlSeconds or dns.healthCheckIntervalSeconds, or change the objective (not retryable: it follows ' +
      'from the file)'
  },
  /** `rows`: a line a shortfall, in the columns of the heading. */
  PREREQUISITES_QUOTA: {
    retryable: false,
    message: ({ cloud, rows }: { cloud: string, rows: readonly string[] }) =>
      `PREREQUISITES_QUOTA: ${cloud} allows less than the federation needs at its largest; ask for higher ` +
      `quotas, then resume.\n  ${'quota'.padEnd(32)} ${'region'.padEnd(20)} ${'needed'.padStart(8)} ` +
      `${'available'.padStart(10)}\n${rows.join('\n')}`
  },
  /** `astray`: a line a setting that keeps data elsewhere. */
  PREREQUISITES_RESIDENCY: {
    retryable: false,
    message: ({ cluster, area, region, allowed, astray }: {
      cluster: string
      area: string
      region: string
      allowed: readonly string[]
      astray: readonly string[]
    }) =>
      `PREREQUISITES_RESIDENCY: data of ${cluster} (${area}) may be kept in ${allowed.join(', ')} only; ` +
      'keep ' +
      `it in ${region}, or allow the area under residency.${area} in the federation file.\n` +
      astray.join('\n')
  },
  /** `absent`: targets without a result. */
  VALIDATION_NOT_MEASURED: {
    retryable: false,
    message: ({ job, absent, annotation }: {
      job: string
      absent: readonly string[]
      annotation: string
    }) =>
      `VALIDATION_NOT_MEASURED: Job ${job} noted no result for ${absent.join(', ')} in its annotation ` +
      `${annotation}: look at its pod's log, mend what kept it from an answer, and deploy the unit again`
  },
  /**
   * `found`: what each failed check found and why it is wanted. It stays so until the file changes.
   */
  VALIDATION_FAILED: {
    retryable: false,
    message: ({ unit, found }: { unit: string, found: readonly string[] }) =>
      `VALIDATION_FAILED: ${unit}: ${found.join('; ')}`
  }
} as const

/** Thrown by a program that cannot deploy its unit. */
export const ProgramError = defineErrors('ProgramError', '', table)
