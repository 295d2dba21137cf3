/** The SR-IOV device plugin: offers a node's devices to the pods that ask for them. */
import * as kubernetes from '@pulumi/kubernetes'
import { digest } from '../naming.ts'
import { daemons, type NodeNamespace, placed, resources } from './node-daemons.ts'

const image = 'ghcr.io/k8snetworkplumbingwg/sriov-network-device-plugin:v3.10.0'

/**
 * Devices that the plugin offers to pods: `vf`, virtual functions that the tuning made of a
 * physical interface, and `dpdk`, devices that were set aside for user space by binding them to
 * vfio-pci. Nothing that carries a node's or another pod's traffic is among them, so the drivers of
 * virtual machines' own interfaces are left out: any interface of an EKS node may belong to its
 * pods (ena), GKE's is the node's (gve, virtio_net), and an accelerated one of AKS is one half of
 * the node's (mlx5_core, mana).
 */
export const deviceResources = {
  resourceList: [
    { resourcePrefix: 'windlass.dev', resourceName: 'vf', selectors: [{ drivers: ['iavf', 'ixgbevf'] }] },
    { resourcePrefix: 'windlass.dev', resourceName: 'dpdk', selectors: [{ drivers: ['vfio-pci'] }] }
  ]
}

/** Registers the plugin on every node. */
export function devicePlugin (space: NodeNamespace): void {
  const { parent, name } = space
  const document = JSON.stringify(deviceResources, undefined, 2)
  const config = new kubernetes.core.v1.ConfigMap(`${name}-devices`, {
    metadata: placed(space, `${name}-devices`, 'device-plugin'),
    data: { 'config.json': document }
  }, { parent })
  daemons(space, `${name}-devices`, 'device-plugin', digest(16, document), {
    hostNetwork: true,
    containers: [{
      name: 'device-plugin',
      image,
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
