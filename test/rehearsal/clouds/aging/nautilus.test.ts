/**
 * A pair of Nautilus' clusters ages by 400 days: as its programs are, and with the mistakes that
 * they once made.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ResourceTransformation } from '@pulumi/pulumi'
import { stringify } from 'yaml'
import { occurrenceAfter } from '../../../../automation/schedules/occurrences.ts'
import { phaseNames } from '../../../../contract/words.ts'
import { type AgedSchedule } from '../../../../rehearsal/clouds/aging/aged-world.ts'
import { aged } from '../../../../rehearsal/clouds/aging/aging.ts'
import { type ResourceV3 } from '../../../../rehearsal/store.ts'
import { partFile } from '../../../../scripts/part-of-nautilus.ts'
import { federationOf } from '../../../fixtures/programs/operated-world.ts'
import { RehearsedWorld } from '../../../fixtures/programs/rehearsed-world.ts'
import { changing } from '../../../programs/mistakes/mistake.ts'
import { dayMs } from './any-world.ts'

const [primary, standby] = ['nautilus-primary-us-east', 'nautilus-dr-us-west']
/** The first side of the pair, and one that reads the other's endpoints. */
const deployed = [`disaster-recovery.${primary}.${standby}-primary`, `federation.${standby}`]
const federation = federationOf(stringify(await partFile([primary, standby])))

type Metadata = { name: string, labels: Record<string, string> }

/** Mistakes that were made together: rules that delete backups, tokens and copies for ever. */
const mistakes: readonly ResourceTransformation[] = [
  changing('gcp:storage/bucket:Bucket', (props, name) =>
    name.endsWith('-backups')
      ? { ...props, lifecycleRules: [{ action: { type: 'Delete' }, condition: { age: 37 } }] }
      : undefined),
  changing('kubernetes:core/v1:Secret', (props, name) => {
    const { labels: { 'velero.io/exclude-from-backup': _, ...labels }, ...metadata } =
      props['metadata'] as Metadata
    const named = name === 'mesh-reader-token' ? { ...metadata, name } : metadata
    return { ...props, metadata: { ...named, labels } }
  })
]

async function grown (schedules: readonly AgedSchedule[], mistake?: ResourceTransformation) {
  const world = new RehearsedWorld(federation, mistake)
  for (const unit of deployed) await world.up(unit)
  const records = await world.clouds.find({})
  // Everything is there by then, whatever clock it was made by.
  const from = Math.max(...records.map(({ created }) => Date.parse(created)))
  return aged({
    from,
    to: from + 400 * dayMs,
    stacks: Object.entries(world.states).map(([unit, resources]) => ({
      stack: `nautilus.${unit}`.slice(0, 100),
      unit,
      phase: phaseNames.findIndex((phase) => unit.startsWith(`${phase}.`)) + 1,
      resources: resources as unknown as ResourceV3[]
    })),
    records,
    schedules,
    // Hourly copies of objects would be counted, which takes time.
    next: (cron, after) =>
      occurrenceAfter({ cron: cron.replace(/^30 \*/, '30 5'), timeZone: 'UTC' }, after)?.instant
  })
}

/** Findings but those that a new version mends, each day once. */
const broken = (aging: ReturnType<typeof aged>) =>
  new Set(
    aging.findings.filter(({ effect }) => effect !== 'unsupported').map(({ code, day }) => `${code} ${day}`)
  )

test('a year and a month break nothing of what the programs deploy', async () => {
  const schedules = (federation.schedules ?? []).map((schedule) => ({
    ...schedule,
    next: (after: number) => occurrenceAfter(schedule, after)?.instant
  }))
  const aging = await grown(schedules)
  assert.deepEqual([...broken(aging)], [])
  assert.ok(aging.happened.some(({ kind, times }) => kind === 'schedule' && times >= 12))
})

test('they break certificates and backups, and keep tokens, with the mistakes that were made', async () => {
  const aging = await grown([], (resource) => {
    for (const mistake of mistakes) {
      const changed = mistake(resource)
      if (changed) return changed
    }
    return undefined
  })
  assert.deepEqual([...broken(aging)].sort(), [
    'backup-repository-expired 38',
    'certificate-ended 365',
    'certificate-ended 397',
    'credential-in-backup 1',
    'token-never-ends 365'
  ])
  const where = (code: string) =>
    new Set(aging.findings.filter((one) => one.code === code).map(({ unit }) => unit))
  assert.deepEqual(where('backup-repository-expired'), new Set([`prerequisites.${standby}`]))
  assert.ok(where('certificate-ended').has(`mesh.${primary}`) && where('certificate-ended').has(deployed[0]))
})
