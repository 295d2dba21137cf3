/** Failures of an operation, by code, on stacks in memory. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { type PulumiCommand } from '@pulumi/pulumi/automation/index.js'
import { loadPrices } from '../../../automation/cost/prices.ts'
import { Redactor } from '../../../automation/redaction/redactor.ts'
import { type Engine } from '../../../automation/stacks/engine-contract.ts'
import { runOperation } from '../../../automation/stacks/operation.ts'
import { type UnitRun } from '../../../automation/stacks/types.ts'
import { type Failure } from '../../../contract/deployment.ts'
import createRehearsalCommand from '../../../rehearsal/command.ts'
import { MemoryStore } from '../../../rehearsal/memory-store.ts'
import { nautilus } from '../../fixtures/nautilus.ts'

const cluster = 'nautilus-primary-us-east'
const ref = { project: 'windlass', stack: `nautilus.prerequisites.${cluster}` }

suite('an operation fails by code', () => {
  let workDir: string
  before(async () => {
    workDir = await mkdtemp(join(tmpdir(), 'windlass-operation-'))
  })
  after(() => rm(workDir, { recursive: true }))

  /** Refreshes a stack that is there, with some parts of the engine replaced. */
  async function refreshed (store: MemoryStore, parts: Partial<Engine> = {}): Promise<Failure | undefined> {
    const providers = { connect: async () => undefined }
    const command = await createRehearsalCommand({ store, providers })
    const engine: Engine = {
      command: command as unknown as PulumiCommand,
      environment: { PULUMI_CONFIG_PASSPHRASE: 'a test' },
      stackSettings: () => Promise.resolve({}),
      settlePending: () => Promise.resolve({ adopted: [], unsettled: [] }),
      releaseLock: () => Promise.resolve(false),
      lockHolders: () => '',
      lost: () => undefined,
      clusterApi: { examine: () => Promise.resolve(undefined) },
      close: () => Promise.resolve(),
      ...parts
    }
    const unit: UnitRun = {
      deployment: 'd-1',
      unit: `prerequisites.${cluster}`,
      attempt: 1,
      operation: 'refresh',
      mode: 'rehearsal',
      federation: await nautilus(),
      phase: 'prerequisites',
      phaseNumber: 1,
      scope: { kind: 'cluster', name: cluster, clusters: [cluster], cloud: 'aws' },
      stack: ref.stack,
      upstream: {},
      secrets: {},
      fence: 1,
      settle: false
    }
    const { outcome } = await runOperation(unit, {
      engine,
      redactor: new Redactor(),
      prices: await loadPrices(),
      workDir,
      signal: new AbortController().signal,
      onEvents: () => undefined
    })
    return outcome.error
  }

  test('when somebody else holds the stack, naming them where they are known', async () => {
    const store = new MemoryStore()
    await store.create(ref)
    await store.begin(ref)
    for (const holder of ['', 'ada@desk']) {
      const error = await refreshed(store, { lockHolders: () => holder })
      assert.deepEqual([error?.code, error?.retryable], ['stack-locked', true])
      assert.ok(error?.message.includes(holder === '' ? 'another operation' : `held by ${holder}`))
    }
  })

  test('when nobody can tell whether a resource was made, with what to do', async () => {
    const store = new MemoryStore()
    await store.create(ref)
    const urn = `urn:pulumi:${ref.stack}::windlass::aws:ec2/vpc:Vpc::x`
    const error = await refreshed(store, {
      settlePending: () => Promise.resolve({ adopted: [], unsettled: [urn] })
    })
    assert.deepEqual([error?.code, error?.retryable, error?.resource], ['pending-operations', false, urn])
    assert.match(error?.message ?? '', /pulumi refresh --stack \S+ --import-pending-creates/)
  })

  test('when the engine fails and no diagnostic says why', async () => {
    const store = new MemoryStore()
    await store.create(ref)
    const error = await refreshed(store, { environment: { PULUMI_CONFIG_PASSPHRASE_FILE: '' } })
    assert.deepEqual([error?.code, error?.retryable], ['engine-failed', false])
    assert.match(error?.message ?? '', /RHE_PASSPHRASE_MISSING/)
  })
})
