/**
 * Jobs that measure connections, and the results that their pods would find in the world as it is.
 *
 * A Job with the environment variable PROBES calls each probe, of which a line gives the name and a
 * URL `http://service.namespace.svc.cluster.local:port/`. It notes `name:milliseconds` or
 * `name:none`, joined by commas, in its own annotation `windlass.io/results`. Times are the round
 * trips along the way that packets take. Nothing is random: the same world gives the same figures.
 *
 * A Job with the annotation `windlass.io/duties` also learns what workloads of its cluster have to
 * call and do not reach: `windlass.io/unmet` is a list of texts as JSON, which no real Job writes.
 *
 * A Job with the annotation `windlass.io/cloud-calls` learns which calls to clouds are refused that
 * workloads, nodes and services of its federation have to make: `windlass.io/refused` is such a
 * list, too.
 *
 * A call that the world does not tell everything about counts as answered, and is named in the
 * annotation `windlass.io/unknown`, which no real Job writes.
 */
import { roundTrip } from '../../../contract/latency/round-trips.ts'
import { type CloudQuery } from '../../store.ts'
import { type WireObject } from '../../wire.ts'
import { type Draft, type Found } from '../draft.ts'
import { cloudCallQueries, refusedCloudCalls } from '../duties/cloud-calls/refused-cloud-calls.ts'
import { dutyQueries, unmetDuties } from '../duties/unmet.ts'
import { serviceReach } from '../network/calls.ts'
import { measuringPod, told, variableOf } from '../network/measuring.ts'
import { networkQueries, publicQueries } from '../network/needed.ts'
import { publicReach } from '../network/public.ts'
import { type Routes } from '../network/routes.ts'
import { type Site } from '../network/site.ts'
import { type Verdict } from '../network/verdict.ts'
import { type World } from '../network/world.ts'
import { objectAt, stringAt } from '../wire-values.ts'

const duties = 'windlass.io/duties'
const unmet = 'windlass.io/unmet'
const cloudCalls = 'windlass.io/cloud-calls'
const refusedCalls = 'windlass.io/refused'
/** Entries of a report: enough to see what is wrong, and far below the bound of annotations. */
const mostTold = 50
const secretsType = 'kubernetes:core/v1:Secret'
const releaseType = 'kubernetes:helm.sh/v3:Release'

type Probe =
  | { name: string, kind: 'service', service: string, namespace: string, port: number }
  | { name: string, kind: 'public', host: string, path: string }

function probesOf (inputs: WireObject): Probe[] {
  return variableOf(inputs, 'PROBES').split('\n').flatMap((line): Probe[] => {
    const match = /^(\S+) https?:\/\/([^.\s/]+)\.([^.\s/]+)\.svc\.cluster\.local(?::(\d+))?\//.exec(
      line.trim()
    )
    if (match?.[1] && match[2] && match[3]) {
      const [, name, service, namespace, port] = match
      return [{ kind: 'service', name, service, namespace, port: Number(port ?? 80) }]
    }
    const outside = /^(\S+) https:\/\/([^:/\s]+)(\/\S*)$/.exec(line.trim())
    return outside?.[1] && outside[2] && outside[3]
      ? [{ kind: 'public', name: outside[1], host: outside[2], path: outside[3] }]
      : []
  })
}

/** Tells if a Job's calls over TLS judge certificates: curl does unless it is told not to. */
const judgesCertificates = (inputs: WireObject): boolean =>
  !/--insecure|-k\b/.test(variableOf(inputs, 'CURL_OPTIONS'))

/** Queries for what a measuring Job depends on in its own cluster; none for other Jobs. */
export function probeQueries ({ account, inputs }: Draft): CloudQuery[] {
  return probesOf(inputs).length === 0 ? [] : [{ pkg: 'kubernetes', type: secretsType, account }]
}

