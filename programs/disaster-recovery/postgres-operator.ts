/** CloudNativePG's operator, in clusters that keep state. */
import type * as kubernetes from '@pulumi/kubernetes'
import { type CustomResourceOptions, type Resource } from '@pulumi/pulumi'
import { charts } from '../kubernetes/charts.ts'
import { namespace } from '../kubernetes/objects.ts'
import { helmRelease } from '../kubernetes/release.ts'
import { type UnitContext } from '../types.ts'

export const operatorNamespace = 'cnpg-system'

/**
 * Installs it. Outside the mesh: it asks instances past their sidecars, by certificates of its own.
 */
export function postgresOperator (context: UnitContext, provider: kubernetes.Provider): Resource {
  const space = namespace(context, operatorNamespace, 'restricted', { 'istio-injection': 'disabled' }, {
    provider
  })
  const options: CustomResourceOptions = { provider, dependsOn: [space] }
  return helmRelease('cloudnative-pg', {
    chart: charts.cloudNativePg,
    namespace: operatorNamespace,
    values: {
      replicaCount: 2,
      crds: { create: true },
      monitoring: { podMonitorEnabled: false },
      resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '500m', memory: '256Mi' } }
    }
  }, options)
}
