/** Words and figures for people. Pure. */
import type { ResourceChanges } from '../api/client.ts'

/** Every state that something can be in, on any page. */
export type State =
  | 'queued'
  | 'pending'
  | 'waiting'
  | 'running'
  | 'canceling'
  | 'succeeded'
  | 'failed'
  | 'skipped'
  | 'canceled'
  | 'absent'

export const endedStates: readonly string[] = ['succeeded', 'failed', 'canceled']

/** US dollars, whole ones from ten on. */
export const money = (amount: number): string =>
  `${amount < 0 ? '−' : ''}$${
    Math.abs(amount).toLocaleString(
      'en-US',
      Math.abs(amount) >= 10 || amount === 0
        ? { maximumFractionDigits: 0 }
        : { minimumFractionDigits: 2, maximumFractionDigits: 2 }
    )
  }`

/** The same with its sign. */
export const moneyChange = (amount: number): string =>
  Math.abs(amount) < 0.005 ? '±$0' : `${amount > 0 ? '+' : ''}${money(amount)}`

export const count = (amount: number, one: string, many = `${one}s`): string =>
  `${amount.toLocaleString('en-US')} ${amount === 1 ? one : many}`

const kinds = ['create', 'update', 'replace', 'delete', 'same'] as const
const signs = { create: '+', update: '~', replace: '±', delete: '−', same: '=' } as const
const verbs = {
  create: 'to create',
  update: 'to update',
  replace: 'to replace',
  delete: 'to delete',
  same: 'unchanged'
} as const
const done = {
  create: 'created',
  update: 'updated',
  replace: 'replaced',
  delete: 'deleted',
  same: 'unchanged'
} as const

/** The kinds of changes that there are any of, with sign and words. */
export function changeList (
  changes: ResourceChanges,
  options: { preview?: boolean, same?: boolean } = {}
): { kind: typeof kinds[number], sign: string, count: number, words: string }[] {
  return kinds.filter((kind) => changes[kind] > 0 && (kind !== 'same' || options.same === true))
    .map((kind) => ({
      kind,
      sign: signs[kind],
      count: changes[kind],
      words: `${changes[kind]} ${options.preview ? verbs[kind] : done[kind]}`
    }))
}

/** The short form of a Pulumi type: aws:ec2/vpc:Vpc is ec2 Vpc of aws. */
export const typeName = (type: string): string => type.split(':').at(-1) ?? type

/** The resource's own type and name in a URN. */
export function urnParts (urn: string): { type: string, name: string } {
  const [, , chain = '', ...name] = urn.split('::')
  return { type: chain.split('$').at(-1) ?? chain, name: name.join('::') || chain }
}
