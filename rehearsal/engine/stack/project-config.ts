/**
 * Configuration that a project declares for its stacks: defaults, values of packages, and types
 * (pulumi `pkg/workspace/config.go`, `sdk/go/common/workspace/project.go`).
 */
import { type Setting, isMap, hasSecrets, shownSetting } from './config-value.ts'
import { ExitCode, Failure } from './failure.ts'
import { configPlace, settingOf, StackConfig, sortedKeys } from './stack-config.ts'

interface ItemsType {
  type: string
  items?: ItemsType
}
/** One declaration in `config:` of Pulumi.yaml. */
export interface ProjectSetting {
  type?: string
  items?: ItemsType
  default?: Setting
  value?: Setting
  secret?: boolean
}

/** Reads `config:`. A value in place of a declaration is the default of a project's own key. */
export function projectSettings (project: string, config: unknown): Record<string, ProjectSetting> {
  if (config === null || typeof config !== 'object' || Array.isArray(config)) return {}
  const settings = Object.entries(config as Record<string, Setting>).map(([key, declared]) =>
    [
      key,
      isMap(declared)
        ? declared as ProjectSetting
        : isOwn(project, key)
        ? { default: declared }
        : { value: declared }
    ] as const
  )
  for (const [key, setting] of settings) validateDeclaration(project, key, setting)
  return Object.fromEntries(settings)
}

function isOwn (project: string, key: string): boolean {
  return !key.includes(':') || key.startsWith(`${project}:`)
}
const given = (value: Setting | undefined): value is Setting => value !== undefined && value !== null

function validateDeclaration (project: string, key: string, setting: ProjectSetting): void {
  const problem = given(setting.default) && given(setting.value)
    ? `project config '${key}' cannot have both a 'default' and 'value' attribute`
    : isOwn(project, key)
    ? ownProblem(key, setting)
    : packageProblem(key, setting)
  if (problem !== undefined) {
    throw new Failure(ExitCode.Failed, `error: could not validate 'Pulumi.yaml': ${problem}`)
  }
}
function ownProblem (key: string, { type, items, default: preset }: ProjectSetting): string | undefined {
  if (type === 'array' && items === undefined) {
    return `The configuration key '${key}' declares an array but does not specify the underlying type via ` +
      "the 'items' attribute"
  }
  return type !== undefined && given(preset) && !hasType(type, items, preset)
    ? `The default value specified for configuration key '${key}' is not of the expected type ` +
      `'${typeName(type, items)}'`
    : undefined
}
function packageProblem (key: string, setting: ProjectSetting): string | undefined {
  if (setting.type !== undefined) {
    return `Configuration key '${key}' is not namespaced by the project and should not define a type`
  }
  if (given(setting.default)) {
    return `Configuration key '${key}' is not namespaced by the project and should not define a default ` +
      "value. Did you mean to use the 'value' attribute instead of 'default'?"
  }
  return given(setting.value)
    ? undefined
    : `Configuration key '${key}' is namespaced and must provide an attribute 'value'`
}

function typeName (type: string, items: ItemsType | undefined): string {
  return items ? `array<${typeName(items.type, items.items)}>` : type
}

function hasType (type: string, items: ItemsType | undefined, value: unknown): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string'
    case 'integer':
      return Number.isInteger(value) || (typeof value === 'string' && /^[+-]?\d+$/.test(value))
    case 'boolean':
      return typeof value === 'boolean' || value === 'true' || value === 'false'
    case 'object':
      return value !== null && typeof value === 'object' && !Array.isArray(value)
    default:
      return items !== undefined && Array.isArray(value) &&
        value.every((member) => hasType(items.type, items.items, member))
  }
}

/** The settings of a stack over those of its project. `missing`: keys that the project asks for. */
export function mergeProjectConfig (
  project: { name: string, config: Record<string, ProjectSetting> },
  stack: StackConfig
): { settings: Record<string, Setting>, missing: string[] } {
  const merged = new StackConfig('', project.name, { config: stack.settings })
  const missing: string[] = []
  for (const key of Object.keys(project.config).sort()) {
    const declared = project.config[key]
    const place = stack.place(key, true)
    if (declared === undefined || settingOf(merged.settings, place) !== undefined) continue
    const preset = given(declared.default) ? declared.default : declared.value
    if (given(preset)) {
      merged.set(key, isMap(preset) || Array.isArray(preset) ? preset : String(preset), { path: true })
    } else if (isOwn(project.name, key)) missing.push(key)
  }
  const settings = merged.settings
  return {
    settings: Object.fromEntries(sortedKeys(settings).map((key) => [key, settings[key] ?? ''])),
    missing
  }
}

/** Refuses settings that are missing, or not of the type that the project declares. */
export function validateConfig (
  project: { name: string, config: Record<string, ProjectSetting> },
  stack: string,
  { settings, missing }: { settings: Record<string, Setting>, missing: readonly string[] },
  decrypt: (text: string) => string
): void {
  const refuse = (problem: string): never => {
    throw new Failure(ExitCode.Failed, `error: validating stack config: ${problem}`)
  }
  if (missing.length > 0) {
    const names = missing.map((key) => `'${key}'`)
    const list = names.length === 1
      ? names[0]
      : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
    refuse(`Stack '${stack}' is missing configuration ${missing.length > 1 ? 'values' : 'value'} ${list}`)
  }
  for (const key of Object.keys(project.config).sort()) {
    const declared = project.config[key]
    if (declared?.type === undefined) continue
    const place = configPlace(key.includes(':') ? key : `${project.name}:${key}`, true)
    const stored = settingOf(settings, place) ?? ''
    const what = `Stack '${stack}' with configuration key '${key}' must be`
    if (declared.secret === true && !hasSecrets(stored)) refuse(`${what} encrypted as it's secret`)
    const { value, objectValue } = shownSetting(stored, decrypt)
    if (!hasType(declared.type, declared.items, objectValue ?? value)) {
      refuse(`${what} of type '${typeName(declared.type, declared.items)}'`)
    }
  }
}
