import { Type } from 'typebox'
import { type Federation, type Federations } from '../../automation/index.ts'
import {
  federationSchema,
  federationSummarySchema,
  type FederationSummary
} from '../../contract/federation.ts'
import { pageQuerySchema } from '../../contract/query.ts'
import { page, ref } from '../../contract/schema.ts'
import { federationScope } from '../access/scopes.ts'
import { cluster } from './examples/names.ts'
import { federationParams, pageOf } from './parameters.ts'
import { problems } from './responses.ts'
import { route, type Uses } from './route.ts'

const summaryExample: FederationSummary = {
  name: 'nautilus',
  file: 'nautilus.yaml',
  valid: true,
  clusters: 10
}

export const listFederations = route({
  method: 'GET',
  url: '/v1/federations',
  config: { permission: 'federations.read' },
  schema: {
    operationId: 'listFederations',
    summary: 'List federations',
    description:
      'All files in the folder of federations, those with mistakes included, and federations that have no ' +
      'file any more while something of them is deployed, by name.',
    tags: ['federations'],
    querystring: pageQuerySchema,
    response: { 200: page(ref(federationSummarySchema), 'federations'), ...problems() }
  },
  examples: { answers: { 200: { items: [summaryExample] } } },
  handler: ({ automation }: Uses<Federations>) => ({ query, visible }) =>
    automation.federations({ ...pageOf(query), ...visible })
})

const federationExample = {
  name: 'nautilus',
  owner: 'platform',
  clusters: [{ name: cluster, role: 'primary', cloud: 'aws', region: 'us-east-1', cidr: '10.10.0.0/16' }]
}

export const readFederation = route({
  method: 'GET',
  url: '/v1/federations/:name',
  config: { permission: 'federations.read', scope: federationScope },
  schema: {
    operationId: 'readFederation',
    summary: 'Read a federation',
    description:
      'The file on disk, validated and with its defaults. A file with mistakes is answered with 400, and ' +
      '`errors` lists them.',
    tags: ['federations'],
    params: federationParams,
    response: {
      200: { ...Type.Unsafe<Federation>(ref(federationSchema)), description: 'The federation' },
      ...problems('federation-not-found', 'federation-invalid')
    }
  },
  examples: { answers: { 200: federationExample } },
  handler: ({ automation }: Uses<Federations>) => ({ params }) => automation.federation(params.name)
})
