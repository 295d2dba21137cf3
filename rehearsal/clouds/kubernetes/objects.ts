/** Models of Kubernetes objects and Helm releases. */
import { type CheckFailure } from '../../provider.ts'
import { UNKNOWN, type WireObject } from '../../wire.ts'
import { type Draft, type Found, type NameRule, type ResourceModel } from '../model.ts'
import { typeFacts } from '../schema-table.ts'
import { isObject, numberAt, objectAt, plain, stringAt, valueAt, valuesAt } from '../wire-values.ts'
import { groupOf, chartBrings, isNamespaced, serviceBrings } from './kinds.ts'
import { probeQueries, probeResults } from './probes.ts'
import { tokenData } from './service-account-token.ts'
import { filledSpec, readyStatus } from './status.ts'

export const RELEASE = 'kubernetes:helm.sh/v3:Release'
const NAMESPACE = 'kubernetes:core/v1:Namespace'
const DEFINITION = 'kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition'
/** Namespaces that every cluster has. */
const BUILT_IN_NAMESPACES = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease'])

/**
 * RFC 1123 subdomains; RBAC objects may be called anything that is a path segment (`system:node`).
 */
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const SUBDOMAIN_RULE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and " +
  'must start and end with an alphanumeric character'
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/
const SERVICE = /^[a-z]([-a-z0-9]*[a-z0-9])?$/

const kindOf = (type: string): string => type.split(':').at(-1) ?? ''

/** How objects of a type are named. */
export function objectName (type: string): NameRule {
  const kind = kindOf(type)
  const base = { property: 'metadata.name', auto: 'random' as const, separator: '-', digits: 8 }
  if (type === RELEASE) {
    return {
      ...base,
      property: 'name',
      max: 53,
      pattern: SUBDOMAIN,
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
      pattern: LABEL,
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
      pattern: SERVICE,
      rule: "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an " +
        'alphabetic character, and end with an alphanumeric character'
    }
  }
  return { ...base, lower: true, max: 253, pattern: SUBDOMAIN, rule: SUBDOMAIN_RULE }
}

/** The namespace that an object goes to, or undefined for kinds without one. */
export function namespaceOf (draft: Draft): string | undefined {
  if (draft.type === RELEASE) return stringAt(draft.inputs, 'namespace') ?? defaultNamespace(draft)
  return isNamespaced(kindOf(draft.type))
    ? stringAt(draft.inputs, 'metadata.namespace') ?? defaultNamespace(draft)
    : undefined
}
const defaultNamespace = (draft: Draft): string => stringAt(draft.instance.config, 'namespace') ?? 'default'

/** `namespace/name`, or the name alone. */
export function objectId (draft: Draft): string {
  const namespace = namespaceOf(draft)
  return namespace === undefined ? draft.name : `${namespace}/${draft.name}`
}

/** Whether a type is one that the API server does not have by itself. */
const isCustom = (type: string): boolean => type !== RELEASE && typeFacts('kubernetes', type) === undefined

const resourceNames = (kind: string): string =>
  `${kind.toLowerCase()}${/(s|x|ch)$/i.test(kind) ? 'es' : 's'}`.replace(/ys$/, 'ies')

/**
 * `metadata` as the API server gives it back; `noted`: annotations that the object's own pods
 * wrote.
 */
function metadata (draft: Draft, noted: WireObject): WireObject {
  const namespace = namespaceOf(draft)
  const given = objectAt(draft.inputs, 'metadata')
  return {
    ...given,
    ...Object.keys(noted).length > 0 ? { annotations: { ...objectAt(given, 'annotations'), ...noted } } : {},
    name: draft.name,
    ...namespace === undefined ? {} : { namespace },
    uid: draft.make.uuid('uid'),
    resourceVersion: String(
      numberAt(draft.previous, 'metadata.resourceVersion', 1000 + draft.make.integer(9000, 'version')) + 1
    ),
    creationTimestamp: stringAt(draft.previous, 'metadata.creationTimestamp') ?? draft.created,
    generation: numberAt(draft.previous, 'metadata.generation', 0) + 1
  }
}

