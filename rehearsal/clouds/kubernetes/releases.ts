/** Model of Helm releases. */
import { type ResourceModel } from '../resource-model.ts'
import { numberAt, objectAt, stringAt } from '../wire-values.ts'
import { namespaceType } from './kinds.ts'
import { builtInNamespaces, namespaceOf, objectId } from './object-names.ts'

export const release: ResourceModel = {
  // pulumi-kubernetes, helm_release.go, Diff: `forceNewFields`. Another repository is an upgrade.
  immutable: ['name', 'namespace'],
  id: objectId,
  looksAt: (draft) => [
    { pkg: 'kubernetes', account: draft.account, type: namespaceType, name: namespaceOf(draft) ?? '' }
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
      resourceNames: objectAt(draft.inputs, 'resourceNames'),
      createNamespace: draft.inputs.createNamespace ?? false
    }
  }
}
