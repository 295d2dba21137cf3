/** What happens in a world of rehearsals as it grows older, on the wire. */
import { Type, type Static } from 'typebox'
import { closed, count, integer, oneOf, ref, time } from './schema.ts'

/** Codes of findings. A code is never renamed. */
export const agingCodes = [
  'certificate-ended',
  'authority-replaced-at-once',
  'token-never-ends',
  'token-replaced-elsewhere',
  'key-never-ends',
  'encryption-key-ended',
  'backup-repository-expired',
  'backup-expired-early',
  'credential-in-backup',
  'support-ended'
] as const
export type AgingCode = typeof agingCodes[number]

/**
 * Effects of a finding: something that worked stops, something that should be out of reach is in
 * it, or nobody mends what is found in it any more.
 */
export const agingEffects = ['breaks', 'exposes', 'unsupported'] as const
export type AgingEffect = typeof agingEffects[number]

/** Things that happen by themselves as time goes by. */
export const agingRuns = ['schedule', 'backup', 'rotation'] as const
export type AgingRun = typeof agingRuns[number]

/** Days that a world ages at once: ten years, as long as the longest certificate lives. */
export const mostAgingDays = 3_660

export const agingRequestSchema = Type.Object({
  days: integer('days by which its clock goes forward', 1, mostAgingDays)
}, { ...closed, description: 'how much older the world becomes: days' })
export type AgingRequest = Static<typeof agingRequestSchema>

export const agingFindingSchema = Type.Object({
  code: oneOf(agingCodes),
  effect: oneOf(agingEffects),
  at: time("when it began, by the world's clock"),
  day: integer('the day of this aging on which that is; 1 is the first', 1, mostAgingDays),
  unit: Type.Optional(Type.String({ description: 'the unit that it is deployed by' })),
  urn: Type.Optional(Type.String({ description: 'the resource' })),
  message: Type.String({ description: 'what became of it' }),
  right: Type.String({ description: 'what would be right' }),
  source: Type.Optional(Type.String({ description: 'the document that says so' }))
}, { description: 'what broke in a world as it grew older' })
export type AgingFinding = Static<typeof agingFindingSchema>

export const agingHappenedSchema = Type.Object({
  kind: oneOf(agingRuns),
  name: Type.String({ description: 'the schedule, the backup or the key' }),
  unit: Type.Optional(Type.String({ description: 'the unit that it is deployed by' })),
  times: count('how often it came; 2,000 stands for that and more'),
  what: Type.String({ description: 'what it did, and what is assumed of it' })
}, { description: 'what came by itself in that time' })
export type AgingHappened = Static<typeof agingHappenedSchema>

export const agingSchema = Type.Object({
  from: time("the world's time before"),
  to: time("the world's time after"),
  days: integer('days between', 1, mostAgingDays),
  findings: Type.Array(agingFindingSchema, {
    description: 'what broke, the first to break first; a thousand at most'
  }),
  more: count('findings that were left out'),
  happened: Type.Array(agingHappenedSchema, { description: 'what came by itself, by kind and name' }),
  unknown: Type.Array(Type.String(), { description: 'what nothing known says how it ages' })
}, { $id: 'Aging', description: 'what a world went through as its clock went forward' })
export type Aging = Static<typeof agingSchema>

export const agingsSchema = Type.Object({
  items: Type.Array(ref(agingSchema), { description: 'agings of the world, the latest first' })
}, { description: 'the agings of a world' })
