/** Parameters that several routes have. */
import { Type } from 'typebox'
import { type PageRequest } from '../../automation/index.ts'
import { type PageQuery } from '../../contract/query.ts'

export const deploymentParams = Type.Object({ id: Type.String({ description: "the deployment's id" }) })
export const federationParams = Type.Object({ name: Type.String({ description: "the federation's name" }) })

/** The page that a query string asks for; the first unless `after` says after what. */
export function pageOf ({ after, limit = 100 }: PageQuery): PageRequest {
  return { limit, ...(after !== undefined && after !== '' && { after }) }
}
