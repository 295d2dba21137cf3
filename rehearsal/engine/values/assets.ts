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
import { isObject, isSecret, mapMembers, signatureOf } from './wire-values.ts'

const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Bytes of a block of tar. */
const block = 512

/**
 * One file's header and content in the tar form in which the engine hashes archives (pulumi
 * `archive.go`: mode 0600, no times).
 */
function tarFile (name: string, content: Buffer): Buffer {
  const header = Buffer.alloc(block)
  const octal = (value: number, width: number): string => value.toString(8).padStart(width - 1, '0') + '\0'
  header.write(name, 0, 100)
  header.write(octal(0o600, 8), 100)
  header.write(octal(0, 8), 108)
  header.write(octal(0, 8), 116)
  header.write(octal(content.length, 12), 124)
  header.write(octal(0, 12), 136)
  header.write('        ', 148)
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  header.write(octal(0, 8), 329)
  header.write(octal(0, 8), 337)
  header.write(header.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0') + '\0 ', 148)
  return Buffer.concat([header, content, Buffer.alloc((block - content.length % block) % block)])
}

function archiveHash (assets: WireObject): string | undefined {
  const files: Buffer[] = []
  for (const name of Object.keys(assets).sort()) {
    const asset = assets[name]
    const text = isObject(asset) ? asset['text'] : undefined
    if (typeof text !== 'string') return undefined
    files.push(tarFile(name, Buffer.from(text)))
  }
  return sha256(Buffer.concat([...files, Buffer.alloc(2 * block)]))
}

/** An asset without the fields by which SDKs recognise their own objects. */
function known (value: WireObject): WireObject {
  return Object.fromEntries(
    Object.entries(value).filter(([key]) =>
      [signatureKey, 'hash', 'text', 'path', 'uri', 'assets'].includes(key)
    )
  )
}

/**
 * The value with hashes on its text assets and on archives of them. Paths and URIs stay: the
 * program reads them.
 */
export function hashAssets (value: WireValue): WireValue {
  if (!isObject(value)) return mapMembers(value, hashAssets)
  const signature = signatureOf(value)
  if (signature === assetSignature) {
    return { ...known(value), ...(typeof value['text'] === 'string' && { hash: sha256(value['text']) }) }
  }
  if (signature === archiveSignature) {
    if (!isObject(value['assets'])) return known(value)
    const hash = archiveHash(value['assets'])
    return {
      ...known(value),
      assets: mapMembers(value['assets'], hashAssets),
      ...(hash !== undefined && { hash })
    }
  }
  return mapMembers(value, hashAssets)
}

function isAsset (value: WireValue): value is WireObject {
  const signature = signatureOf(value)
  return signature === assetSignature || signature === archiveSignature
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
