/**
 * Kubelet settings that a cluster's tuning asks for: each cloud sets it on its node groups in its
 * own way. Pure.
 */
import { type NodeTuning, type Tuning } from '../types/cluster.ts'

/**
 * Settings where the federation file gives none: the CPUs and page sizes of the Nautilus document.
 */
export const defaultNodeTuning: NodeTuning = { pinnedCpus: [2, 3, 4, 5], hugePages: ['2Mi', '1Gi'] }

export interface KubeletTuning {
  /** True for the static CPU manager. */
  readonly pinned: boolean
  /** True when a pod's CPUs and devices are of one NUMA node. */
  readonly numa: boolean
  /**
   * CPUs before the first pinned one: they stay with the system and its interrupts, so that the
   * static CPU manager hands out the pinned ones first.
   */
  readonly systemCpus: string
}

/** CPUs as the kernel writes lists of them: `2-5`, `0,8-9`. */
export function cpuList (cpus: readonly number[]): string {
  const sorted = [...new Set(cpus)].sort((a, b) => a - b)
  const runs: [number, number][] = []
  for (const cpu of sorted) {
    const last = runs.at(-1)
    if (last && last[1] === cpu - 1) last[1] = cpu
    else runs.push([cpu, cpu])
  }
  return runs.map(([from, to]) => from === to ? String(from) : `${from}-${to}`).join(',')
}

/** CPUs that are left to the system: all before the first pinned one, at least CPU 0. */
export function systemCpus (nodeTuning: NodeTuning): string {
  const first = Math.max(Math.min(...nodeTuning.pinnedCpus), 1)
  return cpuList(Array.from({ length: first }, (_, cpu) => cpu))
}

/** Undefined when the tuning asks nothing of the kubelet. */
export function kubeletTuning (tuning: readonly Tuning[], nodeTuning: NodeTuning): KubeletTuning | undefined {
  const pinned = tuning.includes('cpu-pinning')
  const numa = tuning.includes('numa')
  return pinned || numa ? { pinned, numa, systemCpus: systemCpus(nodeTuning) } : undefined
}
