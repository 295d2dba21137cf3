/**
 * Cases of all policies: for each a resource that is right and one that is wrong, in the shapes
 * that the programs register (inputs after the provider's check; outputs for stack policies).
 */
import { type Cases } from './case.ts'
import { anyCases } from './cases/any.ts'
import { awsCases } from './cases/aws.ts'
import { azureCases } from './cases/azure.ts'
import { gcpCases } from './cases/gcp.ts'
import { kubernetesCases } from './cases/kubernetes.ts'

export const cases: Cases = { ...anyCases, ...awsCases, ...azureCases, ...gcpCases, ...kubernetesCases }
