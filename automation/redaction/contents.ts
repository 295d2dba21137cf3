/** Takes the secret values out of a secret that is a document, an address or a key file. Pure. */
import { gunzipSync, constants } from 'node:zlib'
import { parseAllDocuments } from 'yaml'
import { assignedFields, connectionFields, fieldsOf, unquoted } from './fields.ts'
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
    if (this.#address(text, depth) || this.#fields(text, depth)) return true
    if (this.#netrc(text, depth) || this.#assignments(text, depth)) return true
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
    const parsed = json ? parsedJson(text) : undefined
    const documents = parsed === undefined ? parsedYaml(text) : [parsed]
    if (!documents?.some((data) => data !== null && typeof data === 'object')) return false
    for (const data of documents) this.#walk(undefined, data, depth, 0)
    return true
  }

  #walk (key: string | undefined, data: unknown, depth: number, level: number): void {
    if (level > deepestLevel) return
    if (typeof data === 'string') this.#leaf(key, data, depth)
    else if (typeof data === 'number') this.#leaf(key, String(data), depth)
    else if (data instanceof Uint8Array) this.#decoded(key, data, depth)
    else if (data !== null && typeof data === 'object') {
      const { name: called, key: keyed, kind } = data as { name?: unknown, key?: unknown, kind?: unknown }
      const named = called ?? keyed
      for (const [name, value] of Object.entries(data)) {
        // `{ name: PASSWORD, value: … }` names its value beside it.
        const at = name === 'value' && typeof named === 'string' ? named : Array.isArray(data) ? key : name
        if (kind === 'Secret' && (name === 'data' || name === 'stringData')) {
          this.#secretData(name, value, depth)
        } else this.#walk(at, value, depth, level + 1)
      }
    }
  }

  /** The values of a Secret of Kubernetes, whatever their keys are; those of `data` in base64. */
  #secretData (part: 'data' | 'stringData', data: unknown, depth: number): void {
    if (data === null || typeof data !== 'object') return
    for (const value of Object.values(data) as unknown[]) {
      if (typeof value !== 'string') continue
      if (part === 'stringData') this.#leaf('secret', value, depth)
      else this.#decoded('secret', Buffer.from(value, 'base64'), depth)
    }
  }

  /** Bytes that stand for a value: a text, something compressed, or a key. */
  #decoded (key: string | undefined, given: Uint8Array, depth: number): void {
    const bytes = decompressed(given) ?? given
    const text = textOf(bytes)
    if (text !== undefined) this.#leaf(key, text, depth)
    else if (bytes.length >= shortest) this.bytes.push(bytes)
  }

  /** A URL: its password, what its query names, and a path that nobody chose. */
  #address (text: string, depth: number): boolean {
    const found = /^(?:jdbc:)?([a-z][a-z0-9+.-]*):\/\/(\S+)$/i.exec(text)
    if (!found) return false
    const [, , rest = ''] = found
    const end = passwordEnd(rest)
    const colon = rest.indexOf(':')
    const secret = rest.slice(colon >= 0 && colon < end ? colon + 1 : 0, Math.max(0, end))
    if (colon >= 0 && colon < end || looksRandom(secret)) {
      for (const form of [secret, decoded(secret)]) this.#add(form)
    }
    const [place = '', query = ''] = rest.slice(end + 1).split(/[?#](.*)/s)
    const path = place.replace(/^[^/;]*/, '')
    if (path.length >= shortestLine && path.split('/').some(looksRandom)) this.#add(path)
    for (const part of path.split('/')) if (looksRandom(part)) this.#add(part)
    // SQL Server's has `;user=…;password=…` behind the host.
    for (const part of [...query.split('&'), ...path.split(';').slice(1)]) {
      const [name = '', value = ''] = part.split(/=(.*)/s)
      this.#leaf(name, decoded(value), depth)
    }
    return false
  }

  #fields (text: string, depth: number): boolean {
    const fields = fieldsOf(text)
    for (const { name, value } of fields ?? []) this.#leaf(name, value, depth)
    return fields !== undefined
  }

  #netrc (text: string, depth: number): boolean {
    if (!/^\s*(machine\s+\S+|default)\s/.test(text)) return false
    for (const [, name = '', value = ''] of text.matchAll(/\b(login|password|account)\s+("[^"\n]*"|\S+)/g)) {
      this.#leaf(name, unquoted(value), depth)
    }
    return true
  }

  /** Assignments: a line each, or those of a connection string. */
  #assignments (text: string, depth: number): boolean {
    const lines = assignedFields(text)
    if (lines !== undefined || text.includes('\n')) {
      for (const { name, value } of lines ?? []) this.#leaf(name, value, depth)
      return lines !== undefined
    }
    const fields = connectionFields(text)
    for (const { name, value } of fields) this.#leaf(name, value, depth)
    return new Set(fields.map(({ name }) => name)).size > 1
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
    const inner = textOf(decompressed(bytes) ?? bytes)
    if (inner === undefined) this.bytes.push(bytes)
    else if (!this.read(inner, depth + 1)) this.#add(inner.trim())
  }
}

/**
 * Place of the @ behind the password of an address without its scheme; -1: it has none. People
 * leave `/`, `#`, `?` and `@` in a password as they are.
 */
function passwordEnd (rest: string): number {
  const proper = /^[^/?#]*@/.exec(rest)?.[0].length ?? 0
  // A port and a path are no password.
  const pair = /^[^/?#@:]{0,200}:(?!\d{1,5}(?:[/?#]|$))/.test(rest)
  const loose = pair ? /^.*@(?=[\w.-]+(?::\d+)?(?:[/?#;]|$)|\[)/s.exec(rest)?.[0].length ?? 0 : 0
  return Math.max(proper, loose) - 1
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

/**
 * The documents of a YAML text; undefined: it is none, or it is built to be too large or too deep.
 */
function parsedYaml (text: string): unknown[] | undefined {
  try {
    const documents = parseAllDocuments(text, {
      logLevel: 'silent',
      uniqueKeys: false,
      customTags: (tags) => [...tags, 'binary']
    })
    if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return undefined
    return documents.map((document: (typeof documents)[number]): unknown =>
      document.toJS({ maxAliasCount: 100 })
    )
  } catch {
    return undefined
  }
}

/** The text of bytes; undefined: they are none. */
function textOf (bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes).toString('utf8')
  return /^[\P{Cc}\s]+$/u.test(text) && !text.includes('\ufffd') ? text : undefined
}

/** Bytes that gzip compressed, as many as are read of a document; undefined: it is no gzip. */
function decompressed (bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return undefined
  try {
    return gunzipSync(bytes, { maxOutputLength: longestDocument, finishFlush: constants.Z_SYNC_FLUSH })
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
