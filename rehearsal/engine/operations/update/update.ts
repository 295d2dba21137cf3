/**
 * `pulumi up`, `preview`, `refresh` and `destroy`: one run over one stack, from its lock to its
 * stored result.
 */
import { resolve } from 'node:path'
import { type StackUpdate } from '../../../store.ts'
import { type Crypter } from '../../secrets/passphrase.ts'
import { ExitCode, Failure } from '../../stack/failure.ts'
import { historyEntry } from '../../stack/history.ts'
import { crypterFor, deploymentSalt, secretsProvider } from '../../stack/stack-secrets.ts'
import { DeploymentState } from '../../state/deployment-state.ts'
import { JournalWriter } from '../../state/journal-writer.ts'
import { replay } from '../../state/journal.ts'
import { readPlan, writePlan } from '../../update-plan/plan-file.ts'
import { type UpdatePlan, UpdatePlans } from '../../update-plan/update-plan.ts'
import { protectedTargets } from '../exclude-protected.ts'
import { type ImportFile, importedResources } from '../import/import-file.ts'
import { locked } from '../lock.ts'
import { type Operation, existingStack } from '../operation.ts'
import { executeUpdate } from './execute-update.ts'
import { runSettings } from './run-settings.ts'
import { type Outcome, type UpdateKind, type UpdateRun } from './update-run.ts'

/** A run whose settings and plan are read. */
type PreparedRun = UpdateRun & { crypter: Crypter, updatePlans: UpdatePlans | undefined }

/** A run whose result is stored. */
interface Finished {
  run: UpdateRun
  outcome: Outcome
  /** Resources that stayed because they, or what depends on them, are protected. */
  protectedCount: number
}

export async function update (
  operation: Operation,
  kind: UpdateKind,
  options: { preview: boolean, imports?: { file: ImportFile, protect: boolean } }
): Promise<void> {
  const ref = await existingStack(operation)
  const settings = await runSettings(operation, ref, kind)
  const imports = options.imports &&
    importedResources(options.imports.file, ref, options.imports.protect)
  const updatePlans = await plansOf(operation, kind, options.preview, settings.crypter)
  // A preview changes nothing: it needs no lock.
  const lock = options.preview ? undefined : await locked(() => operation.store.begin(ref, kind))
  let finished: Finished | undefined
  try {
    const run = { operation, ref, kind, preview: lock === undefined, ...settings, imports, updatePlans }
    finished = await runOver(run, lock)
  } finally {
    if (finished === undefined) await lock?.release()
  }
  if (finished) conclude(finished)
}

/** Runs and stores the result, which releases the lock; undefined when there is nothing to do. */
async function runOver (
  run: PreparedRun,
  lock: StackUpdate | undefined
): Promise<Finished | undefined> {
  const { operation, ref, kind, crypter, settings, updatePlans } = run
  const { args, env, store, version } = operation
  const started = new Date().toISOString()
  const stored = await store.load(ref)
  const base = replay(stored.deployment, stored.journal)
  const stateSalt = deploymentSalt(base)
  const stateCrypter = stateSalt === undefined || stateSalt === crypter.state
    ? crypter
    : await crypterFor(env, stateSalt)
  const journal = lock && new JournalWriter(lock, stored.journal.at(-1)?.seq ?? 0)
  const state = new DeploymentState(base, { journal, encrypt: crypter.encrypt })
  const prev = state.start(
    { time: started, version, secretsProviders: secretsProvider(crypter) },
    stateCrypter.decrypt
  )
  const excluded = args.has('exclude-protected') ? protectedTargets(prev) : undefined
  if (excluded?.nothing) {
    operation.print(
      `There were no unprotected resources to destroy. There are still ${excluded.count} protected ` +
        'resources associated with this stack.\n'
    )
    return undefined
  }
  if (args.has('clear-pending-creates')) state.forgetPending()
  const pending = base?.pending_operations ?? []
  const outcome = await executeUpdate(run, {
    state,
    prev,
    targets: excluded?.targets,
    pending,
    updatePlans
  })
  if (outcome.succeeded && updatePlans?.made) await savePlan(run, updatePlans.made)
  await journal?.stored()
  await lock?.finish(
    state.deployment(),
    historyEntry({
      kind: kind === 'import' ? 'resource-import' : kind,
      args,
      env,
      version,
      started,
      config: settings,
      ...outcome
    })
  )
  return { run, outcome, protectedCount: excluded?.count ?? 0 }
}

/** The update plan that a preview makes, or an update keeps to; undefined when there is none. */
async function plansOf (
  { args, cwd }: Operation,
  kind: UpdateKind,
  preview: boolean,
  crypter: Crypter
): Promise<UpdatePlans | undefined> {
  const file = args.value('plan')
  const make = preview && args.has('save-plan')
  if (kind !== 'update' || (file === undefined && !make)) return undefined
  return new UpdatePlans({
    expected: file === undefined ? undefined : await readPlan(resolve(cwd, file), crypter.decrypt),
    make
  })
}

async function savePlan (
  { operation: { args, cwd, version, print }, settings, crypter }: PreparedRun,
  plan: UpdatePlan
): Promise<void> {
  const file = args.value('save-plan') ?? ''
  await writePlan(resolve(cwd, file), plan, { version, config: settings, encrypt: crypter.encrypt })
  if (args.has('json')) return
  print(
    `Update plan written to '${file}'\nRun \`pulumi up --plan='${file}'\` to constrain the update to the ` +
      'operations planned by this preview\n'
  )
}

/** Prints the closing words of a run, or fails with its exit code. */
function conclude ({ run, outcome: { changes, succeeded }, protectedCount }: Finished): void {
  const { operation: { args, print }, ref, kind, preview } = run
  if (protectedCount > 0 && succeeded) {
    print(
      `All unprotected resources were destroyed. There are still ${protectedCount} protected resources ` +
        'associated with this stack.\n'
    )
  }
  if (!succeeded) throw new Failure(ExitCode.Failed, '')
  const what = kind === 'update' ? (preview ? 'preview' : 'update') : kind
  const changed = Object.entries(changes).some(([op, count]) => op !== 'same' && op !== 'read' && count > 0)
  if (args.has('expect-no-changes') && changed) {
    throw new Failure(
      ExitCode.NoChangesExpected,
      `error: no changes were expected for ${what} but changes were proposed`
    )
  }
  if (kind === 'destroy' && !preview && !args.has('target') && !args.has('exclude-protected')) {
    print(
      'The resources in the stack have been deleted, but the history and configuration associated with the ' +
        'stack are still maintained. \nIf you want to remove the stack completely, run `pulumi stack rm ' +
        `${ref.stack}\`.\n`
    )
  }
}
