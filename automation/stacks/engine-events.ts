import { stripVTControlCharacters } from 'node:util'
import { type EngineEvent } from '@pulumi/pulumi/automation/index.js'
import { type PropertyChange } from '../../contract/change.ts'
import { type ResourceChanges } from '../../contract/deployment.ts'
import { headOf, toldCut } from '../../contract/text/cut.ts'
import { differencesOf, maskedSecret, shownValue } from '../drift/differences.ts'
import { type EventDraft } from '../event-draft.ts'
import { type Redactor } from '../redaction/redactor.ts'
import { changesOf, noChanges } from './changes.ts'
import { unknownValue } from './types.ts'

/** An error that the engine reported, on a resource or on the whole operation. */
export interface Diagnostic {
  severity: string
  message: string
  urn?: string
}

/** An operation on a resource that failed. */
export interface FailedOperation {
  urn: string
  /** Engine's name for it: `create`, `delete-replaced` and so on. */
  op: string
  /** Another operation on the same URN succeeded before it. */
  stands: boolean
}

/** Findings of a translator in the stream so far. */
export interface Observed {
  changes: ResourceChanges
  errors: Diagnostic[]
  failed: FailedOperation[]
  policyViolations: { message: string, urn?: string }[]
}

type Metadata = NonNullable<EngineEvent['resOutputsEvent']>['metadata']

// More than people read; a document that was rewritten as a whole can differ in thousands of
// places.
const mostDifferences = 50
// Characters of a value as JSON: the beginning of a document tells which it is.
const longestValue = 300
// A diagnostic is a message for people; a provider that prints a whole response body is cut here.
const longest = 8_000
// The engine's own markup for colours.
const colours = /<\{%[^%]*%\}>/g

/**
 * Turns the engine's events into this unit's deployment events: what changes a resource, what
 * failed, what a policy said, and the diagnostics. Resources that stay the same make no events (a
 * second `up` would otherwise log thousands of them); the sums have them. All texts are redacted.
 */
export class EventTranslator {
  readonly observed: Observed = { changes: noChanges(), errors: [], failed: [], policyViolations: [] }
  readonly #unit: { phase: number, unit: string }
  readonly #redactor: Redactor
  readonly #done = new Set<string>()
  /** URNs whose resource is there as the program wants it. */
  readonly #standing = new Set<string>()
  readonly #lastError = new Map<string, string>()

  constructor (unit: { phase: number, unit: string }, redactor: Redactor) {
    this.#unit = unit
    this.#redactor = redactor
  }

