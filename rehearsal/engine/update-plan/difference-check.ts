/** Compares changes that are about to be made with those of a plan (pulumi `deploy/plan.go`). */
import { unknownValue, type WireObject, type WireValue } from '../../wire.ts'
import { goText } from '../values/go-text.ts'
import {
  type PlanDifference,
  type PropertyDifference,
  propertyDifference,
  sameButUnknowns
} from './property-difference.ts'

/** An operation on a property: it is added, changed, deleted, or stays. */
type Operation = '+' | '~' | '-' | '='

/** One violation: what the plan expected, what was found, the property and the values. */
function violation (planned: PlanDifference, key: string, operation: Operation, actual?: WireValue): string {
  const expected = planned.adds[key] ?? planned.updates[key]
  const wanted: Operation = key in planned.adds
    ? '+'
    : key in planned.updates
    ? '~'
    : planned.deletes.includes(key)
    ? '-'
    : '='
  const values = [expected, actual].filter((value) => value !== undefined).map(goText)
  return `${wanted}${operation}${key}${values.length > 0 ? `[${values.join('!=')}]` : ''}`
}

/** The changes that the plan does not expect. */
function unexpected (found: PropertyDifference, planned: PlanDifference): string[] {
  const wrong: string[] = []
  for (const [key, actual] of Object.entries(found.adds)) {
    const expected = planned.adds[key]
    if (expected === undefined || !sameButUnknowns(expected, actual)) {
      wrong.push(violation(planned, key, '+', actual))
    }
  }
  for (const key of found.deletes) {
    // An update to an unknown may have turned out to be a deletion.
    if (planned.deletes.includes(key) || planned.updates[key] === unknownValue) continue
    wrong.push(violation(planned, key, '-'))
  }
  for (const [key, actual] of Object.entries(found.updates)) {
    // Somebody may have added the property already: the value is what counts.
    const expected = planned.updates[key] ?? planned.adds[key]
    if (expected === undefined || !sameButUnknowns(expected, actual)) {
      wrong.push(violation(planned, key, '~', actual))
    }
  }
  return wrong
}

/** The changes of the plan that are not made. */
function missing (found: PropertyDifference, planned: PlanDifference, news: WireObject): string[] {
  const wrong: string[] = []
  const stays = (key: string, expected: WireValue): void => {
    const actual = news[key]
    if (actual === undefined) {
      // An unknown may have turned out to be absent.
      if (expected !== unknownValue) wrong.push(violation(planned, key, '-'))
    } else if (!sameButUnknowns(expected, actual)) wrong.push(violation(planned, key, '=', actual))
  }
  for (const [key, expected] of Object.entries(planned.adds)) {
    if (!(key in found.adds) && !(key in found.updates)) stays(key, expected)
  }
  for (const [key, expected] of Object.entries(planned.updates)) {
    if (key in found.updates) continue
    if (key in found.adds) wrong.push(violation(planned, key, '+', found.adds[key]))
    else stays(key, expected)
  }
  for (const key of planned.deletes) {
    if (found.deletes.includes(key)) continue
    if (key in found.adds) wrong.push(violation(planned, key, '+', found.adds[key]))
    else if (key in found.updates) wrong.push(violation(planned, key, '~', found.updates[key]))
    else if (key in found.sames) wrong.push(violation(planned, key, '=', found.sames[key]))
  }
  return wrong
}

/** Tells what of a change violates the plan; undefined when nothing does. */
export function checkDifference (
  olds: WireObject,
  news: WireObject,
  planned: PlanDifference
): string | undefined {
  const found = propertyDifference(olds, news, sameButUnknowns) ??
    { adds: {}, deletes: [], updates: {}, sames: {} }
  const wrong = [...unexpected(found, planned), ...missing(found, planned, news)].sort()
  return wrong.length > 0 ? `properties changed: ${wrong.join(', ')}` : undefined
}
