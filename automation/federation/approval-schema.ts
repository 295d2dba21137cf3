/** The federation file's schema of approvals: which phases wait for whom. */
import { Type } from 'typebox'
import { closed, integer, list, oneOf, someOf, text } from '../../contract/schema.ts'
import { gatedOperations, modes, phaseNames } from '../../contract/words.ts'

const who = (what: string) => text(what, { maxLength: 300, pattern: '^\\S(.*\\S)?$' })
const each = { minItems: 1, uniqueItems: true }

const gateSchema = Type.Object({
  phases: someOf('a list of at least one phase', phaseNames),
  operations: Type.Optional(someOf('a list of operations', gatedOperations)),
  modes: Type.Optional(someOf('a list of modes', modes)),
  people: Type.Optional(
    list(
      who('the subject of a person, as launchedBy and windlass audit show it'),
      'a list of subjects of people, each once',
      each
    )
  ),
  groups: Type.Optional(list(who('the name of a group'), 'a list of names of groups, each once', each)),
  needed: Type.Optional(
    integer('how many of them have to approve', 1, 20)
  ),
  // A month: whoever approves later than that approves something that nobody remembers.
  expiresMinutes: Type.Optional(
    integer('minutes that the phase waits', 1, 43_200)
  ),
  launcherMayApprove: Type.Optional(
    Type.Boolean({ description: 'true or false: whether who launched counts' })
  )
}, {
  ...closed,
  description: 'a gate: phases and, optionally, operations, modes, people, groups, needed, expiresMinutes, ' +
    'launcherMayApprove'
})

export const approvalsSchema = Type.Object({
  gates: Type.Optional(list(gateSchema, 'a list of gates')),
  liveDestroy: Type.Optional(
    oneOf(['second-person', 'alone'])
  )
}, { ...closed, description: 'a mapping: gates, liveDestroy' })
