/**
 * Tunes a cluster's nodes: a DaemonSet that applies the tier's techniques, and the SR-IOV device
 * plugin where the tier uses it.
 */
import * as kubernetes from '@pulumi/kubernetes'
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from '@pulumi/pulumi'
import { type NodeTuning as Settings, type Tuning } from '../../types.ts'
import { digest } from '../naming.ts'
import { tuningScript } from './tuning-script.ts'

/** `labels` are put on every object and pod, beside their own: who owns them. */
export interface NodeTuningArgs {
  readonly techniques: readonly Tuning[]
  readonly settings: Settings
  readonly labels: Readonly<Record<string, string>>
}

const images = {
  shell: 'docker.io/library/alpine:3.22.2',
  pause: 'registry.k8s.io/pause:3.10.1',
  devicePlugin: 'ghcr.io/k8snetworkplumbingwg/sriov-network-device-plugin:v3.10.0'
}

/**
 * What the device plugin offers to pods, and nothing that carries a node's or another pod's
 * traffic: `vf`, virtual functions that the tuning made of a physical interface, and `dpdk`,
 * devices that were set aside for user space by binding them to vfio-pci. The drivers of virtual
 * machines' own interfaces are not among them: any interface of an EKS node may belong to its pods
 * (ena), GKE's is the node's (gve, virtio_net), and an accelerated one of AKS is one half of the
 * node's (mlx5_core, mana).
 */
export const deviceResources = {
  resourceList: [
    { resourcePrefix: 'windlass.dev', resourceName: 'vf', selectors: [{ drivers: ['iavf', 'ixgbevf'] }] },
    { resourcePrefix: 'windlass.dev', resourceName: 'dpdk', selectors: [{ drivers: ['vfio-pci'] }] }
  ]
}

/** Outputs `techniques`: what is applied, known once it is. */
export class NodeTuning extends ComponentResource {
  readonly techniques: Output<string[]>

  constructor (name: string, args: NodeTuningArgs, options?: ComponentResourceOptions) {
    super('windlass:kubernetes:NodeTuning', name, {}, options)
    const inside = { parent: this }
    // What selects pods can't be changed later, so it is no more than what tells them apart.
    const selected = (component: string): Record<string, string> => ({
      'app.kubernetes.io/name': name,
      'app.kubernetes.io/component': component,
      'app.kubernetes.io/managed-by': 'windlass'
    })
    const labels = (component: string): Record<string, string> => ({ ...args.labels, ...selected(component) })
    // Only privileged pods can set a kernel's parameters; nothing else runs in this namespace, and
    // no mesh proxy beside it.
    const namespace = new kubernetes.core.v1.Namespace(name, {
      metadata: {
        name,
        labels: {
          ...labels('namespace'),
          'pod-security.kubernetes.io/enforce': 'privileged',
          'istio-injection': 'disabled'
        }
      }
    }, inside)
    const placed = (title: string, component: string) => ({
      name: title,
      namespace: namespace.metadata.name,
      labels: labels(component)
    })
    const script = tuningScript(args.techniques, args.settings)
    const config = new kubernetes.core.v1.ConfigMap(`${name}-script`, {
      metadata: placed(`${name}-script`, 'tuner'),
      data: { 'tune.sh': script }
    }, inside)
    const account = new kubernetes.core.v1.ServiceAccount(name, {
      metadata: placed(name, 'tuner'),
      automountServiceAccountToken: false
    }, inside)

    const daemons = (
      title: string,
      component: string,
      checksum: string,
      spec: Omit<
        kubernetes.types.input.core.v1.PodSpec,
        'serviceAccountName' | 'tolerations' | 'priorityClassName' | 'automountServiceAccountToken'
      >
    ): kubernetes.apps.v1.DaemonSet =>
      new kubernetes.apps.v1.DaemonSet(title, {
        metadata: placed(title, component),
        spec: {
          selector: { matchLabels: selected(component) },
          updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
          template: {
            // A changed script or configuration changes the pods, which apply it.
            metadata: { labels: labels(component), annotations: { 'windlass.dev/checksum': checksum } },
            spec: {
              ...spec,
              serviceAccountName: account.metadata.name,
              automountServiceAccountToken: false,
              priorityClassName: 'system-node-critical',
              tolerations: [{ operator: 'Exists' }]
            }
          }
        }
      }, inside)
    const resources = (
      cpu: string,
      memory: string
    ): Input<kubernetes.types.input.core.v1.ResourceRequirements> => ({
      requests: { cpu, memory },
      limits: { cpu, memory }
    })

    const tuner = daemons(name, 'tuner', digest(16, script), {
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
    if (args.techniques.includes('sr-iov')) this.devicePlugin(name, daemons, inside, placed, resources)
    this.techniques = tuner.metadata.name.apply(() => [...args.techniques])
    this.registerOutputs({ techniques: this.techniques })
  }

  private devicePlugin (
    name: string,
    daemons: (
      title: string,
      component: string,
      checksum: string,
      spec: kubernetes.types.input.core.v1.PodSpec
    ) => kubernetes.apps.v1.DaemonSet,
    inside: ComponentResourceOptions,
    placed: (title: string, component: string) => kubernetes.types.input.meta.v1.ObjectMeta,
    resources: (cpu: string, memory: string) => Input<kubernetes.types.input.core.v1.ResourceRequirements>
  ): void {
    const document = JSON.stringify(deviceResources, undefined, 2)
    const config = new kubernetes.core.v1.ConfigMap(`${name}-devices`, {
      metadata: placed(`${name}-devices`, 'device-plugin'),
      data: { 'config.json': document }
    }, inside)
    daemons(`${name}-devices`, 'device-plugin', digest(16, document), {
      hostNetwork: true,
      containers: [{
        name: 'device-plugin',
        image: images.devicePlugin,
        args: ['--log-level=2', '--config-file=/etc/pcidp/config.json'],
        securityContext: { privileged: true },
        resources: resources('100m', '64Mi'),
        volumeMounts: [
          { name: 'kubelet', mountPath: '/var/lib/kubelet/device-plugins' },
          { name: 'registry', mountPath: '/var/lib/kubelet/plugins_registry' },
          { name: 'device-info', mountPath: '/var/run/k8s.cni.cncf.io/devinfo/dp' },
          { name: 'config', mountPath: '/etc/pcidp', readOnly: true }
        ]
      }],
      volumes: [
        { name: 'kubelet', hostPath: { path: '/var/lib/kubelet/device-plugins', type: 'DirectoryOrCreate' } },
        {
          name: 'registry',
          hostPath: { path: '/var/lib/kubelet/plugins_registry', type: 'DirectoryOrCreate' }
        },
        {
          name: 'device-info',
          hostPath: { path: '/var/run/k8s.cni.cncf.io/devinfo/dp', type: 'DirectoryOrCreate' }
        },
        { name: 'config', configMap: { name: config.metadata.name } }
      ]
    })
  }
}
