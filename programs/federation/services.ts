/**
 * The mesh's services as Kubernetes knows them: the same names in every cluster, accounts and
 * rights where their workloads run.
 */
import * as kubernetes from '@pulumi/kubernetes'
import { type CustomResourceOptions } from '@pulumi/pulumi'
import { objectLabels } from '../kubernetes/objects.ts'
import { type Cluster } from '../types/cluster.ts'
import { type MeshService } from '../types/services.ts'
import { type UnitContext } from '../types.ts'
import { servicesIn } from './topology.ts'

/** The port's name, by which Istio knows the protocol. */
export function portName (service: MeshService): string {
  return `${service.protocol}-${service.name}`.slice(0, 15).replace(/-+$/, '')
}

/**
 * A Service in every cluster, so that names resolve and endpoints of other clusters have something
 * to belong to. It selects nothing where the service does not run, so waiting for its endpoints
 * would never end.
 */
export function meshService (
  context: UnitContext,
  service: MeshService,
  options: CustomResourceOptions
): kubernetes.core.v1.Service {
  return new kubernetes.core.v1.Service(`${service.namespace}-${service.name}`, {
    metadata: {
      name: service.name,
      namespace: service.namespace,
      annotations: { 'pulumi.com/skipAwait': 'true' },
      labels: { ...objectLabels(context, 'service'), app: service.name }
    },
    spec: {
      type: 'ClusterIP',
      selector: { app: service.name },
      ports: [{
        name: portName(service),
        port: service.port,
        targetPort: service.port,
        protocol: 'TCP',
        appProtocol: service.protocol === 'grpc' ? 'kubernetes.io/h2c' : service.protocol
      }]
    }
  }, options)
}

/**
 * Accounts of the services whose workloads run here. Each may read its own configuration and
 * nothing else; tokens are mounted by the mesh, not by default.
 */
export function serviceAccounts (
  context: UnitContext,
  cluster: Cluster,
  options: CustomResourceOptions
): void {
  for (const { name, namespace } of servicesIn(context.federation, cluster)) {
    const metadata = { name, namespace, labels: { ...objectLabels(context, 'identity'), app: name } }
    const id = `${namespace}-${name}`
    const account = new kubernetes.core.v1.ServiceAccount(id, {
      metadata,
      automountServiceAccountToken: false
    }, options)
    const role = new kubernetes.rbac.v1.Role(id, {
      metadata,
      rules: [{
        apiGroups: [''],
        resources: ['configmaps'],
        resourceNames: [`${name}-config`],
        verbs: ['get', 'watch']
      }]
    }, options)
    new kubernetes.rbac.v1.RoleBinding(id, {
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: role.metadata.name },
      subjects: [{ kind: 'ServiceAccount', name: account.metadata.name, namespace }]
    }, options)
  }
}
