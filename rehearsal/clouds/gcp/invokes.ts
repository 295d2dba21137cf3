/** Functions of the `gcp` package. */
import { identifiers } from '../identifiers.ts'
import { type Invoke } from '../package-model.ts'
import { secret, stringAt } from '../wire-values.ts'
import { gcpRegionNames, zonesOf } from './regions.ts'
import { askedAgent } from './service-agents.ts'

/**
 * Versions that GKE offers, newest first
 * (https://cloud.google.com/kubernetes-engine/docs/release-notes, early 2026).
 */
const clusterVersions = [
  '1.35.0-gke.1200000',
  '1.34.1-gke.1829001',
  '1.33.5-gke.1308000',
  '1.32.9-gke.1239000'
]

/** Quota ids of the Cloud Quotas API and the quotas that they are here. */
const knownQuotas: Record<string, { quota: string, display: string }> = {
  'CPUS-per-project-region': { quota: 'gcp:compute:cpus', display: 'CPUs' },
  'CPUS-ALL-REGIONS-per-project': { quota: 'gcp:compute:cpus', display: 'CPUs (all regions)' },
  'CPUS-PER-VM-FAMILY-per-project-region': { quota: 'gcp:compute:cpus', display: 'CPUs per VM family' },
  'PREEMPTIBLE-CPUS-per-project-region': { quota: 'gcp:compute:cpus-spot', display: 'Preemptible CPUs' },
  'SSD-TOTAL-GB-per-project-region': { quota: 'gcp:compute:ssd-gb', display: 'Persistent disk SSD (GB)' },
  'IN-USE-ADDRESSES-per-project-region': {
    quota: 'gcp:compute:in-use-addresses',
    display: 'In-use external IP addresses'
  },
  'EXTERNAL-VPN-GATEWAYS-per-project': {
    quota: 'gcp:compute:external-vpn-gateways',
    display: 'External VPN gateways'
  },
  'NETWORKS-per-project': { quota: 'gcp:compute:networks', display: 'Networks' },
  'STATIC-ADDRESSES-per-project-region': { quota: 'gcp:compute:addresses', display: 'Static IP addresses' },
  'ROUTERS-per-project': { quota: 'gcp:compute:routers', display: 'Cloud Routers' },
  'VPN-GATEWAYS-per-project': { quota: 'gcp:compute:vpn-gateways', display: 'VPN gateways' },
  'VPN-TUNNELS-per-project': { quota: 'gcp:compute:vpn-tunnels', display: 'VPN tunnels' }
}

