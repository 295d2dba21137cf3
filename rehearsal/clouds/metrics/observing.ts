/**
 * Jobs that ask a cluster's Prometheus, and the answers that they would get in the world as it is.
 *
 * A Job with the environment variable QUESTIONS asks each question, of which a line gives the name,
 * what ends the tries, what is noted and PromQL. It notes `name:values`, with semicolons between
 * values and commas between questions, in its own annotation `windlass.io/results`. A question that
 * the world does not answer is noted without a value, and named in `windlass.io/unknown`, which no
 * real Job writes.
 */
import { type CloudQuery } from '../../store.ts'
import { type WireObject } from '../../wire.ts'
import { type Draft, type Found } from '../draft.ts'
import { arrival } from '../network/calls.ts'
import { podBehind } from '../network/inhabitants.ts'
import { type Measuring, measuringPod, told, variableOf } from '../network/measuring.ts'
import { networkQueries, publicQueries } from '../network/needed.ts'
import { policyRefusal } from '../network/pod-policies.ts'
import { settingsOf } from '../network/records.ts'
import { type Site } from '../network/site.ts'
import { type World } from '../network/world.ts'
import { stringsAt } from '../wire-values.ts'
import { type Place, seriesOf } from './series.ts'
import { monitorTypes, prometheusOf, ruleType } from './targets.ts'

interface Question {
  readonly name: string
  readonly what: string
  readonly query: string
}

function questionsOf (inputs: WireObject): Question[] {
  return variableOf(inputs, 'QUESTIONS').split('\n').flatMap((line): Question[] => {
    const [, name, what, query] = /^(\S+) \S+ (\S+) ?(.*)$/.exec(line.trim()) ?? []
    return name !== undefined && what !== undefined ? [{ name, what, query: query ?? '' }] : []
  })
}

/** Queries for what an asking Job depends on in its own cluster; none for other Jobs. */
export function observingQueries ({ account, inputs }: Draft): CloudQuery[] {
  return questionsOf(inputs).length === 0
    ? []
    : monitorTypes.map((type) => ({ pkg: 'kubernetes', type, account }))
}

/** Queries for what asking Jobs depend on everywhere, the same for all; none for other Jobs. */
export function observingAround ({ inputs }: Draft): CloudQuery[] {
  return questionsOf(inputs).length === 0
    ? []
    : [...networkQueries, ...publicQueries, { pkg: 'kubernetes', type: 'kubernetes:core/v1:Secret' }]
}

/** The annotations that an asking Job writes; none for other Jobs. */
export function observingResults (draft: Draft, found: Found): WireObject {
  const questions = questionsOf(draft.inputs)
  if (questions.length === 0) return {}
  const place = measuringPod(draft, found)
  if (!place) return {}
  const answers = reachesPrometheus(place, variableOf(draft.inputs, 'PROMETHEUS'))
    ? questions.map((question) => ({ name: question.name, values: answerOf(place, question) }))
    : questions.map(({ name }) => ({ name, values: ['failed'] }))
  const untold = answers.filter(({ values }) => values === undefined)
  return {
    [told.results]: answers.map(({ name, values }) => `${name}:${(values ?? []).join(';')}`).join(','),
    ...(untold.length > 0 && { [told.unknown]: untold.map(({ name }) => name).join(',') })
  }
}

/** Tells if a pod may call the cluster's Prometheus, whose Service its chart makes. */
function reachesPrometheus ({ world, site, pod }: Measuring, url: string): boolean {
  const [, service, namespace, port] = /^http:\/\/([^.]+)\.([^.]+)\.svc:(\d+)$/.exec(url) ?? []
  const prometheus = namespace === undefined
    ? undefined
    : podBehind(world, site, `${namespace}/${service}`) ?? prometheusOf(world, site)
  if (!prometheus || prometheus.namespace !== namespace) return false
  const out = policyRefusal(world, site, {
    direction: 'Egress',
    pod,
    peer: { kind: 'pod', pod: prometheus },
    port: Number(port)
  })
  return !out && !arrival(world, site, prometheus, { pod, principal: undefined }, Number(port))
}

/** Values that are noted; undefined where the world does not tell. */
function answerOf (place: Place, { what, query }: Question): string[] | undefined {
  const values = what === 'alerts' ? alertsOf(place.world, place.site) : seriesOf(place, query)?.map(
    ({ labels, value }) => what === 'value' ? String(value) : labels[what] ?? ''
  )
  return values && [...new Set(values)].sort()
}

/** Alerts that are loaded: of every rule that the operator finds. */
function alertsOf (world: World, site: Site): string[] {
  return world.inside(site, ruleType).map(settingsOf).flatMap((rule) =>
    stringsAt(rule, 'spec.groups[].rules[].alert')
  )
}
