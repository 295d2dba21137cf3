/** A federation as the page shows it. Pure. */
import type { ClusterRole } from '../../../contract/words.ts'
import type { components } from '../api/schema.d.ts'

type Described = components['schemas']['Federation']

/** A cluster, with fields of the file that the API's document leaves open. */
export interface Cluster extends Pick<Described['clusters'][number], 'name' | 'cloud' | 'region' | 'cidr'> {
  role: ClusterRole
  area?: string
  nodePools?: { name: string, instanceType: string, min: number, max: number }[]
}
export interface Link {
  from: string
  to: string
  kind: string
  bandwidthGbps: number
}
export interface RecoveryPair {
  primary: string
  standby: string
  rtoSeconds: number
}
/** A federation, with fields of the file that the API's document leaves open. */
export interface Federation extends Pick<Described, 'name' | 'owner'> {
  description?: string
  clusters: Cluster[]
  links?: Link[]
  disasterRecovery?: { pairs: RecoveryPair[] }
  targetMinutes?: number
  budget?: { monthly?: number }
}

/** Shortens the name of a cluster that begins with the federation's: a grid has little room. */
export function shortName (name: string, federation: string): string {
  return name.startsWith(`${federation}-`) && name.length > federation.length + 1
    ? name.slice(federation.length + 1)
    : name
}
