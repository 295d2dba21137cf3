/** What a PostgreSQL leaves whose postmaster was killed. */
import { randomBytes } from 'node:crypto'
import { access, readdir, readFile, readlink, realpath, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * Milliseconds that the sessions of a dead postmaster get to end by themselves: they notice at once
 * when they wait, and after their statement when they work.
 */
const patience = 3_000

/**
 * Ends what is left of a server whose postmaster is dead: sessions that go on, whose shared memory
 * keeps a new one from starting, and a lock file that names a process which is not its postmaster.
 * The lock of a postmaster that lives is left alone. Works where the system tells of processes
 * (`/proc`); elsewhere they are left to end by themselves.
 */
export async function endLeftovers (folder: string, onNotice: (message: string) => void): Promise<void> {
  const lock = join(folder, 'postmaster.pid')
  const home = await realpath(folder)
  const postmaster = await holderOf(lock)
  if (postmaster > 0 && await worksIn(postmaster, home)) return
  const until = Date.now() + patience
  let left = await processesIn(home)
  while (left.length > 0 && Date.now() < until) {
    await delay(100)
    left = await processesIn(home)
  }
  // One that was started meanwhile, by another service, has a lock of its own, and its sessions are
  // no leftovers.
  if (await holderOf(lock) !== postmaster) return
  for (const pid of left) {
    onNotice(`ending process ${pid}, a session of the PostgreSQL that was killed`)
    kill(pid)
  }
  // Its number may be another process's by now, or its own since nobody waits for it as in a
  // container: that keeps a new one from starting for as long as it is taken.
  if (left.length === 0 && postmaster > 0 && await isTaken(postmaster)) {
    await removeLock(lock, postmaster)
    onNotice(`removed the lock of the PostgreSQL that was killed: process ${postmaster} is not its any more`)
  }
}

/** The process that a lock file names; 0: there is none. */
async function holderOf (lock: string): Promise<number> {
  const text = await readFile(lock, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return Number(text.split('\n', 1)[0])
}

/** Removes a dead postmaster's lock, and no other: somebody may have started another just now. */
async function removeLock (lock: string, postmaster: number): Promise<void> {
  const aside = `${lock}.${randomBytes(4).toString('hex')}`
  await rename(lock, aside)
  // A postmaster looks after its lock once a minute.
  if (await holderOf(aside) === postmaster) await rm(aside)
  else await rename(aside, lock)
}

/** Processes that work in a folder, as every process of a PostgreSQL does in its data folder. */
async function processesIn (folder: string): Promise<number[]> {
  const names = await readdir('/proc').catch(() => [])
  const found: number[] = []
  for (const name of names) {
    const pid = Number(name)
    if (pid > 0 && await worksIn(pid, folder)) found.push(pid)
  }
  return found
}

async function worksIn (pid: number, folder: string): Promise<boolean> {
  if (await readlink(`/proc/${pid}/cwd`).catch(() => '') !== folder) return false
  // One that was killed and is not yet waited for has no command line.
  return /postgres/.test(await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''))
}

async function isTaken (pid: number): Promise<boolean> {
  return await access(`/proc/${pid}`).then(() => true, () => false)
}

function kill (pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
