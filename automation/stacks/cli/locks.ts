/**
 * The locks that the CLI leaves in its own backends when it is killed: who holds one, and whether
 * that one can still be at work.
 */
import { hostname } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'

/** A lock as the CLI tells of it. */
export interface CliLock {
  user: string
  host: string
  pid: number
  since: string
}

/**
 * Text of the CLI about each lock of a stack (pkg/backend/diy/lock.go of github.com/pulumi/pulumi).
 */
const told = /created by (?<user>\S+)@(?<host>\S+) \(pid (?<pid>\d+)\) at (?<since>\S+)/g

/** The locks that an error of the CLI tells of; none when it is about something else. */
export function locksIn (text: string): CliLock[] {
  return [...text.matchAll(told)].map(({ groups = {} }) => ({
    user: groups['user'] ?? '',
    host: groups['host'] ?? '',
    pid: Number(groups['pid']),
    since: groups['since'] ?? ''
  }))
}

/** The locks as a person reads of them. */
export function describeLocks (locks: readonly CliLock[]): string {
  return locks.map(({ user, host, pid, since }) => `${user} on ${host} (process ${pid}) since ${since}`).join(
    ', '
  )
}

/**
 * Milliseconds for which the CLI of a lost host may still hold its lock: hosts take it with them
 * when they end, and look for their parent every second; a minute is for a machine that is being
 * shut down.
 */
const patience = 60_000
// A look at a process is one system call.
const lookEvery = 200

function alive (pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Circumstances of a release of locks. */
export interface ReleaseOptions {
  /**
   * An earlier attempt of this service was interrupted on the stack, and its process is proven
   * dead: a lock of another machine is that attempt's.
   */
  interrupted: boolean
  signal: AbortSignal
  /** Takes all of the stack's locks away. */
  cancel(): Promise<void>
}

/**
 * Takes the locks away when nobody can be at work behind any of them: holders on this machine have
 * ended (one that is about to end is waited for when it was ours), holders elsewhere are those of
 * an interrupted attempt. Resolves false, with the locks left alone, when someone may be at work.
 */
export async function releaseLocks (
  locks: readonly CliLock[],
  { interrupted, signal, cancel }: ReleaseOptions
): Promise<boolean> {
  if (locks.length === 0) return false
  const until = Date.now() + (interrupted ? patience : 0)
  for (const { host, pid, since } of locks) {
    if (host === hostname()) {
      while (alive(pid)) {
        if (Date.now() >= until) return false
        await delay(lookEvery, undefined, { signal })
      }
    } else {
      if (!interrupted) return false
      const left = Date.parse(since) + patience - Date.now()
      if (left > 0) await delay(Math.min(left, patience), undefined, { signal })
    }
  }
  await cancel()
  return true
}
