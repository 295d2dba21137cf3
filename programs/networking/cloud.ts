/** Networks of one cloud joined to each other, each to each. */
import { type PhaseProgram } from '../types.ts'
import { awsPeerings } from './cloud-aws.ts'
import { azurePeerings } from './cloud-azure.ts'
import { gcpPeerings } from './cloud-gcp.ts'

export const program: PhaseProgram = (context) => {
  switch (context.scope.cloud) {
    case 'aws':
      return awsPeerings(context)
    case 'gcp':
      return gcpPeerings(context)
    case 'azure':
      return azurePeerings(context)
    case undefined:
      throw new RangeError(`unit ${context.unit}: its scope names no cloud`)
  }
}
