/**
 * The AWS account: caller and quotas are read and compared; safe defaults hold in every region that
 * is used, a trail records what is done, and a role deploys the rest.
 */
import * as aws from '@pulumi/aws'
import { all } from '@pulumi/pulumi'
import { awsProvider } from '../components/upstream.ts'
import { type CloudPrerequisites, type Resolved } from '../outputs.ts'
import { clusterOf } from '../scopes.ts'
import { type UnitContext } from '../types.ts'
import { auditTrail, regionDefaults } from './account-aws.ts'
import { awsDeployer } from './deployer-aws.ts'
import { quotaNeeds, requireQuotas } from './quotas.ts'

/** Registers the account-wide resources. The unit fails when a quota is too small. */
export function awsAccount (context: UnitContext): Resolved<CloudPrerequisites> {
  const { federation } = context
  const regions = [...new Set(context.scope.clusters.map((name) => clusterOf(federation, name).region))]
  const providers = new Map(regions.map((region) => [region, awsProvider(context, region)]))
  for (const [region, provider] of providers) regionDefaults(region, { provider })
  // The file's first AWS cluster is where the account is at home.
  const [home = ''] = regions
  auditTrail(federation, home, { provider: providers.get(home) })

  const caller = aws.getCallerIdentityOutput({}, { provider: providers.get(home) })
  const quotas = all(
    quotaNeeds(federation, 'aws').map(({ name, service, code, region, needed }) =>
      aws.servicequotas.getServiceQuotaOutput({ serviceCode: service, quotaCode: code }, {
        provider: providers.get(region)
      })
        .apply(({ value }) => ({ name, region, needed, available: value }))
    )
  )
    .apply((findings) => requireQuotas('aws', findings))
  return {
    account: caller.accountId,
    caller: caller.arn,
    deployer: awsDeployer(federation, regions, { provider: providers.get(home) }),
    quotas,
    unchecked: []
  }
}
