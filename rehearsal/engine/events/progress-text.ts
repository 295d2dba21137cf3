/**
 * The text that an operation prints where no terminal is: a row for each change, then policies,
 * diagnostics, outputs, counts and duration (pulumi `display/progress.go`).
 */
import { nameOf, typeOf } from '../urn.ts'
import {
  type DiagnosticEvent,
  type EngineEvent,
  type PolicyEvent,
  type StepMetadata,
  type SummaryEvent
} from './engine-event.ts'
import { type EventReader } from './event-sink.ts'
import { outputsText } from './outputs-text.ts'
import { Row, diagnosticText, isRoot, shortType } from './row.ts'
import { summaryText } from './summary-text.ts'

export interface ProgressOptions {
  title: string
  stack: string
  root: string
  preview: boolean
  suppressOutputs: boolean
  print: (text: string) => void
}

/** Resource whose state a step is about, whichever it has. */
const stateOf = ({ op, old, new: state }: StepMetadata): StepMetadata['old'] =>
  op === 'delete' || op === 'refresh' ? old : state ?? old

export class ProgressText implements EventReader {
  readonly #options: ProgressOptions
  /** By URN; the one without a URN has what is about none, until the stack is known. */
  readonly #rows = new Map<string, Row>()
  readonly #violations = new Map<string, { level: string, text: string }[]>()
  #stackUrn = ''
  #summary: SummaryEvent | undefined
  #titled = false
  #loading = false
  /** The last event was heard. */
  #over = false

  constructor (options: ProgressOptions) {
    this.#options = options
  }

  async close (): Promise<void> {/* Printed as it came. */}

  event (event: EngineEvent, internal: boolean): void {
    if (internal) return
    this.#title()
    if ('policyLoadEvent' in event) this.#load()
    else if ('preludeEvent' in event) this.#begin()
    else if ('policyEvent' in event) this.#violated(event.policyEvent)
    else if ('resourcePreEvent' in event) this.#step('begin', event.resourcePreEvent.metadata)
    else if ('resOutputsEvent' in event) this.#step('end', event.resOutputsEvent.metadata)
    else if ('resOpFailedEvent' in event) this.#step('fail', event.resOpFailedEvent.metadata)
    else if ('diagnosticEvent' in event) this.#say(event.diagnosticEvent)
    else if ('stdoutEvent' in event) this.#options.print(`${event.stdoutEvent.message}\n`)
    else if ('summaryEvent' in event) this.#summary = event.summaryEvent
    else if ('cancelEvent' in event) this.#conclude()
  }

  #title (): void {
    if (this.#titled) return
    this.#titled = true
    this.#options.print(`${this.#options.title} (${this.#options.stack}):\n`)
  }

