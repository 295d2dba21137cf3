/** The goal of a registration, after its transforms. */
import { type WireObject } from '../../wire.ts'
import { type Goal } from '../plan/goal.ts'
import { pluginInputs } from '../providers/provider-registry.ts'
import { isProviderType } from '../urn.ts'
import { fullReferences } from '../values/resource-references.ts'
import { lowerOutputValues, outputDependencies } from '../values/wire-values.ts'
import { type ResourceRequest } from './resource-request.ts'

export interface GoalSurroundings {
  /** Reference of its provider. */
  reference: string
  source: { sourcePosition: string, stackTrace: { sourcePosition?: string }[] }
  /** Transforms of its own have run: its dependencies are those of its output values. */
  transformed: boolean
}

/** URNs by property, and all of them. */
function dependenciesOf (
  request: ResourceRequest,
  transformed: boolean
): { dependencies: string[], propertyDependencies: Record<string, string[]> } {
  const dependencies = new Set(request.options.dependsOn)
  const propertyDependencies: Record<string, string[]> = {}
  const keys = new Set([
    ...(transformed ? [] : Object.keys(request.propertyDependencies)),
    ...Object.keys(request.properties)
  ])
  for (const key of keys) {
    const urns = new Set(transformed ? [] : request.propertyDependencies[key])
    outputDependencies(request.properties[key] ?? null, urns)
    propertyDependencies[key] = [...urns]
    if (transformed) { for (const urn of urns) dependencies.add(urn) }
  }
  return { dependencies: [...dependencies], propertyDependencies }
}

export function goalOf (
  request: ResourceRequest,
  { reference, source, transformed }: GoalSurroundings
): Goal {
  const { options } = request
  const properties = fullReferences(lowerOutputValues(request.properties) as WireObject)
  const version = options.version.replace(/^v/, '')
  const provider = isProviderType(request.type)
  const plugin = provider ? pluginInputs({ version, pluginDownloadURL: options.pluginDownloadURL }) : {}
  return {
    type: request.type,
    name: request.name,
    custom: request.custom,
    properties: { ...properties, ...plugin },
    parent: request.parent,
    protect: options.protect,
    ...dependenciesOf(request, transformed),
    provider: provider ? '' : reference,
    deleteBeforeReplace: options.deleteBeforeReplace,
    ignoreChanges: options.ignoreChanges,
    additionalSecretOutputs: options.additionalSecretOutputs,
    aliases: options.aliases,
    id: options.importID,
    customTimeouts: options.customTimeouts,
    replaceOnChanges: options.replaceOnChanges,
    replacementTrigger: options.replacementTrigger,
    retainOnDelete: options.retainOnDelete,
    deletedWith: options.deletedWith,
    replaceWith: options.replaceWith,
    hideDiff: options.hideDiff,
    hooks: options.hooks,
    ...source
  }
}
