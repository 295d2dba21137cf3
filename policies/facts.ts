/**
 * What policies know of the federation and of the unit whose resources they judge. The service
 * writes it into the pack's configuration for each operation; a policy that is run without it (by
 * hand, with the plain CLI) judges what a resource shows by itself.
 */
import { type CloudName } from '../contract/words.ts'
import { type Place } from '../pricing/locate.ts'
import { type PriceTable, type Volumes } from '../pricing/model.ts'

/** A cluster of the federation. */
export interface ClusterFacts {
  readonly name: string
  readonly cloud: CloudName
  readonly region: string
  /** us, eu, asia. */
  readonly area: string
  readonly role: string
  /** Blocks of its network, its pods and its services. */
  readonly cidr: string
  readonly podCidr: string
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
  /** Region -> the area it lies in, of the federation's regions. */
  readonly areas: Readonly<Record<string, string>>
  /** Area -> areas where its data may be kept. */
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

/**
 * An exception of the federation file that still applies: `resource` is matched against the URN,
 * `*` stands for any text.
 */
export interface Exception {
  readonly resource: string
  readonly reason: string
}

/** What a unit may cost, and what its cost is estimated with. */
export interface Cost {
  /** The unit's id. */
  readonly unit: string
  /** US dollars a month. */
  readonly budget: number
  /** Where the budget comes from, in words. */
  readonly share: string
  readonly table: PriceTable
  readonly volumes: Volumes
  /** Names of the clusters that the unit's scope names, and where all of the federation's are. */
  readonly clusters: readonly string[]
  readonly places: readonly Place[]
}

/** A policy's configuration. */
export interface Settings {
  readonly facts?: Facts
  readonly cost?: Cost
  readonly exceptions?: readonly Exception[]
}
