/**
 * The part of a kernel's tuning that AKS takes at an agent pool. Pure. Source: Microsoft,
 * "Customize the node configuration for AKS node pools".
 */
import { type KernelTuning } from '../kernel-tuning.ts'

/** The parameters of ours that agent pools may set, as AKS names them. */
const names = {
  netCoreNetdevMaxBacklog: 'net.core.netdev_max_backlog',
  netCoreRmemMax: 'net.core.rmem_max',
  netCoreSomaxconn: 'net.core.somaxconn',
  netCoreWmemMax: 'net.core.wmem_max'
} as const

/** An agent pool's `linuxOSConfig`. */
export interface LinuxOsConfig {
  readonly sysctls?: Partial<Record<keyof typeof names, number>>
  readonly transparentHugePageEnabled?: string
  readonly transparentHugePageDefrag?: string
}

/**
 * Undefined when nothing is left that AKS takes. It has no setting for reserved huge pages: with
 * `huge-pages` transparent ones are given to who asks for them alone (`madvise`), since joining
 * pages behind others' backs stalls them; the reserved ones are the tuning script's.
 */
export function linuxOsConfig (kernel: KernelTuning): LinuxOsConfig | undefined {
  const sysctls = Object.fromEntries(
    Object.entries(names).flatMap(([name, parameter]) =>
      kernel.sysctls[parameter] === undefined ? [] : [[name, Number(kernel.sysctls[parameter])]]
    )
  )
  const settings = {
    ...(Object.keys(sysctls).length > 0 && { sysctls }),
    ...(kernel.hugePages.length > 0 &&
      { transparentHugePageEnabled: 'madvise', transparentHugePageDefrag: 'madvise' })
  }
  return Object.keys(settings).length > 0 ? settings : undefined
}
