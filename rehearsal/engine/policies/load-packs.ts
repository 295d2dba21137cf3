/** Opens and configures the policy packs that a command line names. */
import { type AnalyzedStack, type AnalyzerSource } from '../../analyzer.ts'
import { Bail } from '../errors.ts'
import { type Diagnostics } from '../events/diagnostics.ts'
import { type LoadedPack } from './policy-checks.ts'
import { readPolicyConfig, reconcile } from './policy-config.ts'

export interface PacksToLoad {
  folders: readonly string[]
  /** Configuration files in the order of the folders; there may be fewer. */
  configFiles: readonly string[]
  /** Asked in order; the last one knows every folder. */
  sources: readonly AnalyzerSource[]
  stack: AnalyzedStack
  diagnostics: Diagnostics
}

/**
 * Opens the packs, in the order of the command line. Rejects with Bail when a policy refuses its
 * configuration (reported).
 */
export async function loadPacks (
  { folders, configFiles, sources, stack, diagnostics }: PacksToLoad
): Promise<LoadedPack[]> {
  const packs: LoadedPack[] = []
  const problems: string[] = []
  try {
    for (const [index, path] of folders.entries()) {
      const file = configFiles[index]
      const analyzer = await openPack(path, sources)
      const pack: LoadedPack = {
        path,
        analyzer,
        info: { name: '', version: '', supportsConfig: false, policies: [], initialConfig: {} },
        configs: {}
      }
      packs.push(pack)
      await analyzer.configureStack(stack)
      pack.info = await analyzer.info()
      if (!pack.info.supportsConfig) {
        if (file !== undefined && file !== '') {
          throw new Error(`policy pack "${pack.info.name}" at "${path}" does not support config`)
        }
        continue
      }
      const reconciled = reconcile(pack.info, file === undefined || file === '' ? {} : readPolicyConfig(file))
      problems.push(
        ...reconciled.problems.map((problem) =>
          `validating policy config: ${pack.info.name} ${pack.info.version}  ${problem}`
        )
      )
      pack.configs = reconciled.configs
      if (reconciled.problems.length === 0) await analyzer.configure(pack.configs)
    }
    for (const problem of problems.sort()) diagnostics.error('', problem)
    if (problems.length > 0) throw new Bail('validating policy config')
    return packs
  } catch (error) {
    for (const { analyzer } of packs) analyzer.release()
    throw error
  }
}

async function openPack (
  folder: string,
  sources: readonly AnalyzerSource[]
): Promise<LoadedPack['analyzer']> {
  for (const source of sources) {
    const analyzer = await source.open(folder)
    if (analyzer) return analyzer
  }
  throw new Error(`policy analyzer could not be loaded from path "${folder}"`)
}
