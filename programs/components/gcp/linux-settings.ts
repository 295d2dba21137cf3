/**
 * The part of a kernel's tuning that GKE takes at a node pool. Pure. Source: GKE API reference,
 * LinuxNodeConfig and HugepagesConfig; gcloud reference, --system-config-from-file.
 */
import { hugePageCounts, type KernelTuning } from '../kernel-tuning.ts'

/** The parameters of ours that node pools may set: others the API refuses. */
const settable: ReadonlySet<string> = new Set([
  'net.core.netdev_max_backlog',
  'net.core.rmem_max',
  'net.core.wmem_max',
  'net.core.somaxconn',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
  'net.ipv4.tcp_mtu_probing',
  'net.ipv4.tcp_congestion_control'
])

/** Machine families whose nodes may have pages of 1 GiB. */
const gigabytePages: ReadonlySet<string> = new Set(['a2', 'a3', 'c2d', 'c3', 'c3d', 'g2', 'h3', 'm2', 'm3'])

/** A node pool's `linuxNodeConfig`. */
export interface LinuxNodeConfig {
  readonly sysctls?: Record<string, string>
  readonly hugepagesConfig?: { hugepageSize2m?: number, hugepageSize1g?: number }
}

/** Undefined when nothing is left that GKE takes. */
export function linuxNodeConfig (kernel: KernelTuning, machineType: string): LinuxNodeConfig | undefined {
  const sysctls = Object.fromEntries(Object.entries(kernel.sysctls).filter(([name]) => settable.has(name)))
  const small = kernel.hugePages.includes('2Mi') ? { hugepageSize2m: hugePageCounts['2Mi'].count } : {}
  const large = kernel.hugePages.includes('1Gi') && gigabytePages.has(machineType.split('-')[0] ?? '')
    ? { hugepageSize1g: hugePageCounts['1Gi'].count }
    : {}
  const pages = { ...small, ...large }
  const settings = {
    ...(Object.keys(sysctls).length > 0 && { sysctls }),
    ...(Object.keys(pages).length > 0 && { hugepagesConfig: pages })
  }
  return Object.keys(settings).length > 0 ? settings : undefined
}
