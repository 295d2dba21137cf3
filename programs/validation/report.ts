/** Reports in a cluster. */
import * as kubernetes from '@pulumi/kubernetes'
import { all, type CustomResourceOptions, type Output } from '@pulumi/pulumi'
import { objectLabels } from '../kubernetes/objects.ts'
import { type Check, type ValidationReport } from '../outputs.ts'
import { type UnitContext } from '../types.ts'
import { accepted, checkText } from './check.ts'
import { reportNamespace } from './places.ts'

/**
 * Registers the report as a ConfigMap: the whole as JSON, and a line per check for people. Gives
 * the report once it is kept there; it rejects, which fails the unit, when a required check failed:
 * the cluster then holds the whole of it, the error what failed.
 */
export function keepReport (
  context: UnitContext,
  name: string,
  checks: Output<Check[]>,
  options: CustomResourceOptions
): Output<ValidationReport> {
  const kept = new kubernetes.core.v1.ConfigMap(name, {
    metadata: { name, namespace: reportNamespace, labels: objectLabels(context, 'validation') },
    data: checks.apply((found) => ({
      'report.json': JSON.stringify({ unit: context.unit, checks: found }, null, 2),
      summary: `${
        found.map((one) => `${one.passed ? 'passed' : one.required ? 'FAILED' : 'missed'}  ${checkText(one)}`)
          .join('\n')
      }\n`
    }))
  }, options)
  return all([checks, kept.id]).apply(([found]) => accepted(context.unit, { checks: found }))
}
