/**
 * A policy pack as the rehearsal engine calls it: Pulumi's Analyzer protocol (analyzer.proto) with
 * property maps in wire form (see wire.ts). `engine/policies/attached-analyzer.ts` is the client of
 * a pack that serves it over gRPC, `engine/policies/handler-analyzer.ts` calls a pack's handlers in
 * process.
 */
import { type WireObject } from './wire.ts'

export const ENFORCEMENT_LEVELS = ['advisory', 'mandatory', 'disabled', 'remediate'] as const
/** In the order of the protocol's enumeration. */
export type EnforcementLevel = typeof ENFORCEMENT_LEVELS[number]

/** Values that a policy is configured with; the level replaces the policy's own. */
export interface PolicyConfig {
  level?: EnforcementLevel | undefined
  properties: Record<string, unknown>
}
export type PolicyConfigs = Record<string, PolicyConfig>

/** `schema` is a JSON schema of the configuration's properties. */
export interface PolicyInfo {
  name: string
  kind: 'unknown' | 'resource' | 'stack'
  level: EnforcementLevel
  schema?: { properties: Record<string, unknown>, required: string[] }
}
export interface AnalyzerInfo {
  name: string
  version: string
  supportsConfig: boolean
  policies: PolicyInfo[]
  initialConfig: PolicyConfigs
}

export interface AnalyzedOptions {
  protect: boolean
  ignoreChanges: string[]
  deleteBeforeReplace: boolean | undefined
  additionalSecretOutputs: string[]
  aliases: string[]
  /** Seconds. */
  customTimeouts: { create?: number, update?: number, delete?: number }
  parent: string
}
/** A resource before its step: its checked inputs, and the provider that it is given to. */
export interface AnalyzedResource {
  urn: string
  type: string
  name: string
  properties: WireObject
  options: AnalyzedOptions
  provider: { urn: string, type: string, name: string, properties: WireObject } | undefined
}
/** A resource after its step: its outputs. */
export interface AnalyzedStackResource extends AnalyzedResource {
  dependencies: string[]
  propertyDependencies: Record<string, string[]>
}

export interface PolicyDiagnostic {
  policy: string
  pack: string
  packVersion: string
  description: string
  message: string
  level: EnforcementLevel
  urn: string
  severity?: string
}
export interface NotApplicable {
  policy: string
  reason: string
}
export interface Analysis {
  diagnostics: PolicyDiagnostic[]
  notApplicable: NotApplicable[]
}
/** What a policy changed, or why it could not tell (`diagnostic`). */
export interface Remediation {
  policy: string
  pack: string
  packVersion: string
  description: string
  properties?: WireObject
  diagnostic: string
}
export interface Remedy {
  remediations: Remediation[]
  notApplicable: NotApplicable[]
}

/** The stack and run that the policies are asked about. */
export interface AnalyzedStack {
  stack: string
  project: string
  organization: string
  preview: boolean
  config: Record<string, string>
  secretKeys: string[]
}

/** A pack that is ready to be asked. It belongs to one run until it is released. */
export interface Analyzer {
  info(): Promise<AnalyzerInfo>
  configureStack(stack: AnalyzedStack): Promise<void>
  /** Every policy's configuration, with the level that counts. */
  configure(configs: PolicyConfigs): Promise<void>
  remediate(resource: AnalyzedResource): Promise<Remedy>
  analyze(resource: AnalyzedResource): Promise<Analysis>
  analyzeStack(resources: AnalyzedStackResource[]): Promise<Analysis>
  release(): void
}

/** Where packs come from. `undefined` for a folder that this source does not know. */
export interface AnalyzerSource {
  open(folder: string): Promise<Analyzer | undefined>
}
