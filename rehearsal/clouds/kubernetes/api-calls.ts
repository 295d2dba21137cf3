/**
 * Calls to the Kubernetes API that a pod's containers make, as far as their own text says so: curl
 * to `https://kubernetes.default.svc`, and kubectl. Whatever else a container does is unknown.
 * Pure.
 */
import { isObject, stringAt, stringsAt, valuesAt } from '../wire-values.ts'
import { type Access } from './access-review.ts'
import { accountOf, type Workload } from './workloads.ts'

const verbs: Readonly<Record<string, string>> = {
  GET: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete'
}

/** Values of a container's environment that are given as they are. */
function environmentOf (container: unknown): Map<string, string> {
  return new Map(
    valuesAt(container as never, 'env[]').filter(isObject).map((one) => [
      stringAt(one, 'name') ?? '',
      stringAt(one, 'value') ?? ''
    ])
  )
}

const path = 'https://kubernetes\\.default\\.svc(?:\\.cluster\\.local)?/(?:api|apis/([\\w.-]+))/v\\w+'
const curl = new RegExp(
  `(?:-X|--request)\\s+([A-Z]+)\\s+"?${path}/namespaces/([\\w.-]+)/(\\w+)/([^\\s"?]+)`,
  'g'
)

/** Requests that a workload's containers make to their own API server. */
export function apiCalls (workload: Workload): Access[] {
  const account = `${workload.namespace}:${accountOf(workload)}`
  return valuesAt(workload.pod, 'spec.containers[]').flatMap((container) => {
    const environment = environmentOf(container)
    const text = [...stringsAt(container, 'command[]'), ...stringsAt(container, 'args[]')].join(' ')
    return [...text.matchAll(curl)].flatMap(
      ([, method = '', group = '', namespace = '', resource = '', named = '']) => {
        const name = named.replace(/\$\{?(\w+)\}?/g, (whole, key: string) => environment.get(key) ?? whole)
        const verb = verbs[method]
        return verb === undefined ? [] : [{ account, verb, group, resource, namespace, name }]
      }
    )
  })
}
