/** The check of what clusters' own probers see of each other. Pure. */
import { type Check } from '../outputs.ts'
import { type Federation } from '../types.ts'
import { check, missing } from './check.ts'
import { type Observations, type Question } from './observing-job.ts'

/** Questions to each cluster's Prometheus: who answers its prober, and who does not. */
export const peerQuestions = {
  silent: { query: 'probe_success{job="peer-latency"} == 0', label: 'peer', until: 'none' },
  heard: { query: 'probe_success{job="peer-latency"} == 1', label: 'peer', until: 'any' }
} as const satisfies Readonly<Record<string, Question>>

/** Checks that each cluster's prober asks every cluster, and is answered. `seen` is by cluster. */
export function peerProbes (federation: Federation, seen: Readonly<Record<string, Observations>>): Check {
  const names = federation.clusters.map(({ name }) => name)
  const problems = names.flatMap((name) => {
    const { silent = [], heard = [] } = seen[name] ?? {}
    return [
      ...silent.map((peer) => `${peer} does not answer ${name}`),
      ...missing(names, [...heard, ...silent]).map((peer) => `${name} does not probe ${peer}`)
    ]
  })
  return check('peer-probes', problems, `${names.length} clusters see each other`)
}
