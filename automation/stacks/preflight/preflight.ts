/**
 * The look at a cluster's API before the first program that needs it runs: nothing is made of a
 * unit that could not be finished.
 */
import { type Failure } from '../../../contract/deployment.ts'
import { failure } from '../../failures.ts'
import { clientProgramAdvice } from '../client-programs.ts'
import { retryableMessage } from '../provider-errors.ts'
import { type UnitRun } from '../types.ts'
import { unitKindOf } from '../unit-kind.ts'
import { grantingOf, identityOf, openingOf } from './advice.ts'
import { type ApiFinding, type ClusterApi } from './cluster-api.ts'

/**
 * Resolves with why an up of the unit cannot go on; undefined when nothing is in its way, or the
 * unit needs no cluster. Only ups are looked at: a preview may be of clusters that do not exist yet
 * and makes nothing, and a refresh or a destroy has to go on with what can be reached.
 */
export async function preflight (
  unit: UnitRun,
  api: ClusterApi,
  signal: AbortSignal
): Promise<Failure | undefined> {
  if (unit.operation !== 'up') return undefined
  const asked = unitKindOf(unit).preflight?.(unit.federation, unit.scope)
  if (!asked) return undefined
  const { phase, scope, output } = asked.kubeconfig
  const kubeconfig = unit.upstream[`${phase}.${scope}`]?.[output]?.value
  // A unit whose outputs are missing is told of by the program that reads them.
  if (typeof kubeconfig !== 'string') return undefined
  const finding = await api.examine(kubeconfig, asked.access, signal)
  return finding && failureOf(finding, unit, asked.cluster)
}

/** Requests that are named: whoever lacks more lacks a whole role. */
const mostNamed = 8

/** The first of the requests, each once, and how many more there are. */
function told (requests: readonly string[]): string {
  const all = [...new Set(requests)]
  const more = all.length - mostNamed
  return all.slice(0, mostNamed).join(', ') + (more > 0 ? ` and ${more} more` : '')
}

function failureOf (finding: ApiFinding, { federation, unit }: UnitRun, cluster: string): Failure {
  const identity = identityOf(federation, cluster)
  const place = { unit }
  switch (finding.kind) {
    case 'no-command': {
      const { command } = finding
      const details = { cluster, command, advice: clientProgramAdvice(command) }
      return failure('cluster-client-missing', details, place)
    }
    case 'no-token': {
      const { command, reason } = finding
      const passing = finding.passing || retryableMessage(reason)
      return failure('cluster-login-failed', { cluster, command, reason, identity, passing }, place)
    }
    case 'no-answer': {
      const { server, reason } = finding
      const opening = openingOf(federation, cluster)
      return failure('cluster-unreachable', { cluster, server, reason, opening, passing: true }, place)
    }
    case 'untrusted': {
      const { server, reason } = finding
      const opening = 'Something else answers in its place (a proxy that opens TLS), or the cluster was ' +
        `made anew: deploy infrastructure.${cluster} again, and exempt the API server from such a proxy ` +
        '(NO_PROXY)'
      return failure('cluster-unreachable', { cluster, server, reason, opening, passing: false }, place)
    }
    case 'unknown-caller':
    case 'denied': {
      const { kind, reason } = finding
      const lacks = kind === 'denied'
        ? `may not ${told(finding.requests)}`
        : 'is not known to its API server'
      const granting = grantingOf(federation, cluster)
      const details = { cluster, identity, denied: `${lacks}: ${reason}`, granting }
      return failure('cluster-access-denied', details, place)
    }
  }
}
