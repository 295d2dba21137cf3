/** From a federation file to a federation, or to all that is wrong with the file. */
import { createHash } from 'node:crypto'
import { Check } from 'typebox/value'
import { type Federation } from '../../programs/types.ts'
import { FileTooLargeError, readRegularFile } from '../regular-file.ts'
import { approvalRule } from './approval-rules.ts'
import { backupRule } from './backup-rules.ts'
import { accountRule, identityRule, nodePoolRule, regionRule } from './cluster-rules.ts'
import { costRule, unknownUnits } from './cost-rules.ts'
import { parseYaml } from './document.ts'
import { driftRule } from './drift-rules.ts'
import { FederationError, finding, mostFindings, type Finding, type Problem } from './errors.ts'
import { admittedRule, apartRule, besideMeshRule, mixedLinkRule } from './gateway-rules.ts'
import { keyFindings } from './keys.ts'
import { addressRule, linkRule } from './network-rules.ts'
import { notificationRule } from './notification-rules.ts'
import { expiredExceptionRule, policyRule } from './policy-rules.ts'
import { detectionRule, pairRule, unpairedRule } from './recovery-rules.ts'
import { resolveFederation } from './resolve.ts'
import { runRules, type Rule } from './rules.ts'
import { scheduleRule } from './schedule-rules.ts'
import { federationSchema, type FederationFile } from './schema.ts'
import { dnsRule, monitoringRule, rootRule, serviceRule, targetRule } from './service-rules.ts'
import { judgeShape } from './shape.ts'
import {
  alertingRule,
  fewZonesRule,
  operatorsRule,
  slowLinkRule,
  stackNameRule,
  unheldTargetRule
} from './warning-rules.ts'
import { windowRule } from './window-rules.ts'
import { yamlText } from './yaml-bytes.ts'

/**
 * A file that can be deployed, with its text as it was read and what is worth knowing about it; or
 * everything that keeps it from that, and its name if it spells one.
 */
export type LoadResult = {
  readonly federation: Federation
  readonly source: string
  readonly warnings: readonly Problem[]
} | { readonly errors: readonly Problem[], readonly name?: string }

const rules: readonly Rule[] = [
  identityRule,
  regionRule,
  nodePoolRule,
  accountRule,
  addressRule,
  linkRule,
  mixedLinkRule,
  admittedRule,
  pairRule,
  unpairedRule,
  detectionRule,
  serviceRule,
  rootRule,
  backupRule,
  dnsRule,
  monitoringRule,
  targetRule,
  policyRule,
  costRule,
  approvalRule,
  notificationRule,
  scheduleRule,
  driftRule,
  windowRule
]
const warningRules: readonly Rule[] = [
  alertingRule,
  operatorsRule,
  slowLinkRule,
  unheldTargetRule,
  apartRule,
  besideMeshRule,
  fewZonesRule,
  stackNameRule,
  expiredExceptionRule
]

/**
 * Bytes of a file: 64 clusters with everything spelled out need less than a half, and the parser
 * takes a quarter of a second for as many of the shortest values, in which the process does nothing
 * else.
 */
export const maxBytes = 256 * 1024

/** All cluster names that the data spells, well-formed or not. */
function spelledNames (data: unknown): string[] {
  const clusters: unknown = typeof data === 'object' && data !== null && 'clusters' in data
    ? data.clusters
    : undefined
  if (!Array.isArray(clusters)) return []
  return clusters.flatMap((cluster: unknown) =>
    typeof cluster === 'object' && cluster !== null && 'name' in cluster && typeof cluster.name === 'string'
      ? [cluster.name]
      : []
  )
}

/** The federation's name, when the data has one that could be. */
function spelledName (data: unknown): { name?: string } {
  const name: unknown = typeof data === 'object' && data !== null && 'name' in data ? data.name : undefined
  return Check(federationSchema.properties.name, name) ? { name } : {}
}

const byPosition = (a: Problem, b: Problem) => a.line - b.line || a.column - b.column

/** Today in UTC, as the file writes days. */
export function today (now = new Date()): string {
  return now.toISOString().slice(0, 10)
}

/** Nobody changes what everybody gets. */
function frozen<T> (value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.values(Object.freeze(value)).forEach(frozen)
  }
  return value
}

// Files hardly ever change, and judging one takes tens of milliseconds, in which the process does
// nothing else: requests, deployments, schedules and notifications all ask.
const judged = new Map<string, { result: LoadResult, size: number }>()
/**
 * Texts that are remembered: all of a full folder, and as many that deployments were launched with.
 */
const rememberedTexts = 400
/**
 * Characters of all of them: what is made of a text takes some ten times as much memory, so 160 MiB
 * at most, and it is twice what a folder holds.
 */
