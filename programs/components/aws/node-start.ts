/**
 * User data of EKS nodes: settings of the kubelet, and a script that tunes the kernel before the
 * kubelet runs. Pure.
 */
import { hugePageCounts, type KernelTuning } from '../kernel-tuning.ts'
import { type KubeletTuning } from '../kubelet-tuning.ts'

/**
 * Pods on a node whose second interface is taken: far below what the other interfaces have
 * addresses for, and what Kubernetes recommends.
 */
const mostPods = 110

/**
 * Settings of the kubelet as Amazon Linux 2023 takes them, a NodeConfig document that EKS merges
 * with its own.
 */
function nodeConfig (kubelet: KubeletTuning | undefined, bypass: boolean): object {
  const config = {
    ...(kubelet?.pinned && { cpuManagerPolicy: 'static', reservedSystemCPUs: kubelet.systemCpus }),
    ...(kubelet?.numa && { topologyManagerPolicy: 'single-numa-node', topologyManagerScope: 'pod' }),
    ...(bypass && { maxPods: mostPods })
  }
  return { apiVersion: 'node.eks.aws/v1alpha1', kind: 'NodeConfig', spec: { kubelet: { config } } }
}

const metadata = 'http://169.254.169.254/latest'

/**
 * Hands the interface with device number 1 to user space. Which one that is only the metadata
 * service knows for certain: a wrong one would cut the node off.
 */
const bypassScript = [
  'modprobe vfio enable_unsafe_noiommu_mode=1 && modprobe vfio-pci || echo "vfio-pci is absent"',
  `token=$(curl -sf -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' ${metadata}/api/token)`,
  'for link in /sys/class/net/*; do',
  '  [ -e "$link/device" ] || continue',
  '  number=$(curl -sf -H "X-aws-ec2-metadata-token: $token" ' +
  `"${metadata}/meta-data/network/interfaces/macs/$(cat "$link/address")/device-number") || continue`,
  '  [ "$number" = 1 ] || continue',
  '  device=$(readlink -f "$link/device")',
  '  ip link set "$(basename "$link")" down',
  '  echo vfio-pci > "$device/driver_override"',
  '  basename "$device" > "$device/driver/unbind"',
  '  basename "$device" > /sys/bus/pci/drivers_probe',
  'done'
]

function kernelScript (kernel: KernelTuning): string {
  return [
    '#!/bin/sh',
    'set -eu',
    ...(Object.keys(kernel.sysctls).length > 0
      ? ['modprobe tcp_bbr || echo "tcp_bbr is built in or absent"']
      : []),
    ...Object.entries(kernel.sysctls).map(([name, value]) => `sysctl -w ${name}="${value}"`),
    ...kernel.hugePages.map((size) =>
      `echo ${hugePageCounts[size].count} > ` +
      `/sys/kernel/mm/hugepages/hugepages-${hugePageCounts[size].kilobytes}kB/nr_hugepages`
    ),
    ...(kernel.bypass ? bypassScript : []),
    ''
  ].join('\n')
}

/** A launch template's user data, base64; undefined when there is nothing to tell. */
export function nodeStart (
  kubelet: KubeletTuning | undefined,
  kernel: KernelTuning | undefined
): string | undefined {
  const parts = [
    ...(kubelet || kernel?.bypass
      ? [{
        type: 'application/node.eks.aws',
        text: JSON.stringify(nodeConfig(kubelet, kernel?.bypass ?? false))
      }]
      : []),
    ...(kernel ? [{ type: 'text/x-shellscript; charset="us-ascii"', text: kernelScript(kernel) }] : [])
  ]
  if (parts.length === 0) return undefined
  const lines = [
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="node"',
    '',
    ...parts.flatMap(({ type, text }) => ['--node', `Content-Type: ${type}`, '', text]),
    '--node--',
    ''
  ]
  return Buffer.from(lines.join('\n')).toString('base64')
}
