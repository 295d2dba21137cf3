/** Outputs of a resource: its inputs, what the cloud computes by convention, and what the type's model says. */
import { UNKNOWN, type WireObject, type WireValue } from '../wire.ts'
import { type Draft, type Found, type PackageModel, type ResourceModel } from './model.ts'
import { typeFacts } from './schema-table.ts'
import { hasUnknown, isSecret, secret } from './wire-values.ts'

const CREATION_KEYS = ['createdAt', 'creationTimestamp', 'createTime', 'createDate', 'createdOn', 'timeCreated', 'creationTime', 'creationDate']

/** When a resource was made, by its outputs. */
export function createdAt (outputs: WireObject): string | undefined {
  for (const key of CREATION_KEYS) {
    const value = outputs[key]
    if (typeof value === 'string' && value !== UNKNOWN) return value
  }
  const metadata = outputs.metadata
  return typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata) ? createdAt(metadata) : undefined
}

function given (inputs: WireObject): WireObject {
  const result: WireObject = {}
  for (const [key, value] of Object.entries(inputs)) {
    if (!key.startsWith('__') && value !== null) result[key] = value
  }
  return result
}

const holdsSecret = (value: WireValue | undefined): boolean => isSecret(value) ||
  (typeof value === 'object' && value !== null && Object.values(value).some((item: WireValue) => holdsSecret(item)))

function markSecrets (outputs: WireObject, names: string[]): WireObject {
  for (const name of names) {
    const value = outputs[name]
    if (value !== undefined) outputs[name] = secret(value)
  }
  return outputs
}

/** All outputs of a resource that exists. `inputs` are in wire form: what was secret stays so. Computed values of before an update stay as they were. */
export function outputsOf (pack: PackageModel, model: ResourceModel | undefined, draft: Draft, found: Found, inputs: WireObject): WireObject {
  const facts = typeFacts(pack.pkg, draft.type)
  const outputs = given(inputs)
  for (const fact of facts?.computed ?? []) {
    if (outputs[fact.name] === undefined) outputs[fact.name] = draft.previous?.[fact.name] ?? pack.computed(draft, fact)
  }
  for (const [key, value] of Object.entries({ ...pack.outputs?.(draft, facts), ...model?.outputs?.(draft, found) })) {
    outputs[key] = holdsSecret(outputs[key]) ? secret(value) : value
  }
  return markSecrets(outputs, [...facts?.secrets ?? [], ...model?.secrets ?? []])
}

/** Outputs in a preview: what is computed is unknown for a new resource, and as it was for one that is updated. */
export function previewOutputs (pack: PackageModel, model: ResourceModel | undefined, request: { type: string, properties: WireObject }, olds?: WireObject): WireObject {
  const facts = typeFacts(pack.pkg, request.type)
  const outputs = given(request.properties)
  for (const fact of facts?.computed ?? []) {
    if (outputs[fact.name] === undefined) outputs[fact.name] = olds?.[fact.name] ?? UNKNOWN
  }
  // Combined values (all tags, all labels) follow the inputs.
  if (olds && hasUnknown(request.properties)) {
    for (const key of ['tagsAll', 'effectiveLabels', 'pulumiLabels']) {
      if (outputs[key] !== undefined) outputs[key] = UNKNOWN
    }
  }
  return markSecrets(outputs, [...facts?.secrets ?? [], ...model?.secrets ?? []])
}
