/** The machine itself: Node, disk, memory, the folder for temporary files. */
import { constants } from 'node:fs'
import { access, stat, statfs } from 'node:fs/promises'
import { freemem, tmpdir, totalmem } from 'node:os'
import { dirname, resolve } from 'node:path'
import { type Config } from '../config.ts'
import { type Check, type Found, fail, ok, reasonOf, warn } from './finding.ts'

/** The major version of Node that the service is made for and tested with. */
const neededNode = 24

/** How a version of Node does. */
export function judgeNode (version: string): Found {
  const major = Number(version.split('.', 1)[0])
  const advice = `run npm ci in Windlass' folder: it brings Node ${neededNode} along, and npm start uses it`
  if (major < neededNode) return fail(`version ${version}: the service needs ${neededNode}`, advice)
  return major === neededNode
    ? ok(`version ${version}`)
    : warn(`version ${version}: the service is tested with ${neededNode}`, advice)
}

const gigabyte = 1024 ** 3
/**
 * The embedded database of a federation's first deployments takes a few hundred megabytes, and
 * PostgreSQL needs as much again for its log.
 */
const leastDisk = 1 * gigabyte
const comfortableDisk = 5 * gigabyte
/** A unit host at work; half of that while it waits. */
const hostMemory = 0.5 * gigabyte
/** The service and its database. */
const serviceMemory = 0.5 * gigabyte

const inGigabytes = (bytes: number): string => `${(bytes / gigabyte).toFixed(1)} GB`

/** The folder itself, or the nearest one above it that exists. */
export async function existing (folder: string): Promise<string> {
  for (let path = resolve(folder);; path = dirname(path)) {
    if (await stat(path).then(() => true, () => false) || path === dirname(path)) return path
  }
}

/** How much free space does. */
export function judgeDisk (free: number, folder: string): Found {
  const detail = `${inGigabytes(free)} free at ${folder}`
  if (free < leastDisk) {
    return fail(
      detail,
      `make room: the database needs at least ${inGigabytes(leastDisk)}, or set WINDLASS_DATA to a ` +
        'folder elsewhere'
    )
  }
  return free < comfortableDisk
    ? warn(
      detail,
      'events and states grow with every deployment: make room, or shorten how long they are kept ' +
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
    place === resolve(folder) ? `${place} can be written to` : `${resolve(folder)} is made at the first start`
  )
}

export function machineChecks (config: Config): Check[] {
  return [
    { name: 'node', look: async () => judgeNode(process.versions.node) },
    {
      name: 'disk',
      async look () {
        const place = await existing(config.dataFolder)
        const { bavail, bsize } = await statfs(place)
        return judgeDisk(bavail * bsize, place)
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
