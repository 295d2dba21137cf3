/** The function that makes an IAM policy document out of statements. */
import { type WireObject, type WireValue } from '../../wire.ts'
import { identifiers } from '../identifiers.ts'
import { type Invoke } from '../package-model.ts'
import { isObject, stringAt, stringsAt, valuesAt } from '../wire-values.ts'

/** Inputs of a statement, and what IAM calls them. */
const lists = [
  ['actions', 'Action'],
  ['notActions', 'NotAction'],
  ['resources', 'Resource'],
  ['notResources', 'NotResource']
] as const
const principalFields = [['principals', 'Principal'], ['notPrincipals', 'NotPrincipal']] as const

const listOf = (value: WireValue): WireValue[] => Array.isArray(value) ? value : [value]
const oneOrMany = (values: WireValue[]): WireValue => values.length === 1 ? values[0] ?? '' : values

/** One statement of a policy document in IAM's JSON. */
function statement (input: WireObject): WireObject {
  const result: WireObject = {}
  if (input.sid !== undefined) result.Sid = input.sid
  result.Effect = input.effect ?? 'Allow'
  for (const [from, to] of lists) {
    const values = valuesAt(input, `${from}[]`)
    if (values.length > 0) result[to] = oneOrMany(values)
  }
  for (const [from, to] of principalFields) {
    const principals = valuesAt(input, `${from}[]`).filter(isObject)
    if (principals.length > 0) result[to] = principalsOf(principals)
  }
  const conditions = valuesAt(input, 'conditions[]').filter(isObject)
  if (conditions.length > 0) result.Condition = conditionsOf(conditions)
  return result
}

function principalsOf (principals: WireObject[]): WireValue {
  if (principals.length === 1 && principals[0]?.type === '*') return '*'
  return Object.fromEntries(principals.map((principal) => [
    stringAt(principal, 'type') ?? '',
    oneOrMany(listOf(principal.identifiers ?? []))
  ]))
}

/** Conditions by test and variable. */
function conditionsOf (conditions: WireObject[]): WireObject {
  const merged: Record<string, WireObject> = {}
  for (const condition of conditions) {
    const test = merged[stringAt(condition, 'test') ?? ''] ??= {}
    test[stringAt(condition, 'variable') ?? ''] = oneOrMany(listOf(condition.values ?? []))
  }
  return merged
}

export const getPolicyDocument: Invoke = ({ args, fail }) => {
  const parse = (text: string): WireObject => {
    try {
      return JSON.parse(text) as WireObject
    } catch (error) {
      throw fail({
        status: 400,
        code: 'MalformedPolicyDocument',
        message: error instanceof Error ? error.message : String(error)
      }, 'getPolicyDocument')
    }
  }
  const sources = [...stringsAt(args, 'sourceJson'), ...stringsAt(args, 'sourcePolicyDocuments[]')].flatMap((
    text
  ) => valuesAt(parse(text), 'Statement').flatMap(listOf))
  const overrides = [...stringsAt(args, 'overridePolicyDocuments[]'), ...stringsAt(args, 'overrideJson')]
    .flatMap((text) => valuesAt(parse(text), 'Statement').flatMap(listOf))
  const own: WireValue[] = valuesAt(args, 'statements[]').filter(isObject).map(statement)
  const kept = [...sources, ...own].filter((item) =>
    stringAt(item, 'Sid') === undefined ||
    !overrides.some((other) => stringAt(other, 'Sid') === stringAt(item, 'Sid'))
  )
  const document: WireObject = {
    Version: args.version ?? '2012-10-17',
    ...(args.policyId !== undefined && { Id: args.policyId }),
    Statement: [...kept, ...overrides]
  }
  const json = JSON.stringify(document, null, 2)
  return {
    ...args,
    version: args.version ?? '2012-10-17',
    id: identifiers(json).digits(10),
    json,
    minifiedJson: JSON.stringify(document)
  }
}
