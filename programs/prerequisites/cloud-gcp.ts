/**
 * The Google Cloud project: caller and quotas are read and compared; the APIs that its clusters use
 * are enabled; data access is audited.
 */
import * as gcp from '@pulumi/gcp'
import { all } from '@pulumi/pulumi'
import { enableApis } from '../components/gcp/apis.ts'
import { takesEffect } from '../components/grants.ts'
import { gcpProvider } from '../components/upstream.ts'
import { type CloudPrerequisites, type Resolved } from '../outputs.ts'
import { clusterOf } from '../scopes.ts'
import { type UnitContext } from '../types.ts'
import { gcpDeployer } from './deployer-gcp.ts'
import {
  combined,
  gcpQuotaName,
  quotaNeeds,
  requireQuotas,
  type QuotaFinding,
  type QuotaNeed
} from './quotas.ts'

// Here, once, since an API belongs to the project and two stacks must not own one thing. Service
// Usage is not among them: nothing is switched on but through it.
const apis = [
  'cloudresourcemanager',
  'cloudquotas',
  'iam',
  'iamcredentials',
  'logging',
  'monitoring',
  'compute',
  'container',
  'cloudkms',
  'storage',
  'artifactregistry',
  'containerscanning',
  'sts'
].map((name) => `${name}.googleapis.com`)

/** Registers the project-wide resources. The unit fails when a quota is too small. */
export function gcpAccount (context: UnitContext): Resolved<CloudPrerequisites> {
  const { federation } = context
  const project = federation.accounts.gcp.project
  const provider = gcpProvider(context, clusterOf(federation, context.scope.clusters[0] ?? '').region)
  const services = enableApis(apis, { provider })
  new gcp.projects.IAMAuditConfig('audit', {
    project,
    service: 'allServices',
    auditLogConfigs: ['ADMIN_READ', 'DATA_READ', 'DATA_WRITE'].map((logType) => ({ logType }))
  }, { provider, dependsOn: services })

  // Agents that clusters' units grant to: those of Compute Engine and GKE come with their APIs,
  // Artifact Registry's when it is asked for, Cloud Storage's when its name is read.
  new gcp.projects.ServiceIdentity('images', { project, service: 'artifactregistry.googleapis.com' }, {
    provider,
    dependsOn: services
  })
  const agent = gcp.storage.getProjectServiceAccountOutput({ project }, { provider, dependsOn: services })
  // A fresh project has none of the APIs that tell.
  const found = gcp.organizations.getProjectOutput({ projectId: project }, { provider, dependsOn: services })
  const caller = gcp.organizations.getClientOpenIdUserInfoOutput({ provider })
  // Quotas are read through an API that a fresh project does not have yet.
  const quotas = all(services.map(({ id }) => id)).apply(() =>
    Promise.all(quotaNeeds(federation, 'gcp').map((need) => finding(need, project, provider)))
  )
    .apply((findings) => requireQuotas('gcp', combined(findings)))
  return {
    // Known once the agents are there that are named by it.
    account: all([found.number, agent.member]).apply(([number]) => number),
    caller: caller.email,
    deployer: gcpDeployer(federation, { provider, dependsOn: services }, takesEffect(context, 'gcp')),
    quotas,
    unchecked: []
  }
}

/**
 * Reads the limit of a need's quota, or of the one that counts where the project has no such quota:
 * spot capacity and machine families then count as general CPUs.
 */
async function finding (
  { service, code, family, otherwise, region, needed }: QuotaNeed,
  project: string,
  provider: gcp.Provider
): Promise<QuotaFinding> {
  const read = async (quotaId: string): Promise<QuotaFinding> => {
    const { dimensionsInfos } = await gcp.cloudquota.getSQuotaInfo({
      parent: `projects/${project}`,
      service,
      quotaId
    }, { provider })
    return {
      name: gcpQuotaName(quotaId, family),
      region,
      needed,
      available: limitIn(region, family, dimensionsInfos)
    }
  }
  try {
    return await read(code)
  } catch (error) {
    if (!otherwise || !(error instanceof Error) || !/\b404\b|not ?found/i.test(error.message)) throw error
    return read(otherwise)
  }
}

/**
 * The limit that holds in a region: the entry that names it (and the family), else the one for all
 * others (which names no region). -1 means unlimited, none means 0.
 */
function limitIn (
  region: string,
  family: string | undefined,
  infos: gcp.types.output.cloudquota.GetSQuotaInfoDimensionsInfo[]
): number {
  const fitting = infos.filter(({ dimensions }) =>
    family === undefined || dimensions['vm_family'] === undefined || dimensions['vm_family'] === family
  )
  const own =
    fitting.find((info) =>
      info.dimensions['region'] === region || info.applicableLocations.includes(region)
    ) ?? fitting.find((info) => info.dimensions['region'] === undefined)
  const value = Number(own?.details[0]?.value ?? 0)
  return value === -1 ? Number.MAX_SAFE_INTEGER : value
}
