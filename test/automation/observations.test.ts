import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type PulumiCommand } from '@pulumi/pulumi/automation/index.js'
import { providerError } from '../../automation/observations.ts'
import { timed, type CommandTime } from '../../automation/stacks/timed-command.ts'
import { operation } from '../fixtures/events.ts'

test('failed operations are counted by few words, whatever a type or step is called', () => {
  const of = (type: string, op: string) =>
    providerError({
      type: 'resource.failed',
      ...operation({ phase: 1, unit: 'u' }),
      resource: { type, name: 'x' },
      op,
      message: ''
    })
  assert.deepEqual(of('aws:ec2/vpc:Vpc', 'create-replacement'), {
    kind: 'provider-error',
    provider: 'aws',
    operation: 'create'
  })
  assert.deepEqual(of('my:own:Thing', 'conjure'), {
    kind: 'provider-error',
    provider: 'other',
    operation: 'other'
  })
})

test('each command of an engine is timed, also one that fails, and keeps its own answer', async () => {
  const times: CommandTime[] = []
  const command = {
    command: 'pulumi',
    version: null,
    async run ([verb]: string[]) {
      if (verb === 'up') throw new Error('no')
      return { stdout: verb }
    }
  }
  const watched = timed(command as unknown as PulumiCommand, (time) => {
    times.push(time)
  }) as unknown as typeof command
  assert.equal(watched.command, 'pulumi')
  assert.deepEqual(await watched.run(['stack', 'ls']), { stdout: 'stack' })
  await assert.rejects(watched.run(['up']), /no/)
  await watched.run(['mystery'])
  assert.deepEqual(times.map((time) => time.command), ['stack', 'up', 'other'])
})
