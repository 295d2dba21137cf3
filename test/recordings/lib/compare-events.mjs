// Compares events: by URN, at both ends of a run, and in their order where it is total.
import { byText, groupBy, stableText } from './differences.mjs'
import { eventUrn, kindOf } from './events.mjs'
import { sorted } from './wire.mjs'

const WITHOUT_URN = '(none)'

/** Steps that run in dependency layers, without an order inside a layer. */
const LAYERED_STEPS = /(delete|delete-replaced|discard|discard-replaced|refresh) urn:/
const LAYERED_OPERATIONS = /^(refresh|previewRefresh|destroy|previewDestroy)$/

export function compareEvents (differences, index, expected, given) {
  const actual = withoutRace(expected, given)
  const inOrder = expected.order?.parallel === 1
  const compare = (level, where, a, b) => differences.compare(level, index, where, a, b)
  const [groups, others] = [byUrn(expected), byUrn(actual)]
  for (const urn of new Set([...Object.keys(groups), ...Object.keys(others)])) {
    const asSet = urn === WITHOUT_URN && !inOrder
    compare('events', urn, comparable(groups[urn], asSet), comparable(others[urn], asSet))
  }
  compare('events', 'first and last two', ends(expected), ends(actual))
  const layered = (line) => LAYERED_STEPS.test(line) || LAYERED_OPERATIONS.test(expected.op)
  const ordered = (line) => !layered(line)
  const [sequence, other] = [stepsOf(expected), stepsOf(actual)]
  if (inOrder) compare('eventOrder', 'order', sequence.filter(ordered), other.filter(ordered))
  compare(
    'eventOrder',
    'deletes as a set',
    sequence.filter(layered).sort(),
    other.filter(layered).sort()
  )
  if (actual.op === 'up' && actual.result?.ok) checkDependencies(differences, index, actual)
}

/**
 * The Stack's outputs are written when the program registered them before the run failed. When
 * already the first provider is refused, no resource has begun and nothing says which comes first.
 */
function withoutRace (expected, actual) {
  const begun = (step) => (step.events ?? []).filter((event) => event.resourcePreEvent).length
  const isOutputs = ({ resOutputsEvent }) => resOutputsEvent?.metadata.type === 'pulumi:pulumi:Stack'
  const raced = actual.result?.ok === false && begun(expected) === 1 && begun(actual) === 1 &&
    !expected.events.some(isOutputs)
  return raced ? { ...actual, events: actual.events.filter((event) => !isOutputs(event)) } : actual
}

/**
 * Events by URN. Equal diagnostics in a row count once: the SDK repeats them while handlers of
 * earlier runs are still there.
 */
function byUrn ({ events = [] }) {
  const once = events.filter((event, index) =>
    !(event.diagnosticEvent && index && stableText(event) === stableText(events[index - 1]))
  )
  return groupBy(once, (event) => eventUrn(event) || WITHOUT_URN)
}

function comparable (events = [], asSet) {
  const list = packsSorted(events).map(sorted)
  return asSet ? list.sort(byText) : list
}

/** Events of several policy packs about one resource have no order among themselves. */
function packsSorted (events) {
  const list = [...events]
  for (let begin = 0; begin < list.length; begin++) {
    let end = begin
    while (end < list.length && /^policy/.test(kindOf(list[end]))) end++
    if (end === begin) continue
    list.splice(begin, end - begin, ...list.slice(begin, end).sort(byText))
    begin = end
  }
  return list
}

const ends = ({ events }) => events?.length ? [kindOf(events[0]), ...events.slice(-2).map(kindOf)] : []

/** Resource events in order, but for the outputs that the program registers for its components. */
function stepsOf ({ events = [] }) {
  return events.filter((event) => /^res/.test(kindOf(event)) && !isComponentOutputs(event)).map((event) => {
    const kind = kindOf(event)
    return `${kind} ${event[kind].metadata?.op} ${eventUrn(event)}`
  })
}

function isComponentOutputs ({ resOutputsEvent }) {
  const metadata = resOutputsEvent?.metadata
  return metadata && !(metadata.new ?? metadata.old)?.custom && metadata.type !== 'pulumi:pulumi:Stack'
}

/** Reports resources that begin before all outputs of what they depend on are there. */
function checkDependencies (differences, index, { events = [], after }) {
  const [begun, done] = [{}, {}]
  events.forEach((event, at) => {
    const [kind, urn] = [kindOf(event), eventUrn(event)]
    if (/delete|discard|refresh/.test(event[kind].metadata?.op ?? '')) return
    if (kind === 'resourcePreEvent') begun[urn] ??= at
    if (kind === 'resOutputsEvent') done[urn] ??= at
  })
  for (const { urn, dependencies } of after?.deployment?.deployment?.resources ?? []) {
    for (const dependency of dependencies ?? []) {
      if (begun[urn] === undefined || done[dependency] === undefined) continue
      if (begun[urn] < done[dependency]) {
        differences.add('eventOrder', index, urn, `begins before its dependency ${dependency} is done`)
      }
    }
  }
}
