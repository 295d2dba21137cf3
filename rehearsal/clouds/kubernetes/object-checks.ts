/** Rules that the API server has for the inputs of objects. */
import { type CheckFailure } from '../../provider.ts'
import { unknownValue, type WireObject, type WireValue } from '../../wire.ts'
import { isObject, objectAt, valueAt, valuesAt } from '../wire-values.ts'
import { isPatch, kindOf } from './kinds.ts'

/** Failures of an object's inputs, as the API server validates them. */
export function objectFailures (inputs: WireObject, type: string): CheckFailure[] {
  const failures: CheckFailure[] = []
  const kind = kindOf(type)
  for (const [property, value] of [['apiVersion', apiVersionOf(type)], ['kind', kind]] as const) {
    const given = inputs[property]
    if (given === undefined) failures.push({ property, reason: `${property} is required` })
    else if (given !== unknownValue && given !== value) {
      failures.push({
        property,
        reason: `${property} is "${String(given)}", and the resource's type says "${value}"`
      })
    }
  }
  for (const [key, value] of Object.entries(objectAt(inputs, 'metadata.labels'))) {
    const reason = labelFailure(value)
    if (reason !== undefined) failures.push({ property: `metadata.labels.${key}`, reason })
  }
  if (!isPatch(type) && ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].includes(kind)) {
    failures.push(...selectorFailures(inputs))
  }
  const keys = isObject(inputs.data) && ['Secret', 'ConfigMap'].includes(kind) ? Object.keys(inputs.data) : []
  for (const key of keys.filter((name) => !/^[-._a-zA-Z0-9]{1,253}$/.test(name))) {
    failures.push({
      property: 'data',
      reason:
        `invalid key "${key}": a valid config key must consist of alphanumeric characters, '-', '_' or '.'`
    })
  }
  return failures
}

/** Sentence about a label's value that the API server refuses. */
function labelFailure (value: WireValue): string | undefined {
  if (typeof value !== 'string') return 'a label must be a string'
  if (value.includes(unknownValue)) return undefined
  if (!/^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/.test(value)) {
    return `invalid label value "${value}": it must be empty or begin and end with an alphanumeric ` +
      'character, with dashes, underscores and dots between'
  }
  return value.length > 63
    ? `invalid label value "${value}": must be no more than 63 characters`
    : undefined
}

/** Failures of a workload's selector, which is required and has to match the template's labels. */
function selectorFailures (inputs: WireObject): CheckFailure[] {
  if (valueAt(inputs, 'spec.template') === undefined || valueAt(inputs, 'spec') === unknownValue) return []
  const selector = objectAt(inputs, 'spec.selector.matchLabels')
  if (valueAt(inputs, 'spec.selector') === undefined) {
    return [{ property: 'spec.selector', reason: 'Required value' }]
  }
  const labels = objectAt(inputs, 'spec.template.metadata.labels')
  const off = Object.entries(selector).find(([key, value]) =>
    value !== unknownValue && labels[key] !== unknownValue && labels[key] !== value
  )
  if (
    valuesAt(inputs, 'spec.template.spec.containers[]').length === 0 &&
    valueAt(inputs, 'spec.template.spec.containers') !== unknownValue &&
    valueAt(inputs, 'spec.template.spec') !== unknownValue
  ) return [{ property: 'spec.template.spec.containers', reason: 'Required value' }]
  return off
    ? [{
      property: 'spec.template.metadata.labels',
      reason: `Invalid value: \`selector\` does not match template \`labels\` (${off[0]})`
    }]
    : []
}

/** `kubernetes:apps/v1:Deployment` -> `apps/v1`, `kubernetes:core/v1:Pod` -> `v1`. */
function apiVersionOf (type: string): string {
  return (type.split(':')[1] ?? '').replace(/^core\//, '')
}
