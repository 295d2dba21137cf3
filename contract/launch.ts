/** The body of `POST /v1/deployments`, its defaults, and the rules that span fields. */
import { Type, type Static } from 'typebox'
import { type Issue } from './problem.ts'
import { closed, integer, oneOf, storable, text, storableText } from './schema.ts'
import { modeSchema, operationSchema } from './word-schemas.ts'
import {
  type ApprovalRequest,
  type Mode,
  type Operation,
  type Ordering,
  approvalRequests,
  faultClouds,
  faultKinds,
  faultOperations,
  lastPhase,
  orderings,
  orphanOperations
} from './words.ts'

export const worldSchema = text(
  'the name of a world: letters, digits, dots, dashes and underscores, starting with a letter or digit, ' +
    'at most 100',
  {
    maxLength: 100,
    pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$',
    examples: ['default', 'fresh']
  }
)

/** Names with dots between them, indexes and quoted keys in brackets. */
const propertyPath =
  '^([^.[\\]"\\u0000-\\u001f\\ud800-\\udfff]+|\\["[^"\\u0000-\\u001f\\ud800-\\udfff]+"\\])(\\.[^.[\\]"\\u0000-\\u001f\\ud800-\\udfff]+|\\[[0-9]{1,6}\\]|\\["[^"\\u0000-\\u001f\\ud800-\\udfff]+"\\])*$'

export const scenarioNameSchema = storableText(
  'the name of a scenario: lower case letters, digits and dashes, starting with a letter, at most 60',
  { maxLength: 60, pattern: '^[a-z][a-z0-9-]*$', examples: ['region-outage'] }
)

export const faultSchema = Type.Object({
  cloud: Type.Optional(oneOf(faultClouds, { description: 'the cloud it hits' })),
  region: Type.Optional(storableText('the region it hits')),
  cluster: Type.Optional(storableText('the name of the cluster it hits')),
  type: Type.Optional(storableText('the resource type it hits, such as aws:ec2/vpc:Vpc')),
  name: Type.Optional(storableText('the name of the resource it hits')),
  operation: Type.Optional(
    oneOf(faultOperations, { description: 'the operation it hits' })
  ),
  kind: oneOf(faultKinds, {
    description:
      'what goes wrong; missing and changed: a resource that a refresh or drift check reads was deleted or ' +
      'changed outside Windlass; outage: nothing answers until the world recovers; lost-answer: the ' +
      'operation is done, and its answer lost; mistake: the program gives another input, or leaves the ' +
      'resource out'
  }),
  after: Type.Optional(
    integer('how many calls of a unit and operation pass before it hits (default: none)', 1, 1_000_000)
  ),
  afterSeconds: Type.Optional(
    integer("from when on it hits: seconds of the world's time since the unit began", 1, 86_400)
  ),
  times: Type.Optional(
    integer('how many calls of a unit and operation it hits (default: all)', 1, 1_000_000)
  ),
  code: Type.Optional(storableText("for kinds fail and denied: the cloud's error code", { maxLength: 100 })),
  message: Type.Optional(storableText("the cloud's error message", { maxLength: 1000 })),
  property: Type.Optional(
    text(
      'for kinds changed and mistake: the path of the property, such as tags.owner, rules[0].port or ' +
        'labels["a.b/c"]; a mistake without it leaves the resource out',
      { pattern: propertyPath, examples: ['tags.owner'] }
    )
  ),
  value: Type.Optional(
    Type.Union([Type.String({ maxLength: 1000, pattern: storable }), Type.Number(), Type.Boolean()], {
      description:
        'for kinds changed and mistake: the value of the property: a text of at most 1000 characters, a ' +
        'number, true or false; a mistake without it leaves the property out'
    })
  )
}, {
  ...closed,
  description:
    'a fault: kind and, optionally, cloud, region, cluster, type, name, operation, after, afterSeconds, ' +
    'times, code, message and, for kinds changed and mistake, property and value'
})

export const rehearsalSchema = Type.Object({
  world: Type.Optional(Type.String({ ...worldSchema, default: 'default' })),
  timeScale: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 1000,
      default: 0,
      description: 'how many seconds a simulated second takes: a number from 0 (as fast as possible) to 1000'
    })
  ),
  seed: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 4294967295,
      default: 1,
      description: 'the seed of random values: a whole number from 0 to 4294967295'
    })
  ),
  faults: Type.Optional(
    Type.Array(faultSchema, { maxItems: 200, default: [], description: 'a list of at most 200 faults' })
  ),
  scenario: Type.Optional(scenarioNameSchema)
}, { ...closed, description: 'options of a rehearsal: world, timeScale, seed, faults, scenario' })

