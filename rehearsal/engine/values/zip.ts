/** The files in a ZIP archive. */
import { inflateRawSync } from 'node:zlib'

/** Signature of the record at the end of an archive, and the bytes that it has at least. */
const endSignature = 0x06054b50
const endBytes = 22
/** Bytes of an entry of the directory, and of a file's own header, before their names. */
const entryBytes = 46
const headerBytes = 30
const deflated = 8

/** Reads an archive by its directory. Folders are left out. */
export function readZip (bytes: Buffer): { name: string, content: Buffer }[] {
  let end = bytes.length - endBytes
  while (end >= 0 && bytes.readUInt32LE(end) !== endSignature) end--
  if (end < 0) throw new Error('failed to read ZIP: zip: not a valid zip file')
  const files: { name: string, content: Buffer }[] = []
  let at = bytes.readUInt32LE(end + 16)
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n--) {
    const method = bytes.readUInt16LE(at + 10)
    const packed = bytes.readUInt32LE(at + 20)
    const nameLength = bytes.readUInt16LE(at + 28)
    const header = bytes.readUInt32LE(at + 42)
    const name = bytes.toString('utf8', at + entryBytes, at + entryBytes + nameLength)
    at += entryBytes + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
    if (name.endsWith('/')) continue
    const start = header + headerBytes + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28)
    const content = bytes.subarray(start, start + packed)
    files.push({ name, content: method === deflated ? inflateRawSync(content) : content })
  }
  return files
}
