/**
 * The calls that steps make about a resource, whether its provider is a plugin or, for provider
 * resources, the registry.
 */
import {
  type AutonamingRequest,
  type CheckResponse,
  type DiffResponse,
  type Subject
} from '../../provider.ts'
import { type WireObject } from '../../wire.ts'
import { nameOf, typeOf } from '../urn.ts'
import { CallFailed, type Made, Outcome, type ReadMade } from './call-result.ts'
import { type ProviderRegistry } from './provider-registry.ts'

export interface Olds {
  inputs: WireObject
  outputs: WireObject
}
export interface Operations {
  check(
    subject: Subject,
    olds: WireObject,
    news: WireObject,
    naming: { randomSeed: Uint8Array, autonaming?: AutonamingRequest | undefined }
  ): Promise<CheckResponse>
  diff(
    subject: Subject & { id: string },
    olds: Olds,
    news: WireObject,
    ignoreChanges: string[]
  ): Promise<DiffResponse>
  create(subject: Subject, inputs: WireObject, options: { timeout: number, preview: boolean }): Promise<Made>
  update(
    subject: Subject & { id: string },
    olds: Olds,
    news: WireObject,
    options: { timeout: number, ignoreChanges: string[], preview: boolean }
  ): Promise<Made>
  delete(subject: Subject & { id: string }, olds: Olds, timeout: number): Promise<void>
  read(
    subject: Subject & { id: string },
    state: WireObject,
    inputs: WireObject | undefined
  ): Promise<ReadMade>
}

export function subjectOf (urn: string): Subject {
  return { urn, name: nameOf(urn), type: typeOf(urn) }
}

/** The registry's own operations, for resources of type `pulumi:providers:…`. */
export function registryOperations (registry: ProviderRegistry): Operations {
  return {
    check: (subject, olds, news) => registry.check(subject.urn, olds, news),
    diff: (subject, olds, news, ignoreChanges) =>
      registry.diff(subject.urn, subject.id, olds, news, ignoreChanges),
    create: (subject, inputs) => registry.create(subject.urn, inputs),
    update: (subject, _, news) => registry.update(subject.urn, subject.id, news),
    delete: async (subject) => registry.delete(subject.urn, subject.id),
    read: async () => {
      throw new CallFailed('provider resources may not be read', Outcome.Unknown)
    }
  }
}
