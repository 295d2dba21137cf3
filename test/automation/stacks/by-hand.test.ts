/**
 * The program of Pulumi.yaml, run for two units that depend on each other, as the plain CLI would
 * run it: the stack's name is all it is told.
 */
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { runtime } from '@pulumi/pulumi'
import { LocalWorkspace, type PulumiCommand, type UpResult } from '@pulumi/pulumi/automation/index.js'
import { parse } from 'yaml'
import { loadDurations } from '../../../automation/plan/durations.ts'
import runByHand from '../../../automation/stacks/by-hand.ts'
import { createClouds } from '../../../rehearsal/clouds/index.ts'
import { MemoryCloudStore } from '../../../rehearsal/clouds/memory-cloud-store.ts'
import createRehearsalCommand from '../../../rehearsal/command.ts'
import { MemoryStore } from '../../../rehearsal/memory-store.ts'
import { repository } from '../../fixtures/service.ts'

suite('a unit by hand', () => {
  test('Pulumi.yaml names the program that is tested here', async () => {
    const settings = parse(await readFile(join(repository, 'Pulumi.yaml'), 'utf8')) as {
      name: string
      main: string
    }
    assert.deepEqual([settings.name, settings.main], ['windlass', 'automation/stacks/by-hand.ts'])
  })

  test('a unit reads what it depends on from the other unit’s stack', async () => {
    const workDir = await mkdtemp(join(tmpdir(), 'windlass-by-hand-'))
    const command = await createRehearsalCommand({
      store: new MemoryStore(),
      providers: createClouds({ store: new MemoryCloudStore(), durations: await loadDurations() })
    })
    const up = async (stackName: string): Promise<UpResult> => {
      const stack = await LocalWorkspace.createStack({
        stackName,
        projectName: 'windlass',
        program: runByHand
      }, {
        workDir,
        pulumiCommand: command as unknown as PulumiCommand,
        envVars: { PULUMI_CONFIG_PASSPHRASE: 'by hand' },
        projectSettings: { name: 'windlass', runtime: 'nodejs' }
      })
      return await stack.up()
    }
    try {
      const first = await up('nautilus.prerequisites.nautilus-dr-eu-central')
      assert.match(String(first.outputs['kmsKey']?.value), /vault/)
      const second = await up('nautilus.infrastructure.nautilus-dr-eu-central')
      assert.equal(second.outputs['kubeconfig']?.secret, true)
    } finally {
      await rm(workDir, { recursive: true, force: true })
    }
  })

  test('a stack that is no unit is refused with what its name should be', async () => {
    await runtime.setMocks(
      {
        newResource: ({ name }) => ({ id: name, state: {} }),
        call: ({ inputs }) => inputs as Record<string, unknown>
      },
      'windlass',
      'nautilus.infrastructure.nowhere'
    )
    await assert.rejects(
      runByHand(),
      /nautilus\.infrastructure\.nowhere is no unit of federation nautilus: its stacks are named \{federation\}\.\{phase\}\.\{scope\}/
    )
  })
})
