/**
 * A world grows older: what breaks in it, what comes by itself, and what nobody knows of. Nothing
 * is changed: certificates that a schedule would have replaced are followed, and the next up
 * replaces them for good. Ups of schedules are assumed to succeed at their time. Pure.
 */
import { type Aging, type AgingFinding, type AgingHappened } from '../../../contract/aging.ts'
import { type AgedWorld, dayMs, type Found, type Seen, timesIn } from './aged-world.ts'
import { backupsIn } from './backups.ts'
import { certificatesIn } from './certificates.ts'
import { keysIn } from './keys.ts'
import { Renewals } from './renewals.ts'
import { supportIn } from './support.ts'
import { tokensIn } from './tokens.ts'

/** Findings that are told: more say nothing new. */
const mostFindings = 1_000

/** Looks at a world as its time goes from one moment to another. */
export function aged (world: AgedWorld): Aging {
  const renewals = new Renewals(world)
  const seen: Seen[] = [
    certificatesIn(world, renewals),
    tokensIn(world, renewals),
    backupsIn(world),
    keysIn(world),
    supportIn(world)
  ]
  const findings = seen.flatMap((one) => one.findings).map((found) => told(world, found)).sort(inOrder)
  return {
    from: new Date(world.from).toISOString(),
    to: new Date(world.to).toISOString(),
    days: Math.round((world.to - world.from) / dayMs),
    findings: findings.slice(0, mostFindings),
    more: Math.max(0, findings.length - mostFindings),
    happened: [...scheduled(world), ...seen.flatMap(({ happened = [] }) => happened)],
    unknown: [...new Set(seen.flatMap(({ unknown = [] }) => unknown))]
  }
}

function told (world: AgedWorld, { at, ...found }: Found): AgingFinding {
  return {
    ...found,
    at: new Date(at).toISOString(),
    day: Math.max(1, Math.ceil((at - world.from) / dayMs))
  }
}

function inOrder (a: AgingFinding, b: AgingFinding): number {
  const [first, second] = [a, b].map(({ at, code, unit = '', urn = '' }) => [at, code, unit, urn].join('\n'))
  return (first ?? '') < (second ?? '') ? -1 : 1
}

function scheduled (world: AgedWorld): AgingHappened[] {
  return world.schedules.map(({ name, operation, phases: { from, to }, next }) => ({
    kind: 'schedule',
    name,
    times: timesIn(world, next),
    what: `${operation} of phases ${from} to ${to}` + (operation === 'up'
      ? ': each is assumed to have succeeded at its time, approvals given'
      : ': changes nothing')
  }))
}
