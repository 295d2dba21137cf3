/**
 * Families since the fourth generation take Hyperdisk only; older ones have persistent disks on
 * SSD. Pure.
 */
export function diskType (machineType: string): 'hyperdisk-balanced' | 'pd-ssd' {
  return /^[a-z]4[a-z]*-/.test(machineType) ? 'hyperdisk-balanced' : 'pd-ssd'
}
