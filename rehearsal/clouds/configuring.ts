/** Reads a provider's configuration the way the bridged providers take it. */
import { type WireObject, type WireValue } from '../wire.ts'
import { type PackageName } from './model.ts'
import { plain } from './wire-values.ts'

/**
 * A value of the configuration: bridged providers get lists and maps as JSON text. Text that only
 * looks like JSON stays text.
 */
function decoded (value: WireValue): WireValue {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value) as WireValue
  } catch {
    // A YAML flow map or a template, for instance: whoever reads the key knows better.
    return value
  }
}

/**
 * Configuration of a provider instance, plain and decoded: stack configuration
 * (`aws:config:region`) first, the provider resource's own inputs over it.
 */
export function decodedConfig (
  args: WireObject,
  variables: Record<string, string>,
  pkg: PackageName
): WireObject {
  const config: WireObject = {}
  for (const [key, value] of Object.entries(variables)) {
    const [owner, , name] = key.split(':')
    if (owner === pkg && name) config[name] = decoded(value)
  }
  for (const [key, value] of Object.entries(args)) {
    const seen = plain(value)
    if (seen !== null && !key.startsWith('__')) config[key] = decoded(seen)
  }
  return config
}
