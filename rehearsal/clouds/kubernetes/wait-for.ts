/**
 * Conditions that an object's own annotation `pulumi.com/waitFor` names, instead of what the
 * provider waits for by itself (pulumi-kubernetes, provider/pkg/metadata/overrides.go,
 * `ReadyCondition`). Pure.
 */
import { type WireObject, type WireValue } from '../../wire.ts'
import { objectAt, stringAt, valueAt, valuesAt } from '../wire-values.ts'

const waitFor = 'pulumi.com/waitFor'

/** Expressions of an object's annotation: a text, or a list of texts as JSON; undefined without. */
export function waitedFor (object: WireObject): string[] | undefined {
  const text = objectAt(object, 'metadata.annotations')[waitFor]
  if (typeof text !== 'string' || text === '') return undefined
  try {
    const values: unknown = JSON.parse(text)
    if (Array.isArray(values) && values.every((one) => typeof one === 'string')) return values
  } catch {
    // Not JSON: an expression as it is.
  }
  return [text]
}

/** The provider's complaint about an annotation that it cannot read; undefined when it can. */
export function waitForFailure (object: WireObject): string | undefined {
  const expressions = waitedFor(object)
  if (expressions?.length === 0) return 'at least one condition must be specified'
  const other = expressions?.find((one) => !/^(jsonpath|condition)=/.test(one))
  return other === undefined ? undefined : `expected a "jsonpath=" or "condition=" prefix, got "${other}"`
}

/**
 * Tells if an object meets an expression; undefined where nothing says so: its controller is not
 * described, or the path is more than names with dots between.
 */
export function meets (expression: string, object: WireObject): boolean | undefined {
  if (valueAt(object, 'status') === undefined) return undefined
  const [, type, wanted = 'True'] = /^condition=([^=]+)(?:=(.*))?$/.exec(expression) ?? []
  if (type !== undefined) {
    return valuesAt(object, 'status.conditions[]').some((one) =>
      stringAt(one, 'type') === type && stringAt(one, 'status') === wanted
    )
  }
  const [, path, value] = /^jsonpath=\{?\.?([\w.]+)\}?(?:=(.*))?$/.exec(expression) ?? []
  if (path === undefined) return undefined
  const found: WireValue | undefined = valueAt(object, path)
  return found !== undefined && (value === undefined || String(found) === value)
}
