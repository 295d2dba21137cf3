import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import { type PulumiCommand } from '@pulumi/pulumi/automation/index.js'
import { loadPrices } from '../../../automation/cost/prices.ts'
import { type EventDraft } from '../../../automation/event-draft.ts'
import { loadDurations } from '../../../automation/plan/durations.ts'
import { Redactor } from '../../../automation/redaction/redactor.ts'
import { type Engine } from '../../../automation/stacks/engine-contract.ts'
import { runOperation } from '../../../automation/stacks/operation.ts'
import { type UnitOutcome, type UnitRun } from '../../../automation/stacks/types.ts'
import { ofType } from '../../../contract/event.ts'
import { type Fault } from '../../../contract/launch.ts'
import { type Operation } from '../../../contract/words.ts'
import { createClouds } from '../../../rehearsal/clouds/index.ts'
import { MemoryCloudStore } from '../../../rehearsal/clouds/memory-cloud-store.ts'
import createRehearsalCommand from '../../../rehearsal/command.ts'
import { MemoryStore } from '../../../rehearsal/memory-store.ts'
import { nautilus } from '../../fixtures/nautilus.ts'

const [federation, durations, prices] = [await nautilus(), await loadDurations(), await loadPrices()]
const scope = {
  kind: 'cluster' as const,
  name: 'nautilus-primary-us-east',
  clusters: ['nautilus-primary-us-east'],
  cloud: 'aws' as const
}
const ref = { project: 'windlass', stack: 'nautilus.prerequisites.nautilus-primary-us-east' }

const workDir = await mkdtemp(join(tmpdir(), 'windlass-drift-'))
const [store, clouds] = [new MemoryStore(), new MemoryCloudStore()]

function unitRun (operation: Operation, drift?: UnitRun['federation']['drift']): UnitRun {
  return {
    deployment: operation,
    unit: 'prerequisites.nautilus-primary-us-east',
    attempt: 1,
    operation,
    mode: 'rehearsal',
    federation: { ...federation, ...(drift && { drift }) },
    phase: 'prerequisites',
    phaseNumber: 1,
    scope,
    stack: ref.stack,
    upstream: {},
    secrets: Object.fromEntries(federation.secrets.map((name) => [name, `value of ${name}`])),
    fence: 1,
    settle: false
  }
}

async function engineOf (operation: Operation, faults: Fault[]): Promise<Engine> {
  const command = await createRehearsalCommand({
    store,
    providers: createClouds({ store: clouds, durations, faults })
  })
  return {
    command: command as unknown as PulumiCommand,
    environment: { PULUMI_CONFIG_PASSPHRASE: 'p' },
    stackSettings: () => Promise.resolve({}),
    settlePending: () =>
      operation === 'drift-check'
        ? assert.fail('it would write the state')
        : Promise.resolve({ adopted: [], unsettled: [] }),
    releaseLock: () => Promise.resolve(false),
    lockHolders: () => '',
    lost: () => undefined,
    clusterApi: { examine: () => Promise.resolve(undefined) },
    close: () => Promise.resolve()
  }
}

/** Runs one operation of the unit. */
async function run (
  operation: Operation,
  faults: Fault[] = [],
  drift?: UnitRun['federation']['drift']
): Promise<{ outcome: UnitOutcome, events: EventDraft[] }> {
  const events: EventDraft[] = []
  const { outcome } = await runOperation(unitRun(operation, drift), {
    engine: await engineOf(operation, faults),
    redactor: new Redactor(),
    prices,
    workDir,
    signal: new AbortController().signal,
    onEvents: (drafts) => {
      events.push(...drafts)
    }
  })
  return { outcome, events }
}

suite('a drift check', () => {
  /** The state after the up, which no drift check may change. */
  let deployed = ''
  after(() => rm(workDir, { recursive: true, force: true }))

  test('of what does not exist finds nothing and makes no stack', async () => {
    const nothing = await run('drift-check')
    assert.deepEqual([nothing.outcome.status, nothing.outcome.drift?.counts.resources], ['succeeded', 0])
    assert.equal(await store.has(ref), false)
  })

  test('of what is as it was deployed finds no difference', async () => {
    const { outcome: up } = await run('up')
    assert.equal(up.status, 'succeeded', JSON.stringify(up.error))
    deployed = JSON.stringify(await store.load(ref))
    const clean = await run('drift-check')
    assert.equal(clean.outcome.status, 'succeeded', JSON.stringify(clean.outcome.error))
    const resources = clean.outcome.drift?.counts.resources ?? 0
    assert.ok(resources > 5)
    assert.deepEqual(clean.outcome.drift?.counts, {
      resources,
      changed: 0,
      output: 0,
      missing: 0,
      ignored: { changed: 0, output: 0, missing: 0 }
    })
  })

  test('finds what was changed and deleted in the clouds, by kind', async () => {
    const records = await clouds.find({ pkg: 'aws' })
    const key = records.find(({ type }) => type === 'aws:kms/key:Key')
    const gone = records.find(({ type }) => type === 'aws:kms/alias:Alias')
    assert.ok(key && gone)
    const nameOf = ({ token }: { token: string }) => token.split('::').at(-1) ?? ''
    const faults: Fault[] = [
      {
        kind: 'changed',
        type: 'aws:kms/key:Key',
        name: nameOf(key),
        property: 'enableKeyRotation',
        value: false
      },
      { kind: 'missing', type: gone.type, name: nameOf(gone) }
    ]
    const { outcome, events } = await run('drift-check', faults)
    assert.equal(outcome.status, 'succeeded', JSON.stringify(outcome.error))
    assert.deepEqual([outcome.drift?.counts.changed, outcome.drift?.counts.missing], [1, 1])
    assert.deepEqual(outcome.drift?.findings.find(({ kind }) => kind === 'missing')?.resource, {
      type: gone.type,
      name: nameOf(gone)
    })
    assert.deepEqual(
      outcome.drift?.findings.find(({ kind }) => kind === 'changed')?.properties.find(({ path }) =>
        path === 'enableKeyRotation'
      ),
      { path: 'enableKeyRotation', kind: 'changed', expected: true, actual: false }
    )
    assert.deepEqual(
      ofType(events, 'drift.found').map(({ kind, paths }) => [kind, paths]).sort(),
      [['changed', ['enableKeyRotation']], ['missing', []]]
    )
    assert.ok(!events.some(({ type }) => type === 'resource.started' || type === 'resource.succeeded'))
    assert.deepEqual([outcome.outputs, outcome.cost, outcome.resourceChanges], [undefined, undefined, {
      create: 0,
      update: 0,
      delete: 0,
      replace: 0,
      same: 0
    }])
  })

  test('finds a lasting change again, which a rule of the file takes out of what counts', async () => {
    const reason = 'the landlord rotates keys'
    const ignoring = await run('drift-check', [], {
      ignore: [{ type: 'aws:kms/key:Key', property: 'enableKeyRotation', reason }]
    })
    const { changed, missing, ignored } = ignoring.outcome.drift?.counts ?? assert.fail()
    assert.deepEqual([changed, missing, ignored.changed], [0, 1, 1])
    assert.equal(
      ignoring.outcome.drift?.findings.find(({ ignored: why }) => why !== undefined)?.ignored,
      reason
    )
    assert.equal(JSON.stringify(await store.load(ref)), deployed)
  })
})
