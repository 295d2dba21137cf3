/** Versions that are not supported any more. */
import { type CloudRecord } from '../../store.ts'
import { plain, stringAt } from '../wire-values.ts'
import { type AgedWorld, type Found, isWithin, placeOf, type Seen } from './aged-world.ts'
import { supportRows } from './support-table.ts'

/** What has a version: clusters of each cloud, and the chart of Istio's control plane. */
const versions: Readonly<
  Record<string, (record: CloudRecord) => [product: string, version: string] | undefined>
> = {
  'aws:eks/cluster:Cluster': ({ inputs }) => ['eks', stringAt(inputs, 'version') ?? ''],
  'gcp:container/cluster:Cluster': ({ inputs }) => ['gke', stringAt(inputs, 'minMasterVersion') ?? ''],
  'azure-native:containerservice:ManagedCluster': (
    { inputs }
  ) => ['aks', stringAt(inputs, 'kubernetesVersion') ?? ''],
  'kubernetes:helm.sh/v3:Release': ({ inputs }) => {
    const values = plain(inputs)
    const chart = stringAt(values, 'chart') ?? ''
    return [chart, stringAt(values, 'version') ?? '']
  }
}

/** Charts of Istio whose version is that of its control plane. */
const alongside = new Set(['base', 'cni', 'gateway'])

export function supportIn (world: AgedWorld): Seen {
  const findings: Found[] = []
  const unknown = new Set<string>()
  for (const record of world.records) {
    const [product, version] = versions[record.type]?.(record) ?? []
    if (product === undefined || version === undefined || version === '' || alongside.has(product)) continue
    const minor = /^\d+\.\d+/.exec(version)?.[0] ?? version
    const row = supportRows.find((one) => one.product === product && one.version === minor)
    if (!row) {
      unknown.add(`${product} ${minor}: no document says until when it is supported`)
      continue
    }
    const at = Date.parse(row.ends)
    if (!isWithin(world, at)) continue
    findings.push({
      code: 'support-ended',
      effect: 'unsupported',
      at,
      ...placeOf(world, record),
      message: `${product} ${minor} is not supported any more: ${row.then}`,
      right: 'a later version in the federation file, deployed before',
      source: row.source
    })
  }
  return { findings, unknown: [...unknown].sort() }
}
