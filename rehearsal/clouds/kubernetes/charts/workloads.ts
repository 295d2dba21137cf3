/** What a Helm release makes of its values, by the table of charts. Pure. */
import { type WireObject } from '../../../wire.ts'
import { objectAt, stringAt } from '../../wire-values.ts'
import { type Workload } from '../workloads.ts'
import { type Brought, type ChartRow, type ChartWebhook, type Installed } from './chart.ts'
import { chartTable } from './table.ts'

/** Chart of a release: `chart`, `repo/chart`, an OCI address or a path. */
function rowOf (release: WireObject): ChartRow | undefined {
  const chart = (stringAt(release, 'chart') ?? '').replace(/\/+$/, '').split('/').at(-1) ?? ''
  const row = chartTable[chart]
  return row?.versions.test(stringAt(release, 'version') ?? '') ? row : undefined
}

function installed (release: WireObject, name: string): Installed {
  return { name, namespace: stringAt(release, 'namespace') ?? 'default', values: objectAt(release, 'values') }
}

/**
 * Workloads of a release that Helm waits for; undefined where no row describes its chart at its
 * version.
 */
export function chartWorkloads (release: WireObject, name: string): Workload[] | undefined {
  return rowOf(release)?.workloads(installed(release, name))
}

/** Jobs of a release's hooks, whose end Helm waits for. */
export function chartHooks (release: WireObject, name: string): Workload[] {
  return rowOf(release)?.hooks?.(installed(release, name)) ?? []
}

/** Workloads that operators make of a release's custom resources, which Helm does not wait for. */
export function operatedWorkloads (release: WireObject, name: string): Workload[] {
  return rowOf(release)?.operated?.(installed(release, name)) ?? []
}

/** Objects of a release that admission looks at. */
export function chartObjects (release: WireObject, name: string): Brought[] {
  return rowOf(release)?.brings?.(installed(release, name)) ?? []
}

/** Webhooks of a release without which the objects that they judge are refused. */
export function chartWebhooks (release: WireObject, name: string): ChartWebhook[] {
  return rowOf(release)?.webhooks?.(installed(release, name)) ?? []
}

/** Error of a release's pods where they do not reach the metadata service of their node. */
export function metadataNeed (release: WireObject, name: string): string | undefined {
  return rowOf(release)?.needsMetadata?.(installed(release, name))
}

/** What a release's row was read at, where the templates of its own version were not to be had. */
export function chartReadAt (release: WireObject): string | undefined {
  return rowOf(release)?.readAt
}
