/**
 * The policy pack of this repository: its folder for either engine, its handlers in process for the
 * rehearsal engine, and its configuration for one operation.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type messages from '@pulumi/pulumi/proto/analyzer_pb.js'
import { configurePack, packInfo } from '../../policies/handlers.ts'
import { type PriceTable } from '../../pricing/model.ts'
import { type AnalyzerSource } from '../../rehearsal/analyzer.ts'
import { HandlerAnalyzer } from '../../rehearsal/engine/policies/handler-analyzer.ts'
import { today } from '../federation/load.ts'
import { policyConfig } from './policy-config.ts'
import { type UnitRun } from './types.ts'

/** The pack as `--policy-pack` takes it. */
export const packFolder = join(import.meta.dirname, '..', '..', 'policies')

/**
 * Gives the pack to the rehearsal engine without a process of its own: a call costs microseconds
 * instead of a round trip, and the pack is as warm as its host.
 */
export const packSource: AnalyzerSource = {
  open: async (path) =>
    path === packFolder
      ? new HandlerAnalyzer({
        info: packInfo,
        configure: (configs) => configurePack<messages.AnalyzeResponse>(configs)
      })
      : undefined
}

/**
 * The Automation API's options for an up or a preview of the unit. `workDir` gets the
 * configuration; none when the federation disables all policies. `pack` is where the engine finds
 * the pack.
 */
export async function packOptions (
  unit: UnitRun,
  prices: PriceTable,
  workDir: string,
  pack = packFolder
): Promise<{ policyPacks?: string[], policyPackConfigs?: string[] }> {
  const config = policyConfig(unit.federation, unit, today(), prices)
  if (config === undefined) return {}
  const file = join(workDir, 'policy-config.json')
  await writeFile(file, JSON.stringify(config))
  return { policyPacks: [pack], policyPackConfigs: [file] }
}
