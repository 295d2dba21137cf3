/** Where reports are kept in a cluster. */
import * as kubernetes from '@pulumi/kubernetes'
import { type CustomResourceOptions, type Output } from '@pulumi/pulumi'
import { type UnitContext } from '../contract.ts'
import { objectLabels } from '../kubernetes/objects.ts'
import { type ValidationReport } from '../outputs.ts'

/** The namespace of reports, in every cluster. */
export const reportNamespace = 'windlass'

/** Registers the report as a ConfigMap: the whole as JSON, and a line per check for people. A report that throws fails the unit here. */
export function keepReport (context: UnitContext, name: string, report: Output<ValidationReport>, options: CustomResourceOptions): kubernetes.core.v1.ConfigMap {
  return new kubernetes.core.v1.ConfigMap(name, {
    metadata: { name, namespace: reportNamespace, labels: objectLabels(context, 'validation') },
    data: report.apply(({ checks }) => ({
      'report.json': JSON.stringify({ unit: context.unit, checks }, null, 2),
      summary: `${checks.map(({ name: title, passed, detail }) => `${passed ? 'passed' : 'FAILED'}  ${title}: ${detail}`).join('\n')}\n`
    }))
  }, options)
}
