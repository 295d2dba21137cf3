/**
 * The pack in the process of its caller: the SDK's own handlers, those that its gRPC server wraps,
 * given requests that are no protobuf messages. A handler deserializes a resource for every policy
 * it has, so each type of resource gets handlers with just the policies that judge it.
 */
import type { Policies } from '@pulumi/policy'
import protoutil from '@pulumi/policy/protoutil.js'
import server from '@pulumi/policy/server.js'
import { type Settings } from './facts.ts'
import { packName, packVersion, policies } from './index.ts'
import { covers, type WindlassPolicy } from './policy.ts'

export type Level = 'advisory' | 'mandatory' | 'disabled' | 'remediate'
/**
 * A request as the handlers read it: an AnalyzeRequest or an AnalyzeStackRequest of the protocol.
 */
type Call<Request> = { readonly request: Request }
type Callback<Response> = (error: Error | null | undefined, response: Response) => void
type Handler<Request, Response> = (call: Call<Request>, callback: Callback<Response>) => unknown
/** The SDK keeps these out of its typings. */
type Make = <Request, Response>(
  pack: string,
  version: string,
  level: Level,
  policies: Policies
) => Handler<Request, Response>
const { makeAnalyzeRpcFun: makeAnalyze, makeAnalyzeStackRpcFun: makeAnalyzeStack } = server as unknown as {
  makeAnalyzeRpcFun: Make
  makeAnalyzeStackRpcFun: Make
}

type Describe = <Info>(pack: string, version: string, level: Level, args: { policies: Policies }) => Info
const { makeAnalyzerInfo: describePack } = protoutil as unknown as { makeAnalyzerInfo: Describe }

const isStack = (policy: WindlassPolicy): boolean => 'validateStack' in policy

/** Configuration by policy; the level replaces the policy's own. */
export type PackConfigs = Readonly<
  Record<string, { level?: Level | undefined, properties: Record<string, unknown> }>
>

/** The pack with one configuration. `Response` is the protocol's AnalyzeResponse. */
export interface ConfiguredPack<Response> {
  analyze(type: string, request: object): Promise<{ response: Response, notApplicable: readonly string[] }>
  analyzeStack(request: object): Promise<Response>
}

export const packInfo = {
  name: packName,
  version: packVersion,
  policies: policies.map((policy) => ({
    name: policy.name,
    kind: isStack(policy) ? 'stack' as const : 'resource' as const,
    level: (policy.enforcementLevel ?? 'advisory') as Level
  }))
}

/** The pack in the protocol's terms: `Info` is its AnalyzerInfo. */
export function analyzerInfo<Info> (): Info {
  return describePack<Info>(packName, packVersion, 'advisory', { policies: [...policies] })
}

function ask<Request, Response> (handler: Handler<Request, Response>, request: Request): Promise<Response> {
  return new Promise((resolve, reject) =>
    handler({ request }, (error, response) => {
      if (error) reject(error)
      else resolve(response)
    })
  )
}

/**
 * The policy with its configuration in it, since the server's own `configure` is for one caller at
 * a time.
 */
function configured (
  policy: WindlassPolicy,
  config: { level?: Level | undefined, properties: Record<string, unknown> } | undefined
): WindlassPolicy {
  if (config === undefined) return policy
  const enforcementLevel = config.level ?? policy.enforcementLevel ?? 'advisory'
  const getConfig = <T extends object>(): T => config.properties as Settings as T
  const { validateResource, validateStack } = policy as {
    validateResource?: (...args: unknown[]) => unknown
    validateStack?: (...args: unknown[]) => unknown
  }
  const withConfig = (args: unknown): object => ({ ...args as object, getConfig })
  return {
    ...policy,
    enforcementLevel,
    ...(validateResource &&
      { validateResource: (args: unknown, report: unknown) => validateResource(withConfig(args), report) }),
    ...(validateStack &&
      { validateStack: (args: unknown, report: unknown) => validateStack(withConfig(args), report) })
  } as WindlassPolicy
}

export function configurePack<Response> (configs: PackConfigs): ConfiguredPack<Response> {
  const all = policies.map((policy) => configured(policy, configs[policy.name]))
  const handlers = new Map<string, { handler: Handler<object, Response>, notApplicable: readonly string[] }>()
  const handlerOf = (type: string) => {
    const known = handlers.get(type)
    if (known) return known
    const judging = all.filter((policy) => policy.types !== undefined && covers(policy.types, type))
    const made = {
      handler: makeAnalyze<object, Response>(packName, packVersion, 'advisory', judging),
      notApplicable: all.filter((policy) => policy.types !== undefined && !judging.includes(policy)).map((
        { name }
      ) => name)
    }
    handlers.set(type, made)
    return made
  }
  const stack = makeAnalyzeStack<object, Response>(packName, packVersion, 'advisory', all.filter(isStack))
  return {
    async analyze (type, request) {
      const { handler, notApplicable } = handlerOf(type)
      return { response: await ask(handler, request), notApplicable }
    },
    analyzeStack: (request) => ask(stack, request)
  }
}
