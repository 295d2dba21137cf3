/**
 * Files as Go's archive/tar writes them, which is how Pulumi hashes archives that are no files
 * themselves: mode 0600, no owner, no times.
 */

/** Bytes of a block of tar. */
const block = 512
/** Widths of the fields for a name and for the folders before it. */
const nameBytes = 100
const prefixBytes = 155

function isAscii (text: string): boolean {
  // eslint-disable-next-line no-control-regex -- the bytes that tar can hold in a name
  return /^[\x01-\x7f]*$/.test(text)
}
function ascii (text: string): string {
  // eslint-disable-next-line no-control-regex -- the bytes that tar can hold in a name
  return text.replaceAll(/[^\x01-\x7f]/g, '')
}

/** A name that is too long for its field, split between two folders. */
function splitName (name: string): { prefix: string, suffix: string } | undefined {
  if (name.length <= nameBytes || !isAscii(name)) return undefined
  const slash = name.slice(0, Math.min(name.length, prefixBytes + 1)).lastIndexOf('/')
  const suffix = name.slice(slash + 1)
  if (slash <= 0 || suffix.length > nameBytes || suffix === '' || slash > prefixBytes) return undefined
  return { prefix: name.slice(0, slash), suffix }
}

function octal (value: number, width: number): string {
  return `${value.toString(8).padStart(width - 1, '0')}\0`
}

interface Header {
  name: string
  prefix?: string
  size: number
  type: '0' | 'x'
}

function headerBlock ({ name, prefix = '', size, type }: Header): Buffer {
  const header = Buffer.alloc(block)
  header.write(name, 0, nameBytes)
  header.write(octal(type === '0' ? 0o600 : 0, 8), 100)
  header.write(octal(0, 8), 108)
  header.write(octal(0, 8), 116)
  header.write(octal(size, 12), 124)
  header.write(octal(0, 12), 136)
  header.write('        ', 148)
  header.write(type, 156)
  header.write('ustar\x0000', 257)
  if (type === '0') {
    header.write(octal(0, 8), 329)
    header.write(octal(0, 8), 337)
  }
  header.write(prefix, 345, prefixBytes)
  header.write(header.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0') + '\0 ', 148)
  return header
}

function padding (size: number): Buffer {
  return Buffer.alloc((block - size % block) % block)
}

/** A record of an extended header, whose first field is its own length. */
function record (key: string, value: string): string {
  const rest = ` ${key}=${value}\n`
  const bytes = Buffer.byteLength(rest)
  let length = bytes + String(bytes).length
  length = bytes + String(length).length
  return `${length}${rest}`
}

/** One file's header and content. */
export function tarFile (name: string, content: Buffer): Buffer {
  const split = splitName(name)
  if (split) {
    const header = headerBlock({ name: split.suffix, prefix: split.prefix, size: content.length, type: '0' })
    return Buffer.concat([header, content, padding(content.length)])
  }
  const main = [headerBlock({ name: ascii(name), size: content.length, type: '0' }), content]
  if (isAscii(name) && name.length <= nameBytes) return Buffer.concat([...main, padding(content.length)])
  const data = Buffer.from(record('path', name))
  const slash = name.lastIndexOf('/')
  const extended = ascii(`${name.slice(0, slash + 1)}PaxHeaders.0/${name.slice(slash + 1)}`)
  const header = headerBlock({ name: extended.slice(0, nameBytes), size: data.length, type: 'x' })
  return Buffer.concat([header, data, padding(data.length), ...main, padding(content.length)])
}

/** The end of an archive. */
export const tarEnd = Buffer.alloc(2 * block)

/** The files in a tar archive. Folders are left out. */
export function readTar (bytes: Buffer): { name: string, content: Buffer }[] {
  const text = (start: number, length: number, at: number): string =>
    bytes.toString('utf8', at + start, at + start + length).replace(/\0.*$/s, '')
  const files: { name: string, content: Buffer }[] = []
  let longName: string | undefined
  for (let at = 0; at + block <= bytes.length && bytes[at] !== 0;) {
    const size = Number.parseInt(text(124, 12, at).trim() || '0', 8)
    const type = text(156, 1, at)
    const content = bytes.subarray(at + block, at + block + size)
    if (type === 'x') longName = /\d+ path=(.*)\n/.exec(content.toString('utf8'))?.[1]
    else if (type === 'L') longName = content.toString('utf8').replace(/\0.*$/s, '')
    else {
      const prefix = text(345, prefixBytes, at)
      const name = longName ??
        (prefix === '' ? text(0, nameBytes, at) : `${prefix}/${text(0, nameBytes, at)}`)
      if (type === '0' || type === '') files.push({ name, content })
      longName = undefined
    }
    at += block + Math.ceil(size / block) * block
  }
  return files
}