export const launchSchema = Type.Object({
  federation: storableText('the name of a federation', { maxLength: 100, examples: ['nautilus'] }),
  operation: operationSchema,
  mode: Type.Optional({ ...modeSchema, default: 'rehearsal' }),
  phases: Type.Optional(Type.Object({
    from: Type.Optional(integer('the first phase', 1, lastPhase)),
    to: Type.Optional(integer('the last phase', 1, lastPhase))
  }, { ...closed, description: 'a range of phases: from, to' })),
  clusters: Type.Optional(
    Type.Array(storableText('the name of a cluster'), {
      minItems: 1,
      maxItems: 1000,
      uniqueItems: true,
      description: 'a list of one or more names of clusters, without repetition'
    })
  ),
  orphaned: Type.Optional(
    Type.Boolean({
      default: false,
      description:
        'true: only orphaned units of these phases and clusters, for refresh, destroy and drift-check; ' +
        'false: with the others'
    })
  ),
  ordering: Type.Optional(oneOf(orderings, { default: 'phased', description: 'when units start' })),
  approvals: Type.Optional(
    oneOf(approvalRequests, { default: 'none', description: 'what waits for an approval' })
  ),
  parallelism: Type.Optional(integer('how many units run at once', 1, 64)),
  rehearsal: Type.Optional(rehearsalSchema)
}, {
  ...closed,
  description:
    'a launch: federation, operation and, optionally, mode, phases, clusters, orphaned, ordering, ' +
    'approvals, parallelism, rehearsal'
})

/** A launch as sent. */
export type LaunchRequest = Static<typeof launchSchema>
export type Fault = Static<typeof faultSchema>

/** Options of a rehearsal, with the defaults filled in. */
export type RehearsalOptions =
  & Required<Omit<Static<typeof rehearsalSchema>, 'scenario'>>
  & { scenario?: string }

/** A launch with its defaults filled in. */
export interface Launch {
  federation: string
  operation: Operation
  mode: Mode
  phases: { from: number, to: number }
  /** Names of the selected clusters; absent: all. */
  clusters?: string[]
  /** Only units that are deployed and no longer in the federation file; absent: with the others. */
  orphaned?: true
  ordering: Ordering
  approvals: ApprovalRequest
  /** Units at once in this deployment; absent: the service's number of workers. */
  parallelism?: number
  /** Only in mode rehearsal. */
  rehearsal?: RehearsalOptions
}

/** Fills in the defaults of a launch that satisfies the schema, or lists fields that contradict. */
export function completeLaunch (body: LaunchRequest): { launch: Launch } | { issues: Issue[] } {
  const mode = body.mode ?? 'rehearsal'
  const phases = { from: body.phases?.from ?? 1, to: body.phases?.to ?? lastPhase }
  const issues: Issue[] = []
  if (mode === 'live' && body.rehearsal) {
    issues.push({
      path: '/rehearsal',
      field: 'rehearsal',
      message: 'has no meaning in mode live',
      expected: 'no rehearsal field, or mode rehearsal'
    })
  }
  if (phases.from > phases.to) {
    issues.push({
      path: '/phases/from',
      field: 'phases.from',
      message: `is ${phases.from}, after phases.to, which is ${phases.to}`,
      expected: `a whole number from 1 to ${phases.to}`
    })
  }
  if (body.orphaned && !orphanOperations.includes(body.operation)) {
    issues.push({
      path: '/orphaned',
      field: 'orphaned',
      message: `has no meaning for ${body.operation}, which takes what the federation file has`,
      expected: 'no orphaned field, or operation refresh, destroy or drift-check'
    })
  }
  if (issues.length > 0) return { issues }
  const rehearsal = { world: 'default', timeScale: 0, seed: 1, faults: [], ...body.rehearsal }
  return {
    launch: {
      federation: body.federation,
      operation: body.operation,
      mode,
      phases,
      ...(body.clusters && { clusters: body.clusters }),
      ...(body.orphaned && { orphaned: true as const }),
      ordering: body.ordering ?? 'phased',
      approvals: body.approvals ?? 'none',
      ...(body.parallelism !== undefined && { parallelism: body.parallelism }),
      ...(mode === 'rehearsal' && { rehearsal })
    }
  }
}

/** The body of approve and reject. */
export const decisionSchema = Type.Object({
  phase: integer('the phase that waits', 1, lastPhase),
  comment: Type.Optional(
    storableText('a comment of at most 1000 characters', { minLength: 0, maxLength: 1000 })
  )
}, { ...closed, description: 'a decision: phase and, optionally, comment' })
export type Decision = Static<typeof decisionSchema>

/** The body of cancel and resume: none, or an empty object. */
export const emptySchema = Type.Unsafe<Record<string, never> | null>({
  type: ['object', 'null'],
  additionalProperties: false,
  description: 'no body, or an empty object'
})

export const idempotencySchema = Type.Object({
  'idempotency-key': Type.Optional(Type.String({
    minLength: 1,
    maxLength: 255,
    pattern: '^[\\x21-\\x7e]*$',
    description:
      '1 to 255 visible ASCII characters: the same key and body give the same deployment, another body ' +
      'is refused (422)'
  }))
}, { description: 'request headers' })