/** The functions by token. */
export const invokes: Record<string, Invoke> = {
  'gcp:organizations/getClientConfig:getClientConfig': ({ instance }) => ({
    id: `projects/"${instance.account}"/regions/"${instance.region}"/zones/""`,
    project: instance.account,
    region: instance.region,
    zone: stringAt(instance.config, 'zone') ?? '',
    defaultLabels: {},
    accessToken: secret(`ya29.${identifiers(instance.account, 'token').alnum(120)}`)
  }),
  'gcp:organizations/getProject:getProject': ({ args, instance }) => {
    const project = stringAt(args, 'projectId') ?? instance.account
    return {
      id: `projects/${project}`,
      projectId: project,
      name: project,
      number: identifiers(project).digits(12, project),
      orgId: '',
      folderId: '',
      billingAccount: '',
      autoCreateNetwork: true,
      deletionPolicy: 'PREVENT',
      labels: {},
      effectiveLabels: {},
      pulumiLabels: {},
      tags: {}
    }
  },
  'gcp:organizations/getClientOpenIdUserInfo:getClientOpenIdUserInfo': async ({ who }) => {
    const email = await who()
    return { id: email, email }
  },
  'gcp:storage/getProjectServiceAccount:getProjectServiceAccount': async ({ args, instance, now, note }) => {
    const project = stringAt(args, 'project') ?? instance.account
    const emailAddress = `service-${
      identifiers(project).digits(12, project)
    }@gs-project-accounts.iam.gserviceaccount.com`
    // Asking for it makes it.
    await note(askedAgent(project, emailAddress, now))
    return { id: emailAddress, emailAddress, member: `serviceAccount:${emailAddress}`, project }
  },
  'gcp:cloudquota/getSQuotaInfo:getSQuotaInfo': ({ args, quotas, fail }) => {
    const id = stringAt(args, 'quotaId') ?? ''
    const entry = knownQuotas[id]
    const quota = entry && quotas[entry.quota]
    if (!entry || !quota) {
      throw fail({
        status: 404,
        code: 'notFound',
        message:
          `quota ${id} of ${stringAt(args, 'service') ?? ''} does not exist in this rehearsal; it has ` +
          `${Object.keys(knownQuotas).join(', ')}`
      }, 'quotaInfos.get')
    }
    const perRegion = id.endsWith('-region')
    const name = `${stringAt(args, 'parent')}/locations/global/services/${
      stringAt(args, 'service')
    }/quotaInfos/${id}`
    return {
      ...args,
      id: name,
      name,
      quotaDisplayName: entry.display,
      metric: `compute.googleapis.com/${
        id.replace(/-per-project.*$/, '').toLowerCase().replaceAll('-', '_')
      }`,
      metricDisplayName: entry.display,
      metricUnit: '1',
      containerType: 'PROJECT',
      isPrecise: true,
      isFixed: false,
      isConcurrent: false,
      refreshInterval: '',
      dimensions: perRegion ? ['region'] : [],
      dimensionsInfos: perRegion
        ? gcpRegionNames.map((region) => ({
          dimensions: { region },
          applicableLocations: [region],
          details: [{ value: String(quota.limit) }]
        }))
        : [{ dimensions: {}, applicableLocations: ['global'], details: [{ value: String(quota.limit) }] }],
      quotaIncreaseEligibilities: [{
        isEligible: true,
        ineligibilityReason: 'INELIGIBILITY_REASON_UNSPECIFIED'
      }],
      serviceRequestQuotaUri: ''
    }
  },
  'gcp:compute/getRegions:getRegions': ({ args, instance }) => ({
    id: `projects/${instance.account}`,
    project: stringAt(args, 'project') ?? instance.account,
    names: gcpRegionNames
  }),
  'gcp:compute/getZones:getZones': ({ args, instance, fail }) => {
    const region = stringAt(args, 'region') ?? instance.region
    const names = zonesOf(region)
    if (names.length === 0) {
      throw fail({
        status: 404,
        code: 'notFound',
        message: `The resource 'projects/${instance.account}/regions/${region}' was not found`
      }, 'zones.list')
    }
    return {
      id: `projects/${instance.account}/regions/${region}`,
      project: stringAt(args, 'project') ?? instance.account,
      region,
      names
    }
  },
  'gcp:container/getEngineVersions:getEngineVersions': ({ args, instance, now, fail }) => {
    const prefix = stringAt(args, 'versionPrefix') ?? ''
    const versions = clusterVersions.filter((version) => version.startsWith(prefix))
    const [latest] = versions
    if (latest === undefined) {
      throw fail(
        { status: 400, code: 'badRequest', message: `no GKE version begins with "${prefix}"` },
        'getServerConfig'
      )
    }
    const channels = {
      RAPID: clusterVersions[0] ?? latest,
      REGULAR: clusterVersions[1] ?? latest,
      STABLE: clusterVersions[2] ?? latest
    }
    return {
      id: now,
      location: stringAt(args, 'location') ?? instance.region,
      project: stringAt(args, 'project') ?? instance.account,
      defaultClusterVersion: versions.includes(channels.REGULAR) ? channels.REGULAR : latest,
      latestMasterVersion: latest,
      latestNodeVersion: latest,
      validMasterVersions: versions,
      validNodeVersions: versions,
      releaseChannelDefaultVersion: channels,
      releaseChannelLatestVersion: channels,
      releaseChannelUpgradeTargetVersion: channels,
      ...(args.versionPrefix !== undefined && { versionPrefix: prefix })
    }
  }
}
