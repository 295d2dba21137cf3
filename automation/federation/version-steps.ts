/**
 * Steps from the Kubernetes version that a cluster was deployed with to the one that the file asks
 * for: every cloud raises a control plane one minor version at a time, and lowers none. Sources:
 * Amazon EKS, "Update existing cluster to new Kubernetes version"; GKE, "Standard cluster
 * upgrades"; AKS, "Upgrade options". Pure.
 */
import { type Federation } from '../../programs/types.ts'
import { parseYaml } from './document.ts'
import { finding, type Problem } from './errors.ts'

/** A federation as its file is now. */
export interface JudgedFile {
  readonly file: string
  readonly source: string
  readonly federation: Federation
}

/** Minor version of `1.35`; undefined for what is no such version. */
function minorOf (version: string): number | undefined {
  const [, minor] = /^1\.(\d+)$/.exec(version) ?? []
  return minor === undefined ? undefined : Number(minor)
}

/**
 * Gives the mistakes of a file by what is deployed: cluster -> version that it was deployed with.
 */
export function versionSteps (
  { file, source, federation }: JudgedFile,
  deployed: ReadonlyMap<string, string>
): Problem[] {
  const wrong = federation.clusters.flatMap(({ name, kubernetesVersion }, index) => {
    const before = deployed.get(name)
    const [from, to] = [minorOf(before ?? ''), minorOf(kubernetesVersion)]
    if (before === undefined || from === undefined || to === undefined) return []
    if (to === from || to === from + 1) return []
    return [{ name, index, wanted: kubernetesVersion, before, next: to < from ? before : `1.${from + 1}` }]
  })
  if (wrong.length === 0) return []
  const document = parseYaml(source, file)
  const { clusters } = (document.data ?? {}) as { clusters?: { kubernetesVersion?: unknown }[] }
  return wrong.map(({ name, index, wanted, before, next }) => {
    const own = clusters?.[index]?.kubernetesVersion !== undefined
    const path = own ? ['clusters', index, 'kubernetesVersion'] : ['kubernetesVersion']
    return document.locate(finding('FED_VERSION_STEP', path, 'value', name, before, wanted, next))
  })
}
