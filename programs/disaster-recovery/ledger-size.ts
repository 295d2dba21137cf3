/** Size of a pair's ledger: instances on each side, and the volumes of each instance. Pure. */

/**
 * Instances: one in each zone where trading happens; the standby grows when it has to take over.
 */
export const ledgerInstances = { primary: 3, standby: 1 } as const

/** Volumes of an instance: data, and the log that is written ahead of it. */
export const ledgerVolumes = { storage: { size: '100Gi' }, walStorage: { size: '20Gi' } } as const
