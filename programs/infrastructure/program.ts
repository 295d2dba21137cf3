/** One cluster's private network and Kubernetes cluster, in the cluster's cloud. */
import { clusterOf } from '../scopes.ts'
import { type PhaseProgram } from '../types.ts'
import { awsInfrastructure } from './aws.ts'
import { azureInfrastructure } from './azure.ts'
import { gcpInfrastructure } from './gcp.ts'

export const program: PhaseProgram = (context) => {
  const cluster = clusterOf(context.federation, context.scope.name)
  switch (cluster.cloud) {
    case 'aws':
      return awsInfrastructure(context, cluster)
    case 'gcp':
      return gcpInfrastructure(context, cluster)
    case 'azure':
      return azureInfrastructure(context, cluster)
  }
}
