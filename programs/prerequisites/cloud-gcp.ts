/** The Google Cloud project: caller and quotas are read and compared; APIs that no single cluster owns are enabled; data access is audited. */
import * as gcp from '@pulumi/gcp'
import { all } from '@pulumi/pulumi'
import { enableApis } from '../components/gcp/apis.ts'
import { gcpProvider } from '../components/upstream.ts'
import { type UnitContext } from '../contract.ts'
import { type CloudPrerequisites, type Resolved } from '../outputs.ts'
import { clusterOf } from '../scopes.ts'
import { quotaNeeds, requireQuotas } from './quotas.ts'

const apis = ['cloudresourcemanager', 'serviceusage', 'cloudquotas', 'iam', 'iamcredentials', 'logging', 'monitoring'].map((name) => `${name}.googleapis.com`)

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

  const found = gcp.organizations.getProjectOutput({ projectId: project }, { provider })
  const caller = gcp.organizations.getClientOpenIdUserInfoOutput({ provider })
  const quotas = all(quotaNeeds(federation, 'gcp').map(({ name, service, code, region, needed }) =>
    gcp.cloudquota.getSQuotaInfoOutput({ parent: `projects/${project}`, service, quotaId: code }, { provider })
      .apply(({ dimensionsInfos }) => ({ name, region, needed, available: limitIn(region, dimensionsInfos) }))))
    .apply((findings) => requireQuotas('gcp', findings))
  return { account: found.number, caller: caller.email, quotas, unchecked: [] }
}

/** The limit that holds in a region: the entry that names it, else the one for all others (which names no dimension). -1 means unlimited. */
function limitIn (region: string, infos: gcp.types.output.cloudquota.GetSQuotaInfoDimensionsInfo[]): number {
  const own = infos.find((info) => info.applicableLocations.includes(region)) ?? infos.find((info) => Object.keys(info.dimensions).length === 0)
  const value = Number(own?.details[0]?.value ?? 0)
  return value === -1 ? Number.MAX_SAFE_INTEGER : value
}
