/**
 * The form of the rows that say which actions of IAM an operation on a type asks for. Pure.
 *
 * A need is one word: `ACTION`, and after it any of `@PATH` (the resource is the ARN at this path
 * of the inputs), `>SERVICE` (a role is handed to the service), `?PATH` (only when the inputs have
 * something there; `?tags` also when the provider has default tags) and `=NAME` (the service that
 * gets a role of its own).
 */
import type { FaultOperation } from '../../../../contract/words.ts'
import { type WireObject } from '../../../wire.ts'
import { type Call } from '../../identity-model.ts'
import { objectAt, stringsAt, valuesAt } from '../../wire-values.ts'
import { partitionOf } from '../arns.ts'

/** Actions that a type's operations ask for. */
export interface AccessRow {
  create: string
  read: string
  /** In place: tags as far as the row says, and what the create did not. */
  update: string
  delete: string
  /**
   * Resource part of the ARN of what the type makes, such as `role{path}{name}`: `{x}` is an input,
   * `{id}` the provider's id, `*` before there is one. With a service in front (`kms:key/{id}`) the
   * ARN is that service's.
   */
  arn: string
}

/** One action of IAM that a call asks for. */
export interface Need {
  action: string
  /** Path of the resource's ARN in the inputs, where it is another resource. */
  at?: string
  passedTo?: string
  when?: string
  linkedService?: string
}

const word = /^([a-z0-9-]+:[A-Za-z]+)((?:[@>?=][^@>?=]+)*)$/

function needOf (text: string): Need {
  const [, action = '', rest = ''] = word.exec(text) ?? []
  if (action === '') throw new Error(`not a need of IAM: ${text}`)
  const need: Need = { action }
  for (const [, sign, value = ''] of rest.matchAll(/([@>?=])([^@>?=]+)/g)) {
    if (sign === '@') need.at = value
    else if (sign === '>') need.passedTo = value
    else if (sign === '?') need.when = value
    else need.linkedService = value
  }
  return need
}

const parsed = new Map<string, readonly Need[]>()

/** The needs in a row's text, read once. */
function needsIn (text: string): readonly Need[] {
  const known = parsed.get(text)
  if (known) return known
  const needs = text.split(' ').filter((part) => part !== '').map(needOf)
  parsed.set(text, needs)
  return needs
}

const present = (call: Call, path: string): boolean =>
  valuesAt(call.inputs, path).some((value) =>
    value !== null && value !== false && value !== '' &&
    (typeof value !== 'object' || Object.keys(value).length > 0)
  ) || (path === 'tags' && Object.keys(objectAt(call.instance.config, 'defaultTags.tags')).length > 0)

/** Needs of a call; a create, update or delete also reads. */
export function needsOf (row: AccessRow, operation: FaultOperation, call: Call): Need[] {
  const own = operation === 'read' ? [] : needsIn(row[operation])
  return [...own, ...needsIn(row.read)].filter(({ when }) => when === undefined || present(call, when))
}

/** Fills a row's `arn` in. */
function filledIn (pattern: string, call: Call, defaults: WireObject): string {
  return pattern.replaceAll(/\{([A-Za-z.[\]]+)\}/g, (_whole, path: string) => {
    if (path === 'id') return call.id === '' ? '*' : call.id
    const [value = valuesAt(call.outputs ?? {}, path)[0] ?? defaults[path]] = valuesAt(call.inputs, path)
    return typeof value === 'string' ? value.replace(/^https:\/\//, '') : '*'
  })
}

/** ARN of what a call is about, in its service's own form. */
export function arnOf ({ arn }: AccessRow, call: Call): string {
  const [service = '', ...rest] = arn.split(':')
  const global = rest[0] === ''
  const resource = filledIn((global ? rest.slice(1) : rest).join(':'), call, { path: '/' })
  if (service === 's3') return `arn:aws:s3:::${resource}`
  if (service === 'route53') return `arn:aws:route53:::${resource}`
  return `arn:${partitionOf(call.region)}:${service}:${global ? '' : call.region}:${call.account}:${resource}`
}

/** Actions that IAM limits to no resource: Service Authorization Reference. */
const everywhere =
  /^(ec2:(Describe|Get|Search)|directconnect:Describe|route53:Create(HealthCheck|HostedZone)$|kms:(CreateKey|ListAliases)$|cloudtrail:(DescribeTrails|ListTags)$|servicequotas:|s3:(Put|Get)AccountPublicAccessBlock$|logs:(CreateLogDelivery|DeleteLogDelivery|DescribeLogGroups)$)/

/** The resources that a need is about. */
export function resourcesOf (need: Need, row: AccessRow, call: Call): string[] {
  if (need.linkedService !== undefined) {
    return [`arn:aws:iam::${call.account}:role/aws-service-role/${need.linkedService}/*`]
  }
  if (need.at !== undefined) return stringsAt(call.inputs, need.at)
  if (need.action === 'route53:GetChange') return ['arn:aws:route53:::change/*']
  return [everywhere.test(need.action) ? '*' : arnOf(row, call)]
}
