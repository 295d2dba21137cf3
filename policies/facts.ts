/**
 * The federation and the unit, as policies know them that judge the unit's resources. The service
 * writes them into the pack's configuration for each operation; a policy that is run without them
 * (by hand, with the plain CLI) judges what a resource shows by itself.
 */
import { type CloudName } from '../contract/words.ts'
import { type Place } from '../pricing/locate.ts'
import { type PriceTable, type Volumes } from '../pricing/model.ts'

/** A cluster of the federation. */
export interface ClusterFacts {
  readonly name: string
  readonly cloud: CloudName
  readonly region: string
  /** Continent: us, eu or asia. */
  readonly area: string
  readonly role: string
  /** Address block of its network. */
  readonly cidr: string
  /** Address block of its pods. */
  readonly podCidr: string
  /** Address block of its Services. */
  readonly serviceCidr: string
  readonly stateful: boolean
  readonly pools: readonly {
    readonly name: string
    readonly instanceType: string
    readonly min: number
    readonly max: number
  }[]
}

export interface Facts {
  readonly federation: string
  readonly phase: string
  /** The unit's scope: a cluster's name, `{from}.{to}`, a cloud or `global`. */
  readonly scope: string
  readonly owner: string
  readonly labels: Readonly<Record<string, string>>
  /** The clusters that the unit is deployed for. */
  readonly clusters: readonly ClusterFacts[]
  /** Regions that the federation uses, by cloud. */
  readonly regions: Readonly<Partial<Record<CloudName, readonly string[]>>>
  /** Areas by region, of the federation's regions. */
  readonly areas: Readonly<Record<string, string>>
  /** Areas where an area's data may be kept, by area. */
  readonly residency: Readonly<Record<string, readonly string[]>>
  /** Disaster recovery pairs of the unit's clusters, with both clouds. */
  readonly pairs: readonly {
    readonly primary: string
    readonly standby: string
    readonly primaryCloud: CloudName
    readonly standbyCloud: CloudName
    readonly crossCloud: boolean
  }[]
  readonly minTlsVersion: string
}

/** An exception of the federation file that still applies. */
export interface Exception {
  /** Pattern of URNs, in which `*` stands for any text. */
  readonly resource: string
  readonly reason: string
}

/** A unit's budget, and what its cost is estimated from. */
export interface Cost {
  /** The unit's id. */
  readonly unit: string
  /** US dollars a month. */
  readonly budget: number
  /** Origin of the budget, in words. */
  readonly share: string
  readonly table: PriceTable
  readonly volumes: Volumes
  /** Names of the clusters of the unit's scope. */
  readonly clusters: readonly string[]
  /** Places of all of the federation's clusters. */
  readonly places: readonly Place[]
}

/** A policy's configuration. */
export interface Settings {
  readonly facts?: Facts
  readonly cost?: Cost
  readonly exceptions?: readonly Exception[]
}
