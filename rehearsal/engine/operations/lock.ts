/**
 * The error of a command whose stack another one holds. The Automation API recognises the conflict
 * by this text.
 */
import { StackLockedError } from '../../store.ts'
import { ExitCode, Failure } from '../stack/failure.ts'

function lockedFailure ({ owner }: StackLockedError): Failure {
  return new Failure(
    ExitCode.Failed,
    'error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or ' +
      'delete the lock file with `pulumi cancel`.\n' +
      `  ${owner.id}: created by ${owner.user}@${owner.host} (pid ${owner.pid}) at ${owner.since}`
  )
}

/** Takes a lock; one that another operation holds is the CLI's own error. */
export async function locked<T> (take: () => Promise<T>): Promise<T> {
  try {
    return await take()
  } catch (error) {
    throw error instanceof StackLockedError ? lockedFailure(error) : error
  }
}
