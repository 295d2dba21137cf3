/**
 * Assets and archives: hashes that the engine adds to them, and contents that it leaves out of
 * calls and events.
 */
import { createHash } from 'node:crypto'
import {
  archiveSignature,
  assetSignature,
  signatureKey,
  type WireObject,
  type WireValue
} from '../../wire.ts'
import { archiveFiles, archiveSource, assetBytes } from './asset-contents.ts'
import { tarEnd, tarFile } from './tar.ts'
import { isObject, isSecret, mapMembers, signatureOf } from './wire-values.ts'

async function assetHash (asset: WireObject, folder: string): Promise<string> {
  return createHash('sha256').update(await assetBytes(asset, folder)).digest('hex')
}

/** An archive that is one file has the hash of that file, any other that of its files as tar. */
async function archiveHash (archive: WireObject, folder: string): Promise<string> {
  const hash = createHash('sha256')
  const source = await archiveSource(archive, folder)
  if (source) return hash.update(source).digest('hex')
  const seen = new Set<string>()
  for (const { name, content } of await archiveFiles(archive, folder)) {
    if (seen.has(name)) continue
    seen.add(name)
    hash.update(tarFile(name, content))
  }
  return hash.update(tarEnd).digest('hex')
}

/** An asset without empty fields, and without those by which SDKs recognise their own objects. */
function known (value: WireObject): WireObject {
  return Object.fromEntries(
    Object.entries(value).filter(([key, member]) =>
      [signatureKey, 'hash', 'text', 'path', 'uri', 'assets'].includes(key) && member !== ''
    )
  )
}

function isAsset (value: WireValue): value is WireObject {
  const signature = signatureOf(value)
  return signature === assetSignature || signature === archiveSignature
}

function hasAssets (value: WireValue): boolean {
  if (isAsset(value)) return true
  if (Array.isArray(value)) return value.some(hasAssets)
  return isObject(value) && Object.values(value).some(hasAssets)
}

/**
 * The properties with hashes on their assets and archives. Paths are relative to `folder`, the
 * program's. Rejects for contents that cannot be read. Properties without assets come back as they
 * are.
 */
export async function hashAssets (properties: WireObject, folder: string): Promise<WireObject> {
  return hasAssets(properties) ? await hashed(properties, folder, '') as WireObject : properties
}

async function hashed (value: WireValue, folder: string, key: string): Promise<WireValue> {
  if (Array.isArray(value)) return Promise.all(value.map((member) => hashed(member, folder, key)))
  if (!isObject(value)) return value
  const signature = signatureOf(value)
  if (signature === assetSignature) {
    return withHash(known(value), () => assetHash(value, folder), `asset hash for "${key}"`)
  }
  if (signature === archiveSignature) {
    const assets = value['assets']
    const archive = known(value)
    if (isObject(assets)) archive['assets'] = await hashed(assets, folder, key)
    return withHash(archive, () => archiveHash(value, folder), `archive hash for "${key}"`)
  }
  return Object.fromEntries(
    await Promise.all(
      Object.entries(value).map(async ([name, member]) => [name, await hashed(member, folder, name)])
    )
  ) as WireObject
}

async function withHash (
  asset: WireObject,
  compute: () => Promise<string>,
  what: string
): Promise<WireObject> {
  if (typeof asset['hash'] === 'string') return asset
  try {
    return { ...asset, hash: await compute() }
  } catch (error) {
    throw new Error(`failed to compute ${what}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error
    })
  }
}

/** The properties with assets reduced to signature and hash, as providers get states. */
export function elideAssets (properties: WireObject): WireObject {
  return elide(properties) as WireObject
}
function elide (value: WireValue): WireValue {
  if (isSecret(value) || !isAsset(value)) return mapMembers(value, elide)
  return typeof value['hash'] === 'string'
    ? { [signatureKey]: value[signatureKey] ?? '', hash: value['hash'] }
    : value
}
