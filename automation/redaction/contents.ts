/** Takes the secret values out of a secret that is a document, an address or a key file. Pure. */
import { parseDocument } from 'yaml'
import { looksRandom, looksSecret } from './secret-looking.ts'
import { shortest } from './values.ts'

/** What is inside a secret. */
export interface Contents {
  /** Secret by themselves. */
  values: string[]
  /** Bytes that the secret is an encoding of. */
  bytes: Uint8Array[]
  /** The secret is a document: only the whole of it, and these values, are secret. */
  document: boolean
}

/** Documents in documents that are read: a key file in base64, in a kubeconfig, in JSON. */
const deepest = 4
/** Characters of a document that is read. Secret stores take 64 KiB at most. */
const longestDocument = 256 * 1024
/** Levels of a document that are read; people write ten. */
const deepestLevel = 100
/** Values of one document that are learnt: a kubeconfig of a large fleet has a thousand. */
const mostValues = 2_000
/** Lines of a secret text that are learnt by themselves, unless they are a word. */
const shortestLine = 16

const pem = /-----BEGIN [A-Z0-9 ]+-----([^-]+)-----END [A-Z0-9 ]+-----/g
const assignment = /^\s*(?:export\s+)?([\w.\-/ ]{1,100}?)\s*[=:]\s*(.*?)\s*$/
const base64Text = /^[A-Za-z0-9+/_-]{16,}={0,2}$/

/** Collects what is inside a secret. */
class Reader {
  readonly values = new Set<string>()
  readonly bytes: Uint8Array[] = []

  /** Reads a text; says whether it is a document. */
  read (text: string, depth: number): boolean {
    if (depth > deepest || text.length > longestDocument || text.length < shortest) return false
    if (this.#structured(text, depth)) return true
    if (this.#pem(text)) {
      this.#assignments(text, depth)
      return true
    }
    if (this.#address(text, depth) || this.#netrc(text, depth) || this.#assignments(text, depth)) return true
    if (text.includes('\n')) {
      this.#lines(text)
      return false
    }
    this.#credential(text, depth)
    this.#encoded(text, depth)
    return false
  }

  #add (value: string): void {
    if (value.length >= shortest && this.values.size < mostValues) this.values.add(value)
  }

  /** A value of a document: learnt when it is secret, and read for what is inside it. */
  #leaf (key: string | undefined, value: string, depth: number): void {
    const plain = value.trim()
    if (looksSecret(key, plain)) {
      this.#add(plain)
      this.read(plain, depth + 1)
    } else if (/:\/\/|-----BEGIN|[=:]/.test(plain)) this.read(plain, depth + 1)
  }

