/**
 * Tunes a cluster's nodes: a DaemonSet that applies the tier's techniques, and the SR-IOV device
 * plugin where the tier uses it.
 */
import * as kubernetes from '@pulumi/kubernetes'
import { ComponentResource, type ComponentResourceOptions, type Output } from '@pulumi/pulumi'
import { type NodeTuning as Settings, type Tuning } from '../../types/cluster.ts'
import { digest } from '../naming.ts'
import { devicePlugin } from './device-plugin.ts'
import { daemons, labelsOf, type NodeNamespace, nodePriority, placed, resources } from './node-daemons.ts'
import { tuningScript } from './tuning-script.ts'

export interface NodeTuningArgs {
  readonly techniques: readonly Tuning[]
  readonly settings: Settings
  /** Labels of every object and pod beside their own: who owns them. */
  readonly labels: Readonly<Record<string, string>>
}

const images = {
  shell: 'docker.io/library/alpine:3.22.2',
  pause: 'registry.k8s.io/pause:3.10.1'
}

export class NodeTuning extends ComponentResource {
  /** Techniques that are applied, known once they are. */
  readonly techniques: Output<string[]>

  constructor (name: string, args: NodeTuningArgs, options?: ComponentResourceOptions) {
    super('windlass:kubernetes:NodeTuning', name, {}, options)
    const inside = { parent: this }
    const { labels } = args
    // Only privileged pods can set a kernel's parameters. Nothing else runs in this namespace, and
    // no mesh proxy beside it.
    const { metadata } = new kubernetes.core.v1.Namespace(name, {
      metadata: {
        name,
        labels: {
          ...labelsOf({ name, labels }, 'namespace'),
          'pod-security.kubernetes.io/enforce': 'privileged',
          'istio-injection': 'disabled'
        }
      }
    }, inside)
    const own = { parent: this, name, labels, namespace: metadata.name }
    const quota = nodeQuota(own)
    const script = tuningScript(args.techniques, args.settings)
    const config = new kubernetes.core.v1.ConfigMap(`${name}-script`, {
      metadata: placed(own, `${name}-script`, 'tuner'),
      data: { 'tune.sh': script }
    }, inside)
    const account = new kubernetes.core.v1.ServiceAccount(name, {
      metadata: placed(own, name, 'tuner'),
      automountServiceAccountToken: false
    }, inside)
    const space: NodeNamespace = { ...own, account: account.metadata.name, quota }
    const tuner = tunerOf(space, config, digest(16, script))
    if (args.techniques.includes('sr-iov')) devicePlugin(space)
    this.techniques = tuner.metadata.name.apply(() => [...args.techniques])
    this.registerOutputs({ techniques: this.techniques })
  }
}

/**
 * Registers the quota without which GKE admits no pod of the nodes' own priority outside
 * kube-system (https://kubernetes.io/docs/concepts/policy/resource-quotas/, "Limit Priority Class
 * consumption by default"). It counts such pods and limits none: the number is that of GKE's own
 * quota.
 */
function nodeQuota (own: Omit<NodeNamespace, 'account' | 'quota'>): kubernetes.core.v1.ResourceQuota {
  return new kubernetes.core.v1.ResourceQuota(`${own.name}-critical-pods`, {
    metadata: placed(own, `${own.name}-critical-pods`, 'quota'),
    spec: {
      hard: { pods: '1G' },
      scopeSelector: {
        matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: [nodePriority] }]
      }
    }
  }, { parent: own.parent })
}

/** Registers the pods that run the script of `config` once per node and start. */
function tunerOf (
  space: NodeNamespace,
  config: kubernetes.core.v1.ConfigMap,
  checksum: string
): kubernetes.apps.v1.DaemonSet {
  return daemons(space, space.name, 'tuner', checksum, {
    hostPID: true,
    hostNetwork: true,
    initContainers: [{
      name: 'tune',
      image: images.shell,
      command: ['/bin/sh', '/tuning/tune.sh'],
      securityContext: { privileged: true },
      resources: resources('100m', '64Mi'),
      volumeMounts: [{ name: 'tuning', mountPath: '/tuning', readOnly: true }]
    }],
    // Does nothing: it keeps the pod, so that the init container runs once per node and start.
    containers: [{
      name: 'tuned',
      image: images.pause,
      securityContext: {
        allowPrivilegeEscalation: false,
        runAsNonRoot: true,
        runAsUser: 65535,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] }
      },
      resources: resources('10m', '16Mi')
    }],
    volumes: [{ name: 'tuning', configMap: { name: config.metadata.name, defaultMode: 0o555 } }]
  })
}
