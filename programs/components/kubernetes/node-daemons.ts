/** DaemonSets that set up a cluster's nodes, in the namespace that they have for themselves. */
import * as kubernetes from '@pulumi/kubernetes'
import { type ComponentResource, type Input, type Resource } from '@pulumi/pulumi'

/** The namespace of a cluster's node daemons, and what all objects in it have in common. */
export interface NodeNamespace {
  readonly parent: ComponentResource
  /** Name of the namespace and of the application. */
  readonly name: string
  /** Labels of every object and pod beside their own: who owns them. */
  readonly labels: Readonly<Record<string, string>>
  /** The namespace's name, known once it is there. */
  readonly namespace: Input<string>
  /** Name of the account that all daemons run as. */
  readonly account: Input<string>
  /** Quota that admits pods of `nodePriority`. */
  readonly quota: Resource
}

/** Priority class of what a node needs before all else. */
export const nodePriority = 'system-node-critical'

type DaemonSpec = Omit<
  kubernetes.types.input.core.v1.PodSpec,
  'serviceAccountName' | 'tolerations' | 'priorityClassName' | 'automountServiceAccountToken'
>

/**
 * Labels by which pods are selected. They cannot be changed later, so they only tell them apart.
 */
function selectorOf (name: string, component: string): Record<string, string> {
  return {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/component': component,
    'app.kubernetes.io/managed-by': 'windlass'
  }
}

/** Labels of an object or pod of a component. */
export function labelsOf (
  { name, labels }: Pick<NodeNamespace, 'name' | 'labels'>,
  component: string
): Record<string, string> {
  return { ...labels, ...selectorOf(name, component) }
}

/** Metadata of an object in the namespace. */
export function placed (space: Omit<NodeNamespace, 'account' | 'quota'>, title: string, component: string) {
  return { name: title, namespace: space.namespace, labels: labelsOf(space, component) }
}

/** Requests and limits that are the same. */
export function resources (
  cpu: string,
  memory: string
): Input<kubernetes.types.input.core.v1.ResourceRequirements> {
  return { requests: { cpu, memory }, limits: { cpu, memory } }
}

/**
 * Registers pods on every node. `checksum` stands for the script or configuration: when it changes,
 * the pods are made anew and apply it.
 */
export function daemons (
  space: NodeNamespace,
  title: string,
  component: string,
  checksum: string,
  spec: DaemonSpec
): kubernetes.apps.v1.DaemonSet {
  return new kubernetes.apps.v1.DaemonSet(title, {
    metadata: placed(space, title, component),
    spec: {
      selector: { matchLabels: selectorOf(space.name, component) },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
      template: {
        metadata: {
          labels: labelsOf(space, component),
          annotations: { 'windlass.dev/checksum': checksum }
        },
        spec: {
          ...spec,
          serviceAccountName: space.account,
          automountServiceAccountToken: false,
          priorityClassName: nodePriority,
          tolerations: [{ operator: 'Exists' }]
        }
      }
    }
  }, { parent: space.parent, dependsOn: [space.quota] })
}
