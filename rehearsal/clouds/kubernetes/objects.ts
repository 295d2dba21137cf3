/** Models of Kubernetes objects, built in or of a custom kind. */
import { type ProviderError } from '../../provider.ts'
import { type CloudQuery } from '../../store.ts'
import { type WireObject } from '../../wire.ts'
import { type Draft, type Failure, type Found } from '../draft.ts'
import { observingAround, observingQueries, observingResults } from '../metrics/observing.ts'
import { type ResourceModel } from '../resource-model.ts'
import { typeFacts } from '../schema-table.ts'
import { numberAt, objectAt, plain, stringAt } from '../wire-values.ts'
import { accessQueries } from './access-review.ts'
import { apiCalls } from './api-calls.ts'
import { ClusterView } from './cluster-view.ts'
import { duplicateKeys } from './duplicate-keys.ts'
import { fieldConflict, managerQueries } from './field-managers.ts'
import { immutableChange } from './immutable-fields.ts'
import { ingressQueries } from './ingress-classes.ts'
import { chartBrings, groupOf, isPatch, kindOf, namespaceType, serviceBrings } from './kinds.ts'
import { objectFailures } from './object-checks.ts'
import { builtInNamespaces, namespaceOf, objectId, releaseType } from './object-names.ts'
import { broughtAlready } from './ownership.ts'
import { podQueries, podRefusal } from './pod-admission.ts'
import { classRefusal, classType } from './priority-classes.ts'
import { probeQueries, probeResults, probesAround } from './probes.ts'
import { heldBack, isAwaited, unready, workloadIn } from './readiness.ts'
import { replacingData } from './replacing.ts'
import { tokenData } from './service-account-token.ts'
import { addressRefusal } from './service-range.ts'
import { filledSpec, heldStatus, readyStatus } from './status.ts'
import { storageQueries } from './storage.ts'
import { waitForFailure } from './wait-for.ts'
import { judgeQueries, webhookRefusal } from './webhooks.ts'

const definitionType = 'kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition'

/** Words of the provider for an object that is there already (provider/pkg/await/await.go). */
const existing = 'The resource already exists in the cluster. This can happen when:\n\n' +
  '  - Renaming a Pulumi resource: use an alias to preserve the identity,\n' +
  '    or use deleteBeforeReplace if the resource needs replacement.\n' +
  '  - Managing an existing resource: use a Patch resource (e.g. NamespacePatch)\n' +
  '    to manage specific fields without owning the resource lifecycle.\n' +
  '  - Adopting a resource into Pulumi: use `pulumi import`. Note that\n' +
  '    protected resources (e.g. kube-system) cannot be deleted on destroy.\n' +
  '  - Intentional upsert: set upsertExistingObjects on the provider to allow\n' +
  '    server-side apply to update existing objects on create.'

/** Model of any object. */
export function objectModel (type: string): ResourceModel {
  const kind = kindOf(type)
  return {
    immutable: isCustom(type)
      ? ['metadata.name', 'metadata.namespace', 'apiVersion', 'kind']
      : ['apiVersion', 'kind'],
    replacesWhen: (_olds, news) => replacingData(type, news),
    filledIn: [
      'metadata.uid',
      'metadata.resourceVersion',
      'metadata.creationTimestamp',
      'metadata.generation'
    ],
    id: objectId,
    // A patch applies fields to what is there, and several may.
    ...(isPatch(type) && { shared: true }),
    secrets: kind === 'Secret' ? ['data', 'stringData'] : [],
    check: (inputs) => objectFailures(inputs, type),
    looksAt: (draft) => [
      ...surroundingsOf(draft),
      ...podsIn(draft),
      ...managerQueries(draft),
      ...kind === 'Job' ? [...probeQueries(draft), ...observingQueries(draft)] : []
    ],
    ...(kind === 'Job' && {
      looksAround: (draft: Draft) => [...probesAround(draft), ...observingAround(draft)]
    }),
    validate: (draft, found, fail) => {
      validateKind(draft, found, fail)
      validateNamespace(draft, found, fail)
      const unreadable = waitForFailure(draft.inputs)
      if (unreadable !== undefined) throw fail({ status: 400, code: 'BadRequest', message: unreadable })
      const refusal = refusalOf(draft, viewOf(draft, found))
      if (refusal) throw fail(refusal)
    },
    awaits: (draft, found) => {
      if (!isAwaited(draft)) return undefined
      const view = viewOf(draft, found)
      return unready(draft, view, () => statusOf(draft, () => view))
    },
    taken: (draft) => ({
      status: 409,
      code: 'AlreadyExists',
      message: `${resourceNames(kind)}${groupSuffix(type)} "${draft.name}" already exists\n\n${existing}`
    }),
    outputs: objectOutputs,
    ...kind === 'Namespace' ? namespaceDeletion : {},
    ...type === definitionType ? definitionDeletion : {}
  }
}

