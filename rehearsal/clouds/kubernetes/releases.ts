/** Model of Helm releases. */
import { type WireObject } from '../../wire.ts'
import { type Draft, type Found } from '../draft.ts'
import { apiReach } from '../network/cluster-api.ts'
import { metadataRefusal } from '../network/metadata.ts'
import { insideQueries } from '../network/needed.ts'
import { World } from '../network/world.ts'
import { type ResourceModel, type Unready } from '../resource-model.ts'
import { numberAt, objectAt, stringAt } from '../wire-values.ts'
import { chartClients } from './api-clients.ts'
import { chartHooks, chartWorkloads, metadataNeed } from './charts/workloads.ts'
import { ClusterView } from './cluster-view.ts'
import { namespaceType } from './kinds.ts'
import { builtInNamespaces, namespaceOf, objectId } from './object-names.ts'
import { foreignObject } from './ownership.ts'
import { podQueries } from './pod-admission.ts'
import { heldBack } from './readiness.ts'
import { judgeQueries } from './webhooks.ts'
import { type Workload } from './workloads.ts'

/** Workloads that Helm waits for, and the Jobs of hooks, for which it waits always. */
const workloadsOf = (draft: Draft): Workload[] => [
  ...chartHooks(draft.inputs, draft.name),
  ...chartWorkloads(draft.inputs, draft.name) ?? []
]

/**
 * The cluster with a release, which is not in the store when it is first looked at and brings
 * objects of its own.
 */
function viewOf (draft: Draft, found: Found): ClusterView {
  const self = { ...draft, pkg: 'kubernetes', token: draft.urn, outputs: {} }
  const others = found.all().filter(({ type, token }) => type !== draft.type || token !== draft.urn)
  return new ClusterView([...others, self], draft.account)
}

/** Condition that a release's pods lack and Helm waits for (`--wait`), by the table of charts. */
function releaseUnready (draft: Draft, found: Found): Unready | undefined {
  if (draft.inputs.skipAwait === true) return undefined
  const view = viewOf(draft, found)
  const reasons = workloadsOf(draft).flatMap((workload): string[] => {
    const held = heldBack(workload, view)
    return held
      ? [
        `${workload.kind} ${workload.namespace}/${workload.name} is not ready: ` +
        (held.refusal ?? held.missing.join('; '))
      ]
      : []
  })
  const silent = metadataSilence(draft, view)
  if (silent !== undefined) reasons.push(silent)
  if (reasons.length === 0) return undefined
  const id = `${namespaceOf(draft) ?? 'default'}/${draft.name}`
  const atomic = draft.inputs.atomic === true
  const why = `context deadline exceeded (${reasons.join('; ')})`
  // helm.sh/helm/v3, pkg/action/install.go, failRelease; pulumi-kubernetes, helm_release.go,
  // Create.
  const message = atomic
    ? `release ${draft.name} failed, and has been uninstalled due to atomic being set: ${why}`
    : `Helm release "${id}" was created, but failed to initialize completely. Use Helm CLI to ` +
      `investigate: failed to become available within allocated timeout. Error: Helm Release ${id}: ${why}`
  return { message, reasons: [message], gone: atomic }
}

/** Error of pods that ask the metadata service of their node, which does not answer them. */
function metadataSilence (draft: Draft, view: ClusterView): string | undefined {
  const need = metadataNeed(draft.inputs, draft.name)
  const site = need === undefined ? undefined : view.world.at(draft.account)
  const verdict = site && metadataRefusal(view.world, site)
  return verdict?.reached === false ? `${need} (${verdict.at}: ${verdict.why})` : undefined
}

const chartOf = (draft: Draft): string => (stringAt(draft.inputs, 'chart') ?? '').split('/').at(-1) ?? ''

/** Labels of the pods of a release that have to call their API server. */
function apiCallers (draft: Draft): WireObject[] {
  const client = chartClients[chartOf(draft)]
  return [
    ...client ? [client.labels] : [],
    ...chartHooks(draft.inputs, draft.name).map((hook) => objectAt(hook.pod, 'metadata.labels'))
  ]
}

/** Reason why a chart's pods do not reach their API server; undefined when they do. */
function apiRefusal (draft: Draft, found: Found, namespace: string): string | undefined {
  const callers = apiCallers(draft)
  if (callers.length === 0) return undefined
  const world = new World(found.all())
  const site = world.at(draft.account)
  for (const labels of site ? callers : []) {
    const verdict = site && apiReach(world, site, { namespace, labels })
    if (verdict && !verdict.reached) return `${verdict.at}: ${verdict.why}`
  }
  return undefined
}

export const release: ResourceModel = {
  // pulumi-kubernetes, helm_release.go, Diff: `forceNewFields`. Another repository is an upgrade.
  immutable: ['name', 'namespace'],
  id: objectId,
  looksAt: (draft) => [
    { pkg: 'kubernetes', account: draft.account, type: namespaceType, name: namespaceOf(draft) ?? '' },
    ...apiCallers(draft).length > 0 ? insideQueries(draft.account) : [],
    ...workloadsOf(draft).length > 0 ? judgeQueries(draft.account) : [],
    ...workloadsOf(draft).flatMap((workload) => podQueries(workload, draft.account))
  ],
  awaits: (draft, found) => releaseUnready(draft, found),
  validate: (draft, found, fail) => {
    const namespace = namespaceOf(draft) ?? 'default'
    if (
      !builtInNamespaces.has(namespace) && draft.inputs.createNamespace !== true &&
      !found.of(namespaceType).some((record) => record.name === namespace)
    ) {
      throw fail({
        status: 404,
        code: 'NotFound',
        message: `create: failed to create: namespaces "${namespace}" not found`
      })
    }
    const foreign = draft.previous ? undefined : foreignObject(draft, viewOf(draft, found))
    if (foreign !== undefined) throw fail({ status: 409, code: 'Conflict', message: foreign })
    const silent = apiRefusal(draft, found, namespace)
    if (silent !== undefined) {
      throw fail({
        status: 504,
        code: 'Timeout',
        message: `release ${draft.name} failed, and has been uninstalled due to atomic being set: context ` +
          `deadline exceeded: its pods are not ready, since they do not reach the API server: ${silent}`
      })
    }
  },
  taken: () => ({ status: 409, code: 'AlreadyExists', message: 'cannot re-use a name that is still in use' }),
  outputs: (draft) => {
    const chart = chartOf(draft)
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
      resourceNames: objectAt(draft.inputs, 'resourceNames'),
      createNamespace: draft.inputs.createNamespace ?? false
    }
  }
}
