/**
 * Names that the configuration proposes to providers, by `pulumi:autonaming` (pulumi
 * `pkg/resource/autonaming`, `pkg/cmd/pulumi/autonaming`).
 */
import { createHash } from 'node:crypto'
import { type AutonamingRequest } from '../../provider.ts'
import { type ConfigValue } from '../stack/config-value.ts'
import { nameOf, packageOf, typeOf } from '../urn.ts'

/** The stack that patterns may name. */
export interface NamedStack {
  organization: string
  project: string
  stack: string
}

/** Facts that a provider is told about the name of one resource. */
export interface Naming {
  request: AutonamingRequest
  /** The name is always the same: a replacement cannot exist beside the old resource. */
  deleteBeforeReplace: boolean
}
export type Autonaming = (urn: string, seed: Uint8Array) => Naming | undefined

interface NamingConfig {
  mode?: string
  pattern?: string
  enforce?: boolean
}
const namingKeys = ['mode', 'pattern', 'enforce']

/** Reads the setting. Undefined when there is none. */
export function parseAutonaming (
  stack: NamedStack,
  config: Record<string, ConfigValue>
): Autonaming | undefined {
  const setting = config['pulumi:autonaming']
  if (setting === undefined) return undefined
  const section = sectionOf(setting.objectValue ?? setting.value, [...namingKeys, 'providers'])
  const resolve = (given: unknown, what: string): Autonaming | undefined => {
    try {
      return resolved(given as NamingConfig, stack, config)
    } catch (error) {
      throw new Error(`failed to resolve ${what}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const root = resolve(section, 'root naming config')
  const providers = new Map(
    Object.entries(section['providers'] ?? {}).map(([name, given]) => {
      const provider = sectionOf(given, [...namingKeys, 'resources'])
      const own = resolve(provider, `naming config for provider "${name}"`) ?? root
      const resources = Object.entries(provider['resources'] ?? {}).map(([type, naming]) => {
        const found = resolve(sectionOf(naming, namingKeys), `naming config for resource "${type}"`)
        if (found === undefined) throw new Error(`mode or pattern must be specified for resource "${type}"`)
        return [type, found] as const
      })
      return [name, { own, resources: new Map(resources) }]
    })
  )
  return (urn, seed) => {
    const type = typeOf(urn)
    const provider = providers.get(packageOf(type))
    return (provider?.resources.get(type) ?? (provider ? provider.own : root))?.(urn, seed)
  }
}

const malformed = 'failed to parse autonaming config: invalid autonaming config structure: json: '

function sectionOf (value: unknown, keys: readonly string[]): Record<string, object> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new Error(
      `${malformed}cannot unmarshal ${typeof value} into Go value of type autonaming.autonamingSectionJSON`
    )
  }
  const unknown = Object.keys(value).find((key) => !keys.includes(key))
  if (unknown !== undefined) {
    throw new Error(`${malformed}unknown field "${unknown}"`)
  }
  return value as Record<string, object>
}

/** One section; undefined when it says nothing, which leaves it to the section around it. */
function resolved (
  { mode, pattern, enforce }: NamingConfig,
  stack: NamedStack,
  config: Record<string, ConfigValue>
): Autonaming | undefined {
  if (mode !== undefined && (pattern !== undefined || enforce !== undefined)) {
    throw new Error('cannot specify both mode and pattern/enforce')
  }
  if (pattern !== undefined) return byPattern(stackPattern(pattern, stack, config), enforce === true)
  if (enforce !== undefined) throw new Error('pattern must be specified when enforce is true')
  switch (mode) {
    case undefined:
      return undefined
    case 'default':
      return () => undefined
    case 'verbatim':
      return (urn) => ({ request: { proposedName: nameOf(urn), mode: 'enforce' }, deleteBeforeReplace: true })
    case 'disabled':
      return () => ({ request: { proposedName: '', mode: 'disable' }, deleteBeforeReplace: true })
    default:
      throw new Error(`invalid naming mode: ${mode}`)
  }
}

function stackPattern (pattern: string, stack: NamedStack, config: Record<string, ConfigValue>): string {
  return pattern
    .replaceAll(/\$\{organization\}/g, () => stack.organization)
    .replaceAll(/\$\{project\}/g, () => stack.project)
    .replaceAll(/\$\{stack\}/g, () => stack.stack)
    .replaceAll(/\$\{config\.([^}]+)\}/g, (_, key: string) => {
      const value = config[`${stack.project}:${key}`]
      if (value === undefined) throw new Error(`no value found for key "${key}"`)
      return value.value
    })
}

const hex = '0123456789abcdef'
const digits = '0123456789'
const letters = 'abcdefghijklmnopqrstuvwxyz'
const alphabets: Record<string, string> = { hex, alphanum: letters + digits, string: letters, num: digits }

function byPattern (pattern: string, enforce: boolean): Autonaming {
  return (urn, seed) => {
    const random = randomness(seed)
    const pick = (alphabet: string, length: number): string =>
      Array.from({ length }, () => alphabet[random() % alphabet.length]).join('')
    const named = pattern.replaceAll(/\$\{name\}/g, () => nameOf(urn))
    const proposedName = named
      .replaceAll(
        /\$\{(hex|alphanum|string|num)\((\d+)\)\}/g,
        (_, kind: string, length: string) => pick(alphabets[kind] ?? hex, Number(length))
      )
      .replaceAll(/\$\{uuid\}/g, () => [8, 4, 4, 4, 12].map((length) => pick(hex, length)).join('-'))
    return {
      request: { proposedName, mode: enforce ? 'enforce' : 'propose' },
      deleteBeforeReplace: proposedName === named
    }
  }
}

/** Bytes that follow from a seed: the same seed proposes the same name. */
function randomness (seed: Uint8Array): () => number {
  let block = createHash('sha256').update(seed).digest()
  let at = 0
  return () => {
    if (at === block.length) {
      block = createHash('sha256').update(block).digest()
      at = 0
    }
    return block[at++] ?? 0
  }
}
