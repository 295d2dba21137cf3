/** The engine's events as they travel to the Automation API (pulumi `apitype/events.go`). */
import { type EnforcementLevel } from '../../analyzer.ts'
import { type PropertyDiff } from '../../provider.ts'
import { assetSignature, signatureKey, secretSignature, type WireObject, type WireValue } from '../../wire.ts'
import { type ResourceState } from '../state/resource-state.ts'
import { type Step, type StepOp } from '../steps/step.ts'
import { storedReferences } from '../values/resource-references.ts'
import { isSecret, mapMembers, signatureOf, sortKeys } from '../values/wire-values.ts'

export type Severity = 'debug' | 'info' | 'info#err' | 'warning' | 'error'
export interface StateMetadata {
  type: string
  urn: string
  custom?: true
  delete?: true
  id: string
  parent: string
  provider: string
  protect?: true
  external?: true
  retainOnDelete?: true
  inputs: WireObject
  outputs: WireObject
  initErrors?: string[]
}
export interface StepMetadata {
  op: StepOp
  urn: string
  type: string
  old: StateMetadata | null
  new: StateMetadata | null
  keys?: string[]
  diffs?: string[]
  detailedDiff: Record<string, { diffKind: string, inputDiff: boolean }> | null
  logical?: true
  provider: string
}
export interface StepEvent {
  metadata: StepMetadata
  planning?: true
}
export interface DiagnosticEvent {
  urn?: string
  prefix?: string
  message: string
  color: 'never'
  severity: Severity
  ephemeral?: true
}
export interface SummaryEvent {
  maybeCorrupt: boolean
  durationSeconds: number
  resourceChanges: Partial<Record<StepOp, number>>
  PolicyPacks: Record<string, string>
  isPreview: boolean
  result: 'succeeded' | 'failed'
}

interface PolicyTag {
  policyPackName: string
  policyPackVersion: string
  policyPackVersionTag: string
}
export interface PolicyEvent extends PolicyTag {
  resourceUrn: string
  message: string
  color: 'never'
  policyName: string
  enforcementLevel: EnforcementLevel
  severity?: string
}
export interface PolicyRemediationEvent extends PolicyTag {
  resourceUrn: string
  color: 'raw'
  policyName: string
  before: WireObject
  after: WireObject
}
/** Names of policies; a list that would be empty is absent. */
export interface PolicySummaryEvent extends PolicyTag {
  resourceUrn: string
  passed?: string[]
  failed?: string[]
}

export type EventBody =
  | { policyLoadEvent: Record<string, never> }
  | { policyEvent: PolicyEvent }
  | { policyRemediationEvent: PolicyRemediationEvent }
  | { policyRemediateSummaryEvent: PolicySummaryEvent }
  | { policyAnalyzeSummaryEvent: PolicySummaryEvent }
  | { policyAnalyzeStackSummaryEvent: Omit<PolicySummaryEvent, 'resourceUrn'> }
  | { preludeEvent: { config: Record<string, string> } }
  | { resourcePreEvent: StepEvent }
  | { resOutputsEvent: StepEvent }
  | { resOpFailedEvent: StepEvent & { status: number, steps: number } }
  | { diagnosticEvent: DiagnosticEvent }
  | { stdoutEvent: { message: string, color: 'never' } }
  | { summaryEvent: SummaryEvent }
  | { cancelEvent: Record<string, never> }

/** `sequence` counts from 0; `timestamp` is in seconds since 1970. */
export type EngineEvent = EventBody & { sequence: number, timestamp: number }

/** Hides text that must not leave the engine. */
export type Redact = (text: string) => string

/**
 * Makes a function that hides the values of secret configuration wherever they appear. Values of
 * one or two characters stay: they would match everywhere.
 */
export function redactor (secrets: readonly string[]): Redact {
  const values = secrets.filter((secret) => secret.length > 2).sort((a, b) => b.length - a.length)
  return values.length === 0
    ? (text) => text
    : (text) => values.reduce((result, secret) => result.replaceAll(secret, '[secret]'), text)
}

const hidden: WireObject = { [signatureKey]: secretSignature, ciphertext: '[secret]' }

function shown (value: WireValue, redact: Redact): WireValue {
  if (typeof value === 'string') return redact(value)
  if (isSecret(value)) return hidden
  if (signatureOf(value) === assetSignature && 'text' in (value as WireObject)) {
    return { ...(value as WireObject), text: '<contents elided>' }
  }
  return mapMembers(value, (member) => shown(member, redact))
}
/** Properties as events show them: secrets hidden, keys sorted. */
export function showProperties (properties: WireObject | undefined, redact: Redact): WireObject {
  return shown(sortKeys(storedReferences(properties ?? {})), redact) as WireObject
}

function stateMetadata (state: ResourceState, redact: Redact): StateMetadata {
  return {
    type: state.type,
    urn: state.urn,
    ...(state.custom && { custom: true }),
    ...(state.delete && { delete: true }),
    id: state.id,
    parent: state.parent,
    ...(state.protect && { protect: true }),
    ...(state.external && { external: true }),
    ...(state.retainOnDelete && { retainOnDelete: true }),
    inputs: showProperties(state.inputs, redact),
    outputs: showProperties(state.outputs, redact),
    provider: state.provider,
    ...(state.initErrors.length > 0 && { initErrors: state.initErrors })
  }
}

function detailed (diff: Readonly<Record<string, PropertyDiff>>): StepMetadata['detailedDiff'] {
  return Object.fromEntries(
    Object.entries(diff).map((
      [path, { kind, inputDiff }]
    ) => [path, { diffKind: kind.toLowerCase().replace('_', '-'), inputDiff }])
  )
}

/** `op` is the step's own, or what a refresh found. */
export function stepMetadata (step: Step, op: StepOp, redact: Redact): StepMetadata {
  return {
    op,
    urn: step.urn,
    type: step.type,
    old: step.old === undefined ? null : stateMetadata(step.old, redact),
    new: step.new === undefined ? null : stateMetadata(step.new, redact),
    ...(step.keys && step.keys.length > 0 && { keys: [...step.keys] }),
    ...(step.diffs && step.diffs.length > 0 && { diffs: [...step.diffs] }),
    detailedDiff: step.detailedDiff ? detailed(step.detailedDiff) : null,
    ...(step.logical && { logical: true }),
    provider: step.provider
  }
}
