/** Refusal of launches that no cloud would take, by the Kubernetes versions that are deployed. */
import { type Operation } from '../../contract/words.ts'
import { AutomationError } from '../errors.ts'
import { type JudgedFile, versionSteps } from '../federation/version-steps.ts'
import { type Deployed } from '../plan/orphans.ts'
import { declarationOf, type DeployedReads } from './orphans.ts'

/** Phase whose units make clusters. */
const clusterPhase = 2

/** Operations that would bring clusters to the file's versions. */
const raising: readonly Operation[] = ['up', 'preview']

/**
 * Throws `federation-invalid` when the selected units would take a cluster's version further than
 * clouds go in one step. What a cluster was deployed with, the text of its last up says.
 */
export async function checkVersionSteps (
  loaded: JudgedFile,
  operation: Operation,
  selected: ReadonlySet<string>,
  deployed: readonly Deployed[],
  { sources }: Pick<DeployedReads, 'sources'>
): Promise<void> {
  if (!raising.includes(operation)) return
  const clusters = deployed.filter(({ id, phase, scope }) =>
    phase === clusterPhase && scope.kind === 'cluster' && selected.has(id)
  )
  if (clusters.length === 0) return
  const texts = await sources([...new Set(clusters.map(({ deployment }) => deployment))])
  const versions = new Map<string, string>()
  const read = new Map<string, ReturnType<typeof declarationOf>>()
  for (const { deployment, scope } of clusters) {
    const text = texts.get(deployment)
    // The file as it was then: nothing has changed.
    if (text === undefined || text === loaded.source) continue
    if (!read.has(text)) read.set(text, declarationOf(text))
    const version = read.get(text)?.clusters.find(({ name }) => name === scope.name)?.kubernetesVersion
    if (version !== undefined) versions.set(scope.name, version)
  }
  const errors = versionSteps(loaded, versions)
  if (errors.length > 0) {
    throw new AutomationError('federation-invalid', { federation: loaded.federation.name, errors })
  }
}