const rememberedCharacters = 16 * 1024 * 1024
let characters = 0

/** Forgets what was asked for least lately until the rest is within its bounds. */
function forget (): void {
  for (const [key, { size }] of judged) {
    if (judged.size <= rememberedTexts && characters <= rememberedCharacters) return
    judged.delete(key)
    characters -= size
  }
}

/**
 * Judges a file's text. `file` is the name that problems carry; what has expired before the day
 * `on` is a warning. Never throws for a bad text. What it gives is frozen: the same text gives the
 * same object as long as it is remembered.
 */
export function parseFederation (text: string, file: string, on = today()): LoadResult {
  return remembered(text, [file, on], () => judgeText(text, file, { on, rules, keys: keyFindings }))
}

/**
 * Reads a text that was good when it was stored with a deployment. Rules that came later do not
 * count: what was deployed by it is still resumed and destroyed by it.
 */
export function parseStoredFederation (text: string, file: string): LoadResult {
  const on = today()
  return remembered(
    text,
    [file, on, 'stored'],
    () => judgeText(text, file, { on, rules: [], keys: () => [] })
  )
}

function remembered (text: string, of: readonly string[], judge: () => LoadResult): LoadResult {
  const key = createHash('sha256').update(JSON.stringify(of)).update(text).digest('base64')
  const known = judged.get(key)
  const result = known?.result ?? frozen(judge())
  // Last used last.
  if (known) judged.delete(key)
  else characters += text.length
  judged.set(key, { result, size: text.length })
  forget()
  return result
}

/** Rules that a text is judged by, and the day for those that go by one. */
interface Judges {
  readonly on: string
  readonly rules: readonly Rule[]
  readonly keys: typeof keyFindings
}

function judgeText (text: string, file: string, { on, rules: judges, keys: keysIn }: Judges): LoadResult {
  const document = parseYaml(text.length > maxBytes ? '' : text, file)
  const fail = (...found: Finding[]): LoadResult => ({
    errors: [...document.problems, ...found.slice(0, mostFindings).map((one) => document.locate(one))].sort(
      byPosition
    ),
    ...spelledName(document.data)
  })
  if (text.length > maxBytes) return fail(finding('FED_TOO_LARGE', [], 'key', text.length, maxBytes))
  const { data } = document
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    return document.problems.length > 0
      ? fail()
      : fail(finding('FED_EMPTY', [], 'key'))
  }
  const shape = judgeShape(data)
  const names = spelledNames(data)
  const keys = keysIn(data)
  // What else is wrong with a credential's place would show its value.
  const hidden = new Set(keys.map((one) => JSON.stringify(one.path)))
  const findings = [
    ...keys,
    ...[...shape.findings, ...runRules(judges, shape.view, names, on)].filter((one) =>
      !hidden.has(JSON.stringify(one.path))
    )
  ]
  if (document.problems.length > 0 || findings.length > 0) return fail(...findings)
  // Nothing was found wrong, so the data is what the schema says.
  const federation = resolveFederation(data as FederationFile)
  const strangers = unknownUnits(federation)
  if (strangers.length > 0) return fail(...strangers)
  const warnings = runRules(warningRules, shape.view, names, on).map((one) => document.locate(one)).sort(
    byPosition
  )
  return { federation, source: text, warnings }
}

/** The text of a file, or what is wrong with the file as a whole. */
export type ReadResult = { readonly text: string } | { readonly errors: readonly Problem[] }

/** Reads a file. Throws FED_UNREADABLE when it cannot be read. */
export async function readFederationText (
  path: string,
  options: { readonly signal?: AbortSignal } = {}
): Promise<ReadResult> {
  try {
    const read = yamlText(await readRegularFile(path, maxBytes, options))
    if ('text' in read) return read
    const { line, column, wrong } = read
    const { code, message, expected } = finding('FED_ENCODING', [], 'key', wrong)
    return { errors: [{ file: path, line, column, path: '', code, message, expected }] }
  } catch (error) {
    if (options.signal?.aborted) throw error
    if (error instanceof FileTooLargeError) {
      const found = finding('FED_TOO_LARGE', [], 'key', error.size, maxBytes)
      return { errors: [parseYaml('', path).locate(found)] }
    }
    throw new FederationError(
      'FED_UNREADABLE',
      { path, reason: error instanceof Error ? error.message : String(error) },
      { cause: error }
    )
  }
}

/** Reads and judges a file. Throws FED_UNREADABLE when it cannot be read. */
export async function loadFederation (
  path: string,
  options: { readonly signal?: AbortSignal } = {}
): Promise<LoadResult> {
  const read = await readFederationText(path, options)
  return 'text' in read ? parseFederation(read.text, path) : read
}
