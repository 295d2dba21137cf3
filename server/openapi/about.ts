/** The API document's words about the service as a whole. */

export const description =
  'Deploys multi-cloud federations of Kubernetes clusters, rehearsed offline or live. Errors are problem ' +
  'documents (RFC 9457): decide by `code`. The status follows from the kind of the error: invalid 400, ' +
  'refused 403 (live mode is off), not found 404, conflict 409, an Idempotency-Key that was used with ' +
  'another body 422, unavailable 503 with Retry-After.'

export const tags = [
  { name: 'deployments', description: 'Launch, follow and steer deployments' },
  { name: 'federations', description: 'What can be deployed, and what is deployed' },
  { name: 'worlds', description: 'Where rehearsals take place' },
  { name: 'access', description: 'Who may do what: tokens and sessions' },
  { name: 'service', description: 'The service itself' }
]

export const securitySchemes = {
  bearer: {
    type: 'http' as const,
    scheme: 'bearer',
    description:
      'An API token, or a token of an issuer that the service trusts. A service that listens to its own ' +
      'machine only asks for neither.'
  },
  session: {
    type: 'apiKey' as const,
    in: 'cookie',
    name: '__Host-windlass',
    description: 'A session of the dashboard; over plain http the cookie is called windlass.'
  }
}
