/**
 * Data table: places of the structural schemas of the Kubernetes kinds that programs may register.
 */

type Module = Record<string, unknown>

/**
 * API group and version -> the package's module whose classes know their kind's schema. Their d.ts
 * files are beside them.
 */
export const modules: Readonly<
  Record<string, { readonly specifier: string, readonly load: () => Promise<Module> }>
> = {
  v1: { specifier: 'kubernetes-models/v1', load: () => import('kubernetes-models/v1') },
  'admissionregistration.k8s.io/v1': {
    specifier: 'kubernetes-models/admissionregistration.k8s.io/v1',
    load: () => import('kubernetes-models/admissionregistration.k8s.io/v1')
  },
  'apps/v1': { specifier: 'kubernetes-models/apps/v1', load: () => import('kubernetes-models/apps/v1') },
  'autoscaling/v2': {
    specifier: 'kubernetes-models/autoscaling/v2',
    load: () => import('kubernetes-models/autoscaling/v2')
  },
  'batch/v1': { specifier: 'kubernetes-models/batch/v1', load: () => import('kubernetes-models/batch/v1') },
  'networking.k8s.io/v1': {
    specifier: 'kubernetes-models/networking.k8s.io/v1',
    load: () => import('kubernetes-models/networking.k8s.io/v1')
  },
  'policy/v1': {
    specifier: 'kubernetes-models/policy/v1',
    load: () => import('kubernetes-models/policy/v1')
  },
  'rbac.authorization.k8s.io/v1': {
    specifier: 'kubernetes-models/rbac.authorization.k8s.io/v1',
    load: () => import('kubernetes-models/rbac.authorization.k8s.io/v1')
  },
  'scheduling.k8s.io/v1': {
    specifier: 'kubernetes-models/scheduling.k8s.io/v1',
    load: () => import('kubernetes-models/scheduling.k8s.io/v1')
  },
  'storage.k8s.io/v1': {
    specifier: 'kubernetes-models/storage.k8s.io/v1',
    load: () => import('kubernetes-models/storage.k8s.io/v1')
  },
  'cert-manager.io/v1': {
    specifier: '@kubernetes-models/cert-manager/cert-manager.io/v1',
    load: () => import('@kubernetes-models/cert-manager/cert-manager.io/v1')
  },
  'monitoring.coreos.com/v1': {
    specifier: '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1',
    load: () => import('@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1')
  },
  'monitoring.coreos.com/v1alpha1': {
    specifier: '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1alpha1',
    load: () => import('@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1alpha1')
  },
  'networking.istio.io/v1': {
    specifier: '@kubernetes-models/istio/networking.istio.io/v1',
    load: () => import('@kubernetes-models/istio/networking.istio.io/v1')
  },
  'networking.istio.io/v1alpha3': {
    specifier: '@kubernetes-models/istio/networking.istio.io/v1alpha3',
    load: () => import('@kubernetes-models/istio/networking.istio.io/v1alpha3')
  },
  'security.istio.io/v1': {
    specifier: '@kubernetes-models/istio/security.istio.io/v1',
    load: () => import('@kubernetes-models/istio/security.istio.io/v1')
  },
  'telemetry.istio.io/v1': {
    specifier: '@kubernetes-models/istio/telemetry.istio.io/v1',
    load: () => import('@kubernetes-models/istio/telemetry.istio.io/v1')
  }
}
