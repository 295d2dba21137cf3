/** Helm releases the way this project installs them. */
import * as kubernetes from '@pulumi/kubernetes'
import { type CustomResourceOptions, type Input } from '@pulumi/pulumi'
import { type Chart } from './charts.ts'

export interface ReleaseArgs {
  readonly chart: Chart
  readonly namespace: Input<string>
  /** Values of the chart; they may hold inputs at any depth. */
  readonly values: Record<string, unknown>
}

/**
 * Longest wait for a release's resources, in seconds: fifteen minutes let an autoscaler add nodes
 * (about three minutes in each cloud) and pull images twice over, and still end within a
 * deployment's retry.
 */
const timeoutSeconds = 900

/**
 * Installs a chart under a fixed release name, so that its objects' names are known to others.
 * Failed installs are rolled back (`atomic`): the next attempt starts from nothing. Upgrades keep
 * the last five revisions.
 */
export function helmRelease (
  name: string,
  { chart, namespace, values }: ReleaseArgs,
  options: CustomResourceOptions
): kubernetes.helm.v3.Release {
  return new kubernetes.helm.v3.Release(name, {
    name,
    chart: chart.chart,
    version: chart.version,
    repositoryOpts: { repo: chart.repository },
    namespace,
    createNamespace: false,
    atomic: true,
    cleanupOnFail: true,
    maxHistory: 5,
    timeout: timeoutSeconds,
    values
  }, options)
}