/** The cluster that a draft goes to, as the operation's query shows it. */
const viewOf = (draft: Draft, found: Found): ClusterView => new ClusterView(found.all(), draft.account)

/** Queries for what pods of a draft depend on, and for what is behind a Service. */
function podsIn (draft: Draft): CloudQuery[] {
  const workload = workloadIn(draft)
  if (workload) {
    const calls = workload.kind === 'Job' && apiCalls(workload).length > 0
    return [
      ...podQueries(workload, draft.account),
      ...judgeQueries(draft.account),
      ...calls ? accessQueries(draft.account) : []
    ]
  }
  const service = kindOf(draft.type) === 'Service'
  return [
    ...service || needsKind(draft) ? judgeQueries(draft.account) : [],
    ...service ? [{ pkg: 'kubernetes', account: draft.account, type: draft.type }] : [],
    ...kindOf(draft.type) === 'Ingress' ? ingressQueries(draft.account) : [],
    ...kindOf(draft.type) === 'PersistentVolumeClaim' ? storageQueries(draft.account) : [],
    ...draft.type === classType ? [{ pkg: 'kubernetes', account: draft.account, type: classType }] : []
  ]
}

/** The API server's refusal of an object itself. */
function refusalOf (draft: Draft, view: ClusterView): Failure | undefined {
  const kind = kindOf(draft.type)
  const before = draft.previous && view.get(draft.type, draft.name, namespaceOf(draft))
  const wrong = (before && immutableChange(kind, draft.name, before, draft.inputs)) ??
    duplicateKeys(kind, draft.inputs) ?? fieldConflict(draft, view) ?? classRefusal(draft, view)
  if (wrong) return wrong
  // Pods that a program makes itself; those of controllers are refused later, to the controller.
  const workload = kind === 'Pod' ? workloadIn(draft) : undefined
  const pod = workload && podRefusal(workload, view)
  if (pod !== undefined) return { status: 403, code: 'Forbidden', message: pod }
  return broughtAlready(draft, view) ?? webhookRefusal(draft, view) ??
    (kind === 'Service' ? addressRefusal(draft, view) : undefined)
}

/** Tells if a type is one that the API server does not have by itself. */
const isCustom = (type: string): boolean =>
  type !== releaseType && typeFacts('kubernetes', type) === undefined

const groupIn = (draft: Draft): string => groupOf(stringAt(draft.inputs, 'apiVersion') ?? '')

/** Tells if somebody has to bring the object's kind: a Helm release, or a definition. */
const needsKind = (draft: Draft): boolean =>
  isCustom(draft.type) && !serviceBrings(draft.account, groupIn(draft))

/** Queries for the namespace of an object, and for what brings either of namespace and kind. */
function surroundingsOf (draft: Draft): CloudQuery[] {
  const here = { pkg: 'kubernetes', account: draft.account }
  const namespace = namespaceOf(draft)
  const custom = needsKind(draft)
  const away = namespace !== undefined && !builtInNamespaces.has(namespace)
  return [
    ...away ? [{ ...here, type: namespaceType, name: namespace }] : [],
    ...away || custom ? [{ ...here, type: releaseType }] : [],
    ...custom ? [{ ...here, type: definitionType }] : []
  ]
}

const releasesIn = (found: Found): WireObject[] =>
  found.of(releaseType).map((record) => plain(record.inputs) as WireObject)

/** Throws when nobody brought the kind of a custom object. */
function validateKind (draft: Draft, found: Found, fail: (failure: Failure) => ProviderError): void {
  if (!needsKind(draft)) return
  const [kind, group] = [kindOf(draft.type), groupIn(draft)]
  const known = releasesIn(found).some((release) => chartBrings(release, group)) ||
    found.of(definitionType).some((record) => {
      const definition = plain(record.inputs)
      return stringAt(definition, 'spec.group') === group &&
        stringAt(definition, 'spec.names.kind') === kind
    })
  if (known) return
  throw fail({
    status: 404,
    code: 'NotFound',
    message: 'the apiVersion for this resource does not exist. Verify that any required CRDs have been ' +
      `created: no matches for kind "${kind}" in version "${stringAt(draft.inputs, 'apiVersion') ?? ''}"`
  })
}