  /**
   * Key files: the text between the lines of armour, without its line breaks, and its last line.
   */
  #pem (text: string): boolean {
    let found = false
    for (const [, body = ''] of text.replaceAll('\\n', '\n').matchAll(pem)) {
      found = true
      const lines = body.split(/[\r\n]+/).map((line) => line.trim()).filter((line) =>
        line !== '' && !line.includes(':')
      )
      const whole = lines.join('')
      this.#add(whole)
      for (const line of lines) this.#add(line)
    }
    return found
  }

  #lines (text: string): void {
    const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '')
    for (const [index, line] of lines.entries()) {
      const last = index === lines.length - 1
      if (line.startsWith('-----')) continue
      if (line.length >= shortestLine || (last && /[\d=+/]/.test(line))) this.#add(line)
      else if (last) this.#add(`${lines[index - 1] ?? ''}${line}`)
    }
  }

  /** JSON, and YAML whose first line names a key or an item. */
  #structured (text: string, depth: number): boolean {
    const json = /^\s*[[{]/.test(text)
    if (!json && !/^\s*(---|#|- |["']?[\w.\-/]+["']?:(\s|$))/.test(text)) return false
    if (!json && !text.includes('\n')) return false
    const data = json ? parsedJson(text) ?? parsedYaml(text) : parsedYaml(text)
    if (data === null || typeof data !== 'object') return false
    this.#walk(undefined, data, depth, 0)
    return true
  }

  #walk (key: string | undefined, data: unknown, depth: number, level: number): void {
    if (level > deepestLevel) return
    if (typeof data === 'string') this.#leaf(key, data, depth)
    else if (typeof data === 'number') this.#leaf(key, String(data), depth)
    else if (data !== null && typeof data === 'object') {
      const pair = data as { name?: unknown, key?: unknown, value?: unknown }
      const named = pair.name ?? pair.key
      for (const [name, value] of Object.entries(data)) {
        // `{ name: PASSWORD, value: … }` names its value beside it.
        const at = name === 'value' && typeof named === 'string' ? named : Array.isArray(data) ? key : name
        this.#walk(at, value, depth, level + 1)
      }
    }
  }

  /** A URL: its password, what its query names, and a path that nobody chose. */
  #address (text: string, depth: number): boolean {
    const found = /^(?:jdbc:)?([a-z][a-z0-9+.-]*):\/\/(\S+)$/i.exec(text)
    if (!found) return false
    const [, , rest = ''] = found
    const [place = '', query = ''] = rest.split(/[?#](.*)/s)
    const at = place.lastIndexOf('@')
    if (at >= 0) {
      const colon = place.indexOf(':')
      const secret = colon >= 0 && colon < at ? place.slice(colon + 1, at) : place.slice(0, at)
      if (colon >= 0 || looksRandom(secret)) { for (const form of [secret, decoded(secret)]) this.#add(form) }
    }
    const path = place.slice(at + 1).replace(/^[^/;]*/, '')
    if (path.length >= shortestLine && path.split('/').some(looksRandom)) this.#add(path)
    for (const part of path.split('/')) if (looksRandom(part)) this.#add(part)
    // SQL Server's has `;user=…;password=…` behind the host.
    for (const part of [...query.split('&'), ...path.split(';').slice(1)]) {
      const [name = '', value = ''] = part.split(/=(.*)/s)
      this.#leaf(name, decoded(value), depth)
    }
    return false
  }

  #netrc (text: string, depth: number): boolean {
    if (!/^\s*(machine\s+\S+|default)\s/.test(text)) return false
    for (const [, name = '', value = ''] of text.matchAll(/\b(login|password|account)\s+("[^"\n]*"|\S+)/g)) {
      this.#leaf(name, unquoted(value), depth)
    }
    return true
  }

  /**
   * Assignments: a line each (dotenv, INI, TOML, properties), or with semicolons, commas or blanks
   * between (connection strings).
   */
  #assignments (text: string, depth: number): boolean {
    const lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line) =>
      line !== '' && !/^([#;!]|\[.*\]$)/.test(line)
    )
    const parsed = lines.map((line) => assignment.exec(line))
    if (lines.length > 1) {
      // Most lines: what is between may go on from the line before.
      if (parsed.filter(Boolean).length * 2 <= lines.length) return false
      for (const one of parsed) if (one) this.#assigned(one[1] ?? '', one[2] ?? '', depth)
      return true
    }
    return this.#connection(text, depth)
  }

  #assigned (name: string, value: string, depth: number): void {
    const plain = unquoted(value)
    this.#leaf(name, plain, depth)
    // A comment may follow the value.
    const [bare = ''] = plain.split(/\s+[#;]/)
    if (bare !== plain) this.#leaf(name, unquoted(bare), depth)
  }

  #connection (text: string, depth: number): boolean {
    const parts = [
      ...text.matchAll(
        /(?:^|[;,\s&])\s*([A-Za-z][\w .-]{0,40}?)\s*=\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.|'')*'|\{[^}]*\}|[^;\s]*)/g
      )
    ]
    if (parts.length === 0) return false
    for (const [, name = '', value = ''] of parts) {
      const plain = unquoted(value)
      this.#leaf(name, plain, depth)
      this.#leaf(name, plain.replaceAll(/\\(.)|''/gs, (_, character?: string) => character ?? "'"), depth)
    }
    // Values of some may hold blanks.
    for (const part of text.split(';')) {
      const [name = '', value] = part.split(/=(.*)/s)
      if (value !== undefined) this.#leaf(name.trim(), unquoted(value.trim()), depth)
    }
    return parts.length > 1
  }

  /** `user:password`, and the credential behind a scheme of HTTP. */
  #credential (text: string, depth: number): void {
    const scheme = /^(?:basic|bearer|token)\s+(\S+)$/i.exec(text)
    if (scheme?.[1] !== undefined) {
      this.#add(scheme[1])
      this.#encoded(scheme[1], depth)
    }
    const pair = /^([^\s:/=]{1,64}):(?!\/\/)(\S{6,})$/.exec(text)
    if (pair?.[2] !== undefined && !/^(arn|urn|sha\d+|https?|\d+)$/i.test(pair[1] ?? '')) this.#add(pair[2])
  }

  /** Base64 or hexadecimal digits: the bytes, and what they say. */
  #encoded (text: string, depth: number): void {
    const hex = /^([0-9a-f]{2}){12,}$/i.test(text)
    if (!hex && !base64Text.test(text)) return
    const bytes = Buffer.from(text, hex ? 'hex' : 'base64')
    if (bytes.length < 12) return
    const inner = bytes.toString('utf8')
    if (/^[\x20-\x7e\s]+$/.test(inner)) {
      if (!this.read(inner, depth + 1)) this.#add(inner.trim())
    } else this.bytes.push(bytes)
  }
}

function unquoted (text: string): string {
  const found = /^(["'])(.*)\1$/s.exec(text) ?? /^(\{)(.*)\}$/s.exec(text)
  return found?.[2] ?? text
}

function decoded (text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The value of a JSON text; undefined: it is none. */
function parsedJson (text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The value of a YAML text; undefined: it is none, or it is built to be too large or too deep. */
function parsedYaml (text: string): unknown {
  try {
    const document = parseDocument(text, { logLevel: 'silent', uniqueKeys: false })
    return document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: 100 })
  } catch {
    return undefined
  }
}

/** Gives what is secret inside a secret. */
export function contentsOf (secret: string): Contents {
  const reader = new Reader()
  const document = reader.read(secret, 0)
  return { values: [...reader.values], bytes: reader.bytes, document }
}
