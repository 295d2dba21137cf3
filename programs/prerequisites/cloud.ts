/**
 * One cloud's account: who deploys, whether the quotas are enough, what is switched on
 * account-wide.
 */
import { type PhaseProgram } from '../types.ts'
import { awsAccount } from './cloud-aws.ts'
import { azureAccount } from './cloud-azure.ts'
import { gcpAccount } from './cloud-gcp.ts'

export const program: PhaseProgram = (context) => {
  switch (context.scope.cloud) {
    case 'aws':
      return awsAccount(context)
    case 'gcp':
      return gcpAccount(context)
    case 'azure':
      return azureAccount(context)
    case undefined:
      throw new RangeError(`unit ${context.unit}: its scope names no cloud`)
  }
}