  #load (): void {
    if (!this.#loading) this.#options.print('Loading policy packs...: starting\n')
    this.#loading = true
  }
  #begin (): void {
    this.#options.print(this.#loading ? 'Loading policy packs...: done\n\n' : '\n')
  }

  /** The row of a URN. A step that comes before that of its parent gives the parent one too. */
  #row (urn: string, step?: StepMetadata): Row {
    const known = this.#rows.get(urn)
    if (known) {
      this.#parent(step)
      return known
    }
    if (isRoot(urn)) {
      this.#stackUrn = urn
      const unnamed = this.#rows.get('')
      if (unnamed) {
        if (step) unnamed.take(step)
        this.#rows.set(urn, unnamed)
        this.#rows.delete('')
        return unnamed
      }
    }
    const row = new Row(urn, step, this.#options)
    this.#rows.set(urn, row)
    this.#parent(step)
    this.#stack()
    return row
  }

  #parent (step: StepMetadata | undefined): void {
    const parent = (step && stateOf(step)?.parent) ?? ''
    if (parent === '' || parent === this.#stackUrn || this.#rows.has(parent)) return
    this.#rows.set(parent, new Row(parent, undefined, this.#options))
    this.#stack()
  }

  /** There is always a row for the stack, known or not. */
  #stack (): void {
    if (this.#rows.has(this.#stackUrn)) return
    const row = new Row('', undefined, this.#options)
    row.hidden = false
    this.#rows.set(this.#stackUrn, row)
  }

  #update (row: Row): void {
    if (!row.hidden) this.#options.print(row.text(this.#over))
  }

  #step (what: 'begin' | 'end' | 'fail', step: StepMetadata): void {
    if (step.op === 'discard' || step.op === 'read-replacement') return
    if (step.op === 'read') {
      const message = `read ${shortType(typeOf(step.urn))} ${nameOf(step.urn)}`
      return this.#say({ message, color: 'never', severity: 'info', ephemeral: true })
    }
    const rootBefore = step.urn === this.#stackUrn
    const row = this.#row(step.urn, step)
    if (shouldShow(step) || rootBefore) row.hidden = false
    if (what === 'begin') row.begin(step)
    else if (what === 'fail') row.failed = true
    else {
      const refreshed = row.op === 'refresh'
      row.end(step)
      const state = stateOf(step)
      const tells = refreshed ||
        (!this.#options.preview && (state === null || (state.custom === true && step.op !== 'same')))
      if (!tells) return
    }
    this.#update(row)
  }

  #say (diagnostic: DiagnosticEvent): void {
    if (diagnosticText(diagnostic) === '') return
    const row = this.#row(diagnostic.urn ?? this.#stackUrn)
    row.hidden = false
    row.say(diagnostic)
    this.#update(row)
  }

  #violated ({ policyPackName, policyName, enforcementLevel, resourceUrn, message }: PolicyEvent): void {
    const said = this.#violations.get(policyPackName) ?? []
    said.push({
      level: enforcementLevel,
      text: `        - [${enforcementLevel}]  ${policyName}  (${shortType(typeOf(resourceUrn))}: ` +
        `${nameOf(resourceUrn)})\n${message.trimEnd().replaceAll(/^/gm, '          ')}\n`
    })
    this.#violations.set(policyPackName, said)
    this.#update(this.#row(resourceUrn))
  }

  /** Everything at the end: rows that are not done, and what concerns the whole. */
  #conclude (): void {
    const open = [...this.#rows.values()].filter((row) => !row.isDone(false))
    this.#over = true
    for (const row of open) this.#update(row)
    const refused = this.#policies(this.#summary?.PolicyPacks ?? {})
    this.#diagnostics()
    this.#outputs()
    if (refused || this.#summary === undefined) return
    const errored = [...this.#rows.values()].filter((row) => row.errored).length
    this.#options.print(summaryText(this.#summary, errored))
  }

  /** Prints what policies found; true when one of them must be kept and was not. */
  #policies (packs: Record<string, string>): boolean {
    if (Object.keys(packs).length === 0) return false
    let refused = false
    this.#options.print('Policies:\n')
    for (const [key, version] of Object.entries(packs)) {
      const [name = '', , path = ''] = key.split('|')
      const said = this.#violations.get(name) ?? []
      const mandatory = said.some(({ level }) => level === 'mandatory')
      refused ||= mandatory
      const mark = mandatory ? '❌' : said.length > 0 ? '⚠️' : '✅'
      this.#options.print(
        `    ${mark} ${name}@v${version} (local: ${path})\n${said.map(({ text }) => text).join('')}`
      )
    }
    this.#options.print('\n')
    return refused
  }

  #diagnostics (): void {
    let begun = false
    for (const row of this.#rows.values()) {
      const said = row.diagnostics.filter(({ ephemeral }) => !ephemeral).map(diagnosticText)
      if (said.length === 0) continue
      if (!begun) this.#options.print('Diagnostics:\n')
      begun = true
      this.#options.print(
        `  ${shortType(typeOf(row.urn))} (${nameOf(row.urn)}):\n` +
          `${said.map((text) => text.replaceAll(/^/gm, '    ')).join('\n')}\n\n`
      )
    }
  }

  #outputs (): void {
    const stack = this.#stackUrn === '' ? undefined : this.#rows.get(this.#stackUrn)
    if (stack?.outputs === undefined || this.#options.suppressOutputs) return
    const text = outputsText(stack.outputs, this.#options.preview)
    if (text !== '') this.#options.print(`Outputs:\n${text}\n`)
  }
}

/** Tells if a step is worth a row: it changes more than the state's own notes. */
function shouldShow ({ op, old, new: state }: StepMetadata): boolean {
  return op !== 'same' || (old?.protect ?? false) !== (state?.protect ?? false)
}
