/** The machine itself: Node, disk, memory, the folder for temporary files. */
import { constants } from 'node:fs'
import { access, stat, statfs } from 'node:fs/promises'
import { freemem, tmpdir, totalmem } from 'node:os'
import { dirname, resolve } from 'node:path'
import { hostMemory, serviceMemory } from '../../automation/index.ts'
import { type Config } from '../config.ts'
import { type Check, type Found, fail, ok, reasonOf, warn } from './finding.ts'

/** The major version of Node that the service is tested with. */
const neededNode = 24

/** Checks a version of Node. */
export function checkNode (version: string): Found {
  const major = Number(version.split('.', 1)[0])
  const advice = `run npm ci in Windlass' folder: it installs Node ${neededNode}, and npm start uses it`
  if (major < neededNode) return fail(`version ${version}: the service needs ${neededNode}`, advice)
  return major === neededNode
    ? ok(`version ${version}`)
    : warn(`version ${version}: the service is tested with ${neededNode}`, advice)
}

const gigabyte = 1024 ** 3
/**
 * Bytes of free space that are needed: the embedded database takes a few hundred megabytes for the
 * first deployments of a federation, and PostgreSQL as much again for its log.
 */
const leastDisk = 1 * gigabyte
const comfortableDisk = 5 * gigabyte

const inGigabytes = (bytes: number): string => `${(bytes / gigabyte).toFixed(1)} GB`

/** The folder itself, or the nearest existing one above it. */
export async function existing (folder: string): Promise<string> {
  for (let path = resolve(folder);; path = dirname(path)) {
    if (await stat(path).then(() => true, () => false) || path === dirname(path)) return path
  }
}

/** Checks the free space at a folder. */
export function checkDisk (free: number, folder: string): Found {
  const detail = `${inGigabytes(free)} free at ${folder}`
  if (free < leastDisk) {
    return fail(
      detail,
      `free some space (the database needs at least ${inGigabytes(leastDisk)}), or set WINDLASS_DATA to ` +
        'a folder elsewhere'
    )
  }
  return free < comfortableDisk
    ? warn(
      detail,
      'events and states grow with every deployment: free some space, or shorten the retention periods ' +
        '(docs/operations.md)'
    )
    : ok(detail)
}

async function writable (folder: string, variable: string): Promise<Found> {
  const place = await existing(folder)
  if (!(await stat(place)).isDirectory()) {
    return fail(`${place} is not a folder`, `set ${variable} to a folder`)
  }
  try {
    await access(place, constants.W_OK | constants.X_OK)
  } catch (error) {
    return fail(reasonOf(error), `let this user write to ${place}, or set ${variable} to another folder`)
  }
  return ok(
    place === resolve(folder)
      ? `${place} can be written to`
      : `${resolve(folder)} is created at the first start`
  )
}

export function machineChecks (config: Config): Check[] {
  return [
    { name: 'node', look: async () => checkNode(process.versions.node) },
    {
      name: 'disk',
      async look () {
        const place = await existing(config.dataFolder)
        const { bavail, bsize } = await statfs(place)
        return checkDisk(bavail * bsize, place)
      }
    },
    {
      name: 'memory',
      async look () {
        const needed = serviceMemory + config.workers * hostMemory
        const detail =
          `${inGigabytes(totalmem())}, ${inGigabytes(freemem())} of it unused; ${config.workers} unit ` +
          `hosts take up to ${inGigabytes(needed)} with the service`
        return totalmem() < needed
          ? warn(detail, 'lower WINDLASS_WORKERS, or run the service on a larger machine')
          : ok(detail)
      }
    },
    { name: 'data folder', look: () => writable(config.dataFolder, 'WINDLASS_DATA') },
    { name: 'temporary files', look: () => writable(tmpdir(), 'TMPDIR') }
  ]
}
