/**
 * Outputs of a resource: its inputs, what the cloud computes by convention, and what the type's
 * model adds. Pure.
 */
import { signatureKey, unknownValue, type WireObject, type WireValue } from '../wire.ts'
import { type Draft, type Found } from './draft.ts'
import { type PackageModel, modelOf } from './package-model.ts'
import { typeFacts } from './schema-table.ts'
import { hasUnknown, isObject, isSecret, secret } from './wire-values.ts'

const creationKeys = [
  'createdAt',
  'creationTimestamp',
  'createTime',
  'createDate',
  'createdOn',
  'timeCreated',
  'creationTime',
  'creationDate'
]

/** A time in whole seconds, as clouds write it: ISO 8601. */
export function wholeSeconds (time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z')
}

/** Time of creation that the outputs of a resource name. */
export function createdAt (outputs: WireObject): string | undefined {
  for (const key of creationKeys) {
    const value = outputs[key]
    if (typeof value === 'string' && value !== unknownValue) return value
  }
  const metadata = outputs.metadata
  return typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata)
    ? createdAt(metadata)
    : undefined
}

function given (inputs: WireObject): WireObject {
  const result: WireObject = {}
  for (const [key, value] of Object.entries(inputs)) {
    if (!key.startsWith('__') && value !== null) result[key] = value
  }
  return result
}

const holdsSecret = (value: WireValue | undefined): boolean =>
  isSecret(value) ||
  (typeof value === 'object' && value !== null &&
    Object.values(value).some((item: WireValue) => holdsSecret(item)))

function markSecrets (outputs: WireObject, names: string[]): WireObject {
  for (const name of names) {
    const value = outputs[name]
    if (value !== undefined) outputs[name] = secret(value)
  }
  return outputs
}

/**
 * All outputs of a resource that exists. `inputs` are in wire form: what is secret stays so. An
 * update keeps the computed values from before it.
 */
export function outputsOf (
  pack: PackageModel,
  draft: Draft,
  found: Found,
  inputs: WireObject
): WireObject {
  const model = modelOf(pack, draft.type)
  const facts = typeFacts(pack.pkg, draft.type)
  const outputs = given(inputs)
  for (const fact of facts?.computed ?? []) {
    if (outputs[fact.name] === undefined) {
      outputs[fact.name] = draft.previous?.[fact.name] ?? pack.computed(draft, fact)
    }
  }
  for (
    const [key, value] of Object.entries({
      ...pack.outputs?.(draft, facts),
      ...model?.outputs?.(draft, found)
    })
  ) {
    outputs[key] = holdsSecret(outputs[key]) ? secret(value) : value
  }
  return markSecrets(outputs, [...facts?.secrets ?? [], ...model?.secrets ?? []])
}

/**
 * Outputs in a preview. Computed values, also those inside objects that the program gives, are
 * unknown for a new resource; an update (`olds`) keeps them.
 */
export function previewOutputs (
  pack: PackageModel,
  request: { type: string, properties: WireObject },
  olds?: { inputs: WireObject, outputs: WireObject }
): WireObject {
  const model = modelOf(pack, request.type)
  const facts = typeFacts(pack.pkg, request.type)
  const outputs = given(request.properties)
  if (olds) {
    for (const [key, value] of Object.entries(outputs)) {
      outputs[key] = filled(value, olds.outputs[key], olds.inputs[key])
    }
  } else {
    for (const path of model?.filledIn ?? []) hideInside(outputs, path.split('.'))
  }
  for (const fact of facts?.computed ?? []) {
    if (outputs[fact.name] === undefined) outputs[fact.name] = olds?.outputs[fact.name] ?? unknownValue
  }
  // Combined values (all tags, all labels) follow the inputs.
  if (olds && hasUnknown(request.properties)) {
    for (const key of ['tagsAll', 'effectiveLabels', 'pulumiLabels']) {
      if (outputs[key] !== undefined) outputs[key] = unknownValue
    }
  }
  return markSecrets(outputs, [...facts?.secrets ?? [], ...model?.secrets ?? []])
}

const bare = (value: WireValue | undefined): WireValue | undefined => isSecret(value) ? value.value : value

/**
 * A map together with what the cloud had filled in: keys of the old output that neither the old
 * input nor the new one has.
 */
function filled (value: WireValue, output: WireValue | undefined, input: WireValue | undefined): WireValue {
  if (isSecret(value)) return secret(filled(value.value, output, input))
  const [known, asked] = [bare(output), bare(input)]
  if (!isObject(value) || !isObject(known) || signatureKey in value) return value
  const before = isObject(asked) ? asked : {}
  const result: WireObject = Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, filled(item, known[key], before[key])])
  )
  for (const [key, item] of Object.entries(known)) {
    if (result[key] === undefined && before[key] === undefined) result[key] = item
  }
  return result
}

/** Makes the value at a path unknown where the object around it is given without it. */
function hideInside (holder: WireObject, [key = '', ...rest]: string[]): void {
  const value = holder[key]
  if (rest.length === 0) holder[key] ??= unknownValue
  else if (isObject(value) && !(signatureKey in value)) hideInside(holder[key] = { ...value }, rest)
}
