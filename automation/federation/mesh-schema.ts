/** Schema of the `mesh` section of a federation file. */
import { Type } from 'typebox'
import { closed, integer, list, oneOf, optional, text } from '../../contract/schema.ts'
import { domain, label, role } from './schema-values.ts'

export const meshSchema = Type.Object({
  istioVersion: text('an Istio version in quotes, such as "1.31.0"', {
    maxLength: 8,
    pattern: '^1\\.[0-9]{1,2}\\.[0-9]{1,2}$'
  }),
  trustDomain: domain('the trust domain of workload identities'),
  certificateYears: integer('the lifetime of the root and intermediate certificates in years', 1, 30),
  roots: optional(
    Type.Object({
      trusted: list(integer('the number of a generation', 1, 99), 'a list of generations, each once', {
        minItems: 1,
        maxItems: 3,
        uniqueItems: true
      }),
      signing: integer('the number of the generation that signs', 1, 99)
    }, { ...closed, description: 'the generations of the root authorities: trusted, signing' })
  ),
  outlierConsecutiveErrors: integer('consecutive errors after which an endpoint is ejected', 1, 100),
  minTlsVersion: oneOf(['TLSV1_3']),
  failoverSeconds: optional(integer("the objective of the mesh's own failover in seconds", 1, 3600)),
  services: list(
    Type.Object({
      name: label('a service name'),
      namespace: text('a namespace: a DNS label', {
        maxLength: 63,
        pattern: '^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$'
      }),
      port: integer('a port', 1, 65_535),
      protocol: oneOf(['http', 'grpc', 'tcp']),
      roles: list(role, 'a list of the roles of the clusters that run it', { minItems: 1 }),
      public: optional(Type.Boolean({ description: 'true for a service that clients on the internet call' }))
    }, {
      ...closed,
      description: 'a service: name, namespace, port, protocol, roles and, optionally, public'
    }),
    'a list of services'
  )
}, { ...closed, description: 'a mapping: the service mesh' })
