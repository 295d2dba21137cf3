/**
 * A policy pack in process: its handlers are called as its gRPC server would call them, without
 * messages.
 */
import type messages from '@pulumi/pulumi/proto/analyzer_pb.js'
import {
  type AnalyzedResource,
  type AnalyzedStackResource,
  type Analysis,
  type Analyzer,
  type AnalyzerInfo,
  type PolicyConfigs,
  type Remedy
} from '../../analyzer.ts'
import { analysisOf } from './analyzer-messages.ts'

/** Handlers of a pack without remedies. */
export interface PackHandlers {
  /**
   * Judges a resource. `notApplicable` names the policies that were not asked because they judge no
   * resource of the type.
   */
  analyze(
    type: string,
    request: object
  ): Promise<{ response: messages.AnalyzeResponse, notApplicable: readonly string[] }>
  analyzeStack(request: object): Promise<messages.AnalyzeResponse>
}
export interface InProcessPack {
  readonly info: Pick<AnalyzerInfo, 'name' | 'version' | 'policies'>
  configure(configs: PolicyConfigs): PackHandlers
}

const plainProperties = (properties: unknown): object => ({ toJavaScript: () => properties })

/** A request as handlers read it, with the protocol's getters. */
function plainRequest (resource: AnalyzedResource): object {
  const { options, provider } = resource
  const timeouts = {
    getCreate: () => options.customTimeouts.create ?? 0,
    getUpdate: () => options.customTimeouts.update ?? 0,
    getDelete: () => options.customTimeouts.delete ?? 0
  }
  const plainOptions = {
    getProtect: () => options.protect,
    getIgnorechangesList: () => options.ignoreChanges,
    getAliasesList: () => options.aliases,
    getCustomtimeouts: () => timeouts,
    getAdditionalsecretoutputsList: () => options.additionalSecretOutputs,
    getDeletebeforereplacedefined: () => options.deleteBeforeReplace !== undefined,
    getDeletebeforereplace: () => options.deleteBeforeReplace === true,
    getParent: () => options.parent
  }
  const plainProvider = provider &&
    {
      getType: () => provider.type,
      getUrn: () => provider.urn,
      getName: () => provider.name,
      getProperties: () => plainProperties(provider.properties)
    }
  return {
    getType: () => resource.type,
    getUrn: () => resource.urn,
    getName: () => resource.name,
    getProperties: () => plainProperties(resource.properties),
    getOptions: () => plainOptions,
    getProvider: () => plainProvider
  }
}
function plainStackRequest (resources: readonly AnalyzedStackResource[]): object {
  const list = resources.map((resource) => {
    const dependencies = new Map(
      Object.entries(resource.propertyDependencies).map(([property, urns]) => [property, {
        getUrnsList: () => urns
      }])
    )
    return {
      ...plainRequest(resource),
      getParent: () => resource.options.parent,
      getDependenciesList: () => resource.dependencies,
      getPropertydependenciesMap: () => dependencies
    }
  })
  return { getResourcesList: () => list }
}

export class HandlerAnalyzer implements Analyzer {
  readonly #pack: InProcessPack
  #handlers: PackHandlers

  constructor (pack: InProcessPack) {
    this.#pack = pack
    this.#handlers = pack.configure({})
  }

  async info (): Promise<AnalyzerInfo> {
    return { ...this.#pack.info, supportsConfig: true, initialConfig: {} }
  }

  async configureStack (): Promise<void> {/* What these packs know of the stack is in their configuration. */}

  async configure (configs: PolicyConfigs): Promise<void> {
    this.#handlers = this.#pack.configure(configs)
  }

  async remediate (): Promise<Remedy> {
    return { remediations: [], notApplicable: [] }
  }

  async analyze (resource: AnalyzedResource): Promise<Analysis> {
    const { response, notApplicable } = await this.#handlers.analyze(resource.type, plainRequest(resource))
    const analysis = analysisOf(response)
    return {
      ...analysis,
      notApplicable: [
        ...analysis.notApplicable,
        ...notApplicable.map((policy) => ({ policy, reason: 'it judges no resource of this type' }))
      ]
    }
  }

  async analyzeStack (resources: AnalyzedStackResource[]): Promise<Analysis> {
    return analysisOf(await this.#handlers.analyzeStack(plainStackRequest(resources)))
  }

  release (): void {/* It is the caller's process. */}
}
