/** The stack of a unit, in the workspace of one attempt. */
import { LocalWorkspace, type Stack, StackNotFoundError } from '@pulumi/pulumi/automation/index.js'
import { type Engine } from './engine-contract.ts'
import { project } from './project.ts'
import { type UnitRun } from './types.ts'

/**
 * Selects the unit's stack, or makes it where the operation needs one: there is
 * nothing to refresh, compare or destroy of one that does not exist.
 */
export async function selectStack (
  unit: UnitRun,
  { engine, workDir }: { engine: Engine, workDir: string },
  program: () => Promise<Record<string, unknown> | undefined>
): Promise<{ stack?: Stack, existed: boolean }> {
  const args = { stackName: unit.stack, projectName: project, program }
  const workspace = {
    workDir,
    pulumiCommand: engine.command,
    envVars: engine.environment,
    projectSettings: { name: project, runtime: 'nodejs' as const },
    stackSettings: { [unit.stack]: await engine.stackSettings() },
    ...(engine.secretsProvider !== undefined && { secretsProvider: engine.secretsProvider })
  }
  try {
    return { stack: await LocalWorkspace.selectStack(args, workspace), existed: true }
  } catch (error) {
    if (!(error instanceof StackNotFoundError)) throw error
    if (unit.operation !== 'up' && unit.operation !== 'preview') return { existed: false }
    return { stack: await LocalWorkspace.createStack(args, workspace), existed: false }
  }
}

/** Says whether a stack has no resources. */
export async function isEmpty (stack: Stack): Promise<boolean> {
  const { resources = [] } = (await stack.exportStack()).deployment as { resources?: unknown[] }
  return resources.length === 0
}
