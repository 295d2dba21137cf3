/**
 * Lists whose items have keys: server-side apply refuses an item whose key another one has
 * (sigs.k8s.io/structured-merge-diff, typed/validate.go; keys by the API's
 * `x-kubernetes-list-map-keys`). Pure.
 */
import { type WireObject } from '../../wire.ts'
import { type Failure } from '../draft.ts'
import { isObject, stringAt, valuesAt } from '../wire-values.ts'

interface KeyedList {
  path: string
  keys: string[]
  /** Values that the API fills in where an item has none. */
  defaults?: Record<string, string>
}

/** Lists inside a pod's spec, by the API's types (staging/src/k8s.io/api/core/v1/types.go). */
const ofPods: KeyedList[] = ['containers', 'initContainers'].flatMap((holder): KeyedList[] => [
  { path: `${holder}`, keys: ['name'] },
  { path: `${holder}[].ports`, keys: ['containerPort', 'protocol'], defaults: { protocol: 'TCP' } },
  { path: `${holder}[].env`, keys: ['name'] },
  { path: `${holder}[].volumeMounts`, keys: ['mountPath'] }
]).concat([{ path: 'volumes', keys: ['name'] }, {
  path: 'topologySpreadConstraints',
  keys: ['topologyKey', 'whenUnsatisfiable']
}])

const templates: Readonly<Record<string, string>> = {
  Pod: 'spec',
  Deployment: 'spec.template.spec',
  ReplicaSet: 'spec.template.spec',
  StatefulSet: 'spec.template.spec',
  DaemonSet: 'spec.template.spec',
  Job: 'spec.template.spec',
  CronJob: 'spec.jobTemplate.spec.template.spec'
}

/** Keyed lists of a kind, with the paths to them. */
function listsOf (kind: string): KeyedList[] {
  const template = templates[kind]
  if (template !== undefined) return ofPods.map((list) => ({ ...list, path: `${template}.${list.path}` }))
  return kind === 'Service'
    ? [{ path: 'spec.ports', keys: ['port', 'protocol'], defaults: { protocol: 'TCP' } }]
    : []
}

/** The API server's refusal of an object in which two items of a list have one key. */
export function duplicateKeys (kind: string, object: WireObject): Failure | undefined {
  for (const { path, keys, defaults } of listsOf(kind)) {
    for (const items of valuesAt(object, path).filter(Array.isArray)) {
      const seen = new Set<string>()
      for (const item of items.filter(isObject)) {
        const key = keys.map((name) => {
          const value = item[name] ?? defaults?.[name]
          return `${name}=${typeof value === 'number' ? value : `"${String(value)}"`}`
        }).join(',')
        if (seen.has(key)) {
          return {
            status: 500,
            code: 'InternalError',
            message: `failed to create typed patch object (${stringAt(object, 'metadata.namespace') ?? ''}/` +
              `${stringAt(object, 'metadata.name') ?? ''}; ${stringAt(object, 'apiVersion') ?? ''}, ` +
              `Kind=${kind}): .${path.replaceAll('[]', '')}: duplicate entries for key [${key}]`
          }
        }
        seen.add(key)
      }
    }
  }
  return undefined
}
