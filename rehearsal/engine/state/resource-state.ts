/** A resource as the engine works with it, and its written form (apitype.ResourceV3). */
import { type ResourceV3 } from '../../store.ts'
import { secretSignature, signatureKey, type WireObject, type WireValue } from '../../wire.ts'
import { fullReferences, storedReferences } from '../values/resource-references.ts'
import { isObject, isSecret, makeSecret, mapMembers, secretValue, sortKeys } from '../values/wire-values.ts'
import { type HookNames } from './hook-names.ts'

/** Seconds; absent means none. */
export interface CustomTimeouts {
  create?: number
  update?: number
  delete?: number
  read?: number
}

/**
 * A resource. As in the real engine steps change a state while they run (id, outputs, `delete`),
 * which all holders of it see.
 */
export interface ResourceState {
  type: string
  urn: string
  custom: boolean
  delete: boolean
  id: string
  inputs: WireObject
  outputs: WireObject | undefined
  parent: string
  protect: boolean
  external: boolean
  dependencies: string[]
  initErrors: string[]
  provider: string
  propertyDependencies: Record<string, string[]> | undefined
  pendingReplacement: boolean
  /** The next update replaces the resource (`pulumi state taint`). */
  taint: boolean
  additionalSecretOutputs: string[]
  /** URNs that the resource had before. They are written to the journal, never to a deployment. */
  aliases: string[]
  customTimeouts: CustomTimeouts
  importID: string
  retainOnDelete: boolean
  deletedWith: string
  replaceWith: string[]
  created: string | undefined
  modified: string | undefined
  sourcePosition: string
  stackTrace: { sourcePosition?: string }[]
  ignoreChanges: string[]
  hideDiff: WireValue[]
  replaceOnChanges: string[]
  replacementTrigger: WireValue | undefined
  /** Names of the program's hooks around its steps, by when they run. */
  resourceHooks: HookNames
  /** Fields of the written form that this engine does not use but keeps. */
  other: Record<string, unknown>
}

const empty: ResourceState = {
  type: '',
  urn: '',
  custom: false,
  delete: false,
  id: '',
  inputs: {},
  outputs: undefined,
  parent: '',
  protect: false,
  external: false,
  dependencies: [],
  initErrors: [],
  provider: '',
  propertyDependencies: undefined,
  pendingReplacement: false,
  taint: false,
  additionalSecretOutputs: [],
  aliases: [],
  customTimeouts: {},
  importID: '',
  retainOnDelete: false,
  deletedWith: '',
  replaceWith: [],
  created: undefined,
  modified: undefined,
  sourcePosition: '',
  stackTrace: [],
  ignoreChanges: [],
  hideDiff: [],
  replaceOnChanges: [],
  replacementTrigger: undefined,
  resourceHooks: {},
  other: {}
}

export function makeState (
  fields: Partial<ResourceState> & Pick<ResourceState, 'type' | 'urn' | 'custom'>
): ResourceState {
  return { ...empty, ...fields }
}

/**
 * URNs that a resource depends on: its parent, dependencies, property dependencies, deletedWith and
 * replaceWith.
 */
export function dependencyUrns (state: ResourceState, options: { parent: boolean }): string[] {
  return [
    ...(options.parent && state.parent !== '' ? [state.parent] : []),
    ...state.dependencies,
    ...Object.values(state.propertyDependencies ?? {}).flat(),
    ...(state.deletedWith === '' ? [] : [state.deletedWith]),
    ...state.replaceWith
  ]
}

/**
 * The state with outputs made secret where the program asked for it, or where the input of the same
 * name is secret.
 */
export function hideSecretOutputs (state: ResourceState): ResourceState {
  const { outputs } = state
  if (outputs === undefined) return state
  const open = Object.keys(outputs).filter((key) =>
    (state.additionalSecretOutputs.includes(key) || isSecret(state.inputs[key])) && !isSecret(outputs[key])
  )
  if (open.length === 0) return state
  return {
    ...state,
    outputs: { ...outputs, ...Object.fromEntries(open.map((key) => [key, makeSecret(outputs[key] ?? null)])) }
  }
}

/** Encrypts or decrypts the JSON text of one secret. */
export type Cipher = (text: string) => string

