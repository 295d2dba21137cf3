/** The Analyzer protocol's messages to and from the engine's own terms. */
import messages from '@pulumi/pulumi/proto/analyzer_pb.js'
import {
  enforcementLevels,
  type AnalyzedResource,
  type AnalyzedStack,
  type AnalyzedStackResource,
  type Analysis,
  type AnalyzerInfo,
  type EnforcementLevel,
  type NotApplicable,
  type PolicyConfigs,
  type PolicyInfo,
  type Remedy
} from '../../analyzer.ts'
import { fromStruct, toStruct } from '../values/struct.ts'

const kinds = ['unknown', 'resource', 'stack'] as const
const severities = [undefined, 'low', 'medium', 'high', 'critical'] as const

const levelOf = (level: number): EnforcementLevel => enforcementLevels[level] ?? 'mandatory'

export function infoOf (message: messages.AnalyzerInfo): AnalyzerInfo {
  const initial = message.getInitialconfigMap().toArray() as [string, messages.PolicyConfig][]
  return {
    name: message.getName(),
    version: message.getVersion(),
    supportsConfig: message.getSupportsconfig(),
    policies: message.getPoliciesList().map((policy): PolicyInfo => {
      const schema = policy.getConfigschema()
      return {
        name: policy.getName(),
        kind: kinds[policy.getPolicyType()] ?? 'unknown',
        level: levelOf(policy.getEnforcementlevel()),
        ...(schema &&
          { schema: { properties: fromStruct(schema.getProperties()), required: schema.getRequiredList() } })
      }
    }),
    initialConfig: Object.fromEntries(initial.map(([name]) => {
      const config = message.getInitialconfigMap().get(name)
      return [name, {
        level: config && levelOf(config.getEnforcementlevel()),
        properties: fromStruct(config?.getProperties())
      }]
    }))
  }
}

const notApplicable = (list: messages.PolicyNotApplicable[]): NotApplicable[] =>
  list.map((item) => ({ policy: item.getPolicyName(), reason: item.getReason() }))

export function analysisOf (message: messages.AnalyzeResponse): Analysis {
  return {
    diagnostics: message.getDiagnosticsList().map((item) => {
      const severity = severities[item.getSeverity()]
      return {
        policy: item.getPolicyname(),
        pack: item.getPolicypackname(),
        packVersion: item.getPolicypackversion(),
        description: item.getDescription(),
        message: item.getMessage(),
        level: levelOf(item.getEnforcementlevel()),
        urn: item.getUrn(),
        ...(severity && { severity })
      }
    }),
    notApplicable: notApplicable(message.getNotApplicableList())
  }
}

export function remedyOf (message: messages.RemediateResponse): Remedy {
  return {
    remediations: message.getRemediationsList().map((item) => ({
      policy: item.getPolicyname(),
      pack: item.getPolicypackname(),
      packVersion: item.getPolicypackversion(),
      description: item.getDescription(),
      diagnostic: item.getDiagnostic(),
      ...(item.hasProperties() && { properties: fromStruct(item.getProperties()) })
    })),
    notApplicable: notApplicable(message.getNotApplicableList())
  }
}

export function configureStackMessage (stack: AnalyzedStack): messages.AnalyzerStackConfigureRequest {
  const message = new messages.AnalyzerStackConfigureRequest()
  message.setStack(stack.stack)
  message.setProject(stack.project)
  message.setOrganization(stack.organization)
  message.setDryRun(stack.preview)
  message.setConfigSecretKeysList(stack.secretKeys)
  for (const [key, value] of Object.entries(stack.config)) message.getConfigMap().set(key, value)
  return message
}

export function configureMessage (configs: PolicyConfigs): messages.ConfigureAnalyzerRequest {
  const message = new messages.ConfigureAnalyzerRequest()
  for (const [name, { level = 'advisory', properties }] of Object.entries(configs)) {
    const config = new messages.PolicyConfig()
    config.setEnforcementlevel(enforcementLevels.indexOf(level) as 0 | 1 | 2 | 3)
    config.setProperties(toStruct(properties as Parameters<typeof toStruct>[0]))
    message.getPolicyconfigMap().set(name, config)
  }
  return message
}

function optionsMessage ({ options }: AnalyzedResource): messages.AnalyzerResourceOptions {
  const message = new messages.AnalyzerResourceOptions()
  message.setProtect(options.protect)
  message.setIgnorechangesList(options.ignoreChanges)
  message.setDeletebeforereplace(options.deleteBeforeReplace === true)
  message.setDeletebeforereplacedefined(options.deleteBeforeReplace !== undefined)
  message.setAdditionalsecretoutputsList(options.additionalSecretOutputs)
  message.setAliasesList(options.aliases)
  message.setParent(options.parent)
  const timeouts = new messages.AnalyzerResourceOptions.CustomTimeouts()
  timeouts.setCreate(options.customTimeouts.create ?? 0)
  timeouts.setUpdate(options.customTimeouts.update ?? 0)
  timeouts.setDelete(options.customTimeouts.delete ?? 0)
  message.setCustomtimeouts(timeouts)
  return message
}
function providerMessage ({ provider }: AnalyzedResource): messages.AnalyzerProviderResource | undefined {
  if (provider === undefined) return undefined
  const message = new messages.AnalyzerProviderResource()
  message.setUrn(provider.urn)
  message.setType(provider.type)
  message.setName(provider.name)
  message.setProperties(toStruct(provider.properties))
  return message
}
function describe (
  message: messages.AnalyzeRequest | messages.AnalyzerResource,
  resource: AnalyzedResource
): void {
  message.setUrn(resource.urn)
  message.setType(resource.type)
  message.setName(resource.name)
  message.setProperties(toStruct(resource.properties))
  message.setOptions(optionsMessage(resource))
  message.setProvider(providerMessage(resource))
}

export function analyzeMessage (resource: AnalyzedResource): messages.AnalyzeRequest {
  const message = new messages.AnalyzeRequest()
  describe(message, resource)
  return message
}

export function analyzeStackMessage (
  resources: readonly AnalyzedStackResource[]
): messages.AnalyzeStackRequest {
  const message = new messages.AnalyzeStackRequest()
  message.setResourcesList(resources.map((resource) => {
    const item = new messages.AnalyzerResource()
    describe(item, resource)
    item.setParent(resource.options.parent)
    item.setDependenciesList(resource.dependencies)
    for (const [property, urns] of Object.entries(resource.propertyDependencies)) {
      const dependencies = new messages.AnalyzerPropertyDependencies()
      dependencies.setUrnsList(urns)
      item.getPropertydependenciesMap().set(property, dependencies)
    }
    return item
  }))
  return message
}
