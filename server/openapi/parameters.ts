/** Values of the parameters that many routes have, for the API document, by name. */
import {
  cluster,
  deploymentId,
  notificationId,
  stackName,
  tokenId,
  unitId
} from '../routes/examples/names.ts'

export const parameterExamples: Record<string, unknown> = {
  id: deploymentId,
  token: tokenId,
  notification: notificationId,
  issuer: 'corp',
  return: '/deployments',
  name: 'nautilus',
  unit: unitId,
  stack: stackName,
  limit: 100,
  world: 'default',
  mode: 'rehearsal',
  'idempotency-key': 'release-42',
  'last-event-id': '12',
  operation: 'up',
  from: 1,
  to: 8,
  clusters: cluster
}
