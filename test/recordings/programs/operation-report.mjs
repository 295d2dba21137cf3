// The events and texts of one operation, in the short form that reports hold.

const listed = (name, values) => values?.length ? ` ${name}=${values}` : ''

/** One event about a resource in a line. */
function eventText (kind, { op, keys, diffs, detailedDiff }) {
  const detail = detailedDiff ? ` detail=${Object.keys(detailedDiff).sort()}` : ''
  return `${kind.replace('Event', '')} ${op}${listed('keys', keys)}${listed('diffs', diffs)}${detail}`
}

/** Longest text of a diagnostic. */
const longestDiagnostic = 400

export class OperationReport {
  /** Lines by URN. */
  events = {}
  diagnostics = new Set()
  #text = ''
  #normal

  constructor (normal) {
    this.#normal = normal
  }

  event (event) {
    const [kind] = Object.keys(event).filter((key) => key !== 'sequence' && key !== 'timestamp')
    const body = event[kind]
    if (body.metadata) (this.events[body.metadata.urn] ??= []).push(eventText(kind, body.metadata))
    else if (kind === 'diagnosticEvent' && body.severity !== 'debug') {
      const text = this.#normal.text(`${body.severity} ${body.urn ?? ''} ${body.message}`).trim()
      this.diagnostics.add(text.slice(0, longestDiagnostic))
    } else if (kind === 'summaryEvent') {
      this.events['(summary)'] = [
        JSON.stringify(body.resourceChanges),
        body.result ?? '',
        `maybeCorrupt=${body.maybeCorrupt}`
      ]
    }
  }

  output (text) {
    this.#text += text
  }

  /** Lines of the output that tell something. */
  get lines () {
    return this.#text.split('\n')
      .map((line) => this.#normal.text(line).trimEnd())
      .filter((line) => line.trim() !== '' && !/^[@.]/.test(line.trim()))
  }
}
