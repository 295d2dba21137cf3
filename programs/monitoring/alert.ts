/** Alerts, and the rules of Prometheus that they become. Pure. */
import { type Federation } from '../types.ts'

/** `critical` wakes somebody, `warning` waits for the morning, `none` is for machines. */
export type Severity = 'critical' | 'warning' | 'none'
/** Each group has a runbook of its own: `docs/runbooks/{group}.md`. */
export type AlertGroup =
  | 'federation'
  | 'mesh'
  | 'trading'
  | 'disaster-recovery'
  | 'certificates'
  | 'nodes'
  | 'workloads'

export interface Alert {
  readonly name: string
  readonly group: AlertGroup
  readonly severity: Severity
  /** PromQL that is true while something is wrong. */
  readonly expression: string
  /** Time that the expression has to hold, in Prometheus' notation. */
  readonly for: string
  readonly summary: string
  readonly description: string
  /** Link to the section of the runbook that says what to do. */
  readonly runbook: string
}

/**
 * An alert in its group's table. `section`: the runbook's section where it is not the alert's own
 * name.
 */
export type AlertRow = Omit<Alert, 'runbook' | 'group'> & { readonly section?: string }

/** Address of the federation's runbooks: the file's, else a host of its zone. */
function runbookRoot (federation: Federation): string {
  return federation.monitoring.runbooks ?? `https://runbooks.${federation.dns.zone}`
}

/**
 * The rows of each group as alerts, group by group. Links are to the headings of the runbooks, as
 * Markdown renderers make anchors of them.
 */
export function alertsIn (
  federation: Federation,
  groups: Readonly<Partial<Record<AlertGroup, readonly AlertRow[]>>>
): Alert[] {
  return Object.entries(groups).flatMap(([group, rows]) =>
    rows.map(({ section, ...row }) => ({
      ...row,
      group: group as AlertGroup,
      runbook: `${runbookRoot(federation)}/${group}.md#${(section ?? row.name).toLowerCase()}`
    }))
  )
}

/** Groups of rules, as a PrometheusRule's spec and a rule file of Prometheus hold them. */
export interface RuleGroups {
  readonly groups: { name: string, rules: Record<string, unknown>[] }[]
}

/** Alerts as rules. */
export function rulesOf (federation: Federation, alerts: readonly Alert[]): RuleGroups {
  return {
    groups: [...new Set(alerts.map(({ group }) => group))].map((group) => ({
      name: group,
      rules: alerts.filter((alert) => alert.group === group).map((alert) => ({
        alert: alert.name,
        expr: alert.expression,
        for: alert.for,
        labels: { severity: alert.severity, team: federation.owner },
        annotations: { summary: alert.summary, description: alert.description, runbook_url: alert.runbook }
      }))
    }))
  }
}
