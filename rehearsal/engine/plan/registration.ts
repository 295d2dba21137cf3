/** Everything that a program asks for in a run, and what planning makes of it. */
import { type AutonamingRequest } from '../../provider.ts'
import { type WireObject } from '../../wire.ts'
import { type Operations } from '../providers/operations.ts'
import { type ResourceState } from '../state/resource-state.ts'
import { type Done, type Step } from '../steps/step.ts'
import { type Goal } from './goal.ts'

/** A resource that the program registers. */
export interface Registration {
  goal: Goal
  done: Done
}

/** A resource that the program reads without managing it. */
export interface Reading {
  id: string
  name: string
  type: string
  provider: string
  parent: string
  properties: WireObject
  dependencies: string[]
  additionalSecretOutputs: string[]
  sourcePosition: string
  stackTrace: { sourcePosition?: string }[]
  done: Done
}

/** A registration whose resource was imported: planning goes on with what was read. */
export interface Imported {
  registration: Registration
  urn: string
  /** State that was read, in place of an old resource; undefined after an error. */
  old: ResourceState | undefined
  state: ResourceState
  error: Error | undefined
}

/** A registration whose old resource was read: planning goes on with what was found. */
export interface Refreshed {
  found: Found
  /** State that was read; undefined when the resource is gone, or could not be read. */
  old: ResourceState | undefined
  error: Error | undefined
}

/** A registration with the resource in the state that it continues. */
export interface Found {
  registration: Registration
  urn: string
  old: ResourceState | undefined
  /** The new resource. */
  state: ResourceState
  /** Its URN is taken (reported). */
  invalid: boolean
}

/** A registration on its way to its steps. */
export interface Planning {
  registration: Registration
  urn: string
  /** Resource in the state that it continues. */
  old: ResourceState | undefined
  /** The new resource. */
  state: ResourceState
  /** Its provider; undefined for components. */
  operations: Operations | undefined
  /** Randomness for names that the provider makes up. */
  seed: Uint8Array
  /** Name that the configuration asks for. */
  autonaming?: AutonamingRequest | undefined
}

/** The plan of one event. */
export interface Steps {
  steps: Step[]
  /** An `Imported` or a `Refreshed` follows later. */
  pending: boolean
}
