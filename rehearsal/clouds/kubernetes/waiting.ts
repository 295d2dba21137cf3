/** Conditions that the provider waits for after a call to an API server. Pure. */
import { type WireObject } from '../../wire.ts'
import { objectAt, stringAt } from '../wire-values.ts'

const skipAwait = 'pulumi.com/skipAwait'

/**
 * Tells that an object is there as soon as it is accepted: a Service that asks for no load balancer
 * has its address at once, and nobody waits for what says so (Pulumi, "Kubernetes annotations":
 * `pulumi.com/skipAwait`).
 */
export function atOnce (type: string, inputs: WireObject): boolean {
  if (objectAt(objectAt(inputs, 'metadata'), 'annotations')[skipAwait] === 'true') return true
  return type === 'kubernetes:core/v1:Service' && stringAt(inputs, 'spec.type') !== 'LoadBalancer'
}
