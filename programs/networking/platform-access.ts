/** Data table: requests to a cluster's API by which its platform is deployed. */
import { type CloudName } from '../../contract/words.ts'
import { type ApiAccess, type ApiVerb } from '../types/preflight.ts'

/** An object is looked for, applied, and taken away again. */
const verbs: readonly ApiVerb[] = ['get', 'create', 'patch', 'delete']

const ofCluster = (type: string, resource: string): ApiAccess => ({
  type: `kubernetes:${type}`,
  resource,
  verbs
})
const inSystem = (type: string, resource: string): ApiAccess => ({
  ...ofCluster(type, resource),
  namespace: 'kube-system'
})

const storage = ofCluster('storage.k8s.io/v1:StorageClass', 'storageclasses')

/**
 * Kinds of the autoscaler's chart (kubernetes/autoscaler, cluster-autoscaler/charts, templates/),
 * and the Secrets in which Helm keeps its releases (helm.sh, "Release information").
 */
const autoscaler = [
  inSystem('core/v1:Secret', 'secrets'),
  inSystem('core/v1:ServiceAccount', 'serviceaccounts'),
  inSystem('core/v1:Service', 'services'),
  inSystem('apps/v1:Deployment', 'deployments'),
  inSystem('policy/v1:PodDisruptionBudget', 'poddisruptionbudgets'),
  inSystem('rbac.authorization.k8s.io/v1:Role', 'roles'),
  inSystem('rbac.authorization.k8s.io/v1:RoleBinding', 'rolebindings'),
  ofCluster('rbac.authorization.k8s.io/v1:ClusterRole', 'clusterroles'),
  ofCluster('rbac.authorization.k8s.io/v1:ClusterRoleBinding', 'clusterrolebindings')
]

/** Requests by cloud. */
export const platformAccess: Readonly<Record<CloudName, readonly ApiAccess[]>> = {
  aws: [storage, ...autoscaler],
  gcp: [storage],
  azure: [storage]
}
