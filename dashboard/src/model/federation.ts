/** The parts of a federation file that the page shows. */
export interface Cluster {
  name: string
  role: 'primary' | 'hub' | 'dr' | 'analytics'
  cloud: 'aws' | 'gcp' | 'azure'
  region: string
  area?: string
  cidr: string
  tier?: string
  kubernetesVersion?: string
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
  rpoSeconds: number
}
export interface Federation {
  name: string
  description?: string
  owner: string
  clusters: Cluster[]
  links?: Link[]
  disasterRecovery?: { pairs: RecoveryPair[] }
  targetMinutes?: number
  budget?: { monthly?: number }
}

/**
 * A cluster's name without the federation's, where that is all it starts with: there is little room
 * in a grid.
 */
export function shortName (name: string, federation: string): string {
  return name.startsWith(`${federation}-`) && name.length > federation.length + 1
    ? name.slice(federation.length + 1)
    : name
}
