/**
 * A policy pack as the rehearsal engine calls it: Pulumi's Analyzer protocol (analyzer.proto) with
 * property maps in wire form (`wire.ts`). `engine/policies/attached-analyzer.ts` is a client of a
 * pack that serves the protocol over gRPC, `engine/policies/handler-analyzer.ts` calls the handlers
 * of a pack in process.
 */
import { type WireObject } from './wire.ts'

/** Levels in the order of the protocol's enumeration. */
export const enforcementLevels = ['advisory', 'mandatory', 'disabled', 'remediate'] as const
export type EnforcementLevel = typeof enforcementLevels[number]

/** Configuration of a policy. */
export interface PolicyConfig {
  /** Level in place of the policy's own. */
  level?: EnforcementLevel | undefined
  properties: Record<string, unknown>
}
/** Configurations by the name of the policy. */
export type PolicyConfigs = Record<string, PolicyConfig>

export interface PolicyInfo {
  name: string
  /** Subject of the policy: each resource, or the stack as a whole. */
  kind: 'unknown' | 'resource' | 'stack'
  level: EnforcementLevel
  /** JSON schema of its configuration's properties. */
  schema?: { properties: Record<string, unknown>, required: string[] }
}
export interface AnalyzerInfo {
  name: string
  version: string
  supportsConfig: boolean
  policies: PolicyInfo[]
  /** Configuration that the pack itself gives. */
  initialConfig: PolicyConfigs
}

/** Options of a resource, as policies see them. */
export interface AnalyzedOptions {
  protect: boolean
  ignoreChanges: string[]
  deleteBeforeReplace: boolean | undefined
  additionalSecretOutputs: string[]
  /** URNs. */
  aliases: string[]
  /** Seconds. */
  customTimeouts: { create?: number, update?: number, delete?: number }
  /** URN; empty without a parent. */
  parent: string
}
/** A resource before its step. */
export interface AnalyzedResource {
  urn: string
  type: string
  name: string
  /** Checked inputs. */
  properties: WireObject
  options: AnalyzedOptions
  /** Provider of the resource, with its inputs. */
  provider: { urn: string, type: string, name: string, properties: WireObject } | undefined
}
/** A resource at the end of a run. Its properties are its outputs. */
export interface AnalyzedStackResource extends AnalyzedResource {
  /** URNs. */
  dependencies: string[]
  /** URNs by the input that depends on them. */
  propertyDependencies: Record<string, string[]>
}

/** A violation of a policy. */
export interface PolicyDiagnostic {
  policy: string
  pack: string
  packVersion: string
  description: string
  message: string
  level: EnforcementLevel
  /** Resource; empty for the stack. */
  urn: string
  severity?: string
}
/** A policy that could not be asked. */
export interface NotApplicable {
  policy: string
  reason: string
}
/** Answer about a resource or a stack. */
export interface Analysis {
  diagnostics: PolicyDiagnostic[]
  notApplicable: NotApplicable[]
}
/** A change that a policy asks for. */
export interface Remediation {
  policy: string
  pack: string
  packVersion: string
  description: string
  /** Inputs after the change; absent when the policy could not tell. */
  properties?: WireObject
  /** Reason why it could not tell. */
  diagnostic: string
}
/** Answer of the policies that change resources. */
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

/** A pack that can be asked. It belongs to one run until it is released. */
export interface Analyzer {
  info(): Promise<AnalyzerInfo>
  configureStack(stack: AnalyzedStack): Promise<void>
  /** Sets the configuration of every policy, with the level that counts. */
  configure(configs: PolicyConfigs): Promise<void>
  remediate(resource: AnalyzedResource): Promise<Remedy>
  analyze(resource: AnalyzedResource): Promise<Analysis>
  analyzeStack(resources: AnalyzedStackResource[]): Promise<Analysis>
  release(): void
}

/** Opens policy packs. */
export interface AnalyzerSource {
  /** The pack in a folder; undefined when the source does not know the folder. */
  open(folder: string): Promise<Analyzer | undefined>
}
