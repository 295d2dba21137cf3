/**
 * The text that an operation prints: a line for each change, then diagnostics, outputs, counts and
 * duration.
 */
import { type WireObject, type WireValue, unknownValue } from '../../wire.ts'
import { type StepOp } from '../steps/step.ts'
import { rootStackType, isDefaultProvider, nameOf, typeOf } from '../urn.ts'
import { isObject, isSecret, sameValue } from '../values/wire-values.ts'
import { type EngineEvent, type PolicyEvent, type StepMetadata, type SummaryEvent } from './engine-event.ts'
import { type EventReader } from './event-sink.ts'

export interface ProgressOptions {
  title: string
  stack: string
  root: string
  preview: boolean
  suppressOutputs: boolean
  suppressProgress: boolean
  print: (text: string) => void
}

const symbols: Record<StepOp, string> = {
  same: '  ',
  create: '+ ',
  update: '~ ',
  delete: '- ',
  replace: '+-',
  'create-replacement': '++',
  'delete-replaced': '--',
  read: '> ',
  'read-replacement': '>>',
  discard: '< ',
  'discard-replaced': '<<',
  refresh: '~ ',
  'remove-pending-replace': '~ ',
  import: '= ',
  'import-replacement': '=>'
}
const stepWords: Partial<Record<StepOp, [doing: string, done: string]>> = {
  create: ['creating', 'created'],
  update: ['updating', 'updated'],
  delete: ['deleting', 'deleted'],
  replace: ['replacing', 'replaced'],
  'create-replacement': ['creating replacement', 'created replacement'],
  'delete-replaced': ['deleting original', 'deleted original'],
  read: ['reading', 'read'],
  discard: ['discarding', 'discarded'],
  'discard-replaced': ['discarding original', 'discarded original'],
  refresh: ['refreshing', 'refresh'],
  import: ['importing', 'imported'],
  'import-replacement': ['importing replacement', 'imported replacement'],
  'read-replacement': ['reading for replacement', 'read for replacement']
}
/** Counts in the order in which they are printed, with the words for previews and updates. */
const counts: [StepOp, string, string][] = [
  ['create', 'to create', 'created'],
  ['update', 'to update', 'updated'],
  ['delete', 'to delete', 'deleted'],
  ['replace', 'to replace', 'replaced'],
  ['import', 'to import', 'imported'],
  ['read', 'to read', 'read'],
  ['discard', 'to discard', 'discarded']
]

/** `aws:ec2:Vpc` of `aws:ec2/vpc:Vpc`. */
function shortType (type: string): string {
  const [pkg, module, name] = type.split(':')
  return `${pkg}:${module?.split('/')[0]}:${name}`
}
function label (urn: string): string {
  return `${shortType(typeOf(urn))} ${nameOf(urn)}`
}

function outputText (value: WireValue, indent: string): string {
  if (isSecret(value)) return '[secret]'
  if (value === unknownValue) return '[unknown]'
  if (Array.isArray(value)) {
    return value.length === 0
      ? '[]'
      : `[\n${
        value.map((member, n) => `${indent}    [${n}]: ${outputText(member, `${indent}    `)}`).join('\n')
      }\n${indent}]`
  }
  if (isObject(value)) {
    return Object.keys(value).length === 0
      ? '{}'
      : `{\n${lines(value, `${indent}    `)}\n${indent}}`
  }
  return JSON.stringify(value)
}
function lines (outputs: WireObject, indent: string, mark = ''): string {
  const width = Math.max(...Object.keys(outputs).map(({ length }) => length))
  return Object.keys(outputs).sort().map((key) =>
    `${indent}${mark}${key.padEnd(width)}: ${outputText(outputs[key] ?? null, indent)}`
  ).join('\n')
}

export class ProgressText implements EventReader {
  readonly #options: ProgressOptions
  readonly #started = Date.now()
  readonly #begun = new Map<string, number>()
  readonly #diagnostics = new Map<string, string[]>()
  readonly #failed = new Set<string>()
  readonly #violations = new Map<string, { level: string, text: string }[]>()
  #stack: StepMetadata | undefined
  #titled = false

  constructor (options: ProgressOptions) {
    this.#options = options
  }

  async close (): Promise<void> {/* Printed as it came. */}

