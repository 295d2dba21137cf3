import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as aws from '@pulumi/aws'
import { LocalWorkspace, type PulumiFn } from '@pulumi/pulumi/automation/index.js'
import { loadDurations } from '../../../automation/plan/durations.ts'
import { unitOverheadSeconds, unitSeconds } from '../../../automation/plan/unit-duration.ts'
import { VirtualTimes } from '../../../automation/stacks/virtual-times.ts'
import { deviations } from '../../../cli/view/virtual.ts'
import { type EstimateStep } from '../../../programs/types.ts'
import { createClouds } from '../../../rehearsal/clouds/index.ts'
import { MemoryCloudStore } from '../../../rehearsal/clouds/memory-cloud-store.ts'
import createRehearsalCommand from '../../../rehearsal/command.ts'

const begin = {
  start: Date.parse('2026-12-01T00:00:00Z'),
  overheadSeconds: unitOverheadSeconds,
  leastSeconds: 0
}
const durations = await loadDurations()
const zone = 'aws:route53/zone:Zone'
/** The plan of the programs below, which knows of no dependency between the zones. */
const plan: EstimateStep[] = [{ key: 'zones', type: zone, count: 2 }]

/** Zones of which each depends on the one before where `chained`. */
const zones = (chained: boolean): PulumiFn => async () => {
  const provider = new aws.Provider('aws', { region: 'eu-west-1' })
  const first = new aws.route53.Zone('first', { name: 'first.example.com' }, { provider })
  const second = new aws.route53.Zone('second', { name: 'second.example.com' }, {
    provider,
    ...(chained && { dependsOn: [first] })
  })
  return { zones: [first.name, second.name] }
}

/** When a program's unit would have run, as the API shows it. */
async function rehearsed (program: PulumiFn) {
  const times = new VirtualTimes(begin)
  const clouds = createClouds({ store: new MemoryCloudStore(), durations, timeline: times.timeline })
  const command = createRehearsalCommand({ providers: clouds })
  const stack = await LocalWorkspace.createStack({ stackName: 'zones', projectName: 'test', program }, {
    pulumiCommand: command as never,
    envVars: { PULUMI_CONFIG_PASSPHRASE: 'test' }
  })
  await stack.up()
  const { virtual } = times.ended({
    status: 'succeeded',
    resourceChanges: { create: 0, update: 0, delete: 0, replace: 0, same: 0 }
  })
  const iso = (time: number | undefined) => new Date(time ?? Number.NaN).toISOString()
  const seconds = unitSeconds('zones', plan, durations, 'up')
  return {
    id: 'zones',
    status: 'succeeded' as const,
    attempt: 1,
    virtual: { start: iso(virtual?.start), end: iso(virtual?.end) },
    predicted: { start: 0, end: seconds, seconds }
  }
}

test('a unit takes as long as its plan predicts while its program does what the plan says', async () => {
  const unit = await rehearsed(zones(false))
  assert.equal((Date.parse(unit.virtual.end) - begin.start) / 1000, unit.predicted.seconds)
  assert.deepEqual(deviations([unit]), [])
})

test('a dependency that a plan does not know moves its unit, and the comparison tells', async () => {
  const unit = await rehearsed(zones(true))
  const create = durations.types[zone]?.create ?? 0
  assert.ok(create > 0)
  assert.equal((Date.parse(unit.virtual.end) - begin.start) / 1000, unitOverheadSeconds + 2 * create)
  assert.deepEqual(deviations([unit]), [
    { unit: 'zones', seconds: unitOverheadSeconds + 2 * create, predicted: unitOverheadSeconds + create }
  ])
})
