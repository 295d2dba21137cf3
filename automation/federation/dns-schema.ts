/** Schema of the `dns` section of a federation file. */
import { Type } from 'typebox'
import { closed, integer, list, oneOf, optional } from '../../contract/schema.ts'
import { cloudSchema, domain, secretName } from './schema-values.ts'

export const dnsSchema = Type.Object({
  zone: domain('the DNS zone'),
  host: domain('the host name that clients use'),
  provider: cloudSchema,
  strategies: list(
    oneOf(['latency', 'geography', 'failover', 'weighted', 'least-load']),
    'a list of load balancing strategies',
    { minItems: 1 }
  ),
  certificate: optional(Type.Object({
    chain: secretName,
    key: secretName
  }, { ...closed, description: "a mapping of chain and key to names of secrets: the ingress' certificate" })),
  healthCheckIntervalSeconds: integer('seconds between health checks', 5, 300),
  weights: optional(
    Type.Record(Type.String(), integer('a weight', 0, 255), {
      description: 'a mapping of cluster names to weights'
    })
  )
}, { ...closed, description: 'a mapping: the global DNS' })
