/** Answer of the model of reachability. */
import { networkRules, type RuleName, type UnknownName } from './sources.ts'

/** A call that arrives, by which way; or the place that refuses it, and the rule it goes by. */
export type Verdict =
  | {
    readonly reached: true
    /** Regions that packets pass, in order, both ends included. */
    readonly regions: readonly string[]
    /** True where packets follow a dedicated circuit. */
    readonly unknown: readonly UnknownName[]
  }
  | { readonly reached: false, readonly at: string, readonly rule: RuleName, readonly why: string }

export function reached (regions: readonly string[], unknown: readonly UnknownName[] = []): Verdict {
  return { reached: true, regions, unknown }
}

export function refused (at: string, rule: RuleName, why: string): Verdict {
  return { reached: false, at, rule, why: `${why}: ${networkRules[rule].claim}` }
}
