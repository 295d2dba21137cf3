/** Alerts that a rehearsal deployed. */
import assert from 'node:assert/strict'
import { at, type Deployed, names, ofType, type Statement } from './world.ts'

const ruleType = 'kubernetes:monitoring.coreos.com/v1:PrometheusRule'

/** The alerts of a cluster. */
export function alerting (
  deployed: Deployed,
  cluster: string
): { alert: string, labels: Record<string, string>, annotations: Record<string, string> }[] {
  return ofType(deployed, ruleType, `monitoring.${cluster}`).flatMap(({ inputs }) =>
    (at(inputs, 'spec.groups') as { rules: { alert?: string }[] }[]).flatMap(({ rules }) =>
      rules.filter(({ alert }) => alert !== undefined)
    )
  ) as never
}

/** Clusters have alerts of these names. */
export function alerts (...wanted: string[]): Statement {
  return (deployed) => {
    const found = names(deployed).flatMap((name) => alerting(deployed, name).map(({ alert }) => alert))
    for (const name of wanted) assert.ok(found.includes(name), name)
  }
}
