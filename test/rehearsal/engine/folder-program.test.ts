// Programs that are folders: their process, what it writes, and how it ends.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { LocalWorkspace, type Stack } from '@pulumi/pulumi/automation/index.js'
import rehearsalCommand from '../../../rehearsal/command.ts'
import { ModelCloud } from './random/model-cloud.ts'

const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url))

/** A stack whose program is a file below its project. */
async function stackOf (t: TestContext, settings: string, source: string): Promise<Stack> {
  const workDir = await mkdtemp(join(tmpdir(), 'windlass-folder-'))
  t.after(() => rm(workDir, { recursive: true, force: true }))
  await mkdir(join(workDir, 'source'))
  await symlink(modules, join(workDir, 'node_modules'))
  await writeFile(join(workDir, 'Pulumi.yaml'), `name: folder\n${settings}`)
  await writeFile(join(workDir, 'package.json'), '{"name":"folder"}')
  await writeFile(join(workDir, 'source', 'program.js'), source)
  const pulumiCommand = rehearsalCommand({ providers: new ModelCloud().source })
  return LocalWorkspace.createOrSelectStack({ stackName: 'dev', workDir }, {
    pulumiCommand,
    envVars: { PULUMI_CONFIG_PASSPHRASE: 'correct horse' }
  })
}

test('a program that is a file says what it does, and fails as it says', async (t) => {
  const stack = await stackOf(
    t,
    'runtime: nodejs\nmain: source/program.js\n',
    [
      "const pulumi = require('@pulumi/pulumi')",
      'const config = new pulumi.Config()',
      "const inputs = { v: config.requireSecret('v'), out: undefined }",
      "const thing = new pulumi.CustomResource('model:index:T0', 'a', inputs)",
      "console.log('in ' + process.cwd().split('/').pop())",
      "thing.id.apply((id) => { if (config.get('fails')) throw new Error('no use for ' + id) })",
      'exports.out = thing.out'
    ].join('\n')
  )
  await stack.setAllConfig({ v: { value: 'hidden', secret: true } })
  const messages: string[] = []
  const onEvent = (
    { diagnosticEvent: said }: { diagnosticEvent?: { severity: string, message: string } }
  ): void => {
    if (said) messages.push(`${said.severity}: ${said.message.split('\n')[0]}`)
  }
  const { outputs, summary } = await stack.up({ onEvent })
  assert.equal(summary.result, 'succeeded')
  assert.deepEqual(messages, ['info: in source'])
  assert.match(String(outputs['out']?.value), /^a-1\//)
  messages.length = 0
  await stack.setConfig('fails', { value: 'yes' })
  await assert.rejects(stack.up({ onEvent }), /no use for a-1/)
  assert.ok(
    messages.some((message) => message.startsWith('error: ') && message.includes('no use for a-1')),
    messages.join('\n')
  )
  const { deployment } = await stack.exportStack() as { deployment: { resources: { id?: string }[] } }
  assert.ok(deployment.resources.some(({ id }) => id === 'a-1'), 'a program that fails deletes nothing')
})

test('a program of another language is refused', async (t) => {
  const stack = await stackOf(t, 'runtime: python\n', '')
  await assert.rejects(stack.up(), /RHE_UNSUPPORTED: a program of the runtime 'python'/)
})
