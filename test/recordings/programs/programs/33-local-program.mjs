// A program that is a folder, not a function: the language host runs it.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
export default async ({ auto, root, record, envVars, command, modules }) => {
  const workDir = join(root, 'program')
  mkdirSync(workDir, { recursive: true })
  symlinkSync(modules, join(workDir, 'node_modules'))
  writeFileSync(join(workDir, 'Pulumi.yaml'), 'name: folder\nruntime: nodejs\n')
  writeFileSync(join(workDir, 'package.json'), '{"name":"folder","main":"index.js"}')
  writeFileSync(
    join(workDir, 'index.js'),
    [
      "const pulumi = require('@pulumi/pulumi')",
      "const v = new pulumi.Config().get('v')",
      "const a = new pulumi.CustomResource('sim:index:Thing', 'a', { v, out: undefined })",
      'exports.out = a.out'
    ].join('\n')
  )
  let s
  await record('create', async () => {
    s = await auto.LocalWorkspace.createOrSelectStack({ stackName: 'dev', workDir }, {
      envVars,
      pulumiCommand: command
    })
  })
  await record('config', () => s.setConfig('v', { value: '1' }))
  await record('preview', () => s.preview().then(({ changeSummary }) => changeSummary))
  await record(
    'up',
    () => s.up().then(({ outputs, summary }) => ({ outputs, changes: summary.resourceChanges }))
  )
  await record('destroy', () => s.destroy().then(({ summary }) => summary.resourceChanges))
}
