/** Charges: what a rule says of a resource. */
import { type Cloud, type PriceTable, type Resource, type VolumeName } from './model.ts'

/** A charge for the resource being there, whatever is done with it. */
export interface FixedCharge {
  readonly meter: string
  /** Quantity in the meter's units; for an hourly meter, the number of things. */
  readonly quantity: number
  /** Least quantity that autoscaling can make of it. */
  readonly least?: number
  /** Most quantity that autoscaling can make of it. */
  readonly most?: number
  /** Name of what is charged for, for people. */
  readonly what?: string
}
/**
 * A charge by use: the resource's share of a volume of the federation file. All resources of a
 * cluster (of the federation, for a shared volume) that carry one volume on one meter share it
 * alike.
 */
export interface UsageCharge {
  readonly meter: string
  readonly volume: VolumeName
  /** Factor that turns the volume into the meter's units; one when absent. */
  readonly factor?: number
  /** Name of what is charged for, for people. */
  readonly what?: string
}
/** A part that cannot be priced. */
export interface OpenCharge {
  readonly reason: string
}
export type Charge = FixedCharge | UsageCharge | OpenCharge

/** Surroundings of a resource that a rule may look at. */
export interface Surroundings {
  readonly cloud: Cloud
  /** All resources that are priced together. */
  readonly all: readonly Resource[]
  /** Charts that the price table knows. */
  readonly charts: PriceTable['charts']
}
/**
 * Lists the charges of one resource; none when it costs nothing. Must not fail on inputs that are
 * missing or unknown.
 */
export type Rule = (resource: Resource, around: Surroundings) => readonly Charge[]
export type Rules = Readonly<Record<string, Rule>>
