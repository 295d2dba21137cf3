// Values of a scenario's program (README.md, "Scenario format") as the SDK takes them.
import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
const pulumi = require('@pulumi/pulumi')

/**
 * Properties that are referenced, by key of the resource. The resource declares them as undefined
 * inputs, as generated SDKs do.
 */
export function referencedProperties (step) {
  const found = {}
  const scan = (value) => {
    if (Array.isArray(value)) return value.forEach(scan)
    if (!value || typeof value !== 'object') return
    if (Array.isArray(value.$ref)) {
      const [key, property] = value.$ref
      ;(found[key] ??= new Set()).add(property)
      return
    }
    Object.values(value).forEach(scan)
  }
  scan(step.program)
  scan(step.stackOutputs ?? {})
  return found
}

/**
 * Kinds of values by their marker, each given the value, what was made so far, and a reader of
 * parts.
 */
const MARKED = {
  $ref: (value, made) => referenceOf(value, made),
  $secret: (value, made, read) => pulumi.secret(read(value.$secret)),
  $unsecret: (value, made, read) => pulumi.unsecret(pulumi.output(read(value.$unsecret))),
  $concat: (value, made, read) => pulumi.concat(...value.$concat.map(read)),
  $config: (value) => configOf(value.$config, (config, name) => config.require(name)),
  $configSecret: (value) => configOf(value.$configSecret, (config, name) => config.requireSecret(name)),
  $text: (value) => new pulumi.asset.StringAsset(value.$text),
  $archive: (value) =>
    new pulumi.asset.AssetArchive(
      Object.fromEntries(
        Object.entries(value.$archive).map(([key, text]) => [key, new pulumi.asset.StringAsset(text)])
      )
    ),
  $resource: (value, made) => made.get(value.$resource)
}

/** A value; `made` holds resources and results of functions by key. */
export function valueOf (value, made) {
  const read = (part) => valueOf(part, made)
  if (Array.isArray(value)) return value.map(read)
  if (!value || typeof value !== 'object') return value
  const marker = Object.keys(MARKED).find((key) => key in value)
  if (marker) return MARKED[marker](value, made, read)
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, read(member)]))
}

function referenceOf (value, made) {
  const [key, property, ...rest] = value.$ref
  const target = made.get(key)
  if (target === undefined) throw new Error(`unknown reference ${key}`)
  let output
  if (target.__invoke) output = target.__invoke.apply((result) => result[property])
  else if (target.__stackRef && property !== 'urn' && property !== 'id') {
    output = value.required ? target.requireOutput(property) : target.getOutput(property)
  } else output = target[property]
  for (const part of rest) output = pulumi.output(output).apply((member) => member?.[part])
  return output
}

function configOf (key, read) {
  const [namespace, name] = key.includes(':') ? key.split(':') : [undefined, key]
  return read(new pulumi.Config(namespace), name)
}
