/**
 * Access to services of monitoring: for pods of the monitoring namespace of any of the federation's
 * clusters, known by their certificates.
 */
import { type CustomResourceOptions } from '@pulumi/pulumi'
import { customResource } from '../kubernetes/objects.ts'
import { type UnitContext } from '../types.ts'
import { monitoringNamespace, prober } from './hub.ts'

/** The services' pods by the labels that their charts (Jaeger: its program) give them. */
const guarded: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  metrics: { 'app.kubernetes.io/name': 'mimir', 'app.kubernetes.io/component': 'gateway' },
  alertmanager: { 'app.kubernetes.io/name': 'alertmanager' },
  traces: { app: 'jaeger' }
}

/**
 * Registers the policies of the hub. The mesh is strict, so what they let in came in mutual TLS of
 * the mesh's least version; the metrics' gateway asks for a password on top. Probes of the kubelet
 * and people who forward a port come from inside the pod and are not asked.
 */
export function serviceAccess (context: UnitContext, options: CustomResourceOptions): void {
  for (const [name, matchLabels] of Object.entries(guarded)) {
    fromMonitoring(context, name, matchLabels, options)
  }
}

/** Registers the policy of a cluster's prober, which Prometheus and peers' probers ask. */
export function proberAccess (context: UnitContext, options: CustomResourceOptions): void {
  fromMonitoring(context, 'prober', prober.labels, options)
}

function fromMonitoring (
  context: UnitContext,
  name: string,
  matchLabels: Readonly<Record<string, string>>,
  options: CustomResourceOptions
): void {
  customResource(context, {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    name: `${name}-from-monitoring`,
    namespace: monitoringNamespace
  }, {
    selector: { matchLabels },
    action: 'ALLOW',
    rules: [{
      from: [{
        source: { principals: [`${context.federation.mesh.trustDomain}/ns/${monitoringNamespace}/sa/*`] }
      }]
    }]
  }, options)
}
