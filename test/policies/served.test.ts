// The pack as the CLI runs it: a process that serves the Analyzer protocol, kept warm, and saying
// the same as its handlers in process.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { after, describe, test } from 'node:test'
import { servePack } from '../../automation/stacks/cli/serve-pack.ts'
import { packSource } from '../../automation/stacks/policy-pack.ts'
import { packInfo } from '../../policies/handlers.ts'
import { policies } from '../../policies/index.ts'
import { type AnalyzedStackResource, type Analyzer, type PolicyConfigs } from '../../rehearsal/analyzer.ts'
import { AnalyzerProcesses } from '../../rehearsal/engine/policies/analyzer-processes.ts'
import { AttachedAnalyzer } from '../../rehearsal/engine/policies/attached-analyzer.ts'
import { cases } from './cases.ts'

const folder = new URL('../../policies', import.meta.url).pathname

const configs: PolicyConfigs = Object.fromEntries(
  policies.map(({ name }) => [name, {
    level: 'mandatory',
    properties: name === 'kubernetes-non-root'
      ? { exceptions: [{ resource: '*::excepted', reason: 'a test' }] }
      : {}
  }])
)

/** Resources of some policies' cases, one of which an exception names. */
const resources = [
  'aws-eks-private-endpoint',
  'kubernetes-non-root',
  'helm-pinned-images',
  'aws-iam-no-wildcards',
  'kubernetes-pod-security',
  'mesh-strict-mtls'
].flatMap((name) =>
  (cases[name] ?? []).flatMap(({ right, wrong }) => [right, wrong]).flatMap((one) =>
    'type' in one ? [one] : []
  )
).map(({ type, props }, index): AnalyzedStackResource => ({
  urn: `urn:pulumi:s::windlass::${type}::${index === 3 ? 'excepted' : `it-${index}`}`,
  type,
  name: `it-${index}`,
  properties: props as AnalyzedStackResource['properties'],
  dependencies: [],
  propertyDependencies: {},
  provider: undefined,
  options: {
    protect: false,
    ignoreChanges: [],
    deleteBeforeReplace: undefined,
    additionalSecretOutputs: [],
    aliases: [],
    customTimeouts: {},
    parent: ''
  }
}))

/** Asks an analyzer about the resources, one by one and as a stack. */
async function answers (analyzer: Analyzer) {
  await analyzer.configureStack({
    stack: 's',
    project: 'windlass',
    organization: 'organization',
    preview: false,
    config: {},
    secretKeys: []
  })
  await analyzer.configure(configs)
  const single = []
  for (const resource of resources) single.push((await analyzer.analyze(resource)).diagnostics)
  const stack = await analyzer.analyzeStack(resources)
  analyzer.release()
  return { single, stack: stack.diagnostics }
}

describe('the served pack', () => {
  const processes = new AnalyzerProcesses(1)
  after(() => processes.close())

  test('describes itself as its handlers do', async () => {
    const analyzer = await processes.open(folder)
    const info = await analyzer.info()
    assert.deepEqual({ name: info.name, version: info.version, policies: info.policies }, packInfo)
    assert.equal(info.supportsConfig, true)
    analyzer.release()
  })

  test('says what its handlers say in process, with levels, exceptions and secrets', async () => {
    const local = await packSource.open(folder)
    assert.ok(local)
    const served = await answers(await processes.open(folder))
    assert.deepEqual(served, await answers(local))
    const host = await servePack()
    const client = AttachedAnalyzer.connect(Number(host.environment['WINDLASS_POLICY_PORT']))
    const inHost = new AttachedAnalyzer(client, () => {
      client.close()
    })
    assert.deepEqual({ ...await inHost.info(), initialConfig: {} }, {
      ...packInfo,
      supportsConfig: true,
      initialConfig: {}
    })
    assert.deepEqual(await answers(inHost), served)
    host.close()
    assert.ok(served.single.flat().length > 5)
    assert.equal(processes.size, 1, 'one process served both tests')
  })

  test('two runs at once have a process each, and no more stay than may', async () => {
    const both = await Promise.all([processes.open(folder), processes.open(folder)])
    assert.equal(processes.size, 2)
    for (const analyzer of both) analyzer.release()
    assert.equal(processes.size, 1)
  })

  test('a pack that a host serves is named by a program that ends with whoever started it', {
    skip: process.platform === 'win32' && 'the CLI starts the pack itself on Windows'
  }, async () => {
    const { path, environment, close } = await servePack()
    const child = spawn(path, ['127.0.0.1:1'], {
      env: { ...process.env, ...environment },
      stdio: ['pipe', 'pipe', 'inherit']
    })
    const [line] = await once(child.stdout, 'data') as [Buffer]
    assert.equal(line.toString(), `${environment['WINDLASS_POLICY_PORT']}\n`)
    assert.equal(child.exitCode, null, 'it stays as long as its input is open')
    child.stdin.destroy()
    assert.deepEqual(await once(child, 'exit'), [0, null])
    close()
  })

  test('a folder without a pack is refused with a reason', async () => {
    await assert.rejects(processes.open(new URL('../fixtures', import.meta.url).pathname), {
      code: 'RHE_POLICY_PACK'
    })
  })
})