/** Queries for what measuring Jobs depend on everywhere, the same for many; none for other Jobs. */
export function probesAround (draft: Draft): CloudQuery[] {
  const probes = probesOf(draft.inputs)
  if (probes.length === 0) return []
  return [
    ...asks(draft, duties) ? dutyQueries : networkQueries,
    ...asks(draft, cloudCalls) ? cloudCallQueries : [],
    ...probes.some(({ kind }) => kind === 'public') ? publicQueries : [],
    ...judgesCertificates(draft.inputs) ? [{ pkg: 'kubernetes', type: secretsType }] : [],
    { pkg: 'kubernetes', type: releaseType, name: 'istiod' }
  ]
}

const asks = ({ inputs }: Draft, annotation: string): boolean =>
  objectAt(inputs, 'metadata.annotations')[annotation] === 'asked'

/** Texts of what the workloads of a cluster do not reach. */
function toldUnmet (world: World, routes: Routes, site: Site): string {
  const first = unmetDuties(world, routes, site).slice(0, mostTold)
  return JSON.stringify(first.map(({ duty, from, to, why }) => `${duty}: ${from} -> ${to}: ${why}`))
}

/** Name of a federation at the beginning of its stacks' names, in the URN of what they deploy. */
function federationOf (urn: string): string {
  return /^urn:pulumi:([^.:]+)\./.exec(urn)?.[1] ?? ''
}

/** Texts of calls to clouds that are refused: a world may have other federations beside this. */
function toldRefused ({ urn }: Draft, found: Found): string {
  const own = federationOf(urn)
  const refusals = refusedCloudCalls(found.all()).filter(({ of }) => federationOf(of.token) === own)
    .map(({ claim, from, to, why }) => `${claim}: ${from} -> ${to}: ${why}`)
  return JSON.stringify([...new Set(refusals)].slice(0, mostTold))
}

/** Milliseconds of a call along its way; undefined when it gets no answer. */
function timeOf (verdict: Verdict): number | undefined {
  if (!verdict.reached) return undefined
  const { regions } = verdict
  const [first = ''] = regions
  let total = roundTrip(first, first)?.milliseconds
  for (const [index, region] of regions.entries()) {
    const before = regions[index - 1]
    if (before === undefined || before === region) continue
    const leg = roundTrip(before, region)?.milliseconds
    total = leg === undefined || total === undefined ? undefined : (index === 1 ? 0 : total) + leg
  }
  return total
}

/** The annotations that a measuring Job writes; none for other Jobs. */
export function probeResults (draft: Draft, found: Found): WireObject {
  const probes = probesOf(draft.inputs)
  if (probes.length === 0) return {}
  const measuring = measuringPod(draft, found)
  if (!measuring) return {}
  const { world, site: from, pod, routes } = measuring
  const account = stringAt(draft.inputs, 'spec.template.spec.serviceAccountName') ?? 'default'
  const [, most = '3'] = /--tls-max 1\.(\d)/.exec(variableOf(draft.inputs, 'CURL_OPTIONS')) ?? []
  const newest = `TLSV1_${most}`
  const asked = probes.map((probe) => ({
    name: probe.name,
    verdict: probe.kind === 'public'
      ? publicReach(world, {
        host: probe.host,
        path: probe.path,
        newest,
        judges: judgesCertificates(draft.inputs),
        from: { site: from, pod }
      })
      : serviceReach(world, routes, { from, pod, account, ...probe })
  }))
  const untold = asked.filter(({ verdict }) => verdict.reached && verdict.unknown.length > 0)
  return {
    [told.results]: asked.map(({ name, verdict }) => `${name}:${timeOf(verdict)?.toFixed(2) ?? 'none'}`).join(
      ','
    ),
    ...(asks(draft, duties) && { [unmet]: toldUnmet(world, routes, from) }),
    ...(asks(draft, cloudCalls) && { [refusedCalls]: toldRefused(draft, found) }),
    ...(untold.length > 0 && { [told.unknown]: untold.map(({ name }) => name).join(',') })
  }
}
