/**
 * The configuration of a pack: the caller's over the pack's own over the policies' defaults (pulumi
 * `resource/analyzer/config.go`).
 */
import { readFileSync } from 'node:fs'
import {
  enforcementLevels,
  type AnalyzerInfo,
  type EnforcementLevel,
  type PolicyConfig,
  type PolicyConfigs,
  type PolicyInfo
} from '../../analyzer.ts'
import { EngineError, messageOf } from '../errors.ts'

/** Stands for all policies of a pack. */
const all = 'all'

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
const isLevel = (value: unknown): value is EnforcementLevel =>
  (enforcementLevels as readonly unknown[]).includes(value)

/**
 * Reads a file of `--policy-pack-config`: policy -> level, or an object with `enforcementLevel` and
 * the policy's properties.
 */
export function readPolicyConfig (file: string): PolicyConfigs {
  const malformed = (problem: string, cause?: unknown): Error =>
    new EngineError('RHE_POLICY_CONFIG', { file, problem }, cause === undefined ? undefined : { cause })
  let data: unknown
  try {
    data = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw malformed(messageOf(error), error)
  }
  if (!isObject(data)) throw malformed('expected an object with a member for each policy')
  return Object.fromEntries(
    Object.entries(data).map(([policy, value]): [string, PolicyConfig] => {
      const { enforcementLevel: level, ...properties } = isObject(value) ? value : { enforcementLevel: value }
      if (level !== undefined && !isLevel(level)) {
        throw malformed(
          `${policy}: ${JSON.stringify(level)} is no enforcement level, expected one of ` +
            `${enforcementLevels.join(', ')}`
        )
      }
      return [policy, { level, properties }]
    })
  )
}

/** The configuration of every policy, and its problems. */
export function reconcile (
  info: AnalyzerInfo,
  given: PolicyConfigs
): { configs: PolicyConfigs, problems: string[] } {
  const configs: PolicyConfigs = {}
  const problems: string[] = []
  for (const policy of info.policies) {
    const layers = [info.initialConfig[all], info.initialConfig[policy.name], given[all], given[policy.name]]
      .filter((layer) => layer !== undefined)
    const defaults = Object.entries(policy.schema?.properties ?? {}).flatMap(([name, schema]) =>
      isObject(schema) && 'default' in schema ? [[name, schema['default']] as const] : []
    )
    // `all` gives a level only: policies share no properties.
    const properties = Object.assign(
      Object.fromEntries(defaults),
      info.initialConfig[policy.name]?.properties,
      given[policy.name]?.properties
    ) as Record<string, unknown>
    const level = layers.findLast((layer) => layer.level !== undefined)?.level ?? policy.level
    configs[policy.name] = { level, properties }
    if (level !== 'disabled') {
      problems.push(...violations(policy, properties).map((problem) => `${policy.name}: ${problem}`))
    }
  }
  return { configs, problems }
}

function violations ({ schema }: PolicyInfo, properties: Record<string, unknown>): string[] {
  if (schema === undefined) return []
  const missing = schema.required.filter((name) => properties[name] === undefined).map((name) =>
    `${name} is required`
  )
  return [
    ...missing,
    ...Object.entries(properties).flatMap(([name, value]) => {
      const expected = schema.properties[name]
      if (!isObject(expected)) return []
      const types = [expected['type']].flat().filter((type) => typeof type === 'string')
      const allowed = expected['enum']
      if (types.length > 0 && !types.some((type) => hasType(value, type))) {
        return [`${name}: Invalid type. Expected: ${types.join('/')}, given: ${typeName(value)}`]
      }
      return Array.isArray(allowed) &&
          !allowed.some((choice) => JSON.stringify(choice) === JSON.stringify(value))
        ? [
          `${name} must be one of the following: ` +
          `${allowed.map((choice) => JSON.stringify(choice)).join(', ')}`
        ]
        : []
    })
  ]
}
function typeName (value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value
}
function hasType (value: unknown, type: string): boolean {
  const name = typeName(value)
  return name === type || (type === 'number' && name === 'integer')
}
