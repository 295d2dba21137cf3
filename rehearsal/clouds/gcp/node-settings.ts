/**
 * Kernel settings that GKE accepts for a node pool. Sources: GKE API reference, LinuxNodeConfig;
 * gcloud reference, --system-config-from-file.
 */
import { type WireObject } from '../../wire.ts'
import { objectAt, stringAt } from '../wire-values.ts'

const sysctls = new Set([
  ...[
    'busy_poll',
    'busy_read',
    'netdev_max_backlog',
    'rmem_max',
    'rmem_default',
    'wmem_default',
    'wmem_max',
    'optmem_max',
    'somaxconn'
  ].map((name) => `net.core.${name}`),
  ...[
    'rmem',
    'wmem',
    'tw_reuse',
    'mtu_probing',
    'max_orphans',
    'max_tw_buckets',
    'syn_retries',
    'ecn',
    'congestion_control'
  ].map((name) => `net.ipv4.tcp_${name}`),
  ...['max', 'buckets', 'tcp_timeout_close_wait', 'tcp_timeout_time_wait', 'tcp_timeout_established', 'acct']
    .map((name) => `net.netfilter.nf_conntrack_${name}`)
])
/** Kernel, file and memory parameters of these names exist too: programs have no use for them. */
const others = /^(kernel|fs|vm)\./
const gigabytePages = new Set(['a2', 'a3', 'c2d', 'c3', 'c3d', 'g2', 'h3', 'm2', 'm3'])

/** Failures of a pool's `nodeConfig.linuxNodeConfig`. */
export function kernelFailures (inputs: WireObject): { property: string, reason: string }[] {
  const linux = objectAt(inputs, 'nodeConfig.linuxNodeConfig')
  const unknown = Object.keys(objectAt(linux, 'sysctls')).filter((name) =>
    !sysctls.has(name) && !others.test(name)
  )
  const family = (stringAt(inputs, 'nodeConfig.machineType') ?? 'e2-medium').split('-')[0] ?? ''
  const pages = objectAt(linux, 'hugepagesConfig').hugepageSize1g
  return [
    ...unknown.map((name) => ({
      property: 'nodeConfig.linuxNodeConfig.sysctls',
      reason: `unsupported sysctl "${name}"`
    })),
    ...typeof pages === 'number' && pages > 0 && !gigabytePages.has(family)
      ? [{
        property: 'nodeConfig.linuxNodeConfig.hugepagesConfig.hugepageSize1g',
        reason: `1G hugepages are not available in machine family ${family}`
      }]
      : []
  ]
}
