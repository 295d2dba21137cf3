/**
 * `pulumi up`, `preview`, `refresh` and `destroy`: one run over one stack, from its lock to its
 * stored result.
 */
import { type StackUpdate } from '../../../store.ts'
import { EngineError } from '../../errors.ts'
import { type Crypter } from '../../secrets/passphrase.ts'
import { ExitCode, Failure } from '../../stack/failure.ts'
import { historyEntry } from '../../stack/history.ts'
import { crypterFor, deploymentSalt, secretsProvider } from '../../stack/stack-secrets.ts'
import { DeploymentState } from '../../state/deployment-state.ts'
import { JournalWriter } from '../../state/journal-writer.ts'
import { replay } from '../../state/journal.ts'
import { protectedTargets } from '../exclude-protected.ts'
import { locked } from '../lock.ts'
import { type Operation, existingStack } from '../operation.ts'
import { executeUpdate } from './execute-update.ts'
import { runSettings } from './run-settings.ts'
import { type Outcome, type UpdateKind, type UpdateRun } from './update-run.ts'

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
  options: { preview: boolean }
): Promise<void> {
  if (kind === 'refresh' && operation.args.has('run-program')) {
    throw new EngineError('RHE_UNSUPPORTED', { what: '--run-program of refresh' })
  }
  const ref = await existingStack(operation)
  const settings = await runSettings(operation, ref, kind)
  // A preview changes nothing: it needs no lock.
  const lock = options.preview ? undefined : await locked(() => operation.store.begin(ref, kind))
  let finished: Finished | undefined
  try {
    finished = await runOver({ operation, ref, kind, preview: lock === undefined, ...settings }, lock)
  } finally {
    if (finished === undefined) await lock?.release()
  }
  if (finished) conclude(finished)
}

/** Runs and stores the result, which releases the lock; undefined when there is nothing to do. */
async function runOver (
  run: UpdateRun & { crypter: Crypter },
  lock: StackUpdate | undefined
): Promise<Finished | undefined> {
  const { operation, ref, kind, crypter, settings } = run
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
  const outcome = await executeUpdate(run, { state, prev, targets: excluded?.targets, pending })
  await journal?.stored()
  await lock?.finish(
    state.deployment(),
    historyEntry({ kind, args, env, version, started, config: settings, ...outcome })
  )
  return { run, outcome, protectedCount: excluded?.count ?? 0 }
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
