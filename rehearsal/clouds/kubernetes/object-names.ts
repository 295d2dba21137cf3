/** Names, namespaces and ids of Kubernetes objects and Helm releases. */
import { type Draft } from '../draft.ts'
import { type NameRule } from '../resource-model.ts'
import { stringAt } from '../wire-values.ts'
import { isNamespaced, kindOf } from './kinds.ts'

export const releaseType = 'kubernetes:helm.sh/v3:Release'
/** Namespaces that every cluster has. */
export const builtInNamespaces: ReadonlySet<string> = new Set([
  'default',
  'kube-system',
  'kube-public',
  'kube-node-lease'
])

/** RFC 1123 subdomains. RBAC objects may have any path segment as a name (`system:node`). */
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const subdomainRule =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and " +
  'must start and end with an alphanumeric character'
const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/
const serviceNamePattern = /^[a-z]([-a-z0-9]*[a-z0-9])?$/

/** Rule for the names of objects of a type. */
export function objectName (type: string): NameRule {
  const kind = kindOf(type)
  const base = { property: 'metadata.name', auto: 'random' as const, separator: '-', digits: 8 }
  if (type === releaseType) {
    return {
      ...base,
      property: 'name',
      max: 53,
      pattern: subdomain,
      rule: 'invalid release name, must match regex ' +
        '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$ and the length must not be ' +
        'longer than 53'
    }
  }
  if (/^kubernetes:rbac/.test(type)) {
    return { ...base, max: 253, pattern: /^[^/%]+$/, rule: 'it may not contain "/" or "%"' }
  }
  if (kind === 'Namespace') {
    return {
      ...base,
      lower: true,
      max: 63,
      pattern: label,
      rule:
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must " +
        'start and end with an alphanumeric character'
    }
  }
  if (kind === 'Service') {
    return {
      ...base,
      lower: true,
      max: 63,
      pattern: serviceNamePattern,
      rule: "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an " +
        'alphabetic character, and end with an alphanumeric character'
    }
  }
  return { ...base, lower: true, max: 253, pattern: subdomain, rule: subdomainRule }
}

/** Namespace that an object goes to; undefined for kinds without one. */
export function namespaceOf (draft: Draft): string | undefined {
  if (draft.type === releaseType) return stringAt(draft.inputs, 'namespace') ?? defaultNamespace(draft)
  return isNamespaced(kindOf(draft.type))
    ? stringAt(draft.inputs, 'metadata.namespace') ?? defaultNamespace(draft)
    : undefined
}
const defaultNamespace = (draft: Draft): string => stringAt(draft.instance.config, 'namespace') ?? 'default'

/** Id of an object: `namespace/name`, or the name alone. */
export function objectId (draft: Draft): string {
  const namespace = namespaceOf(draft)
  return namespace === undefined ? draft.name : `${namespace}/${draft.name}`
}
