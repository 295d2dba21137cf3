/** The script that tunes a node, made from the techniques that its cluster's tier uses. Pure. Every setting can be applied again without harm. */
import { type NodeTuning, type Tuning } from '../../contract.ts'
import { systemCpus } from '../kubelet-tuning.ts'

/** Settings of the kernel's network stack: BBR with fair queueing, and buffers of 64 MiB, which hold 21 ms of 25 Gbit/s or 150 ms (Asia to the US) of 3.5 Gbit/s. */
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

/** Huge pages of each size per node: 2 GiB in small ones, 2 GiB in large ones, an eighth or less of every node that uses them. */
export const hugePageCounts: Readonly<Record<NodeTuning['hugePages'][number], { readonly kilobytes: number, readonly count: number }>> = {
  '2Mi': { kilobytes: 2048, count: 1024 },
  '1Gi': { kilobytes: 1048576, count: 2 }
}

/** Virtual functions that SR-IOV makes of each interface that can: one for each trading CPU. */
function virtualFunctions (settings: NodeTuning): number {
  return settings.pinnedCpus.length
}

const host = 'nsenter --target 1 --mount --uts --ipc --net --pid --'

function bbr (): string[] {
  return [
    `${host} modprobe tcp_bbr || echo "tcp_bbr is built in or absent"`,
    ...Object.entries(sysctls).map(([name, value]) => `sysctl -w ${name}="${value}"`)
  ]
}

function hugePages (settings: NodeTuning): string[] {
  return [
    'changed=no',
    ...settings.hugePages.flatMap((size) => {
      const { kilobytes, count } = hugePageCounts[size]
      const file = `/sys/kernel/mm/hugepages/hugepages-${kilobytes}kB/nr_hugepages`
      return [
        `if [ ! -e ${file} ]; then echo "this machine has no pages of ${size}"`,
        `elif [ "$(cat ${file})" -lt ${count} ]; then`,
        // The kernel gives what it finds in one piece, which after a node has run for long may be fewer.
        `  echo ${count} > ${file}; changed=yes; echo "$(cat ${file}) of ${count} pages of ${size}"`,
        'fi'
      ]
    }),
    // The kubelet counts huge pages when it starts, and never again.
    `if [ "$changed" = yes ]; then ${host} systemctl restart kubelet; fi`
  ]
}

function irqAffinity (settings: NodeTuning): string[] {
  return [
    `${host} sh -c 'systemctl stop irqbalance 2>/dev/null || true'`,
    // Some interrupts belong to one CPU and refuse to move.
    `for irq in /proc/irq/[0-9]*; do echo ${systemCpus(settings)} > "$irq/smp_affinity_list" 2>/dev/null || echo "interrupt \${irq##*/} stays"; done`
  ]
}

function sriov (settings: NodeTuning): string[] {
  return [
    'for device in /sys/class/net/*/device/sriov_totalvfs; do',
    '  [ -e "$device" ] || continue',
    `  wanted=${virtualFunctions(settings)}; most=$(cat "$device"); [ "$most" -lt "$wanted" ] && wanted=$most`,
    '  numvfs="$(dirname "$device")/sriov_numvfs"',
    '  [ "$(cat "$numvfs")" -eq "$wanted" ] || { echo 0 > "$numvfs"; echo "$wanted" > "$numvfs"; }',
    'done'
  ]
}

function kernelBypass (): string[] {
  return [
    // Without an IOMMU, as on most virtual machines, vfio works only when told so.
    `${host} sh -c 'modprobe vfio-pci && { [ -d /sys/class/iommu ] && [ -n "$(ls /sys/class/iommu)" ] || echo Y > /sys/module/vfio/parameters/enable_unsafe_noiommu_mode; }' || echo "vfio-pci is absent"`
  ]
}

/** The whole script. `cpu-pinning`, `numa` and `placement` are settings of the node groups and add nothing here. */
export function tuningScript (techniques: readonly Tuning[], settings: NodeTuning): string {
  const parts: [Tuning, string[]][] = [
    ['tcp-bbr', bbr()],
    ['huge-pages', hugePages(settings)],
    ['irq-affinity', irqAffinity(settings)],
    ['sr-iov', sriov(settings)],
    ['kernel-bypass', kernelBypass()]
  ]
  return ['#!/bin/sh', 'set -eu', ...parts.filter(([technique]) => techniques.includes(technique)).flatMap(([technique, lines]) => [`echo "${technique}"`, ...lines]), ''].join('\n')
}