function writeValue (value: WireValue, encrypt: Cipher): WireValue {
  if (isSecret(value)) {
    return {
      [signatureKey]: secretSignature,
      ciphertext: encrypt(JSON.stringify(sortKeys(secretValue(value))))
    }
  }
  return mapMembers(value, (member) => writeValue(member, encrypt))
}
function readValue (value: WireValue, decrypt: Cipher): WireValue {
  if (isSecret(value)) {
    const { ciphertext, plaintext } = value as WireObject
    const text = typeof plaintext === 'string'
      ? plaintext
      : decrypt(typeof ciphertext === 'string' ? ciphertext : '')
    return makeSecret(JSON.parse(text) as WireValue)
  }
  return mapMembers(value, (member) => readValue(member, decrypt))
}
/** A property map for the state: keys in order, secrets encrypted. */
export function writeProperties (properties: WireObject, encrypt: Cipher): WireObject {
  return writeValue(sortKeys(storedReferences(properties)), encrypt) as WireObject
}
export function readProperties (properties: WireObject, decrypt: Cipher): WireObject {
  return fullReferences(readValue(properties, decrypt) as WireObject)
}

function filled<T extends object | string> (value: T | undefined): value is T {
  if (value === undefined || value === '') return false
  return typeof value === 'string' || Object.keys(value).length > 0
}

/** The written form, in Pulumi's order of fields, without empty ones. */
export function writeState (state: ResourceState, encrypt: Cipher): ResourceV3 {
  return {
    urn: state.urn,
    custom: state.custom,
    ...(state.delete && { delete: true }),
    ...(filled(state.id) && { id: state.id }),
    type: state.type,
    ...(filled(state.inputs) && { inputs: writeProperties(state.inputs, encrypt) }),
    ...(filled(state.outputs) && { outputs: writeProperties(state.outputs, encrypt) }),
    ...(filled(state.parent) && { parent: state.parent }),
    ...(state.protect && { protect: true }),
    ...(state.external && { external: true }),
    ...(filled(state.dependencies) && { dependencies: state.dependencies }),
    ...(filled(state.initErrors) && { initErrors: state.initErrors }),
    ...(filled(state.provider) && { provider: state.provider }),
    ...(filled(state.propertyDependencies) && { propertyDependencies: sortKeys(state.propertyDependencies) }),
    ...(state.pendingReplacement && { pendingReplacement: true }),
    ...(state.taint && { taint: true }),
    ...(filled(state.additionalSecretOutputs) && { additionalSecretOutputs: state.additionalSecretOutputs }),
    ...(filled(state.aliases) && { aliases: state.aliases }),
    ...(filled(state.customTimeouts) && { customTimeouts: state.customTimeouts }),
    ...(filled(state.importID) && { importID: state.importID }),
    ...(state.retainOnDelete && { retainOnDelete: true }),
    ...(filled(state.deletedWith) && { deletedWith: state.deletedWith }),
    ...(filled(state.replaceWith) && { replaceWith: state.replaceWith }),
    ...(filled(state.created) && { created: state.created }),
    ...(filled(state.modified) && { modified: state.modified }),
    ...(filled(state.sourcePosition) && { sourcePosition: state.sourcePosition }),
    ...(filled(state.stackTrace) && { stackTrace: state.stackTrace }),
    ...(filled(state.ignoreChanges) && { ignoreChanges: state.ignoreChanges }),
    ...(filled(state.hideDiff) && { hideDiff: state.hideDiff }),
    ...(filled(state.replaceOnChanges) && { replaceOnChanges: state.replaceOnChanges }),
    ...(state.replacementTrigger !== undefined && state.replacementTrigger !== null &&
      { replacementTrigger: writeValue(state.replacementTrigger, encrypt) }),
    ...(filled(state.resourceHooks) && { resourceHooks: sortKeys(state.resourceHooks) }),
    ...state.other
  }
}

export function readState (written: ResourceV3, decrypt: Cipher): ResourceState {
  const { urn, custom, type, inputs, outputs, replacementTrigger, ...rest } = written
  const known: Partial<ResourceState> = {}
  const other: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(rest)) {
    if (value === null || value === undefined) continue
    Object.assign(key in empty ? known : other, { [key]: value })
  }
  return {
    ...empty,
    ...known,
    urn,
    custom,
    type,
    inputs: inputs === undefined ? {} : readProperties(inputs, decrypt),
    outputs: outputs === undefined ? {} : readProperties(outputs, decrypt),
    replacementTrigger: isWire(replacementTrigger) ? readValue(replacementTrigger, decrypt) : undefined,
    other
  }
}
function isWire (value: unknown): value is WireValue {
  return value !== undefined && value !== null &&
    (typeof value !== 'object' || Array.isArray(value) || isObject(value as WireObject))
}
