/** The policy packs of a run. */
import { type Diagnostics } from '../../events/diagnostics.ts'
import { type EventSink } from '../../events/event-sink.ts'
import { loadPacks } from '../../policies/load-packs.ts'
import { type LoadedPack } from '../../policies/policy-checks.ts'
import { defaultOrganization } from '../../stack/project.ts'
import { type UpdateRun, sharedConfig } from './update-run.ts'

/** Loads the packs that the flags name. */
export function loadRunPacks (
  run: UpdateRun,
  sink: EventSink,
  diagnostics: Diagnostics
): Promise<LoadedPack[]> {
  const { operation: { args, analyzers }, ref, preview } = run
  const folders = args.list('policy-pack')
  for (let n = 0; n < folders.length; n++) sink.emit({ policyLoadEvent: {} })
  return loadPacks({
    folders,
    configFiles: args.list('policy-pack-config'),
    sources: analyzers,
    stack: { ...ref, organization: defaultOrganization, preview, ...sharedConfig(run) },
    diagnostics
  })
}
