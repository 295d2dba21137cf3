/**
 * Contents of assets and archives: text, files, folders and addresses (pulumi
 * `sdk/go/common/resource/asset` and `archive`).
 */
import { lstat, readFile, readdir, stat } from 'node:fs/promises'
import { join, posix, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { assetSignature, type WireObject } from '../../wire.ts'
import { readTar } from './tar.ts'
import { isObject, signatureOf } from './wire-values.ts'
import { readZip } from './zip.ts'

/** Folder of the CLI's own files, which no archive takes. */
const bookkeeping = '.pulumi'

type Format = 'tar' | 'tar.gz' | 'zip'
const formats: readonly [ending: string, format: Format][] = [
  ['.tar', 'tar'],
  ['.tgz', 'tar.gz'],
  ['.tar.gz', 'tar.gz'],
  ['.zip', 'zip'],
  ['.jar', 'zip']
]

export interface ArchivedFile {
  name: string
  content: Buffer
}

const text = (asset: WireObject, field: string): string => {
  const value = asset[field]
  return typeof value === 'string' ? value : ''
}

/** The error of the operating system as Go words it. */
async function system<T> (what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const words: Record<string, string> = {
      ENOENT: 'no such file or directory',
      EACCES: 'permission denied',
      EISDIR: 'is a directory',
      ENOTDIR: 'not a directory'
    }
    const { code = '', message } = error as NodeJS.ErrnoException
    throw new Error(words[code] ? `${what}: ${words[code]}` : message, { cause: error })
  }
}

/** Bytes of an asset. Paths are relative to `folder`. */
export async function assetBytes (asset: WireObject, folder: string): Promise<Buffer> {
  const path = text(asset, 'path')
  if (path !== '') {
    const file = resolve(folder, path)
    const found = await system(`failed to open asset file '${file}': open ${file}`, () => stat(file))
    if (found.isDirectory()) throw new Error(`asset path '${file}' is a directory; try using an archive`)
    return system(`failed to open asset file '${file}': open ${file}`, () => readFile(file))
  }
  const uri = text(asset, 'uri')
  return uri === '' ? Buffer.from(text(asset, 'text')) : uriBytes(new URL(uri))
}

async function uriBytes (url: URL): Promise<Buffer> {
  switch (url.protocol) {
    case 'http:':
    case 'https:': {
      const response = await fetch(url)
      return Buffer.from(await response.arrayBuffer())
    }
    case 'file:': {
      if (url.host !== '' && url.host !== 'localhost') {
        throw new Error(`file:// host must be empty or localhost, got '${url.host}'`)
      }
      const file = decodeURIComponent(url.pathname)
      return system(`open ${file}`, () => readFile(file))
    }
    default:
      throw new Error(`Unrecognized or unsupported URI scheme: ${url.protocol.slice(0, -1)}`)
  }
}

function formatOf (path: string): Format | undefined {
  return formats.find(([ending]) => path.endsWith(ending))?.[1]
}

/** Bytes of an archive that is one file; undefined for folders and collections of assets. */
export async function archiveSource (archive: WireObject, folder: string): Promise<Buffer | undefined> {
  const path = text(archive, 'path')
  if (path !== '') {
    const file = resolve(folder, path)
    return formatOf(file) && system(`open ${file}`, () => readFile(file))
  }
  const uri = text(archive, 'uri')
  return uri === '' || formatOf(new URL(uri).pathname) === undefined ? undefined : uriBytes(new URL(uri))
}

/** Files of an archive, in the order in which it is hashed. */
export async function archiveFiles (archive: WireObject, folder: string): Promise<ArchivedFile[]> {
  const path = text(archive, 'path')
  const uri = text(archive, 'uri')
  const source = await archiveSource(archive, folder)
  if (source) return unpacked(source, formatOf(path === '' ? new URL(uri).pathname : path))
  if (path !== '') return folderFiles(resolve(folder, path))
  if (uri !== '') throw new Error(`file at URL '${uri}' is not a recognized archive format`)
  const assets = archive['assets']
  if (!isObject(assets)) return []
  const files: ArchivedFile[] = []
  for (const name of inOrder(Object.keys(assets))) {
    files.push(...await memberFiles(name, assets[name], folder))
  }
  return files
}

async function memberFiles (
  name: string,
  member: WireObject[string] | undefined,
  folder: string
): Promise<ArchivedFile[]> {
  if (!isObject(member)) throw new Error(`archive member '${name}' is not an asset or archive`)
  const isAsset = signatureOf(member) === assetSignature
  try {
    if (isAsset) return [{ name, content: await assetBytes(member, folder) }]
    const files = await archiveFiles(member, folder)
    return files.map((file) => ({ name: posix.join(name, file.name), content: file.content }))
  } catch (error) {
    const what = isAsset ? 'archive asset' : 'sub-archive'
    throw new Error(
      `failed to expand ${what} '${name}': ${error instanceof Error ? error.message : String(error)}`,
      { cause: error }
    )
  }
}

function unpacked (source: Buffer, format: Format | undefined): ArchivedFile[] {
  const files = format === 'zip'
    ? readZip(source)
    : readTar(format === 'tar.gz' ? gunzipSync(source) : source)
  return files.map(({ name, content }) => ({ name: posix.normalize(name), content }))
}

function inOrder (names: string[]): string[] {
  return names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
}

async function folderFiles (folder: string): Promise<ArchivedFile[]> {
  const found = await system(`couldn't read archive path '${folder}': stat ${folder}`, () => stat(folder))
  if (!found.isDirectory()) {
    throw new Error(`'${folder}' is neither a recognized archive type nor a directory`)
  }
  // A link to a folder is followed nowhere, not even at the top.
  if ((await lstat(folder)).isSymbolicLink()) return []
  return walk(folder, '')
}

async function walk (folder: string, inside: string): Promise<ArchivedFile[]> {
  const files: ArchivedFile[] = []
  for (const name of inOrder(await readdir(join(folder, inside)))) {
    if (name === bookkeeping) continue
    const path = posix.join(inside, name)
    const found = await lstat(join(folder, path))
    if (found.isDirectory()) files.push(...await walk(folder, path))
    else if (!found.isSymbolicLink() || !(await stat(join(folder, path))).isDirectory()) {
      files.push({ name: path, content: await assetBytes({ path: join(folder, path) }, folder) })
    }
  }
  return files
}
