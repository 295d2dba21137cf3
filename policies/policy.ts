/** The form of this pack's policies: a table entry each, which is made into the SDK's form here. */
import type {
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy
} from '@pulumi/policy'
import { type FindingEnforcement } from '../contract/words.ts'
import { type Cost, type Exception, type Facts, type Settings } from './facts.ts'
import { isUnknownValue, type Properties } from './properties.ts'

/** A resource that a policy judges. */
export interface Subject {
  readonly type: string
  readonly name: string
  readonly urn: string
  readonly props: Properties
  readonly protect: boolean
  /** Inputs of its provider; only of a resource that is judged by itself. */
  readonly provider?: Properties
  /** URN of its provider; only of a resource in a finished stack. */
  readonly providerUrn?: string
}

/** Instructions what to change: one for each thing that is wrong, none when all is well. */
export type Findings = readonly string[] | string | undefined

/** An instruction what to change in a finished stack, and the resource that it is about. */
export interface StackFinding {
  readonly message: string
  readonly urn?: string
}

interface Described {
  /** Stable name: the federation file names policies by it. */
  readonly name: string
  /** The rule in one sentence. */
  readonly description: string
  readonly level: FindingEnforcement
}

/**
 * A rule about single resources. `reads: 'facts'`: it also looks at the federation. Facts are
 * undefined when the pack runs without the service; the rule then says nothing of what needs them.
 */
export type ResourceRule =
  & Described
  & {
    /** Pulumi types that it judges; one that ends in `*` stands for all that begin like it. */
    readonly types: readonly string[]
  }
  & (
    | { readonly reads?: undefined, readonly check: (resource: Subject) => Findings }
    | {
      readonly reads: 'facts'
      readonly check: (resource: Subject, facts: Facts | undefined) => Findings
    }
  )

/**
 * A rule about the finished stack. `reads: 'facts'`: it also looks at the federation; `'cost'`: it
 * looks at what the stack may cost. Both are undefined when the pack runs without the service, the
 * cost also where the federation has no budget.
 */
export type StackRule =
  & Described
  & (
    | {
      readonly reads?: undefined
      readonly check: (resources: readonly Subject[]) => readonly StackFinding[]
    }
    | {
      readonly reads: 'facts'
      readonly check: (resources: readonly Subject[], facts: Facts | undefined) => readonly StackFinding[]
    }
    | {
      readonly reads: 'cost'
      readonly check: (resources: readonly Subject[], cost: Cost | undefined) => readonly StackFinding[]
    }
  )

/**
 * A policy in the SDK's form, with what it has to be given: facts and prices are not small, so that
 * only policies that read them get them.
 */
export type WindlassPolicy = (ResourceValidationPolicy | StackValidationPolicy) & {
  /** Types that it judges; absent when it judges stacks. */
  readonly types?: readonly string[]
  readonly needsFacts: boolean
  readonly needsCost: boolean
}

/** Tells whether a policy for `types` judges resources of that type. */
export function covers (types: readonly string[], type: string): boolean {
  return types.some((pattern) =>
    pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type
  )
}

/**
 * Tells whether a text matches a pattern, in which `*` stands for any text and the rest for itself.
 */
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

/** Leaves a value that is not known yet, in a preview, to the up that follows. */
function judged<T> (args: ResourceValidationArgs | StackValidationArgs, check: () => T): T {
  try {
    return check()
  } catch (error) {
    if (isUnknownValue(error)) args.notApplicable(error.message)
    throw error
  }
}

/** Makes a policy about single resources, asked before they are created or changed. */
export function resourcePolicy (rule: ResourceRule): WindlassPolicy {
  const { name, description, level, types } = rule
  const findings = (subject: Subject, facts: Facts | undefined): Findings =>
    rule.reads === 'facts' ? rule.check(subject, facts) : rule.check(subject)
  return {
    name,
    description,
    enforcementLevel: level,
    types,
    needsFacts: rule.reads === 'facts',
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
      for (const message of listed(judged(args, () => findings(subject, facts)))) report(message)
    }
  }
}

/** Makes a policy about the stack as a whole, asked when all resources are there. */
export function stackPolicy (rule: StackRule): WindlassPolicy {
  const { name, description, level } = rule
  const findings = (resources: readonly Subject[], { facts, cost }: Settings): readonly StackFinding[] => {
    switch (rule.reads) {
      case 'facts':
        return rule.check(resources, facts)
      case 'cost':
        return rule.check(resources, cost)
      case undefined:
        return rule.check(resources)
    }
  }
  return {
    name,
    description,
    enforcementLevel: level,
    needsFacts: rule.reads === 'facts',
    needsCost: rule.reads === 'cost',
    validateStack: (args, report) => {
      const settings = args.getConfig<Settings>()
      const resources = args.resources.map(({ type, name, urn, props, opts, provider }) => ({
        type,
        name,
        urn,
        props: props as Properties,
        protect: opts.protect,
        ...(provider && { providerUrn: provider.urn })
      }))
      for (const { message, urn } of judged(args, () => findings(resources, settings))) {
        if (urn === undefined || !excepted(settings.exceptions, urn)) report(message, urn)
      }
    }
  }
}
