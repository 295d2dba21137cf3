// Texts that differ from run to run, and the placeholders that stand for them (README.md).
import { UNKNOWN } from './wire.mjs'

const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g
const PROVIDER_ID = /pulumi:providers:([\w-]+)::([^:"\\]+)::([0-9a-f]{8}-[0-9a-f-]{27})/g

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Fields whose values differ from run to run, by name. */
export const fieldPlaceholders = {
  durationSeconds: () => '<duration>',
  DurationSeconds: () => '<duration>',
  timestamp: () => '<ts>',
  startTime: () => '<time>',
  endTime: () => '<time>',
  magic: () => '<magic>',
  md5: () => '<md5>',
  created: (value) => (typeof value === 'string' ? '<time>' : value),
  modified: (value) => (typeof value === 'string' ? '<time>' : value),
  encryptionsalt: () => '<salt>',
  salt: () => '<salt>',
  ciphertext: () => '<ciphertext>',
  lastUpdate: (value) => (value ? '<time>' : value),
  user: () => '<user>',
  pid: () => '<pid>',
  username: () => '<user>',
  hostname: () => '<host>',
  sourcePosition: () => '<source>',
  stackTrace: () => '<source>',
  resourceStatusToken: () => '<token>'
}

/**
 * Replacements in any text, in order. Times and ids come before the paths and processes that hold
 * them.
 */
const patternsOf = (cliVersion, uuid) => [
  [/\x1b\[[0-9;]*m/g, ''],
  [UUID, uuid],
  [/v1:[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+/g, '<ciphertext>'],
  [/(127\.0\.0\.1|localhost|\[::1\]):\d+/g, '127.0.0.1:<port>'],
  [/(PULUMI_DEBUG_PROVIDERS=\S*?):\d+/g, '$1:<port>'],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g, '<time>'],
  [/\b1\d{18}\b/g, '<nanos>'],
  [/\b(\d+h)?(\d+m)?\d+(\.\d+)?(s|ms|µs)\b(?! *=)/g, '<duration>'],
  [/Error: (.*)\n(    at [^\n]*\n?)+/g, 'Error: $1\n    <stack trace>\n'],
  [/^( *)at (async )?[^\n]*(\.[mc]?[jt]s|node:[^\n]*):\d+:\d+\)?$/gm, '$1<stack frame>'],
  [/(<stack frame>\n *)+<stack frame>/g, '<stack frames>'],
  [/\/[^\s"'`:,()]*automation-[A-Za-z0-9]+/g, '<workdir>'],
  [/\/(tmp|work|root|home)\/[^\s"'`,()\]]*/g, '<path>'],
  [/\bpid \d+/g, 'pid <pid>'],
  [/\(pid (<pid>|\d+)\)/g, '(pid <pid>)'],
  [/[\w.-]+@[\w.-]+ \(pid <pid>\)/g, '<user>@<host> (pid <pid>)'],
  [/created by \S+@\S+/g, 'created by <user>@<host>'],
  [cliVersion ? new RegExp('v?' + escaped(cliVersion), 'g') : /$^/, '<cli-version>']
]

/** Makes a function that replaces everything in a text that differs from run to run. */
export function textPlaceholders (recording, paths) {
  const ids = providerIds(recording)
  let numbered = 0
  const uuid = (text) => {
    if (text === UNKNOWN) return text
    if (!ids.has(text)) ids.set(text, `<uuid:${++numbered}>`)
    return ids.get(text)
  }
  const patterns = [
    ...(paths.backend ? [[new RegExp(escaped(paths.backend), 'g'), '<backend>']] : []),
    ...(paths.root ? [[new RegExp(escaped(paths.root), 'g'), '<root>']] : []),
    ...patternsOf(recording.cliVersion, uuid)
  ]
  return (text) => patterns.reduce((result, [pattern, by]) => result.replace(pattern, by), text)
}

/** Ids of provider resources, named so that the order of their creation does not matter. */
function providerIds (recording) {
  const names = new Map()
  const counts = {}
  for (const [, pkg, name, id] of JSON.stringify(recording).matchAll(PROVIDER_ID)) {
    if (names.has(id) || id === UNKNOWN) continue
    const key = `${pkg}/${name}`
    const number = (counts[key] = (counts[key] ?? 0) + 1)
    names.set(id, `<provider-id:${key}${number > 1 ? '#' + number : ''}>`)
  }
  return names
}
