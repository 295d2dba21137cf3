/** IAM policy documents: parsed once, asked often. Pure. */
import { type WireObject, type WireValue } from '../../../wire.ts'
import { WildcardSet } from '../../wildcards.ts'
import { isObject } from '../../wire-values.ts'
import { conditionHolds, type RequestContext } from './conditions.ts'

/** One statement of a document. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny'
  /** Tells if it is about an action, in lower case. */
  readonly actions: (action: string) => boolean
  /** Tells if it is about a resource; undefined: it names none, as trust policies do. */
  readonly resources: ((arn: string) => boolean) | undefined
  readonly principals: WireValue | undefined
  readonly condition: WireValue | undefined
}

/** A request as policies see it. */
export interface IamRequest {
  /** Action with its service's prefix, such as `iam:CreateRole`. */
  action: string
  resource: string
  context: RequestContext
}

/** Verdicts of policies on a request. */
export type Verdict = 'allowed' | 'explicitly denied' | 'not allowed' | 'unknown'

const listOf = (value: WireValue | undefined): string[] =>
  value === undefined ? [] : (Array.isArray(value) ? value : [value]).map(String)

function statementOf (raw: WireObject): Statement {
  const actions = new WildcardSet(listOf(raw.Action ?? raw.NotAction).map((one) => one.toLowerCase()))
  const named = raw.Resource ?? raw.NotResource
  const resources = new WildcardSet(listOf(named))
  return {
    effect: raw.Effect === 'Deny' ? 'Deny' : 'Allow',
    actions: (action) => actions.has(action) === (raw.Action !== undefined),
    resources: named === undefined
      ? undefined
      : (arn) => resources.has(arn) === (raw.Resource !== undefined),
    principals: raw.Principal,
    condition: raw.Condition
  }
}

/** Documents that are kept parsed: those of one account's identities, and a few times as many. */
const remembered = 200
const parsed = new Map<string, readonly Statement[] | undefined>()

/** The statements of a document's text; undefined for a text that is none. */
export function statementsOf (document: string): readonly Statement[] | undefined {
  if (parsed.has(document)) return parsed.get(document)
  const statements = parse(document)
  const [oldest] = parsed.keys()
  if (parsed.size >= remembered && oldest !== undefined) parsed.delete(oldest)
  parsed.set(document, statements)
  return statements
}

function parse (document: string): Statement[] | undefined {
  try {
    const { Statement: raw } = JSON.parse(document) as { Statement?: WireValue }
    const list = Array.isArray(raw) ? raw : raw === undefined ? [] : [raw]
    return list.filter(isObject).map(statementOf)
  } catch {
    return undefined
  }
}

/**
 * Decides a request by an identity's statements: a denial counts before everything, and what
 * nothing allows is refused. Source: IAM User Guide, "Policy evaluation logic".
 */
export function decide (statements: readonly Statement[], request: IamRequest): Verdict {
  const action = request.action.toLowerCase()
  let [allows, uncertain, uncertainDenial] = [false, false, false]
  for (const statement of statements) {
    if (!statement.actions(action) || statement.resources?.(request.resource) === false) continue
    const holds = conditionHolds(statement.condition, request.context)
    if (holds === 'no') continue
    if (statement.effect === 'Deny') {
      if (holds === 'yes') return 'explicitly denied'
      uncertainDenial = true
    } else if (holds === 'yes') allows = true
    else uncertain = true
  }
  if (uncertainDenial) return 'unknown'
  return allows ? 'allowed' : uncertain ? 'unknown' : 'not allowed'
}