/** The model of any object: built in, or of a custom kind. */
export function objectModel (type: string): ResourceModel {
  const kind = kindOf(type)
  return {
    immutable: isCustom(type)
      ? ['metadata.name', 'metadata.namespace', 'apiVersion', 'kind']
      : ['apiVersion', 'kind'],
    filledIn: [
      'metadata.uid',
      'metadata.resourceVersion',
      'metadata.creationTimestamp',
      'metadata.generation'
    ],
    id: objectId,
    secrets: kind === 'Secret' ? ['data', 'stringData'] : [],
    check: (inputs) => checkObject(inputs, type),
    looksAt: (draft) => {
      const namespace = namespaceOf(draft)
      const custom = isCustom(type) &&
        !serviceBrings(draft.account, groupOf(stringAt(draft.inputs, 'apiVersion') ?? ''))
      const away = namespace !== undefined && !BUILT_IN_NAMESPACES.has(namespace)
      return [
        ...away ? [{ pkg: 'kubernetes', account: draft.account, type: NAMESPACE, name: namespace }] : [],
        ...away || custom ? [{ pkg: 'kubernetes', account: draft.account, type: RELEASE }] : [],
        ...custom ? [{ pkg: 'kubernetes', account: draft.account, type: DEFINITION }] : [],
        ...kind === 'Job' ? probeQueries(draft) : []
      ]
    },
    validate: (draft, found, fail) => {
      const namespace = namespaceOf(draft)
      const releases = found.of(RELEASE).map((record) => plain(record.inputs) as WireObject)
      const apiVersion = stringAt(draft.inputs, 'apiVersion') ?? ''
      const group = groupOf(apiVersion)
      if (
        isCustom(type) && !serviceBrings(draft.account, group) &&
        !releases.some((release) => chartBrings(release, group)) &&
        !found.of(DEFINITION).some((record) =>
          stringAt(plain(record.inputs), 'spec.group') === group &&
          stringAt(plain(record.inputs), 'spec.names.kind') === kind
        )
      ) {
        throw fail({
          status: 404,
          code: 'NotFound',
          message:
            'the apiVersion for this resource does not exist. Verify that any required CRDs have been ' +
            `created: no matches for kind "${kind}" in version "${apiVersion}"`
        })
      }
      const there = namespace === undefined || BUILT_IN_NAMESPACES.has(namespace) ||
        found.of(NAMESPACE).some((record) => record.name === namespace) ||
        releases.some((release) => release.createNamespace === true && release.namespace === namespace)
      if (!there) {
        throw fail({ status: 404, code: 'NotFound', message: `namespaces "${namespace}" not found` })
      }
    },
    taken: (draft) => ({
      status: 409,
      code: 'AlreadyExists',
      message: `${resourceNames(kind)}${group(type)} "${draft.name}" already exists`
    }),
    outputs: (draft, found) => {
      const spec = filledSpec(draft, kind)
      const status = readyStatus(draft, kind)
      const noted = kind === 'Job' ? probeResults(draft, found) : {}
      return {
        apiVersion: stringAt(draft.inputs, 'apiVersion') ?? '',
        kind,
        metadata: metadata(draft, noted),
        ...spec === undefined ? {} : { spec },
        ...status === undefined ? {} : { status },
        ...kind === 'Secret' ? secretData(draft, found) : {}
      }
    },
    ...kind === 'Namespace'
      ? {
        sweeps: (record) => ({
          query: { pkg: 'kubernetes', account: record.account },
          goes: (other) => other.id.startsWith(`${record.name}/`)
        }),
        refusesDelete: (record) =>
          BUILT_IN_NAMESPACES.has(record.name)
            ? {
              status: 403,
              code: 'Forbidden',
              message: `namespaces "${record.name}" is forbidden: this namespace may not be deleted`
            }
            : undefined
      }
      : {},
    ...type === DEFINITION
      ? {
        sweeps: (record) => {
          const names = plain(record.inputs)
          return {
            query: { pkg: 'kubernetes', account: record.account },
            goes: (other) =>
              stringAt(other.outputs, 'kind') === stringAt(names, 'spec.names.kind') &&
              groupOf(stringAt(other.outputs, 'apiVersion') ?? '') === stringAt(names, 'spec.group')
          }
        }
      }
      : {}
  }
}
const group = (type: string): string => {
  const name = groupOf((type.split(':')[1] ?? '').replace(/^core\//, ''))
  return name === '' ? '' : `.${name}`
}

/**
 * Data of a secret as the API server gives it back: what was written in clear is encoded and
 * merged.
 */
function secretData (draft: Draft, found: Found): WireObject {
  const encoded = Object.fromEntries(
    Object.entries(objectAt(draft.inputs, 'stringData')).map((
      [key, value]
    ) => [key, Buffer.from(String(value)).toString('base64')])
  )
  const type = stringAt(draft.inputs, 'type') ?? 'Opaque'
  return {
    type,
    data: {
      ...type === 'kubernetes.io/service-account-token' ? tokenData(draft, found) : {},
      ...objectAt(draft.inputs, 'data'),
      ...encoded
    }
  }
}

function checkObject (inputs: WireObject, type: string): CheckFailure[] {
  const failures: CheckFailure[] = []
  const kind = kindOf(type)
  for (const [property, value] of [['apiVersion', apiVersionOf(type)], ['kind', kind]] as const) {
    const given = inputs[property]
    if (given === undefined) failures.push({ property, reason: `${property} is required` })
    else if (given !== UNKNOWN && given !== value) {
      failures.push({
        property,
        reason: `${property} is "${String(given)}", and the resource's type says "${value}"`
      })
    }
  }
  for (const [key, value] of Object.entries(objectAt(inputs, 'metadata.labels'))) {
    if (typeof value !== 'string') {
      failures.push({ property: `metadata.labels.${key}`, reason: 'a label must be a string' })
    } else if (
      value !== UNKNOWN && !/^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/.test(value) &&
      !value.includes(UNKNOWN)
    ) {
      failures.push({
        property: `metadata.labels.${key}`,
        reason: `invalid label value "${value}": it must be empty or begin and end with an alphanumeric ` +
          'character, with dashes, underscores and dots between'
      })
    } else if (value.length > 63 && !value.includes(UNKNOWN)) {
      failures.push({
        property: `metadata.labels.${key}`,
        reason: `invalid label value "${value}": must be no more than 63 characters`
      })
    }
  }
  if (['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].includes(kind)) {
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

/** apps/v1: a selector is required and must match the template's labels. */
function selectorFailures (inputs: WireObject): CheckFailure[] {
  if (valueAt(inputs, 'spec.template') === undefined || valueAt(inputs, 'spec') === UNKNOWN) return []
  const selector = objectAt(inputs, 'spec.selector.matchLabels')
  if (valueAt(inputs, 'spec.selector') === undefined) {
    return [{ property: 'spec.selector', reason: 'Required value' }]
  }
  const labels = objectAt(inputs, 'spec.template.metadata.labels')
  const off = Object.entries(selector).find(([key, value]) =>
    value !== UNKNOWN && labels[key] !== UNKNOWN && labels[key] !== value
  )
  if (
    valuesAt(inputs, 'spec.template.spec.containers[]').length === 0 &&
    valueAt(inputs, 'spec.template.spec.containers') !== UNKNOWN &&
    valueAt(inputs, 'spec.template.spec') !== UNKNOWN
  ) return [{ property: 'spec.template.spec.containers', reason: 'Required value' }]
  return off
    ? [{
      property: 'spec.template.metadata.labels',
      reason: `Invalid value: \`selector\` does not match template \`labels\` (${off[0]})`
    }]
    : []
}

/** `kubernetes:apps/v1:Deployment` -> apps/v1; core's own is `v1`. */
function apiVersionOf (type: string): string {
  return (type.split(':')[1] ?? '').replace(/^core\//, '')
}

/** A Helm release: what the provider's own helm client makes of a chart. */
export const release: ResourceModel = {
  immutable: ['name', 'namespace', 'repositoryOpts.repo'],
  id: objectId,
  looksAt: (
    draft
  ) => [{ pkg: 'kubernetes', account: draft.account, type: NAMESPACE, name: namespaceOf(draft) ?? '' }],
  validate: (draft, found, fail) => {
    const namespace = namespaceOf(draft) ?? 'default'
    if (
      !BUILT_IN_NAMESPACES.has(namespace) && draft.inputs.createNamespace !== true &&
      !found.of(NAMESPACE).some((record) => record.name === namespace)
    ) {
      throw fail({
        status: 404,
        code: 'NotFound',
        message: `create: failed to create: namespaces "${namespace}" not found`
      })
    }
  },
  taken: () => ({ status: 409, code: 'AlreadyExists', message: 'cannot re-use a name that is still in use' }),
  outputs: (draft) => {
    const chart = (stringAt(draft.inputs, 'chart') ?? '').split('/').at(-1) ?? ''
    const version = stringAt(draft.inputs, 'version') ?? '1.0.0'
    const namespace = namespaceOf(draft) ?? 'default'
    const revision = numberAt(draft.previous, 'status.revision', 0) + 1
    return {
      name: draft.name,
      namespace,
      version,
      status: {
        appVersion: version.replace(/^v/, ''),
        chart,
        name: draft.name,
        namespace,
        revision,
        status: 'deployed',
        version
      },
      resourceNames: stringRecord(draft.inputs.resourceNames),
      createNamespace: draft.inputs.createNamespace ?? false
    }
  }
}
const stringRecord = (value: unknown): WireObject => isObject(value) ? value : {}