  event (event: EngineEvent): void {
    if ('policyLoadEvent' in event) this.#load()
    else if ('preludeEvent' in event) this.#title('\n')
    else if ('policyEvent' in event) this.#violated(event.policyEvent)
    else if ('resourcePreEvent' in event) this.#begin(event.resourcePreEvent.metadata)
    else if ('resOutputsEvent' in event) this.#end(event.resOutputsEvent.metadata)
    else if ('resOpFailedEvent' in event) this.#fail(event.resOpFailedEvent.metadata)
    else if ('diagnosticEvent' in event && event.diagnosticEvent.severity !== 'debug') {
      this.#say(
        event.diagnosticEvent.urn ?? this.#options.root,
        (event.diagnosticEvent.prefix ?? '') + event.diagnosticEvent.message
      )
    } else if ('stdoutEvent' in event) this.#options.print(`${event.stdoutEvent.message}\n`)
    else if ('summaryEvent' in event) this.#summary(event.summaryEvent)
  }

  #title (end: string): void {
    if (!this.#titled) this.#options.print(`${this.#options.title} (${this.#options.stack}):\n`)
    this.#titled = true
    this.#options.print(end)
  }

  #load (): void {
    this.#title('Loading policy packs...: starting\nLoading policy packs...: done\n')
  }

  #violated ({ policyPackName, policyName, enforcementLevel, resourceUrn, message }: PolicyEvent): void {
    const said = this.#violations.get(policyPackName) ?? []
    said.push({
      level: enforcementLevel,
      text: `        - [${enforcementLevel}]  ${policyName}  (${shortType(typeOf(resourceUrn))}: ` +
        `${nameOf(resourceUrn)})\n${message.trimEnd().replaceAll(/^/gm, '          ')}\n`
    })
    this.#violations.set(policyPackName, said)
  }

  #policies (packs: Record<string, string>): void {
    if (Object.keys(packs).length === 0) return
    this.#options.print('Policies:\n')
    for (const [key, version] of Object.entries(packs)) {
      const [name = '', , path = ''] = key.split('|')
      const said = this.#violations.get(name) ?? []
      const mark = said.some(({ level }) => level === 'mandatory') ? '❌' : said.length > 0 ? '⚠️' : '✅'
      this.#options.print(
        `    ${mark} ${name}@v${version} (local: ${path})\n${said.map(({ text }) => text).join('')}\n`
      )
    }
  }

  #begin (step: StepMetadata): void {
    this.#begun.set(step.urn, Date.now())
    if (step.type === rootStackType) this.#stack = step
    if (!this.#options.preview) this.#line(step, `${stepWords[step.op]?.[0] ?? step.op} (0s)`)
  }

  #end (step: StepMetadata): void {
    const root = step.type === rootStackType
    if (root) this.#stack = step
    if (this.#options.preview) return this.#line(step, step.op)
    if (!root) {
      this.#line(step, `${stepWords[step.op]?.[1] ?? step.op} (${this.#seconds(this.#begun.get(step.urn))})`)
    }
  }

  #fail (step: StepMetadata): void {
    this.#failed.add(step.urn)
    this.#line(step, `**${stepWords[step.op]?.[0] ?? step.op} failed**`)
  }

  #line (step: StepMetadata, what: string): void {
    if (this.#options.suppressProgress || step.op === 'same' || isDefaultProvider(step.urn)) return
    const diff = step.diffs && step.op !== 'create'
      ? ` [diff: ${step.diffs.map((key) => `~${key}`).join(',')}]`
      : ''
    this.#options.print(` ${symbols[step.op]} ${label(step.urn)} ${what} ${diff}\n`)
  }

  #say (urn: string, text: string): void {
    const said = this.#diagnostics.get(urn) ?? []
    said.push(text)
    this.#diagnostics.set(urn, said)
    if (text.startsWith('error')) this.#failed.add(urn)
    if (!this.#options.suppressProgress) this.#options.print(`    ${label(urn)} ${text.split('\n')[0]}\n`)
  }

  #seconds (since: number | undefined): string {
    return `${((Date.now() - (since ?? this.#started)) / 1000).toFixed(2)}s`
  }

  #summary (summary: SummaryEvent): void {
    const { print, preview } = this.#options
    if (this.#stack) print(`    ${label(this.#options.root)}  \n`)
    this.#policies(summary.PolicyPacks)
    if (this.#diagnostics.size > 0) {
      print('Diagnostics:\n')
      for (const [urn, said] of this.#diagnostics) {
        print(
          `  ${shortType(typeOf(urn))} ` +
            `(${nameOf(urn)}):\n` +
            `${said.map((text) => text.trimEnd().replaceAll(/^/gm, '    ')).join('\n')}\n\n`
        )
      }
    }
    if (!this.#options.suppressOutputs) this.#outputs()
    print('Resources:\n')
    for (const [op, planned, done] of counts) {
      const count = summary.resourceChanges[op]
      if (count) print(`    ${symbols[op].trim()} ${count} ${preview ? planned : done}\n`)
    }
    if (summary.resourceChanges.same) print(`    ${summary.resourceChanges.same} unchanged\n`)
    if (this.#failed.size > 0) print(`    ${this.#failed.size} errored\n`)
    if (!preview) print(`\nDuration: ${Math.max(1, Math.round((Date.now() - this.#started) / 1000))}s\n\n`)
  }

  #outputs (): void {
    const olds = this.#stack?.old?.outputs ?? {}
    const news = this.#stack?.new?.outputs ?? {}
    const print = (outputs: WireObject, mark: string): string =>
      Object.keys(outputs).length === 0 ? '' : `${lines(outputs, mark === '' ? '    ' : '  ', mark)}\n`
    const pick = (from: WireObject, test: (key: string) => boolean): WireObject =>
      Object.fromEntries(Object.entries(from).filter(([key]) => test(key)))
    const text = this.#stack?.op === 'create'
      ? print(news, '')
      : print(pick(news, (key) => !(key in olds)), '+ ') +
        print(pick(news, (key) => key in olds && !sameValue(olds[key], news[key])), '~ ') +
        print(pick(olds, (key) => !(key in news)), '- ') +
        (this.#options.preview
          ? ''
          : print(pick(news, (key) => key in olds && sameValue(olds[key], news[key])), ''))
    if (text !== '') this.#options.print(`Outputs:\n${text}\n`)
  }
}
