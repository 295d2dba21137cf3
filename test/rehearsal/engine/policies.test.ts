// What the engine does with what policy packs say: remedies, levels, stack policies and
// configuration, with a pack that is written down here.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import pulumi from '@pulumi/pulumi'
import automation, { type EngineEvent } from '@pulumi/pulumi/automation/index.js'
import {
  type Analyzer,
  type AnalyzerInfo,
  type PolicyConfigs,
  type PolicyDiagnostic
} from '../../../rehearsal/analyzer.ts'
import rehearsalCommand from '../../../rehearsal/command.ts'
import { reconcile } from '../../../rehearsal/engine/policies/policy-config.ts'
import { FileCloud } from './fixtures/file-cloud.ts'

class Thing extends pulumi.CustomResource {
  constructor (name: string, inputs: pulumi.Inputs) {
    super('test:index:Thing', name, inputs)
  }
}

const info: AnalyzerInfo = {
  name: 'pack',
  version: '2.0.0',
  supportsConfig: true,
  initialConfig: {},
  policies: [
    { name: 'sized', kind: 'resource', level: 'remediate' },
    {
      name: 'few',
      kind: 'stack',
      level: 'mandatory',
      schema: { properties: { most: { type: 'integer', default: 2 } }, required: ['most'] }
    },
    { name: 'quiet', kind: 'resource', level: 'disabled' }
  ]
}

/** `sized` sets a missing size; `few` bounds how many things there are. */
class Pack implements Analyzer {
  configs: PolicyConfigs = {}
  released = 0
  async info () {
    return info
  }
  async configureStack () {/* it has nothing to know */}
  async configure (configs: PolicyConfigs) {
    this.configs = configs
  }
  async remediate ({ type, properties }: Parameters<Analyzer['remediate']>[0]) {
    const remedied = this.configs['sized']?.level === 'remediate' && type === 'test:index:Thing' &&
      properties['size'] === undefined
    return {
      remediations: remedied
        ? [{
          policy: 'sized',
          pack: 'pack',
          packVersion: '2.0.0',
          description: 'sized',
          diagnostic: '',
          properties: { ...properties, size: 'small' }
        }]
        : [],
      notApplicable: []
    }
  }

  async analyze ({ type, properties }: Parameters<Analyzer['analyze']>[0]) {
    return {
      diagnostics: type === 'test:index:Thing' && properties['size'] === undefined
        ? [this.#diagnostic('sized', 'it has no size')]
        : [],
      notApplicable: []
    }
  }

  async analyzeStack (resources: Parameters<Analyzer['analyzeStack']>[0]) {
    const things = resources.filter(({ type }) => type === 'test:index:Thing')
    return {
      diagnostics: things.length > Number(this.configs['few']?.properties['most'])
        ? [this.#diagnostic('few', `there are ${things.length}`)]
        : [],
      notApplicable: []
    }
  }

  release () {
    this.released++
  }
  #diagnostic (policy: string, message: string): PolicyDiagnostic {
    return {
      policy,
      pack: 'pack',
      packVersion: '2.0.0',
      description: policy,
      message,
      level: this.configs[policy]?.level ?? 'mandatory',
      urn: ''
    }
  }
}

describe('a run with a policy pack', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'windlass-pack-'))
  })
  after(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  async function up (name: string, sizes: (string | undefined)[], config: object) {
    const pack = new Pack()
    const cloud = new FileCloud(join(folder, `${name}.json`))
    const file = join(folder, `${name}-config.json`)
    await writeFile(file, JSON.stringify(config))
    const events: EngineEvent[] = []
    const program = async () => ({
      things: sizes.map((size, index) => new Thing(`thing-${index}`, size === undefined ? {} : { size }).id)
    })
    const stack = await automation.LocalWorkspace.createStack({
      stackName: name,
      projectName: 'test',
      program
    }, {
      workDir: await mkdtemp(join(folder, 'stack-')),
      envVars: { PULUMI_CONFIG_PASSPHRASE: 'passphrase' },
      pulumiCommand: rehearsalCommand({
        providers: { connect: async (pkg) => pkg === 'test' ? cloud : undefined },
        analyzers: { open: async () => pack }
      })
    })
    const error = await stack.up({
      policyPacks: ['pack'],
      policyPackConfigs: [file],
      onEvent: (event) => events.push(event)
    }).then(() => undefined, (thrown: Error) => thrown)
    return { pack, cloud, events: events as unknown as Record<string, Record<string, unknown>>[], error }
  }

  test('remedies inputs before the resource is made, and shows before and after', async () => {
    const { pack, cloud, events, error } = await up('remedy', [undefined], {})
    assert.equal(error, undefined)
    assert.equal(cloud.things[0]?.properties['size'], 'small')
    const remedied = events.find((event) => event['policyRemediationEvent'])?.['policyRemediationEvent']
    assert.deepEqual([remedied?.['policyName'], remedied?.['before'], remedied?.['after']], ['sized', {}, {
      size: 'small'
    }])
    assert.equal(pack.released, 1)
  })

  test('makes nothing of what a remedy would change when remedies are made mandatory checks', async () => {
    const { cloud, events, error } = await up('mandatory', [undefined], { sized: 'mandatory' })
    assert.ok(error)
    assert.deepEqual(cloud.things, [])
    assert.equal(
      events.find((event) => event['policyEvent'])?.['policyEvent']?.['enforcementLevel'],
      'mandatory'
    )
    assert.equal(events.find((event) => event['summaryEvent'])?.['summaryEvent']?.['result'], 'failed')
  })

  test('asks about the whole stack at the end, but never a disabled policy', async () => {
    const few = await up('few', ['a', 'b'], {})
    assert.equal(few.error, undefined)
    const bounded = await up('bounded', ['a', 'b'], { few: { enforcementLevel: 'mandatory', most: 1 } })
    assert.ok(bounded.error)
    assert.equal(bounded.cloud.things.length, 2)
    const said = bounded.events.find((event) => event['policyEvent'])?.['policyEvent']
    assert.match(String(said?.['resourceUrn']), /pulumi:pulumi:Stack::test-bounded$/)
    assert.doesNotMatch(JSON.stringify(few.events), /"quiet"/)
  })

  test('a configuration that its policies refuse ends the run before anything is done', async () => {
    const { cloud, events, error } = await up('refused', ['a'], { few: { most: 'many' } })
    assert.ok(error)
    assert.deepEqual(cloud.things, [])
    assert.match(
      JSON.stringify(events),
      /validating policy config: pack 2\.0\.0 {2}few: most: Invalid type\. Expected: integer, given: string/
    )
  })
})

test('a configuration is laid over defaults: all, then the policy itself', () => {
  const { configs, problems } = reconcile(info, {
    all: { level: 'advisory', properties: {} },
    few: { level: 'mandatory', properties: { most: 7 } }
  })
  assert.deepEqual(problems, [])
  assert.deepEqual(configs, {
    sized: { level: 'advisory', properties: {} },
    few: { level: 'mandatory', properties: { most: 7 } },
    quiet: { level: 'advisory', properties: {} }
  })
})
