// Every policy with resources that are right and wrong, through the SDK's own handlers.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { packSource } from '../../automation/stacks/policy-pack.ts'
import { policies } from '../../policies/index.ts'
import { contains, isAnywhere } from '../../policies/network.ts'
import { matchesPattern } from '../../policies/policy.ts'
import { type AnalyzedStackResource, type Analysis, type Analyzer } from '../../rehearsal/analyzer.ts'
import { unknownValue } from '../../rehearsal/wire.ts'
import { type Case, type Resource } from './case.ts'
import { cases } from './cases.ts'

const folder = new URL('../../policies', import.meta.url).pathname

const facts = {
  federation: 'nautilus',
  phase: 'infrastructure',
  scope: 'primary',
  owner: 'trading-platform',
  labels: { system: 'nautilus' },
  clusters: [{
    name: 'primary',
    cloud: 'aws',
    region: 'us-east-1',
    area: 'us',
    role: 'primary',
    cidr: '10.1.0.0/16',
    podCidr: '100.64.0.0/16',
    serviceCidr: '172.20.0.0/20',
    stateful: true,
    pools: [{ name: 'trading', instanceType: 'c6i.4xlarge', min: 3, max: 15 }]
  }],
  regions: { aws: ['us-east-1'], gcp: ['europe-west1'], azure: ['japaneast'] },
  areas: { 'us-east-1': 'us', 'europe-west1': 'eu', japaneast: 'asia' },
  residency: { us: ['us'] },
  pairs: [],
  minTlsVersion: 'TLSV1_3'
}

function analyzed (
  { type, props, name = 'it', protect = false, provider }: Resource,
  index = 0
): AnalyzedStackResource {
  return {
    urn: `urn:pulumi:stack::windlass::${type}::${name}-${index}`,
    type,
    name,
    properties: props as AnalyzedStackResource['properties'],
    dependencies: [],
    propertyDependencies: {},
    options: {
      protect,
      ignoreChanges: [],
      deleteBeforeReplace: undefined,
      additionalSecretOutputs: [],
      aliases: [],
      customTimeouts: {},
      parent: ''
    },
    provider: provider &&
      {
        urn: 'urn:p',
        type: 'pulumi:providers:aws',
        name: 'p',
        properties: provider as AnalyzedStackResource['properties']
      }
  }
}

/** Asks one policy, with every other disabled. */
async function ask (
  name: string,
  subject: Case['right'],
  properties: Record<string, unknown>,
  given?: Analyzer
): Promise<Analysis> {
  const analyzer = given ?? await packSource.open(folder)
  assert.ok(analyzer)
  await analyzer.configure(
    Object.fromEntries(
      policies.map((
        policy
      ) => [
        policy.name,
        policy.name === name ? { properties } : { level: 'disabled' as const, properties: {} }
      ])
    )
  )
  return 'type' in subject
    ? await analyzer.analyze(analyzed(subject))
    : await analyzer.analyzeStack(subject.map(analyzed))
}

describe('policies', () => {
  for (const { name, enforcementLevel } of policies) {
    test(`${name} passes what is right and says what to change in what is wrong`, async () => {
      assert.ok(cases[name], 'a case for it in cases.ts')
      for (const { right, wrong, says, facts: changed, cost } of cases[name]) {
        const common = name.startsWith('recovery-standby') ? facts : { ...facts, ...changed }
        assert.deepEqual((await ask(name, right, { facts: common, cost })).diagnostics, [])
        const { diagnostics } = await ask(name, wrong, { facts: { ...facts, ...changed }, cost })
        assert.ok(diagnostics.length > 0, `nothing is said about ${JSON.stringify(wrong)}`)
        assert.ok(
          diagnostics.every((diagnostic) =>
            diagnostic.policy === name && diagnostic.level === enforcementLevel &&
            diagnostic.pack === 'windlass'
          )
        )
        assert.match(
          diagnostics.map(({ message }) => message).join('\n'),
          new RegExp(says.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        )
        assert.doesNotMatch(JSON.stringify(diagnostics), /hunter2/, 'a secret is never told')
      }
    })
  }

  test('names are unique, and every case is of a policy', () => {
    assert.equal(new Set(policies.map(({ name }) => name)).size, policies.length)
    assert.deepEqual(
      Object.keys(cases).filter((name) => !policies.some((policy) => policy.name === name)),
      []
    )
    assert.ok(policies.length >= 30)
  })

  test('an exception holds for the resources that its pattern names, and for no other', async () => {
    const [{ wrong } = { wrong: [] }] = cases['kubernetes-non-root'] ?? []
    const exceptions = (resource: string) => ({ exceptions: [{ resource, reason: 'a test' }] })
    assert.equal(
      (await ask('kubernetes-non-root', wrong, exceptions('*kubernetes:apps/v1:Deployment::it-*')))
        .diagnostics.length,
      0
    )
    assert.equal(
      (await ask('kubernetes-non-root', wrong, exceptions('*kubernetes:apps/v1:DaemonSet::it-*'))).diagnostics
        .length,
      1
    )
  })

  test('what is not known yet is not judged', async () => {
    const { diagnostics, notApplicable } = await ask('aws-eks-private-endpoint', {
      type: 'aws:eks/cluster:Cluster',
      props: { vpcConfig: unknownValue }
    }, {})
    assert.deepEqual(diagnostics, [])
    assert.ok(
      notApplicable.some(({ policy, reason }) =>
        policy === 'aws-eks-private-endpoint' && /known/.test(reason)
      )
    )
  })

  test('without facts only what a resource shows by itself is judged', async () => {
    for (const [name, list] of Object.entries(cases)) {
      for (const { right } of list) {
        assert.deepEqual(
          (await ask(name, right, {})).diagnostics.filter(({ policy }) => policy !== 'mesh-gateway-tls'),
          [],
          name
        )
      }
    }
  })
})

test('patterns match URNs: * stands for any text, all else for itself', () => {
  assert.ok(matchesPattern('*::b', 'a::b'))
  assert.ok(matchesPattern('a*c*e', 'abcde'))
  assert.ok(!matchesPattern('a*b', 'abc'))
  assert.ok(!matchesPattern('a.c', 'abc'))
  assert.ok(!matchesPattern('ab*bc', 'abc'))
})

test('blocks contain blocks by their addresses', () => {
  assert.ok(contains('10.1.0.0/16', '10.1.255.0/24'))
  assert.ok(!contains('10.1.0.0/16', '10.0.0.0/8'))
  assert.ok(!contains('10.1.0.0/16', '10.2.0.0/24'))
  assert.ok(!contains('10.1.0.0/16', 'nonsense'))
  assert.ok(isAnywhere('0.0.0.0/0') && isAnywhere('Internet') && !isAnywhere('10.0.0.0/8'))
})
