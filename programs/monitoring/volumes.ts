/** Volumes of what monitoring keeps: how large they are, and how many there are of each. Pure. */
import { type Cluster } from '../types/cluster.ts'
import { type PaidResource } from '../types.ts'
import { metricsReplicas } from './hub.ts'

/** Volumes of one size. */
export interface Volumes {
  readonly gb: number
  readonly count: number
}

/** A size as Kubernetes writes it. */
export function storageSize ({ gb }: Volumes): string {
  return `${gb}Gi`
}

/** The volumes of a cluster's Prometheus: in pairs where much happens. */
export function prometheusVolumes ({ role }: Cluster): Volumes {
  return role === 'primary' || role === 'hub' ? { gb: 100, count: 2 } : { gb: 50, count: 1 }
}

/** The volumes of the hub's services. */
export const hubVolumes = {
  ingester: { gb: 100, count: metricsReplicas },
  storeGateway: { gb: 50, count: metricsReplicas },
  alertmanager: { gb: 10, count: 2 },
  traces: { gb: 100, count: 1 }
} as const satisfies Readonly<Record<string, Volumes>>

/** The claims that make volumes, for a plan's cost. */
export function volumeClaims (name: string, volumes: Volumes): PaidResource {
  return {
    type: 'kubernetes:core/v1:PersistentVolumeClaim',
    name,
    count: volumes.count,
    inputs: { spec: { resources: { requests: { storage: storageSize(volumes) } } } }
  }
}
