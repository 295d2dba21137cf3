/** A row of an operation's text: one resource, and what became of it (pulumi `display/rows.go`). */
import { rootStackType, nameOf, qualifiedType, typeOf } from '../urn.ts'
import { type DiagnosticEvent, type StepMetadata } from './engine-event.ts'
import { doingText, doneText, failedText, marks, plural } from './row-words.ts'
import { shortDiff } from './short-diff.ts'

interface RowOptions {
  preview: boolean
  /** URN of the stack, which stands for no URN. */
  root: string
}

/** `aws:ec2:Vpc` of `aws:ec2/vpc:Vpc`. */
export function shortType (type: string): string {
  const [pkg, module, name] = type.split(':')
  return `${pkg}:${module?.split('/')[0]}:${name}`
}

export const isRoot = (urn: string): boolean => urn !== '' && qualifiedType(urn) === rootStackType

/** A diagnostic without its last line breaks. */
export function diagnosticText ({ prefix = '', message }: DiagnosticEvent): string {
  return (prefix + message).trimEnd()
}

/** A step as its row shows it, which outlives the step. */
interface ShownStep {
  op: StepMetadata['op']
  custom: boolean
  /** A deletion leaves the resource where it is. */
  retained: boolean
  diff: string
}
function shown (step: StepMetadata): ShownStep {
  const { op, old, new: state } = step
  return {
    op,
    custom: (state ?? old)?.custom === true,
    retained: old?.retainOnDelete === true,
    diff: shortDiff(step)
  }
}

const plurals = { error: 'error', warning: 'warning', info: 'message', debug: 'debug' } as const

export class Row {
  /** It is shown only where something happens to it. */
  hidden = true
  failed = false
  readonly diagnostics: DiagnosticEvent[] = []
  readonly #options: RowOptions
  readonly #ends: ShownStep[] = []
  #urn: string
  #step: ShownStep = { op: 'same', custom: false, retained: false, diff: '' }
  /** The last step of the stack, whose outputs are printed at the end. */
  #outputs: StepMetadata | undefined
  readonly #counts = { error: 0, warning: 0, info: 0, debug: 0 }
  #begun: number | undefined
  #ended: number | undefined

  constructor (urn: string, step: StepMetadata | undefined, options: RowOptions) {
    this.#urn = urn
    this.#options = options
    if (step) this.take(step)
  }

  /** Takes over a step; of the stack, as it is. */
  take (step: StepMetadata): void {
    this.#urn = step.urn
    this.#step = shown(step)
    if (isRoot(step.urn)) this.#outputs = step
  }
  get op (): StepMetadata['op'] {
    return this.#step.op
  }
  get outputs (): StepMetadata | undefined {
    return this.#outputs
  }

  get errored (): boolean {
    return this.#counts.error > 0
  }
  /** Where the resource is named; the stack where no resource is. */
  get urn (): string {
    return this.#urn || this.#options.root
  }

  begin (step: StepMetadata): void {
    this.#begun = Date.now()
    this.#ended = undefined
    this.take(step)
  }
  end (step: StepMetadata): void {
    this.#ended = Date.now()
    this.take(step)
    this.#ends.push(this.#step)
  }
  say (diagnostic: DiagnosticEvent): void {
    this.diagnostics.push(diagnostic)
    const { severity, ephemeral } = diagnostic
    if (!ephemeral) this.#counts[severity === 'info#err' ? 'info' : severity]++
  }

  /** Its step has ended. The stack's ends with the whole operation (`over`). */
  isDone (over: boolean): boolean {
    return this.failed || over || (!isRoot(this.#urn) && this.#has(this.op))
  }

  text (over: boolean): string {
    const columns = [
      marks[this.op],
      shortType(typeOf(this.urn)),
      nameOf(this.urn),
      this.#status(over) + this.#retained(),
      this.#info(over)
    ]
    return ` ${columns.join(' ')}\n`
  }

  #has (op: StepMetadata['op']): boolean {
    return this.#ends.some((step) => step.op === op)
  }

  #status (over: boolean): string {
    const { op } = this
    const { preview } = this.#options
    const failed = this.failed || this.errored
    if (over && !failed && this.#interrupted()) return `${doingText(op, false)} (interrupted)`
    if (!this.isDone(over)) {
      if (op === 'same') return isRoot(this.#urn) ? 'running' : ''
      const since = this.#begun === undefined || preview ? '' : ` (${seconds(Date.now() - this.#begun)}s)`
      return doingText(op, preview) + since
    }
    if (preview) return doneText(op, true)
    if (failed) return `**${failedText(op)}${this.#took}**`
    return op === 'same' ? '' : doneText(op, false) + this.#took
  }

  /** Tells if a resource in a cloud was still worked on when the operation ended. */
  #interrupted (): boolean {
    const { op, custom } = this.#step
    return custom && op !== 'same' && op !== 'remove-pending-replace' && !this.#has(op)
  }

  get #took (): string {
    if (this.#begun === undefined || this.#ended === undefined || this.op === 'same') return ''
    const took = (this.#ended - this.#begun) / 1000
    return took < 1 ? ` (${took.toFixed(2)}s)` : ` (${Math.floor(took)}s)`
  }

  #retained (): string {
    const { op, retained } = this.#step
    const leaves = op === 'delete' || op === 'replace' || op === 'create-replacement' ||
      op === 'delete-replaced'
    return retained && leaves ? '[retain]' : ''
  }

  #info (over: boolean): string {
    const { diff } = this.#explained()
    const parts = diff === '' ? [] : [`[${diff}]`]
    if (over) {
      for (const severity of ['error', 'warning', 'info', 'debug'] as const) {
        const count = this.#counts[severity]
        if (count > 0) parts.push(plural(count, plurals[severity]))
      }
    } else {
      const last = this.diagnostics.at(-1)
      if (last) parts.push(diagnosticText(last))
    }
    return parts.filter((part) => part !== '').join('; ').split('\n')[0] ?? ''
  }

  /** The step that has the differences: of a replacement the one in its middle. */
  #explained (): ShownStep {
    const { op } = this
    const other = op === 'create-replacement' || op === 'delete-replaced' ? 'replace' : op
    const found = other !== op || op === 'import' || op === 'import-replacement'
      ? this.#ends.findLast((step) => step.op === other)
      : undefined
    return found ?? this.#step
  }
}

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000)
