/** The configuration of a provider as bridged providers read it. */
import { type WireObject, type WireValue } from '../wire.ts'
import { type PackageName } from './schema-table.ts'
import { plain } from './wire-values.ts'

/**
 * A value of the configuration. Bridged providers get lists and maps as JSON text; text that only
 * looks like JSON stays text.
 */
function decoded (value: WireValue): WireValue {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value) as WireValue
  } catch {
    // A YAML flow map or a template, for instance, which only the reader of the key understands.
    return value
  }
}

/**
 * Configuration of a provider instance, in plain values and decoded. Inputs of the provider
 * resource override the stack's configuration (`aws:config:region`).
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
