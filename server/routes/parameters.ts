/** Parameters that several routes have. */
import { Type } from 'typebox'
import { type PageRequest, type Place } from '../../automation/index.ts'
import { type PageQuery, type PlaceQuery } from '../../contract/query.ts'
import { invalidRequest } from '../errors.ts'

export const deploymentParams = Type.Object({ id: Type.String({ description: "the deployment's id" }) })
export const federationParams = Type.Object({ name: Type.String({ description: "the federation's name" }) })

/** The page that a query string asks for; the first unless `after` says after what. */
export function pageOf ({ after, limit = 100 }: PageQuery): PageRequest {
  return { limit, ...(after !== undefined && after !== '' && { after }) }
}

/**
 * Place of the stacks that a request is about: rehearsals live in a world, `default` unless named;
 * live stacks in none.
 */
export function placeOf ({ mode = 'rehearsal', world }: PlaceQuery): Place {
  if (mode === 'live' && world !== undefined) {
    throw invalidRequest([{
      path: 'world',
      field: 'world',
      message: 'has no meaning in mode live',
      expected: 'no world, or mode=rehearsal'
    }])
  }
  return mode === 'live' ? { mode } : { mode, world: world ?? 'default' }
}
