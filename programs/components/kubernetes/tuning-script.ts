/**
 * The script that tunes a node, made from the techniques that its cluster's tier uses. Pure. Every
 * setting can be applied again without harm, and some a node has had from its pool since it started
 * (`kernel-tuning.ts`): the script sets what a cloud's pools do not take.
 */
import { type NodeTuning, type Tuning } from '../../types/cluster.ts'
import { hugePageCounts, sysctls } from '../kernel-tuning.ts'
import { systemCpus } from '../kubelet-tuning.ts'

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
        // The kernel gives what it finds in one piece, which after a node has run for long may be
        // fewer.
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
    `for irq in /proc/irq/[0-9]*; do echo ${systemCpus(settings)} > "$irq/smp_affinity_list" 2>/dev/null ` +
    `|| echo "interrupt \${irq##*/} stays"; done`
  ]
}

function sriov (settings: NodeTuning): string[] {
  return [
    'for device in /sys/class/net/*/device/sriov_totalvfs; do',
    '  [ -e "$device" ] || continue',
    `  wanted=${virtualFunctions(settings)}; most=$(cat "$device"); [ "$most" -lt "$wanted" ] && ` +
    'wanted=$most',
    '  numvfs="$(dirname "$device")/sriov_numvfs"',
    '  [ "$(cat "$numvfs")" -eq "$wanted" ] || { echo 0 > "$numvfs"; echo "$wanted" > "$numvfs"; }',
    'done'
  ]
}

function kernelBypass (): string[] {
  return [
    // Without an IOMMU, as on most virtual machines, vfio works only when told so.
    `${host} sh -c 'modprobe vfio-pci && { [ -d /sys/class/iommu ] && [ -n "$(ls /sys/class/iommu)" ] || ` +
    `echo Y > /sys/module/vfio/parameters/enable_unsafe_noiommu_mode; }' || echo "vfio-pci is absent"`
  ]
}

/**
 * The whole script. `cpu-pinning`, `numa` and `placement` are settings of the node groups and add
 * nothing here.
 */
export function tuningScript (techniques: readonly Tuning[], settings: NodeTuning): string {
  const parts: [Tuning, string[]][] = [
    ['tcp-bbr', bbr()],
    ['huge-pages', hugePages(settings)],
    ['irq-affinity', irqAffinity(settings)],
    ['sr-iov', sriov(settings)],
    ['kernel-bypass', kernelBypass()]
  ]
  return [
    '#!/bin/sh',
    'set -eu',
    ...parts.filter(([technique]) => techniques.includes(technique)).flatMap((
      [technique, lines]
    ) => [`echo "${technique}"`, ...lines]),
    ''
  ].join('\n')
}
