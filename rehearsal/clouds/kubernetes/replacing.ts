/**
 * The provider's own rules for what a change replaces, by pulumi-kubernetes
 * (provider/pkg/provider/diff.go and provider.go, `Diff`). Pure.
 */
import { type WireObject, type WireValue } from '../../wire.ts'
import { type TypeFacts } from '../schema-table.ts'
import { valueAt } from '../wire-values.ts'
import { kindOf } from './kinds.ts'

/**
 * Settings of the provider with which the data of these kinds changes in place:
 * https://www.pulumi.com/registry/packages/kubernetes/api-docs/provider/.
 */
const settings: Record<string, string> = {
  ConfigMap: 'enableConfigMapMutable',
  Secret: 'enableSecretMutable'
}
/** Fields that these settings are about; the API server still refuses another `type`. */
const data = ['data', 'binaryData', 'stringData', 'type']

/** Tells if the provider's configuration lets the data of a kind change in place. */
function dataIsMutable (type: string, config: WireObject): boolean {
  const setting = settings[kindOf(type)]
  return setting !== undefined && (config[setting] === true || config[setting] === 'true')
}

/** Fields whose change replaces an object that says that it is immutable, whatever the settings. */
export function replacingData (type: string, news: WireObject): string[] {
  return kindOf(type) in settings && news.immutable === true ? data : []
}

/**
 * Tells if the change of a path replaces an object. The provider looks for the fields that replace
 * inside the value that comes: one that is unknown, or that goes as a whole, has none inside
 * (`addPatchValueToDiff`), so that an unknown `spec` is an update.
 */
export function replacesObject (
  path: string,
  type: string,
  facts: TypeFacts | undefined,
  config: WireObject,
  after: WireValue | undefined
): boolean {
  if (data.includes(path.split('.')[0] ?? '') && dataIsMutable(type, config)) return false
  return facts?.replacing.some((replacing) =>
    path === replacing || path.startsWith(`${replacing}.`) ||
    (replacing.startsWith(`${path}.`) && valueAt(after, replacing.slice(path.length + 1)) !== undefined)
  ) ?? false
}
