/**
 * The folder of federation files, read anew at each question: an edit counts from the next launch.
 */
import { readdir, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { type Federation } from '../../programs/types.ts'
import { FederationError, finding, formatPath, type Finding, type Problem } from './errors.ts'
import { parseFederation, readFederationText, type LoadResult, type ReadResult } from './load.ts'

/** One file of the folder. */
export type FederationEntry = LoadedFederation | RefusedFederation

/** A federation that can be deployed. */
export interface LoadedFederation {
  readonly name: string
  readonly file: string
  readonly federation: Federation
  /** The file's text, to be stored with a deployment. */
  readonly source: string
  readonly warnings: readonly Problem[]
}

/** A file with mistakes. */
interface RefusedFederation {
  /** The federation's, or the file's without its ending when the file spells none. */
  readonly name: string
  readonly file: string
  readonly errors: readonly Problem[]
}

/** A folder of federation files. */
export interface FederationFolder {
  /**
   * Every file, sorted by name; a bad one is listed with its errors and keeps no other from being
   * listed.
   */
  list(options?: { readonly signal?: AbortSignal }): Promise<FederationEntry[]>
  /** One federation. Throws FED_NOT_FOUND, or FED_INVALID with its problems. */
  get(name: string, options?: { readonly signal?: AbortSignal }): Promise<LoadedFederation>
}

/**
 * Files in one folder: more than any organisation deploys with one service, and few enough to be
 * read at once.
 */
const maxFiles = 200
/**
 * Bytes of all files: 200 of the size of Nautilus' take a fifth, and what is made of them stays in
 * memory (load.ts).
 */
const maxFolderBytes = 8 * 1024 * 1024
/** Files read side by side: reading is quick, so this only bounds open files. */
const readAtOnce = 16

/** A problem of a file as a whole, whose text is not at hand. */
function atStart (file: string, found: Finding): Problem {
  return {
    file,
    line: 1,
    column: 1,
    path: formatPath(found.path),
    code: found.code,
    message: found.message,
    expected: found.expected
  }
}

async function yamlFiles (folder: string): Promise<string[]> {
  let entries
  try {
    entries = await readdir(folder, { withFileTypes: true })
  } catch (error) {
    throw new FederationError(
      'FED_UNREADABLE',
      { path: folder, reason: error instanceof Error ? error.message : String(error) },
      { cause: error }
    )
  }
  const files = entries.filter((entry) =>
    !entry.isDirectory() && !entry.name.startsWith('.') && ['.yaml', '.yml'].includes(extname(entry.name))
  ).map((entry) => entry.name).sort()
  const sizes = await Promise.all(
    files.slice(0, maxFiles).map(async (file) =>
      (await stat(join(folder, file)).catch(() => undefined))?.size ?? 0
    )
  )
  if (files.length > maxFiles || sizes.reduce((sum, size) => sum + size, 0) > maxFolderBytes) {
    throw new FederationError('FED_TOO_MANY', { folder, limit: maxFiles, bytes: maxFolderBytes })
  }
  return files
}

/** An unreadable file is a bad file like any other: it must not hide the rest. */
async function readEntry (
  folder: string,
  file: string,
  signal: AbortSignal | undefined
): Promise<ReadResult> {
  try {
    return await readFederationText(join(folder, file), signal ? { signal } : {})
  } catch (error) {
    if (!(error instanceof FederationError)) throw error
    return { errors: [atStart(file, finding('FED_UNREADABLE_FILE', [], 'key', error.message))] }
  }
}

function judgeEntry (folder: string, file: string, read: ReadResult): FederationEntry {
  const fallback = file.slice(0, -extname(file).length)
  const result: LoadResult = 'text' in read ? parseFederation(read.text, join(folder, file)) : read
  const local = (problems: readonly Problem[]) => problems.map((problem) => ({ ...problem, file }))
  return 'errors' in result
    ? { name: result.name ?? fallback, file, errors: local(result.errors) }
    : {
      name: result.federation.name,
      file,
      federation: result.federation,
      source: result.source,
      warnings: local(result.warnings)
    }
}

/** Two files that claim one name are both bad: which one is meant cannot be known. */
function refuseTwins (entries: readonly FederationEntry[]): FederationEntry[] {
  return entries.map((entry) => {
    const twin = entries.find((other) =>
      other !== entry && other.name === entry.name && 'federation' in other
    )
    if (!twin || 'errors' in entry) return entry
    return {
      name: entry.name,
      file: entry.file,
      errors: [
        atStart(
          entry.file,
          finding('FED_DUPLICATE', ['name'], 'value', 'federation name', entry.name, twin.file)
        )
      ]
    }
  })
}

/** Every file of a folder, judged. Rejects as `federationFolder` does. */
export async function readFederations (folder: string): Promise<FederationEntry[]> {
  return await federationFolder(folder).list()
}

/**
 * The federations of a folder: the files that end in .yaml or .yml directly in it. Throws
 * FED_UNREADABLE or FED_TOO_MANY when asked about a folder that cannot be used.
 */
export function federationFolder (folder: string): FederationFolder {
  const list = async (options: { readonly signal?: AbortSignal } = {}) => {
    const files = await yamlFiles(folder)
    const entries: FederationEntry[] = []
    for (let start = 0; start < files.length; start += readAtOnce) {
      options.signal?.throwIfAborted()
      const some = files.slice(start, start + readAtOnce)
      const read = await Promise.all(some.map((file) => readEntry(folder, file, options.signal)))
      for (const [index, file] of some.entries()) {
        entries.push(judgeEntry(folder, file, read[index] ?? { errors: [] }))
        // Judging one file for the first time takes a while: others get their turn after each.
        await turn()
      }
    }
    return refuseTwins(entries).sort((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
  }
  return {
    list,
    async get (name, options) {
      const entries = await list(options)
      const entry = entries.find((candidate) => candidate.name === name && 'federation' in candidate) ??
        entries.find((candidate) => candidate.name === name)
      if (!entry) {
        throw new FederationError(
          'FED_NOT_FOUND',
          { name, known: entries.map((candidate) => candidate.name) }
        )
      }
      if ('errors' in entry) {
        throw new FederationError('FED_INVALID', { name, problems: entry.errors })
      }
      return entry
    }
  }
}
