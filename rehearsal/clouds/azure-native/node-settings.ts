/**
 * Kernel settings that AKS accepts for an agent pool. Source: Microsoft, "Customize the node
 * configuration for AKS node pools".
 */
import { type WireObject } from '../../wire.ts'
import { objectAt } from '../wire-values.ts'

/** Bounds of parameters that programs set, from the least to the most. */
const bounds: Readonly<Record<string, readonly [number, number]>> = {
  netCoreSomaxconn: [4096, 3_240_000],
  netCoreNetdevMaxBacklog: [1000, 3_240_000],
  netCoreRmemMax: [212_992, 134_217_728],
  netCoreWmemMax: [212_992, 134_217_728]
}
const settingChoices: Readonly<Record<string, readonly string[]>> = {
  transparentHugePageEnabled: ['always', 'madvise', 'never'],
  transparentHugePageDefrag: ['always', 'defer', 'defer+madvise', 'madvise', 'never']
}

/** Failures of a pool's `linuxOSConfig`; `property` is the path of the pool. */
export function kernelFailures (pool: WireObject, property: string): { property: string, reason: string }[] {
  const linux = objectAt(pool, 'linuxOSConfig')
  const sysctls = objectAt(linux, 'sysctls')
  return [
    ...Object.entries(bounds).flatMap(([name, [least, most]]) => {
      const value = sysctls[name]
      return typeof value === 'number' && (value < least || value > most)
        ? [{
          property,
          reason: `CustomLinuxOSConfig.sysctls.${name} must be between ${least} and ${most}, got ${value}`
        }]
        : []
    }),
    ...Object.entries(settingChoices).flatMap(([name, choices]) => {
      const value = linux[name]
      return typeof value === 'string' && !choices.includes(value)
        ? [{
          property,
          reason: `CustomLinuxOSConfig.${name} must be one of ${choices.join(', ')}, got ${value}`
        }]
        : []
    })
  ]
}
