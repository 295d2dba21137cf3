/** The federation file's schema of approvals: which phases wait for whom. */
import { Type } from 'typebox'

const closed = { additionalProperties: false } as const
const who = (what: string) =>
  Type.String({ minLength: 1, maxLength: 300, pattern: '^\\S(.*\\S)?$', description: what })
const list = (items: ReturnType<typeof who>, what: string) =>
  Type.Optional(Type.Array(items, { minItems: 1, maxItems: 100, uniqueItems: true, description: what }))
const words = <T extends string[]>(what: string, ...values: readonly [...T]) =>
  Type.Array(Type.Enum<T>(values, { description: `one of ${values.join(', ')}` }), {
    minItems: 1,
    uniqueItems: true,
    description: `${what}: ${values.join(', ')}`
  })

const gateSchema = Type.Object({
  phases: words(
    'a list of at least one phase',
    'prerequisites',
    'infrastructure',
    'networking',
    'mesh',
    'federation',
    'monitoring',
    'disaster-recovery',
    'validation'
  ),
  operations: Type.Optional(words('a list of operations', 'up', 'preview', 'refresh', 'destroy')),
  modes: Type.Optional(words('a list of modes', 'rehearsal', 'live')),
  people: list(
    who('the subject of a person, as launchedBy and windlass audit show it'),
    'a list of subjects of people, each once'
  ),
  groups: list(who('the name of a group'), 'a list of names of groups, each once'),
  needed: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 20,
      description: 'how many of them have to approve: a whole number from 1 to 20'
    })
  ),
  // A month: whoever approves later than that approves something that nobody remembers.
  expiresMinutes: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 43_200,
      description: 'minutes that the phase waits: a whole number from 1 to 43200'
    })
  ),
  launcherMayApprove: Type.Optional(
    Type.Boolean({ description: 'true or false: whether who launched counts' })
  )
}, {
  ...closed,
  description:
    'a gate: phases and, when wanted, operations, modes, people, groups, needed, expiresMinutes, ' +
    'launcherMayApprove'
})

export const approvalsSchema = Type.Object({
  gates: Type.Optional(Type.Array(gateSchema, { maxItems: 100, description: 'a list of gates' })),
  liveDestroy: Type.Optional(
    Type.Enum(['second-person', 'alone'], { description: 'one of second-person, alone' })
  )
}, { ...closed, description: 'a mapping: gates, liveDestroy' })
