/** The runbook of a pair: what happens and what people do when a primary is lost. Pure. */
import { type DrPair } from '../types/recovery.ts'
import { type Federation } from '../types.ts'
import { ledgerName, ledgerNamespace, pairHost } from './names.ts'
import {
  dnsRecovery,
  meshRecovery,
  observersOf,
  quorum,
  recoveryOf,
  replicationOf,
  type Sum
} from './recovery.ts'

function sumText ({ parts, seconds }: Sum): string {
  return `${Object.entries(parts).map(([name, part]) => `${name} ${part} s`).join(' + ')} = ${seconds} s`
}

/** The runbook of one pair, in Markdown. */
export function runbookOf (federation: Federation, pair: DrPair): string {
  return [
    `# Failover of ${pair.primary} to ${pair.standby}`,
    '',
    '## By itself',
    ...byItself(federation, pair),
    '',
    '## By hand',
    ...byHand(federation, pair),
    '',
    '## Back again',
    ...backAgain(federation, pair),
    ''
  ].join('\n')
}

function byItself (federation: Federation, pair: DrPair): string[] {
  const { rtoSeconds, rpoSeconds } = recoveryOf(federation, pair)
  const { failureThreshold, probeIntervalSeconds } = federation.disasterRecovery
  const observers = observersOf(federation, pair).map(({ name }) => name)
  const { mode, maxLagSeconds } = replicationOf(federation, pair)
  const data = mode === 'none'
    ? 'the primary keeps none'
    : `at most ${rpoSeconds.expected} s are lost (objective: ${rpoSeconds.objective} s); the lag's alert ` +
      `fires above ${maxLagSeconds} s`
  return [
    `- ${observers.join(', ')} probe the primary every ${probeIntervalSeconds} s; ${failureThreshold} ` +
    `failures in a row make each say so. DNS takes the primary out when fewer than ` +
    `${quorum(observers.length)} of ${observers.length} see it.`,
    `- Through the mesh: ${sumText(meshRecovery(federation))} (objective: at most ` +
    `${rtoSeconds.objectiveMesh} s).`,
    `- Through DNS (${pairHost(federation, pair)}): ${sumText(dnsRecovery(federation))} (objective: under ` +
    `${rtoSeconds.objectiveDns} s).`,
    `- Data: ${data}.`,
    `- The standby grows to ${pair.failoverNodes} nodes.`
  ]
}

function byHand (federation: Federation, pair: DrPair): string[] {
  const observers = observersOf(federation, pair).length
  const promotion = replicationOf(federation, pair).mode === 'none'
    ? 'There is no data to promote.'
    : "Fence the primary's ledger if it can still be reached (kubectl cnpg fencing on " +
      `${ledgerName(pair.primary)} "*"): two writers are worse than none. Then promote the standby's: ` +
      `set \`replica.primary\` of Cluster ${ledgerNamespace(pair)}/${ledgerName(pair.standby)} to ` +
      `${ledgerName(pair.standby)}, and the same on the other side when it is back: it then follows.`
  return [
    `1. Confirm: the alert PrimaryUnreachable fires in at least ${quorum(observers)} observers. If only ` +
    "one sees it, look at that observer's network instead.",
    `2. ${promotion}`,
    '3. Watch the standby\'s pods and nodes reach their size on the dashboard "disaster recovery".',
    '4. Tell the trading desk: orders in flight at the primary are to be reconciled.'
  ]
}

function backAgain (federation: Federation, pair: DrPair): string[] {
  const { mode, maxLagSeconds } = replicationOf(federation, pair)
  const demotion = mode === 'none'
    ? 'Nothing is to be copied back.'
    : `Demote the standby: set \`replica.primary\` back to ${ledgerName(pair.primary)} on both sides; the ` +
      "demotion token that the standby's status shows goes into the primary's `replica.promotionToken`, " +
      'so that nothing is lost on the way.'
  return [
    "1. Deploy the primary's phases 1 to 6 if it was lost; let it replicate from the standby until the " +
    `lag is below ${Math.max(1, maxLagSeconds)} s.`,
    `2. ${demotion}`,
    '3. DNS and mesh return by themselves when the observers see the primary.'
  ]
}