/** Throws when the namespace of an object does not exist. */
function validateNamespace (draft: Draft, found: Found, fail: (failure: Failure) => ProviderError): void {
  const namespace = namespaceOf(draft)
  const exists = namespace === undefined || builtInNamespaces.has(namespace) ||
    found.of(namespaceType).some((record) => record.name === namespace) ||
    releasesIn(found).some((release) => release.createNamespace === true && release.namespace === namespace)
  if (!exists) throw fail({ status: 404, code: 'NotFound', message: `namespaces "${namespace}" not found` })
}

const resourceNames = (kind: string): string =>
  `${kind.toLowerCase()}${/(s|x|ch)$/i.test(kind) ? 'es' : 's'}`.replace(/ys$/, 'ies')

function groupSuffix (type: string): string {
  const name = groupOf((type.split(':')[1] ?? '').replace(/^core\//, ''))
  return name === '' ? '' : `.${name}`
}

/** An object as the API server gives it back, once its controllers are done with it. */
function objectOutputs (draft: Draft, found: Found): WireObject {
  const kind = kindOf(draft.type)
  const spec = kind === 'Service' ? filledSpec(draft, viewOf(draft, found)) : undefined
  const status = statusOf(draft, () => viewOf(draft, found))
  return {
    apiVersion: stringAt(draft.inputs, 'apiVersion') ?? '',
    kind,
    metadata: metadata(draft, kind === 'Job' ? measured(draft, found) : {}),
    ...(spec !== undefined && { spec }),
    ...(status !== undefined && { status }),
    ...kind === 'Secret' ? secretData(draft, found) : {}
  }
}

/** `status` of an object by now; undefined for kinds that have none, or none that is known. */
function statusOf (draft: Draft, view: () => ClusterView): WireObject | undefined {
  const kind = kindOf(draft.type)
  const workload = workloadIn(draft)
  const held = workload && heldBack(workload, view())
  return held ? heldStatus(draft, kind, held) : readyStatus(draft, kind)
}

/** Annotations that a Job's pod writes when it measures. */
const measured = (draft: Draft, found: Found): WireObject => ({
  ...probeResults(draft, found),
  ...observingResults(draft, found)
})

/**
 * `metadata` as the API server gives it back; `noted` are annotations that the object's pods wrote.
 */
function metadata (draft: Draft, noted: WireObject): WireObject {
  const namespace = namespaceOf(draft)
  const given = objectAt(draft.inputs, 'metadata')
  return {
    ...given,
    ...(Object.keys(noted).length > 0 && { annotations: { ...objectAt(given, 'annotations'), ...noted } }),
    name: draft.name,
    ...(namespace !== undefined && { namespace }),
    uid: draft.make.uuid('uid'),
    resourceVersion: String(
      numberAt(draft.previous, 'metadata.resourceVersion', 1000 + draft.make.integer(9000, 'version')) + 1
    ),
    creationTimestamp: stringAt(draft.previous, 'metadata.creationTimestamp') ?? draft.created,
    generation: numberAt(draft.previous, 'metadata.generation', 0) + 1
  }
}

/** Data of a secret as the API server gives it back: text is encoded and merged with the rest. */
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

/** Deletion of a namespace, which takes its objects with it. */
const namespaceDeletion: Pick<ResourceModel, 'sweeps' | 'refusesDelete'> = {
  sweeps: (record) => ({
    query: { pkg: 'kubernetes', account: record.account },
    goes: (other) => other.id.startsWith(`${record.name}/`)
  }),
  refusesDelete: (record) =>
    builtInNamespaces.has(record.name)
      ? {
        status: 403,
        code: 'Forbidden',
        message: `namespaces "${record.name}" is forbidden: this namespace may not be deleted`
      }
      : undefined
}

/** Deletion of a definition, which takes all objects of its kind with it. */
const definitionDeletion: Pick<ResourceModel, 'sweeps'> = {
  sweeps: (record) => {
    const definition = plain(record.inputs)
    return {
      query: { pkg: 'kubernetes', account: record.account },
      goes: (other) =>
        stringAt(other.outputs, 'kind') === stringAt(definition, 'spec.names.kind') &&
        groupOf(stringAt(other.outputs, 'apiVersion') ?? '') === stringAt(definition, 'spec.group')
    }
  }
}
