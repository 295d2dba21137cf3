/** APIs of Google Cloud that nobody calls while deploying, and that what is deployed needs. */
import { lastPart, settingsOf } from '../network/records.ts'
import { type Site } from '../network/site.ts'
import { type World } from '../network/world.ts'
import { stringAt } from '../wire-values.ts'
import { type Unmet } from './table.ts'

const serviceType = 'gcp:projects/service:Service'
const memberType = 'gcp:serviceaccount/iAMMember:IAMMember'
const providerType = 'gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider'
const repositoryType = 'gcp:artifactregistry/repository:Repository'

/** Types that say which APIs are needed, and which are on. */
export const apiTypes = [serviceType, memberType, providerType, repositoryType] as const

interface Need {
  readonly api: string
  /** Whoever needs it in a world. */
  readonly needed: (world: World) => string | undefined
}

const federated = (world: World): string | undefined =>
  world.of(providerType).map(({ name }) => `tokens of ${name}`)[0]

/** Pods that act as a service account: `serviceAccount:project.svc.id.goog[namespace/account]`. */
const impersonating = (world: World): string | undefined =>
  world.of(memberType).map((one) => stringAt(settingsOf(one), 'member') ?? '').find((member) =>
    /\.svc\.id\.goog\[|^principal/.test(member)
  )

/**
 * Sources: Google Cloud, "Configure Workload Identity Federation with Kubernetes" (before you
 * begin: IAM, Resource Manager, Service Account Credentials, Security Token Service), and
 * "Automatic scanning" of Artifact Analysis (a repository that inherits is scanned once the
 * project's Container Scanning API is on).
 */
const needs: readonly Need[] = [
  { api: 'sts', needed: federated },
  { api: 'iamcredentials', needed: (world) => impersonating(world) ?? federated(world) },
  {
    api: 'containerscanning',
    needed: (world) =>
      world.of(repositoryType).find((one) =>
        stringAt(settingsOf(one), 'vulnerabilityScanningConfig.enablementConfig') === 'INHERITED'
      )?.name
  }
]

/** APIs that are needed and not on. Told once, by the first cluster of the cloud. */
export function apisOff (world: World, site: Site): Unmet[] {
  if (site.cloud !== 'gcp' || site !== world.sites.find(({ cloud }) => cloud === 'gcp')) return []
  const on = new Set(world.of(serviceType).map((one) => stringAt(settingsOf(one), 'service') ?? ''))
  return needs.flatMap(({ api, needed }) => {
    const service = `${api}.googleapis.com`
    const who = needed(world)
    return who === undefined || on.has(service)
      ? []
      : [
        { duty: 'api-on', from: lastPart(who), to: service, why: `${site.name}: ${service} is off` } as const
      ]
  })
}
