// Takes out of reports what differs from run to run.
import { UNKNOWN } from '../lib/wire.mjs'

/** Fields that differ from run to run, or say where a program lies. */
const left = ['created', 'modified', 'sourcePosition', 'stackTrace', 'manifest', '__provider']

/** Replaced texts in order, after the folders of the run. */
const replacements = [
  [UNKNOWN, '<unknown>'],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uuid>'],
  [/127\.0\.0\.1:\d+/g, '127.0.0.1:<port>'],
  [/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/g, '<time>'],
  [/v1:[A-Za-z0-9+/=]{8,}:[A-Za-z0-9+/=:]+/g, '<ciphertext>'],
  [/(\d+(\.\d+)?(ms|s|m)\b ?)+/g, '<duration>'],
  [/-[0-9a-f]{7}\b/g, '-<hex>'],
  [/:\d+:\d+\)?/g, ':<line>']
]

/** Makes the functions that normalise texts and values of one run. */
export function normaliser ({ root, modules, here }) {
  const text = (given) => {
    const placed = String(given)
      .replaceAll(root, '<root>')
      .replace(/(?:\/[\w.@+-]+)*\/automation-[\w-]+/g, '<workdir>')
      .replace(/\/tmp\/[\w./-]+/g, '<tmp>')
      .replace(/file:\/\/[^\s"')]*node_modules/g, '<modules>')
      .replaceAll(modules, '<modules>')
      .replaceAll(here, '<here>')
    return replacements.reduce((result, [found, word]) => result.replaceAll(found, word), placed)
  }
  const value = (given) => {
    if (typeof given === 'string') return text(given)
    if (Array.isArray(given)) return given.map(value)
    if (given === null || typeof given !== 'object') return given
    const keys = Object.keys(given).sort().filter((key) => !left.includes(key))
    return Object.fromEntries(keys.map((key) => [key, value(given[key])]))
  }
  return { text, value }
}
