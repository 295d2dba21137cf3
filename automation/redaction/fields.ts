/**
 * Reads the named values of a secret's text, in the forms that tools keep credentials in: XML, HCL,
 * source names and password files. Structured data and addresses are read by `contents.ts`. Pure.
 * Every expression takes one pass: none repeats what can begin in several places.
 */
import { decodeXML } from 'entities'

/** A value, and what names it. */
export interface Field {
  readonly name: string
  readonly value: string
}

const field = (name: string, value: string): Field => ({ name, value })

/** The text without the quotes or braces around it. */
export function unquoted (text: string): string {
  const found = /^(["'])(.*)\1$/s.exec(text) ?? /^(\{)(.*)\}$/s.exec(text)
  return found?.[2] ?? text
}

const element = /<([A-Za-z_][\w:.-]{0,100})((?:\s[^<>]*)?)>(?:<!\[CDATA\[([^\]]*)\]\]>|([^<]*))/g
const attribute = /([A-Za-z_][\w:.-]{0,100})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)')/g

/** Elements and attributes of XML; `<add key="Password" value="…"/>` names its value beside it. */
function xmlFields (text: string): Field[] | undefined {
  if (!/^\s*<[?!A-Za-z]/.test(text) || !/>\s*$/.test(text)) return undefined
  return [...text.matchAll(element)].flatMap(([, tag = '', inside = '', raw, escaped = '']) => {
    const attributes = [...inside.matchAll(attribute)].map(([, name = '', double, single = '']) =>
      field(name, decodeXML(double ?? single))
    )
    const text = raw ?? decodeXML(escaped).trim()
    const hasValue = text !== '' || attributes.some(({ name }) => name.toLowerCase() === 'value')
    const named = hasValue ? attributes.find(({ name }) => /^(key|name|id)$/i.test(name)) : undefined
    return [
      ...attributes.filter((one) => one !== named).map(({ name, value }) =>
        field(named !== undefined && name.toLowerCase() === 'value' ? named.value : name, value)
      ),
      ...[tag, ...named === undefined ? [] : [named.value]].map((name) => field(name, text))
    ]
  })
}

/** `user:password@tcp(host:3306)/database?…` of Go's MySQL; a password may hold anything. */
function goFields (text: string): Field[] | undefined {
  const found = /^[^\s:@/]{0,100}:(.+)@[a-z\d]{0,20}(?:\([^()\s]*\))?\/[^\s@]*$/i.exec(text)
  return found?.[1] === undefined || found[1].startsWith('//') ? undefined : [field('password', found[1])]
}

/** `user/password@…` of Oracle, behind `jdbc:oracle:thin:` or before a host or a descriptor. */
function oracleFields (text: string): Field[] | undefined {
  const plain = text.replace(/^jdbc:oracle:[a-z\d]{1,20}:/i, '')
  const at = plain.lastIndexOf('@')
  const [, password] = /^[\w.$#-]{1,100}\/(.+)$/s.exec(plain.slice(0, Math.max(0, at))) ?? []
  const place = plain.slice(at + 1)
  if (password === undefined || !/^\S+$/.test(place)) return undefined
  const isPlace = plain !== text || /^(?:\/\/|\(|[\w.-]+(?::\d+)?[:/])/.test(place)
  return isPlace ? [field('password', unquoted(password))] : undefined
}

const passLine =
  /^(?:[^:\\\n]|\\.){1,300}:(?:\d{1,5}|\*):(?:[^:\\\n]|\\.){1,300}:(?:[^:\\\n]|\\.){1,300}:(.+)$/

/** Lines of a pgpass: `host:port:database:user:password`, with `\:` for a colon. */
function passFields (text: string): Field[] | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'))
  const found = lines.map((line) => passLine.exec(line)?.[1])
  if (found.length === 0 || found.includes(undefined)) return undefined
  return found.flatMap((value = '') => [
    field('password', value),
    field('password', value.replaceAll(/\\(.)/g, '$1'))
  ])
}

/** A line of an npmrc for one registry: `//host/:_authToken=…`. */
function npmFields (text: string): Field[] | undefined {
  const found = /^\/\/[^\s=]{1,300}:(_?[A-Za-z]{1,40})\s{0,9}=\s{0,9}(\S+)$/.exec(text)
  return found ? [field(found[1] ?? '', unquoted(found[2] ?? ''))] : undefined
}

/** Reads a text in the first of these forms that it has; undefined: it has none. */
export function fieldsOf (text: string): Field[] | undefined {
  return xmlFields(text) ?? passFields(text) ?? npmFields(text) ?? oracleFields(text) ?? goFields(text)
}

const assignment = /^\s*(?:export\s+)?["']?([\w.\-/ ]{1,100}?)["']?\s*[=:](.*)$/
/** Lines that open or close something: `[section]`, `provider "x" {`, `}`. */
const bracket = /^(?:\[.*\]|[\]})\s,;]+|[^={}]{0,200}=?\s*[[({]+)$/

/**
 * Assignments, one a line: dotenv, INI, TOML, properties, blocks of HCL. Undefined: the text has
 * one line, or most of its lines are something else.
 */
export function assignedFields (text: string): Field[] | undefined {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line) =>
    line !== '' && !/^[#;!]|^\/\/ /.test(line) && !bracket.test(line)
  )
  // Most lines: what is between may go on from the line before.
  const parsed = lines.map((line) => assignment.exec(line))
  if (!text.includes('\n') || parsed.filter(Boolean).length * 2 <= lines.length) return undefined
  return parsed.flatMap((one) => {
    if (!one) return []
    const [, name = '', value = ''] = one
    const plain = unquoted(value.replace(/,$/, '').trim())
    // A comment may follow the value.
    const [before = ''] = plain.split(/\s[#;]/)
    const bare = before.trimEnd()
    return [field(name, plain), ...bare === plain ? [] : [field(name, unquoted(bare))]]
  })
}

const connection =
  /(?:^|[;,\s&{])\s*([A-Za-z_][\w .-]{0,40}?)\s*=\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.|'')*'|\{[^}]*\}|[^;\s]*)/g

/** Assignments of a connection string, with semicolons, commas or blanks between. */
export function connectionFields (text: string): Field[] {
  const fields = [...text.matchAll(connection)].flatMap(([, name = '', value = '']) => {
    const plain = unquoted(value)
    return [
      field(name, plain),
      field(name, plain.replaceAll(/\\(.)|''/gs, (_, character?: string) => character ?? "'"))
    ]
  })
  if (fields.length === 0) return []
  // Values of some may hold blanks.
  return [
    ...fields,
    ...text.split(';').flatMap((part) => {
      const [name = '', value] = part.split(/=(.*)/s)
      return value === undefined ? [] : [field(name.trim(), unquoted(value.trim()))]
    })
  ]
}
