/**
 * Rules of the API server for priority classes (pkg/apis/scheduling/validation/validation.go) and
 * of its admission plugin (plugin/pkg/admission/priority/admission.go). Pure.
 */
import { type Draft, type Failure } from '../draft.ts'
import { numberAt } from '../wire-values.ts'
import { type ClusterView } from './cluster-view.ts'

/** Type of the classes. */
export const classType = 'kubernetes:scheduling.k8s.io/v1:PriorityClass'
/** `HighestUserDefinablePriority`. */
const highest = 1_000_000_000

/** The API server's refusal of a class; undefined when it takes it. */
export function classRefusal ({ name, type, inputs }: Draft, view: ClusterView): Failure | undefined {
  if (type !== classType) return undefined
  const invalid = (why: string): Failure => ({
    status: 422,
    code: 'Invalid',
    message: `PriorityClass.scheduling.k8s.io "${name}" is invalid: ${why}`
  })
  if (name.startsWith('system-')) {
    return invalid(
      "metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use " +
        `only. error: ${name} is not a known system priority class`
    )
  }
  if (numberAt(inputs, 'value', 0) > highest) {
    return invalid(`value: Forbidden: maximum allowed value of a user defined priority is ${highest}`)
  }
  const other = inputs.globalDefault === true
    ? view.of(classType).find(({ record, object }) => record.name !== name && object.globalDefault === true)
    : undefined
  return other && {
    status: 403,
    code: 'Forbidden',
    message: `priorityclasses.scheduling.k8s.io "${name}" is forbidden: PriorityClass ${other.record.name} ` +
      'is already marked as default. Only one default can exist'
  }
}
