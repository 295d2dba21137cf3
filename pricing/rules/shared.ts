/** Charges that the clouds have in common. */
import { type Charge, type UsageCharge } from '../charge.ts'
import { nameOf } from '../inputs.ts'
import { type Cloud, type Resource } from '../model.ts'

/**
 * Charges for what a cluster's network moves beyond its zone. The control plane carries them, of
 * which each cluster has one. Azure moves between zones for nothing, and between regions over
 * peerings, which carry that volume themselves.
 */
export function networkVolumes (cloud: Cloud): UsageCharge[] {
  return [
    { meter: 'egress/internet', volume: 'internetEgressGb', what: 'to clients on the internet' },
    // A VPN goes over the internet, and is charged like it.
    { meter: 'egress/internet', volume: 'interCloudGb', what: 'to other clouds' },
    ...cloud === 'azure'
      ? []
      : [
        { meter: 'egress/region', volume: 'interRegionGb', what: 'to other regions' } as const,
        { meter: 'egress/zone', volume: 'crossZoneGb', what: 'to other zones' } as const
      ]
  ]
}

/** Charges of a bucket: its requests, and the volume that its name says that it keeps. */
export function bucketVolumes (bucket: Resource, meter: string): Charge[] {
  const name = nameOf(bucket.urn)
  const requests: UsageCharge = {
    meter: 'object-requests',
    volume: 'objectRequestsMillions',
    what: 'requests that write objects'
  }
  if (/backup|velero|replica/.test(name)) {
    return [{ meter, volume: 'backupGb', what: 'of backups kept' }, requests]
  }
  if (/log|metric|trace|audit/.test(name)) {
    return [{ meter, volume: 'logBucketGb', what: 'of logs and metrics kept' }, requests]
  }
  return [{ reason: 'its name says neither logs nor backups, so no volume is known' }, requests]
}

/** Nodes of a group that grows: what is desired, at least and at most. */
export interface Nodes {
  readonly desired: number
  readonly least: number
  readonly most: number
}

/** A charge for so much a node. */
export function perNode (
  meter: string,
  { desired, least, most }: Nodes,
  factor: number,
  what: string
): Charge {
  return { meter, quantity: desired * factor, least: least * factor, most: most * factor, what }
}
