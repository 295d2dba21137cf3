/** Diagnostics of the engine, the program and providers, as events. */
import { type Redact, type Severity } from './engine-event.ts'
import { type EventSink } from './event-sink.ts'

export class Diagnostics {
  readonly #sink: EventSink
  readonly #redact: Redact
  readonly #debug: boolean
  #errors = 0

  /** Debug diagnostics are sent only on request: the SDK writes several for every resource. */
  constructor (sink: EventSink, options: { redact: Redact, debug: boolean }) {
    this.#sink = sink
    this.#redact = options.redact
    this.#debug = options.debug
  }

  get errors (): number {
    return this.#errors
  }

  /** Reports a diagnostic. An empty URN stands for none. */
  report (severity: Severity, urn: string, message: string, ephemeral = false): void {
    if (severity === 'error') this.#errors++
    if (severity === 'debug' && !this.#debug) return
    const prefix = severity === 'info' || severity === 'info#err' ? '' : `${severity}: `
    this.#sink.emit({
      diagnosticEvent: {
        ...(urn !== '' && { urn }),
        ...(prefix !== '' && { prefix }),
        message: `${this.#redact(message)}\n`,
        color: 'never',
        severity,
        ...(ephemeral && { ephemeral: true })
      }
    })
  }

  error (urn: string, message: string): void {
    this.report('error', urn, message)
  }
  warning (urn: string, message: string): void {
    this.report('warning', urn, message)
  }
  info (urn: string, message: string): void {
    this.report('info', urn, message)
  }
}
