/** What a rule says of a resource: the meters it runs up. */
import { type Cloud, type PriceTable, type Resource, type VolumeName } from './model.ts'

/** So many of a meter's units (hours: of so many things), whatever is done with the resource. */
export interface FixedCharge {
  readonly meter: string
  readonly quantity: number
  readonly least?: number
  readonly most?: number
  readonly what?: string
}
/**
 * A meter that follows a volume of the federation file: the resource's share of it. All resources
 * of a cluster (of the federation, for a shared volume) that carry one volume on one meter share it
 * alike. `factor` turns the volume into the meter's units.
 */
export interface UsageCharge {
  readonly meter: string
  readonly volume: VolumeName
  readonly factor?: number
  readonly what?: string
}
/** A part that can't be priced, and why. */
export interface OpenCharge {
  readonly reason: string
}
export type Charge = FixedCharge | UsageCharge | OpenCharge

/** What a rule may look at beside the resource: the other resources that are priced with it. */
export interface Surroundings {
  readonly cloud: Cloud
  readonly all: readonly Resource[]
  readonly charts: PriceTable['charts']
}
/**
 * Charges of one resource; none when this one costs nothing. Must not fail on inputs that are
 * missing or unknown.
 */
export type Rule = (resource: Resource, around: Surroundings) => readonly Charge[]
export type Rules = Readonly<Record<string, Rule>>
