/** How this pack's policies are written: a table entry each, made into the SDK's form here. */
import type {
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy
} from '@pulumi/policy'
import { type FindingEnforcement } from '../contract/words.ts'
import { type Cost, type Exception, type Facts, type Settings } from './facts.ts'
import { isUnknownValue } from './properties.ts'

/**
 * A resource's properties: of types that many SDK versions share, so that each policy looks only at
 * what it needs.
 */
export type Properties = Record<string, unknown>
export interface Subject {
  readonly type: string
  readonly name: string
  readonly urn: string
  readonly props: Properties
  readonly protect: boolean /** Inputs of the provider that makes it, for single resources. */
  readonly provider?: Properties /** Its provider, in a finished stack. */
  readonly providerUrn?: string
}

/**
 * What a check says: what to change, one text for each thing that is wrong; nothing when all is
 * well.
 */
export type Findings = readonly string[] | string | undefined

interface Described {
  /** Stable: the federation file names policies by it. */
  readonly name: string
  /** The rule in one sentence. */
  readonly description: string
  readonly level: FindingEnforcement
}
/**
 * Whether a check looks at facts: what does not is not given them, since they are the same for
 * every policy and not small.
 */
const looksAtFacts = (check: { readonly length: number }): boolean => check.length > 1
/** The same for prices, which are many. A check of the cost looks at nothing else. */
const looksAtCost = (check: { readonly length: number }): boolean => check.length > 2

export interface ResourceRule extends Described {
  /** Pulumi types that it judges; a type that ends in `*` stands for all that start so. */
  readonly types: readonly string[]
  /**
   * Facts are undefined when the pack runs without the service; a rule that needs them then says
   * nothing.
   */
  check(resource: Subject, facts: Facts | undefined): Findings
}
export interface StackRule extends Described {
  /**
   * Judges the finished stack: what it must have, and what it may cost. `cost` is undefined where
   * facts are, and where the federation has no budget.
   */
  check(
    resources: readonly Subject[],
    facts: Facts | undefined,
    cost: Cost | undefined
  ): readonly { readonly message: string, readonly urn?: string }[]
}

export type WindlassPolicy = (ResourceValidationPolicy | StackValidationPolicy) & {
  readonly types?: readonly string[]
  readonly needsFacts: boolean
  readonly needsCost: boolean
}

/** Whether a policy for `types` judges resources of that type. */
export function covers (types: readonly string[], type: string): boolean {
  return types.some((pattern) =>
    pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type
  )
}

/** `*` stands for any text; everything else is literal. */
export function matchesPattern (pattern: string, text: string): boolean {
  const parts = pattern.split('*')
  const [first = '', ...rest] = parts
  if (!text.startsWith(first)) return false
  const last = rest.pop()
  if (last === undefined) return text === pattern
  let at = first.length
  for (const part of rest) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}

const excepted = (exceptions: readonly Exception[] | undefined, urn: string): boolean =>
  exceptions?.some(({ resource }) => matchesPattern(resource, urn)) ?? false
const listed = (findings: Findings): readonly string[] =>
  findings === undefined ? [] : typeof findings === 'string' ? [findings] : findings

/** A value that is not known yet, in a preview, can't be judged yet: the up that follows does. */
function judged<T> (args: ResourceValidationArgs | StackValidationArgs, check: () => T): T {
  try {
    return check()
  } catch (error) {
    if (isUnknownValue(error)) args.notApplicable(error.message)
    throw error
  }
}

/** A policy about single resources, asked before they are created or changed. */
export function resourcePolicy ({ name, description, level, types, check }: ResourceRule): WindlassPolicy {
  return {
    name,
    description,
    enforcementLevel: level,
    types,
    needsFacts: looksAtFacts(check),
    needsCost: false,
    validateResource: (args, report) => {
      if (!covers(types, args.type)) args.notApplicable(`it judges ${types.join(', ')}`)
      const { facts, exceptions } = args.getConfig<Settings>()
      if (excepted(exceptions, args.urn)) args.notApplicable('the federation file makes an exception')
      const subject = {
        type: args.type,
        name: args.name,
        urn: args.urn,
        props: args.props as Properties,
        protect: args.opts.protect,
        ...(args.provider && { provider: args.provider.props as Properties })
      }
      for (const message of listed(judged(args, () => check(subject, facts)))) report(message)
    }
  }
}

/** A policy about the stack as a whole, asked when all resources are there. */
export function stackPolicy ({ name, description, level, check }: StackRule): WindlassPolicy {
  return {
    name,
    description,
    enforcementLevel: level,
    needsFacts: looksAtFacts(check) && !looksAtCost(check),
    needsCost: looksAtCost(check),
    validateStack: (args, report) => {
      const { facts, cost, exceptions } = args.getConfig<Settings>()
      const resources = args.resources.map(({ type, name, urn, props, opts, provider }) => ({
        type,
        name,
        urn,
        props: props as Properties,
        protect: opts.protect,
        ...(provider && { providerUrn: provider.urn })
      }))
      for (const { message, urn } of judged(args, () => check(resources, facts, cost))) {
        if (urn === undefined || !excepted(exceptions, urn)) report(message, urn)
      }
    }
  }
}
