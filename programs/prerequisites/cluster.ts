/**
 * The foundation of one cluster: a key in its region, private log and backup buckets encrypted with
 * it, a registry.
 */
import { clusterOf } from '../scopes.ts'
import { type PhaseProgram } from '../types.ts'
import { awsFoundation } from './cluster-aws.ts'
import { azureFoundation } from './cluster-azure.ts'
import { gcpFoundation } from './cluster-gcp.ts'

export const program: PhaseProgram = (context) => {
  const cluster = clusterOf(context.federation, context.scope.name)
  switch (cluster.cloud) {
    case 'aws':
      return awsFoundation(context, cluster)
    case 'gcp':
      return gcpFoundation(context, cluster)
    case 'azure':
      return azureFoundation(context, cluster)
  }
}
