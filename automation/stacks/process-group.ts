import { rmSync } from 'node:fs'

/**
 * Ends this process and what it started, such as a CLI at work: it is the leader of its own group.
 */
export function endGroup (): void {
  // Its parent removes the folder that it works in; a parent that is gone cannot.
  try {
    rmSync(process.cwd(), { recursive: true, force: true })
  } catch {
    // A system that keeps folders in which a process works: what is left are a few settings files
    // of a stack, which hold no secrets.
  }
  try {
    process.kill(-process.pid, 'SIGKILL')
  } catch {
    // No group of its own, or a system without groups. In a thread, an exit would end the thread.
    process.kill(process.pid, 'SIGKILL')
  }
}