  /** The drafts for one engine event; none for what is not told. */
  translate (event: EngineEvent): EventDraft[] {
    if (event.resourcePreEvent) {
      const { op, urn, type } = event.resourcePreEvent.metadata
      return op === 'same' || op === 'refresh'
        ? []
        : [{ type: 'resource.started', ...this.#resource(urn, type, op) }]
    }
    if (event.resOutputsEvent) {
      const { op, urn, type } = event.resOutputsEvent.metadata
      if (!op.startsWith('delete') && !op.startsWith('discard')) this.#standing.add(urn)
      // Components and the stack have two of these in previews.
      const key = `${op} ${urn}`
      if (op === 'same' || this.#done.has(key)) return []
      this.#done.add(key)
      const { diff, diffsCut } = this.#differences(event.resOutputsEvent.metadata)
      return [{
        type: 'resource.succeeded',
        ...this.#resource(urn, type, op),
        ...(diff.length > 0 && { diff }),
        ...(diffsCut > 0 && { diffsCut })
      }]
    }
    if (event.resOpFailedEvent) {
      const { op, urn, type } = event.resOpFailedEvent.metadata
      this.observed.failed.push({ urn, op, stands: this.#standing.has(urn) })
      return [{
        type: 'resource.failed',
        ...this.#resource(urn, type, op),
        message: this.#lastError.get(urn) ?? `${op} failed`
      }]
    }
    if (event.diagnosticEvent) return this.#diagnostic(event.diagnosticEvent)
    if (event.policyEvent) {
      const { policyName, policyPackName, message, enforcementLevel, resourceUrn } = event.policyEvent
      const text = this.#text(message)
      if (enforcementLevel === 'mandatory') {
        this.observed.policyViolations.push({
          message: `${policyName}: ${text.replaceAll('\n', ' ')}${
            resourceUrn ? ` (${resourceUrn.split('::').slice(2).join('::')})` : ''
          }`,
          ...(resourceUrn && { urn: resourceUrn })
        })
      }
      return [{
        type: 'policy.violated',
        ...this.#unit,
        policy: policyName,
        pack: policyPackName,
        enforcement: enforcementLevel === 'mandatory' ? 'mandatory' : 'advisory',
        message: text,
        ...(resourceUrn && !resourceUrn.includes('::pulumi:pulumi:Stack::') && { urn: resourceUrn })
      }]
    }
    if (event.summaryEvent) this.observed.changes = changesOf(event.summaryEvent.resourceChanges)
    return []
  }

  #diagnostic (event: NonNullable<EngineEvent['diagnosticEvent']>): EventDraft[] {
    // The SDK's typings leave debug out, its stream does not.
    if ((event.severity as string) === 'debug' || event.ephemeral) return []
    // What a program prints comes in pieces, a line each or less.
    const message = cut(this.#redactor.piece(`${event.severity} ${event.urn ?? ''}`, plain(event.message)))
    if (message === '') return []
    if (event.severity === 'error') {
      this.observed.errors.push({
        severity: event.severity,
        message,
        ...(event.urn && { urn: event.urn })
      })
      if (event.urn) this.#lastError.set(event.urn, message)
    }
    return [{
      type: 'diagnostic',
      ...this.#unit,
      severity: event.severity.replace('info#err', 'info'),
      message,
      ...(event.urn && { urn: event.urn })
    }]
  }

  #resource (urn: string, type: string, op: string) {
    // `time` of a stored event is when it was stored; this is when the engine told it.
    return {
      ...this.#unit,
      urn,
      resource: { type, name: urn.split('::').slice(3).join('::') },
      op,
      emittedAt: new Date().toISOString()
    }
  }

  /** The properties that differ, of an update or a replacement. */
  #differences (
    { op, detailedDiff, diffs, old, new: state }: Metadata
  ): { diff: PropertyChange[], diffsCut: number } {
    if (op !== 'update' && op !== 'replace') return { diff: [], diffsCut: 0 }
    const all = detailedDiff
      ? Object.entries(detailedDiff).map(([path, { diffKind }]): PropertyChange => ({
        path: this.#text(path),
        kind: diffKind.replace('-replace', ''),
        replaces: diffKind.endsWith('-replace')
      }))
      : (diffs ?? []).map((path): PropertyChange => ({
        path: this.#text(path),
        kind: 'update',
        replaces: false
      }))
    const values = new Map(differencesOf(inputsOf(old), inputsOf(state)).map((one) => [one.path, one]))
    const told = all.slice(0, mostDifferences).map((one) => ({
      ...one,
      ...this.#values(values.get(one.path))
    }))
    return { diff: told, diffsCut: Math.max(0, all.length - mostDifferences) }
  }

  /** Both sides of a property. Nothing of one that is a secret on either side, or has one in it. */
  #values (found: { before: unknown, after: unknown } | undefined): { before?: unknown, after?: unknown } {
    if (
      !found ||
      [found.before, found.after].some((value) => JSON.stringify(shownValue(value))?.includes(maskedSecret))
    ) return {}
    const shown = (value: unknown): unknown => {
      if (JSON.stringify(value)?.includes(unknownValue)) return { unknown: true }
      const clean = this.#redactor.value(value)
      const text = JSON.stringify(clean) ?? ''
      return text.length > longestValue ? `${headOf(text, longestValue)}…` : clean
    }
    return {
      ...(found.before !== undefined && { before: shown(found.before) }),
      ...(found.after !== undefined && { after: shown(found.after) })
    }
  }

  #text (message: string): string {
    return cut(this.#redactor.text(plain(message)))
  }
}

/** A message without colours. */
const plain = (message: string): string => stripVTControlCharacters(message.replace(colours, ''))

function cut (message: string): string {
  return toldCut(message.trim(), longest)
}

const inputsOf = (state: { inputs?: unknown } | null | undefined): Record<string, unknown> =>
  (state?.inputs ?? {}) as Record<string, unknown>
