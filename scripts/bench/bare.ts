/**
 * One stack by a bare Automation API script: no service, no queue, no events stored; the same
 * program, engine, clouds and PostgreSQL.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PulumiCommand, LocalWorkspace } from '@pulumi/pulumi/automation/index.js'
import { loadFederation } from '../../automation/federation/load.ts'
import { loadDurations } from '../../automation/plan/durations.ts'
import { pulumiSecrets } from '../../automation/stacks/passphrase.ts'
import { contextOf, programOf } from '../../automation/stacks/program-context.ts'
import { type UnitRun } from '../../automation/stacks/types.ts'
import { createPool } from '../../automation/store/postgres/database.ts'
import { createSealer } from '../../automation/store/postgres/sealer.ts'
import { createStackStore } from '../../automation/store/stacks/stack-store.ts'
import { createCloudStore } from '../../automation/store/worlds/cloud-store.ts'
import { createClouds } from '../../rehearsal/clouds/index.ts'
import createRehearsalCommand from '../../rehearsal/command.ts'
import { repository } from '../service-process.ts'

export interface BareStack {
  /** Makes the stack in a world of its own: milliseconds, and resources made. */
  up(world: string): Promise<{ wall: number, resources: number }>
  close(): Promise<void>
}

/**
 * Prepares everything that a script would have at hand before it calls `up`. The unit is one of
 * phase 1, which reads no other's outputs.
 */
export async function prepareBareStack (
  options: { databaseUrl: string, cluster: string }
): Promise<BareStack> {
  const { databaseUrl, cluster } = options
  const result = await loadFederation(join(repository, 'federations', 'nautilus.yaml'))
  if ('errors' in result) throw new Error(JSON.stringify(result.errors))
  const { federation } = result
  const durations = await loadDurations()
  const pool = createPool(databaseUrl, { max: 3, name: 'windlass-bench', relaxed: true })
  const secretsKey = Buffer.alloc(32, 7)
  const sealer = createSealer(secretsKey)
  const { passphrase, salt } = await pulumiSecrets(secretsKey)
  const workDir = await mkdtemp(join(tmpdir(), 'windlass-bare-'))
  const cloud = federation.clusters.find((candidate) => candidate.name === cluster)?.cloud
  const stack = `nautilus.prerequisites.${cluster}`
  return {
    async up (world) {
      const unit: UnitRun = {
        deployment: world,
        unit: `prerequisites.${cluster}`,
        attempt: 1,
        operation: 'up',
        mode: 'rehearsal',
        federation,
        phase: 'prerequisites',
        phaseNumber: 1,
        scope: { kind: 'cluster', name: cluster, clusters: [cluster], ...(cloud && { cloud }) },
        stack,
        upstream: {},
        secrets: {},
        fence: 0,
        settle: false
      }
      const program = await programOf(unit)
      const command = await createRehearsalCommand({
        store: createStackStore(pool, { place: `rehearsal:${world}` }),
        providers: createClouds({ store: createCloudStore(pool, { world, sealer }), durations })
      })
      const start = performance.now()
      const made = await LocalWorkspace.createStack({
        stackName: stack,
        projectName: 'windlass',
        program: async () => await program(contextOf(unit))
      }, {
        workDir,
        pulumiCommand: command as unknown as PulumiCommand,
        envVars: { PULUMI_CONFIG_PASSPHRASE: passphrase },
        projectSettings: { name: 'windlass', runtime: 'nodejs' },
        stackSettings: { [stack]: { encryptionSalt: salt } }
      })
      const { summary } = await made.up({ onEvent: () => undefined })
      return { wall: performance.now() - start, resources: summary.resourceChanges?.create ?? 0 }
    },
    async close () {
      await pool.end()
      await rm(workDir, { recursive: true, force: true })
    }
  }
}
