/** Objects that a chart and a program both make: the second one to come is refused. Pure. */
import { type Draft, type Failure } from '../draft.ts'
import { chartObjects } from './charts/workloads.ts'
import { type ClusterView } from './cluster-view.ts'
import { kindOf } from './kinds.ts'
import { namespaceOf, releaseType } from './object-names.ts'

/**
 * Helm's refusal of a release of which an object is there already and is not its own
 * (helm.sh/helm/v3, pkg/action/validate.go, `checkOwnership`).
 */
export function foreignObject (draft: Draft, view: ClusterView): string | undefined {
  const namespace = namespaceOf(draft) ?? 'default'
  for (const { type, name } of chartObjects(draft.inputs, draft.name)) {
    const found = view.of(type).find(({ record }) =>
      record.id === `${namespace}/${name}` && record.token !== draft.urn && !isBrought(record.token, view)
    )
    if (found) {
      const kind = kindOf(type)
      return `Unable to continue with install: ${kind} "${name}" in namespace "${namespace}" exists and ` +
        'cannot be imported into the current release: invalid ownership metadata; label validation error: ' +
        `missing key "app.kubernetes.io/managed-by": must be set to "Helm"`
    }
  }
  return undefined
}

const isBrought = (token: string, view: ClusterView): boolean =>
  view.of(releaseType).some(({ record }) => record.token === token)

/** The API server's refusal of a new object that a chart has made. */
export function broughtAlready (draft: Draft, view: ClusterView): Failure | undefined {
  if (draft.previous || draft.type === releaseType) return undefined
  const namespace = namespaceOf(draft)
  const found = view.of(draft.type).some(({ record }) =>
    record.id === (namespace === undefined ? draft.name : `${namespace}/${draft.name}`) &&
    isBrought(record.token, view)
  )
  return found
    ? {
      status: 409,
      code: 'AlreadyExists',
      message: `${kindOf(draft.type).toLowerCase()}s "${draft.name}" already exists`
    }
    : undefined
}
