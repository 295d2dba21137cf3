/**
 * Asks the policy packs of a run about resources, and reports their answers (pulumi
 * `deploy/step_generator.go` and `resource/analyzer/summary.go`).
 */
import {
  type Analysis,
  type AnalyzedResource,
  type AnalyzedStackResource,
  type Analyzer,
  type AnalyzerInfo,
  type EnforcementLevel,
  type NotApplicable,
  type PolicyConfigs,
  type PolicyDiagnostic
} from '../../analyzer.ts'
import { type WireObject } from '../../wire.ts'
import { type EventBody, type Redact, showProperties } from '../events/engine-event.ts'
import { type EventSink } from '../events/event-sink.ts'

/** A pack that is loaded and configured. */
export interface LoadedPack {
  /** Folder as the caller named it. */
  path: string
  analyzer: Analyzer
  info: AnalyzerInfo
  configs: PolicyConfigs
}

/** The packs' answer about a resource. */
export interface Checked {
  /** Inputs, which policies may have changed. */
  inputs: WireObject
  /** A mandatory policy is violated: a preview goes on and fails, an update stops. */
  mandatory: boolean
}

interface Tag {
  policyPackName: string
  policyPackVersion: string
  policyPackVersionTag: string
}

/** A violation that its policy should have remedied counts as mandatory. */
const counted = (level: EnforcementLevel): EnforcementLevel => level === 'remediate' ? 'mandatory' : level
const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort()

export class PolicyChecks {
  readonly #packs: readonly LoadedPack[]
  readonly #sink: EventSink
  readonly #redact: Redact

  constructor (packs: readonly LoadedPack[], sink: EventSink, redact: Redact) {
    this.#packs = packs
    this.#sink = sink
    this.#redact = redact
  }

  /** Tells if there is a pack to ask. */
  get active (): boolean {
    return this.#packs.length > 0
  }

  /**
   * Asks about a resource: first for remedies, of all packs, so that the analysis sees what is
   * made.
   */
  async resource (resource: AnalyzedResource): Promise<Checked> {
    let inputs = resource.properties
    for (const pack of this.#packs) {
      const { remediations, notApplicable } = await pack.analyzer.remediate({
        ...resource,
        properties: inputs
      })
      for (const { policy, properties, diagnostic, ...remedy } of remediations) {
        const tag = tagOf(remedy.pack, remedy.packVersion)
        if (diagnostic !== '') {
          this.#violated(resource.urn, {
            ...remedy,
            policy,
            message: diagnostic,
            level: 'advisory',
            urn: resource.urn
          })
        } else if (properties) {
          this.#sink.emit({
            policyRemediationEvent: {
              resourceUrn: resource.urn,
              color: 'raw',
              policyName: policy,
              ...tag,
              before: showProperties(inputs, this.#redact),
              after: showProperties(properties, this.#redact)
            }
          })
          inputs = properties
        }
      }
      this.#summary(
        'policyRemediateSummaryEvent',
        pack,
        resource.urn,
        remediations.map(({ policy }) => policy),
        notApplicable
      )
    }
    let mandatory = false
    for (const pack of this.#packs) {
      const { diagnostics, notApplicable } = await pack.analyzer.analyze({ ...resource, properties: inputs })
      // A policy that answers about another resource is taken to mean this one.
      mandatory = this.#report(diagnostics, () => resource.urn) || mandatory
      this.#summary(
        'policyAnalyzeSummaryEvent',
        pack,
        resource.urn,
        diagnostics.map(({ policy }) => policy),
        notApplicable
      )
    }
    return { inputs, mandatory }
  }

  /** Asks about the whole stack, whose URN is `root`. True when a mandatory policy is violated. */
  async stack (resources: AnalyzedStackResource[], root: string): Promise<boolean> {
    const known = new Set(resources.map(({ urn }) => urn))
    let mandatory = false
    for (const pack of this.#packs) {
      const { diagnostics, notApplicable } = await pack.analyzer.analyzeStack(resources)
      mandatory = this.#report(diagnostics, (urn) => known.has(urn) ? urn : root) || mandatory
      const { passed, failed } = outcome(
        'stack',
        pack,
        diagnostics.map(({ policy }) => policy),
        notApplicable
      )
      this.#sink.emit({
        policyAnalyzeStackSummaryEvent: { ...tagOf(pack.info.name, pack.info.version), ...passed, ...failed }
      })
    }
    return mandatory
  }

  #report (diagnostics: Analysis['diagnostics'], place: (urn: string) => string): boolean {
    for (const diagnostic of diagnostics) this.#violated(place(diagnostic.urn), diagnostic)
    return diagnostics.some(({ level }) => counted(level) === 'mandatory')
  }

  #violated (urn: string, { policy, pack, packVersion, message, level, severity }: PolicyDiagnostic): void {
    this.#sink.emit({
      policyEvent: {
        resourceUrn: urn,
        message: `${this.#redact(message)}\n`,
        color: 'never',
        policyName: policy,
        ...tagOf(pack, packVersion),
        enforcementLevel: counted(level),
        ...(severity && { severity })
      }
    })
  }

  #summary (
    kind: 'policyRemediateSummaryEvent' | 'policyAnalyzeSummaryEvent',
    pack: LoadedPack,
    urn: string,
    said: string[],
    notApplicable: NotApplicable[]
  ): void {
    const { passed, failed } = outcome('resource', pack, said, notApplicable)
    const summary = { resourceUrn: urn, ...tagOf(pack.info.name, pack.info.version), ...passed, ...failed }
    const body: EventBody = kind === 'policyAnalyzeSummaryEvent'
      ? { policyAnalyzeSummaryEvent: summary }
      : { policyRemediateSummaryEvent: summary }
    this.#sink.emit(body)
  }
}

function tagOf (name: string, version: string): Tag {
  return { policyPackName: name, policyPackVersion: version, policyPackVersionTag: version }
}

/**
 * Policies that passed and failed. A policy of the kind passed unless it is disabled, did not
 * apply, or failed.
 */
function outcome (
  kind: 'resource' | 'stack',
  { info, configs }: LoadedPack,
  failing: string[],
  notApplicable: NotApplicable[]
): { passed: { passed?: string[] }, failed: { failed?: string[] } } {
  const failed = sorted(failing)
  const excluded = new Set([...failed, ...notApplicable.map(({ policy }) => policy)])
  const passed = sorted(
    info.policies.filter((policy) =>
      (policy.kind === kind || policy.kind === 'unknown') &&
      (configs[policy.name]?.level ?? policy.level) !== 'disabled' && !excluded.has(policy.name)
    ).map(({ name }) => name)
  )
  return { passed: passed.length > 0 ? { passed } : {}, failed: failed.length > 0 ? { failed } : {} }
}
