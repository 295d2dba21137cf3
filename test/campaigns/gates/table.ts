/** Data table: gates against hostile input, each with an edit that takes it out and who finds that. */
import { type Gate } from './gate.ts'

const texts = ['test/contract/text.test.ts']
const forms = ['test/automation/redaction/forms.test.ts']
const hostileFiles = ['test/automation/federation/hostile-files.test.ts']
const passing = ['test/automation/store/passing.test.ts']

const backtracking = `
  const literalOf = (part: string): boolean => !part.startsWith('*')
  const tries = (index: number, at: number): boolean => {
    steps.count++
    const part = parts[index]
    if (part === undefined) return at === value.length
    if (part === '') return tries(index + 1, at)
    if (literalOf(part)) return value.startsWith(part, at) && tries(index + 1, at + part.length)
    for (let end = at; end <= value.length; end++) {
      if (tries(index + 1, end)) return true
      if (part.length === 1 && value[end] === '/') return false
    }
    return false
  }
  if (parts.length > 0) return tries(0, 0)
`

/** The gates, in the order of what they are about. */
export const gates: readonly Gate[] = [
  {
    name: 'texts: U+0000',
    file: 'contract/text/storable.ts',
    edit: ["text.toWellFormed().replaceAll('\\u0000', nulMark)", 'text.toWellFormed()'],
    tests: texts
  },
  {
    name: 'texts: lone surrogates',
    file: 'contract/text/storable.ts',
    edit: ["text.toWellFormed().replaceAll('\\u0000', nulMark)", "text.replaceAll('\\u0000', nulMark)"],
    tests: texts
  },
  {
    name: 'texts: cut between characters',
    file: 'contract/text/cut.ts',
    edit: [
      'const end = start > 0 && most - start < longestCharacter ? start : pair ? most - 1 : most',
      'const end = pair ? most - 1 : most'
    ],
    tests: texts
  },
  {
    name: 'texts: cut between surrogates',
    file: 'contract/text/cut.ts',
    edit: [
      'const end = start > 0 && most - start < longestCharacter ? start : pair ? most - 1 : most',
      'const end = most'
    ],
    tests: texts
  },
  {
    name: 'texts: bidirectional marks',
    file: 'contract/text/visible.ts',
    edit: ['\\p{Default_Ignorable_Code_Point}]/gu', ']/gu'],
    tests: texts
  },
  {
    name: 'texts: what a terminal shows in a list',
    file: 'cli/view/text.ts',
    edit: ['rows.map((row) => row.map(visibleLine))', 'rows.map((row) => [...row])'],
    tests: ['test/cli/view/text.test.ts']
  },
  {
    name: 'texts: what a terminal shows of any line',
    file: 'cli/io.ts',
    edit: ['visibleLine(line)}\\n', 'line}\\n'],
    tests: ['test/cli/hostile-text.test.ts']
  },
  {
    name: 'texts: what the page shows',
    file: 'dashboard/src/api/shown.ts',
    edit: ['? visibleText(value)', '? value'],
    tests: ['test/dashboard/shown.test.ts', 'test/dashboard/event-text.test.ts']
  },
  {
    name: 'values: storable texts',
    file: 'contract/text/json-walk.ts',
    edit: ['if (faultIn(value) === undefined) return value', 'if (Date.now() > 0) return value'],
    tests: texts
  },
  {
    name: 'values: storable keys',
    file: 'contract/text/json-walk.ts',
    edit: ['copy(to, madeStorable(key), part, level + 1)', 'copy(to, key, part, level + 1)'],
    tests: texts
  },
  {
    name: 'values: nesting',
    file: 'contract/text/json-walk.ts',
    edit: [
      'else if (level >= mostLevels) put(to, step, deepMark)',
      'else if (level >= Infinity) put(to, step, deepMark)'
    ],
    tests: texts
  },
  {
    name: 'bytes: only UTF-8 is read',
    file: 'contract/text/utf8.ts',
    edit: ["new TextDecoder('utf-8', { fatal: true })", "new TextDecoder('utf-8')"],
    tests: ['test/automation/federation/encodings.test.ts']
  },
  {
    name: 'bytes: the place of what is no UTF-8',
    file: 'contract/text/utf8.ts',
    edit: ['      line: lines.length,', '      line: 1,'],
    tests: ['test/automation/federation/encodings.test.ts']
  },
  {
    name: 'PostgreSQL: out of connections passes',
    file: 'automation/store/postgres/passing-states.ts',
    edit: ["  '53300': state('away', 'too_many_connections', 'no connection is free'),\n", ''],
    tests: passing
  },
  {
    name: 'PostgreSQL: read only passes',
    file: 'automation/store/postgres/passing-states.ts',
    edit: ["  '25006': state(", "  '25xxx': state("],
    tests: passing
  },
  {
    name: 'PostgreSQL: a deadlock passes',
    file: 'automation/store/postgres/passing-states.ts',
    edit: ["  '40P01': state(", "  '40Pxx': state("],
    tests: passing
  },
  {
    name: 'near names: as many as are compared',
    file: 'automation/federation/near.ts',
    edit: ['if (looked++ === candidates) break', 'looked++'],
    tests: hostileFiles
  },
  {
    name: 'near names: letters that are compared',
    file: 'automation/federation/near.ts',
    edit: ['const compared = 64', 'const compared = 1_000_000'],
    tests: hostileFiles
  },
  {
    name: 'bodies: all of strangers together',
    file: 'server/strangers-bodies.ts',
    edit: ['while (this.held > this.#most) {', 'while (this.held > Infinity) {'],
    tests: ['test/server/bodies.test.ts']
  },
  {
    name: 'bodies: one that does not say its size',
    file: 'server/plugins/bodies.ts',
    edit: ['else if (unsized && body.bytes > unsizedBytes)', 'else if (unsized && body.bytes > Infinity)'],
    tests: ['test/server/bodies.test.ts']
  },
  {
    name: 'patterns: no backtracking',
    file: 'automation/pattern.ts',
    edit: ['  // Positions in the value to which the parts so far may reach.\n', backtracking],
    tests: ['test/automation/pattern.test.ts']
  },
  {
    name: 'YAML: aliases',
    file: 'automation/federation/yaml-tree.ts',
    edit: ['const mostAliases = 1_000\n', 'const mostAliases = 1_000_000_000\n'],
    tests: hostileFiles
  },
  {
    name: 'YAML: nodes with aliases',
    file: 'automation/federation/yaml-tree.ts',
    edit: ['const mostNodes = 100_000\n', 'const mostNodes = 5_000_000\n'],
    tests: hostileFiles
  },
  {
    name: 'YAML: an alias of what it is part of',
    file: 'automation/federation/yaml-tree.ts',
    edit: ['else if (this.#open.has(source)) {', 'else if (this.#nodes < 0) {'],
    tests: hostileFiles
  },
  {
    name: 'secrets: values inside a secret',
    file: 'automation/redaction/redactor.ts',
    edit: ['for (const value of values) {', 'for (const value of values.slice(0, 0)) {'],
    tests: ['test/automation/redaction/contents.test.ts']
  },
  {
    name: 'secrets: escapes',
    file: 'automation/redaction/search.ts',
    edit: [
      'const next = pass < mostEscapes ? unescaped(view) : undefined',
      'const next = pass > mostEscapes ? unescaped(view) : undefined'
    ],
    tests: forms
  },
  {
    name: 'secrets: base64, base32 and hexadecimal digits',
    file: 'automation/redaction/encodings.ts',
    edit: ['if (runs && how) yield* viewsOf(', 'if (runs && how && index > 99) yield* viewsOf('],
    tests: forms
  },
  {
    name: 'secrets: other encodings',
    file: 'automation/redaction/search.ts',
    edit: [
      'if (depth > within || sign?.test(text) === false) continue',
      'if (depth >= 0 || sign?.test(text) === false || within < 0) continue'
    ],
    tests: forms
  },
  {
    name: 'secrets: cut over the pieces of a stream',
    file: 'automation/redaction/redactor.ts',
    edit: ["const before = this.#streams.get(stream) ?? ''", "const before = ''"],
    tests: ['test/automation/redaction/stream.test.ts']
  },
  {
    name: 'secrets: forms of credentials',
    file: 'automation/redaction/hide.ts',
    edit: ['anyFormat.test(text) ? formats.reduce(hidden, text) : text', 'text'],
    tests: ['test/automation/redaction/formats.test.ts']
  },
  {
    name: 'secrets: the audit log',
    file: 'automation/store/identity/audit.ts',
    edit: ['    clean(act),\n', '    act,\n'],
    tests: ['test/automation/redaction/told.test.ts', 'test/automation/audit/log.test.ts']
  },
  {
    name: 'access: metrics of other federations',
    file: 'server/plugins/metrics.ts',
    edit: ['if (federations) return', 'if (federations && app.openStreams.count < 0) return'],
    tests: ['test/server/access/apart.test.ts']
  },
  {
    name: 'access: lists of other federations',
    file: 'server/plugins/access.ts',
    edit: [
      'request.visible = federations === undefined ? {} : { federations }',
      'request.visible = federations === undefined ? {} : {}'
    ],
    tests: ['test/server/access/apart.test.ts']
  },
  {
    name: 'access: cursors of other federations',
    file: 'automation/deployments/read/deployments.ts',
    edit: [
      '!await isVisible(pool, page.after, page.federations)',
      '!await isVisible(pool, page.after, undefined)'
    ],
    tests: ['test/server/access/apart.test.ts']
  },
  {
    name: 'gates: who resumed does not count',
    file: 'automation/access/driving.ts',
    edit: [
      "resumeDeployment: { act: 'resumed', drives: true }",
      "resumeDeployment: { act: 'resumed', drives: false }"
    ],
    tests: ['test/automation/deployments/drivers.test.ts']
  },
  {
    name: 'access: failed attempts do not weigh on good credentials',
    file: 'server/plugins/limits.ts',
    edit: [
      '        return await work()\n',
      '        const { count, seconds } = failures.add(this.ip)\n' +
      "        if (count > failuresPerMinute) throw new HttpError('http-too-many-requests', { of: 'failures', retryAfterSeconds: seconds })\n" +
      '        return await work()\n'
    ],
    tests: ['test/server/access/limits.test.ts']
  },
  {
    name: 'hooks: keys are judged by their bytes',
    file: 'automation/signing-key.ts',
    edit: ['  if (key.length < least) {', '  if (text.length < least) {'],
    tests: ['test/automation/signing-key.test.ts']
  },
  {
    name: 'schedules: none overtakes itself',
    file: 'automation/deployments/launch/checks.ts',
    edit: [
      '  if (inTheWay === undefined) return\n',
      '  if (inTheWay === undefined || schedule !== undefined) return\n'
    ],
    tests: ['test/automation/schedules/overlap.test.ts']
  },
  {
    name: 'shares: unit hosts by federation and caller',
    file: 'automation/deployments/run/slots.ts',
    edit: [
      'return holder.busy === against.busy ? holder.last < against.last : holder.busy < against.busy',
      'return holder.last < 0'
    ],
    tests: ['test/automation/deployments/slots.test.ts']
  },
  {
    name: 'shares: requests by caller',
    file: 'server/fair-gate.ts',
    edit: [
      '    this.#queues.delete(key)\n    if (queue.length > 0) this.#queues.set(key, queue)\n',
      '    if (queue.length === 0) this.#queues.delete(key)\n'
    ],
    tests: ['test/server/fair-gate.test.ts']
  },
  {
    name: 'audit: what lists are filtered by',
    file: 'automation/store/identity/audit-chain.ts',
    edit: [
      "of ['action', 'outcome', 'subject', 'federation', 'target'] as const",
      "of ['action', 'outcome', 'subject', 'target'] as const"
    ],
    tests: ['test/automation/audit/log.test.ts']
  },
  {
    name: 'audit: the hash before',
    file: 'automation/store/identity/audit-chain.ts',
    edit: ['  if (hashOf(previous.hash, text) !== hash) {', "  if (hash === '') {"],
    tests: ['test/automation/audit/log.test.ts']
  },
  {
    name: 'schedules: times that clocks show twice',
    file: 'automation/schedules/occurrences.ts',
    edit: ['everyHour ? instants : instants.slice(0, 1)', 'everyHour ? instants : instants.slice()'],
    tests: ['test/automation/schedules/clock-changes.test.ts']
  },
  {
    name: 'schedules: times that clocks skip',
    file: 'automation/zone.ts',
    edit: [
      '? { instants: [wall - before], skipped: after - before }',
      '? { instants: [wall - after], skipped: after - before }'
    ],
    tests: ['test/automation/schedules/clock-changes.test.ts']
  },
  {
    name: 'plans: orphans are named',
    file: 'automation/plan/orphans.ts',
    edit: [
      'return deployed.filter(({ id }) => !planned.has(id))',
      'return deployed.filter(({ id }) => !planned.has(id)).slice(0, 0)'
    ],
    tests: ['test/automation/deployments/orphans.test.ts']
  }
]
