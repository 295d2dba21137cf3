/** Grants that something needs as soon as they are made. */
import { type CustomResourceOptions, ResourceHook } from '@pulumi/pulumi'
import { type CloudName } from '../../contract/words.ts'
import { type UnitContext } from '../types.ts'

/** Options of a grant that is there once it has taken effect. */
export type GrantOptions = Pick<CustomResourceOptions, 'hooks'>

const hooks = new WeakMap<UnitContext, Map<CloudName, ResourceHook>>()

/**
 * Gives the options of a grant on which something in this unit, or in the next one, relies at once:
 * clouds take minutes until a grant holds everywhere. What waits is its creation only: a grant that
 * stays as it is took effect long ago.
 */
export function takesEffect (context: UnitContext, cloud: CloudName): GrantOptions {
  const { granted } = context
  if (!granted) return {}
  const known = hooks.get(context) ?? new Map<CloudName, ResourceHook>()
  hooks.set(context, known)
  const hook = known.get(cloud) ??
    new ResourceHook(`grant-takes-effect-${cloud}`, ({ urn }) => granted(cloud, urn))
  known.set(cloud, hook)
  return { hooks: { afterCreate: [hook] } }
}
