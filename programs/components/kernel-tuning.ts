/**
 * Kernel settings that a cluster's tuning asks of its nodes. Clouds take it at the node pool as far
 * as their references say: there it holds from a node's start, when memory is still in one piece
 * and before the kubelet counts huge pages. The tuning script of phase 3 sets the rest. Pure.
 */
import { type NodeTuning, type Tuning } from '../types/cluster.ts'

/**
 * Settings of the kernel's network stack: BBR with fair queueing, and buffers of 64 MiB, which hold
 * 21 ms of 25 Gbit/s or 150 ms (Asia to the US) of 3.5 Gbit/s.
 */
export const sysctls: Readonly<Record<string, string>> = {
  'net.core.default_qdisc': 'fq',
  'net.ipv4.tcp_congestion_control': 'bbr',
  'net.core.rmem_max': '67108864',
  'net.core.wmem_max': '67108864',
  'net.ipv4.tcp_rmem': '4096 131072 67108864',
  'net.ipv4.tcp_wmem': '4096 131072 67108864',
  'net.core.netdev_max_backlog': '250000',
  'net.core.somaxconn': '65535',
  'net.ipv4.tcp_slow_start_after_idle': '0',
  'net.ipv4.tcp_mtu_probing': '1'
}

/**
 * Huge pages of each size per node: 2 GiB in small ones, 2 GiB in large ones, a quarter or less of
 * every node that uses them.
 */
export const hugePageCounts: Readonly<
  Record<NodeTuning['hugePages'][number], { readonly kilobytes: number, readonly count: number }>
> = {
  '2Mi': { kilobytes: 2048, count: 1024 },
  '1Gi': { kilobytes: 1048576, count: 2 }
}

export interface KernelTuning {
  /** Parameters of the kernel; empty without `tcp-bbr`. */
  readonly sysctls: Readonly<Record<string, string>>
  /** Page sizes; none without `huge-pages`. */
  readonly hugePages: NodeTuning['hugePages']
  /** True when an interface is for user space alone. */
  readonly bypass: boolean
}

/** Undefined when the tuning asks nothing of the kernel. */
export function kernelTuning (tuning: readonly Tuning[], nodeTuning: NodeTuning): KernelTuning | undefined {
  const [network, pages, bypass] = [
    tuning.includes('tcp-bbr'),
    tuning.includes('huge-pages'),
    tuning.includes('kernel-bypass')
  ]
  return network || pages || bypass
    ? { sysctls: network ? sysctls : {}, hugePages: pages ? nodeTuning.hugePages : [], bypass }
    : undefined
}
