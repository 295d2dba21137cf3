/** Model of Helm releases. */
import { type Draft, type Found } from '../draft.ts'
import { apiReach } from '../network/cluster-api.ts'
import { insideQueries } from '../network/needed.ts'
import { World } from '../network/world.ts'
import { type ResourceModel } from '../resource-model.ts'
import { numberAt, objectAt, stringAt } from '../wire-values.ts'
import { chartClients } from './api-clients.ts'
import { namespaceType } from './kinds.ts'
import { builtInNamespaces, namespaceOf, objectId } from './object-names.ts'

const chartOf = (draft: Draft): string => (stringAt(draft.inputs, 'chart') ?? '').split('/').at(-1) ?? ''

/** Reason why a chart's pods do not reach their API server; undefined when they do. */
function apiRefusal (draft: Draft, found: Found, namespace: string): string | undefined {
  const client = chartClients[chartOf(draft)]
  if (!client) return undefined
  const world = new World(found.all())
  const site = world.at(draft.account)
  const verdict = site && apiReach(world, site, { namespace, labels: client.labels })
  return verdict && !verdict.reached ? `${verdict.at}: ${verdict.why}` : undefined
}

export const release: ResourceModel = {
  // pulumi-kubernetes, helm_release.go, Diff: `forceNewFields`. Another repository is an upgrade.
  immutable: ['name', 'namespace'],
  id: objectId,
  looksAt: (draft) => [
    { pkg: 'kubernetes', account: draft.account, type: namespaceType, name: namespaceOf(draft) ?? '' },
    ...chartClients[chartOf(draft)] ? insideQueries(draft.account) : []
  ],
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
