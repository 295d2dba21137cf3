/**
 * A registration as the program sent it, in the engine's terms. Transforms change it before it
 * becomes a goal.
 */
import aliases from '@pulumi/pulumi/proto/alias_pb.js'
import messages from '@pulumi/pulumi/proto/resource_pb.js'
import { type WireObject, type WireValue } from '../../wire.ts'
import { type Alias } from '../plan/goal.ts'
import { type HookNames } from '../state/hook-names.ts'
import { type CustomTimeouts } from '../state/resource-state.ts'
import { fromStruct, fromValue } from '../values/struct.ts'
import { hookNames } from './hook-bindings.ts'

/** Options that transforms see and may change. */
export interface ResourceOptions {
  dependsOn: string[]
  protect: boolean | undefined
  ignoreChanges: string[]
  replaceOnChanges: string[]
  version: string
  aliases: Alias[]
  provider: string
  providers: Record<string, string>
  customTimeouts: CustomTimeouts
  pluginDownloadURL: string
  retainOnDelete: boolean | undefined
  deletedWith: string
  deleteBeforeReplace: boolean | undefined
  additionalSecretOutputs: string[]
  importID: string
  hideDiff: string[]
  replaceWith: string[]
  replacementTrigger: WireValue | undefined
  hooks: HookNames
}

export interface ResourceRequest {
  type: string
  name: string
  custom: boolean
  parent: string
  properties: WireObject
  propertyDependencies: Record<string, string[]>
  options: ResourceOptions
}

const units: Record<string, number> = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 }

/** Seconds of a Go duration such as `1h30m`; undefined when empty. */
export function durationSeconds (text: string): number | undefined {
  if (text === '') return undefined
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)]
  if (parts.map(([part]) => part).join('') !== text) {
    throw new Error(`unable to parse customTimeout Value ${text}`)
  }
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * (units[unit ?? ''] ?? 0), 0)
}
export function timeoutsOf (
  timeouts: messages.RegisterResourceRequest.CustomTimeouts | undefined
): CustomTimeouts {
  const result: CustomTimeouts = {}
  for (
    const [key, text] of [['create', timeouts?.getCreate()], ['update', timeouts?.getUpdate()], [
      'delete',
      timeouts?.getDelete()
    ], ['read', timeouts?.getRead()]] as const
  ) {
    const seconds = durationSeconds(text ?? '')
    if (seconds !== undefined) result[key] = seconds
  }
  return result
}

/** The message of timeouts; undefined when there are none. */
export function timeoutsMessage (
  timeouts: CustomTimeouts
): messages.RegisterResourceRequest.CustomTimeouts | undefined {
  if (Object.keys(timeouts).length === 0) return undefined
  const message = new messages.RegisterResourceRequest.CustomTimeouts()
  const text = (seconds: number | undefined): string => seconds === undefined ? '' : goDuration(seconds)
  message.setCreate(text(timeouts.create))
  message.setUpdate(text(timeouts.update))
  message.setDelete(text(timeouts.delete))
  message.setRead(text(timeouts.read))
  return message
}
/** Seconds as Go writes a duration: `1h30m0s`. */
function goDuration (seconds: number): string {
  if (seconds < 1) return `${seconds * 1000}ms`
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  const rest = `${seconds % 60}s`
  return hours > 0 ? `${hours}h${minutes}m${rest}` : minutes > 0 ? `${minutes}m${rest}` : rest
}

export function aliasOf (alias: aliases.Alias): Alias {
  const spec = alias.getSpec()
  if (spec === undefined) return { urn: alias.getUrn() }
  return {
    name: spec.getName(),
    type: spec.getType(),
    stack: spec.getStack(),
    project: spec.getProject(),
    parent: spec.getParenturn(),
    noParent: spec.getNoparent()
  }
}
export function aliasMessage (alias: Alias): aliases.Alias {
  const message = new aliases.Alias()
  if ('urn' in alias) message.setUrn(alias.urn)
  else {
    const spec = new aliases.Alias.Spec()
    spec.setName(alias.name)
    spec.setType(alias.type)
    spec.setStack(alias.stack)
    spec.setProject(alias.project)
    if (alias.noParent) spec.setNoparent(true)
    else if (alias.parent !== '') spec.setParenturn(alias.parent)
    message.setSpec(spec)
  }
  return message
}

function propertyDependenciesOf (
  message: messages.RegisterResourceRequest,
  properties: WireObject
): Record<string, string[]> {
  const result: Record<string, string[]> = {}
  message.getPropertydependenciesMap().forEach((urns, key) => {
    result[key] = [...new Set(urns.getUrnsList())]
  })
  // An SDK that names no dependencies of properties: each property depends on all.
  if (Object.keys(result).length === 0 && !message.getRemote()) {
    for (const key of Object.keys(properties)) result[key] = message.getDependenciesList()
  }
  return result
}

export function registerRequest (message: messages.RegisterResourceRequest): ResourceRequest {
  const properties = fromStruct(message.getObject())
  const trigger = message.getReplacementTrigger()
  return {
    type: message.getType(),
    name: message.getName(),
    custom: message.getCustom(),
    parent: message.getParent(),
    properties,
    propertyDependencies: propertyDependenciesOf(message, properties),
    options: {
      dependsOn: message.getDependenciesList(),
      protect: message.hasProtect() ? message.getProtect() : undefined,
      ignoreChanges: message.getIgnorechangesList(),
      replaceOnChanges: message.getReplaceonchangesList(),
      version: message.getVersion(),
      aliases: [
        ...message.getAliasurnsList().map((urn) => ({ urn })),
        ...message.getAliasesList().map(aliasOf)
      ],
      provider: message.getProvider(),
      providers: Object.fromEntries(message.getProvidersMap().toArray()),
      customTimeouts: timeoutsOf(message.getCustomtimeouts()),
      pluginDownloadURL: message.getPlugindownloadurl(),
      retainOnDelete: message.hasRetainondelete() ? message.getRetainondelete() : undefined,
      deletedWith: message.getDeletedwith(),
      deleteBeforeReplace: message.getDeletebeforereplacedefined() || message.getDeletebeforereplace()
        ? message.getDeletebeforereplace()
        : undefined,
      additionalSecretOutputs: message.getAdditionalsecretoutputsList(),
      importID: message.getImportid(),
      hideDiff: message.getHidediffsList(),
      replaceWith: message.getReplaceWithList(),
      replacementTrigger: trigger === undefined ? undefined : fromValue(trigger),
      hooks: hookNames(message.getHooks())
    }
  }
}
