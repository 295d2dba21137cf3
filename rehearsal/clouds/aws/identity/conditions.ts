/**
 * Conditions of IAM statements. Pure. Source: IAM User Guide, "IAM JSON policy elements: Condition
 * operators" and "Conditions with multiple context keys or values".
 */
import { type WireObject, type WireValue } from '../../../wire.ts'
import { wildcardMatches } from '../../wildcards.ts'
import { isObject } from '../../wire-values.ts'

/** Values of a request's condition keys. */
export interface RequestContext {
  /**
   * Values of a key, in lower case; an empty list for one that the request lacks, undefined for one
   * of which nobody knows.
   */
  get(key: string): readonly string[] | undefined
}

/** Result of a condition: it holds, does not, or depends on what is not known. */
export type Outcome = 'yes' | 'no' | 'unknown'

const listOf = (value: WireValue): string[] => (Array.isArray(value) ? value : [value]).map(String)
const whole = (a: string, b: string): boolean => a === b
const anyCase = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** Comparisons by operator, of a request's value with one of the statement's. */
const comparisons: Record<string, (value: string, wanted: string) => boolean> = {
  StringEquals: whole,
  StringEqualsIgnoreCase: anyCase,
  StringLike: (value, wanted) => wildcardMatches(wanted, value),
  // ArnEquals and ArnLike behave alike: both take wildcards.
  ArnEquals: (value, wanted) => wildcardMatches(wanted, value),
  ArnLike: (value, wanted) => wildcardMatches(wanted, value),
  Bool: anyCase,
  NumericEquals: (value, wanted) => Number(value) === Number(wanted),
  NumericLessThan: (value, wanted) => Number(value) < Number(wanted),
  NumericLessThanEquals: (value, wanted) => Number(value) <= Number(wanted),
  NumericGreaterThan: (value, wanted) => Number(value) > Number(wanted),
  NumericGreaterThanEquals: (value, wanted) => Number(value) >= Number(wanted)
}
/** Operators that hold when their opposite does not. */
const opposites: Record<string, string> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NumericNotEquals: 'NumericEquals'
}

/** Decides a statement's whole `Condition`: every operator and key of it has to hold. */
export function conditionHolds (condition: WireValue | undefined, context: RequestContext): Outcome {
  if (condition === undefined) return 'yes'
  if (!isObject(condition)) return 'unknown'
  let result: Outcome = 'yes'
  for (const [operator, keys] of Object.entries(condition)) {
    if (!isObject(keys)) return 'unknown'
    for (const [key, wanted] of Object.entries(keys as WireObject)) {
      const outcome = testHolds(operator, context.get(key.toLowerCase()), listOf(wanted))
      if (outcome === 'no') return 'no'
      if (outcome === 'unknown') result = 'unknown'
    }
  }
  return result
}

/** Decides one test; `values` undefined: nobody knows if the request has the key. */
function testHolds (operator: string, values: readonly string[] | undefined, wanted: string[]): Outcome {
  if (values === undefined) return 'unknown'
  const [, quantifier, bare = operator] = /^(ForAllValues|ForAnyValue):(.+)$/.exec(operator) ?? []
  const optional = bare.endsWith('IfExists')
  const name = optional ? bare.slice(0, -'IfExists'.length) : bare
  if (name === 'Null') return (values.length === 0) === (wanted[0] === 'true') ? 'yes' : 'no'
  const compare = comparisons[opposites[name] ?? name]
  if (!compare) return 'unknown'
  const negated = opposites[name] !== undefined
  const holds = (value: string): boolean => wanted.some((one) => compare(value, one)) !== negated
  if (values.length === 0) {
    return optional || negated || quantifier === 'ForAllValues' ? 'yes' : 'no'
  }
  if (quantifier === 'ForAllValues') return values.every(holds) ? 'yes' : 'no'
  if (quantifier === 'ForAnyValue') return values.some(holds) ? 'yes' : 'no'
  // Keys with one value are tested by it.
  return holds(values[0] ?? '') ? 'yes' : 'no'
}
