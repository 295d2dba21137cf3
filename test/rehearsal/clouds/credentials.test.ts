import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type Fault } from '../../../rehearsal/clouds/faults.ts'
import { type WireObject } from '../../../rehearsal/wire.ts'
import { eksCluster, kubeconfig, make, provider, vpcType, world } from './world.ts'

const vpc = { cidrBlock: '10.0.0.0/16' }

/** Clouds whose time a test moves, seconds after the unit began. */
function clocked (faults: Fault[] = []) {
  const begun = Date.parse('2026-12-01T08:00:00Z')
  let seconds = 0
  const { clouds, store } = world({ faults, now: () => new Date(begun + seconds * 1000) })
  return {
    clouds,
    store,
    pass: (to: number) => {
      seconds = to
    }
  }
}

suite('credentials end by the clock of the world', () => {
  const network = 'gcp:compute/network:Network'
  const cases: [
    pkg: string,
    config: WireObject,
    type: string,
    inputs: WireObject,
    seconds: number,
    says: RegExp
  ][] = [
    [
      'aws',
      { region: 'us-east-1', accessKey: 'AKIA', secretKey: 's', token: 't' },
      vpcType,
      vpc,
      3600,
      /ExpiredToken/
    ],
    [
      'gcp',
      { project: 'p', region: 'europe-west1', accessToken: 'ya29.t' },
      network,
      {},
      3600,
      /authentication/
    ],
    [
      'azure-native',
      { location: 'japaneast', clientId: 'c', oidcToken: 't' },
      'azure-native:resources:ResourceGroup',
      {},
      3600,
      /Expired/
    ]
  ]
  for (const [pkg, config, type, inputs, seconds, says] of cases) {
    test(`a token that ${pkg} was given ends, and nothing renews it`, async () => {
      const { clouds, pass } = clocked()
      const on = await provider(clouds, pkg, config)
      pass(seconds)
      await make(on, type, 'first', inputs)
      pass(seconds + 1)
      await assert.rejects(make(on, type, 'second', inputs), says)
    })
  }

  test('what a provider gets itself is renewed', async () => {
    const { clouds, pass } = clocked()
    const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
    const gcp = await provider(clouds, 'gcp', { project: 'p', region: 'europe-west1' })
    pass(100_000)
    await make(aws, vpcType, 'v', vpc)
    await make(gcp, network, 'n', {})
  })

  test('a token of EKS in a kubeconfig ends after 15 minutes; its command gets another', async () => {
    const { clouds, pass } = clocked()
    const { cluster } = await eksCluster(await provider(clouds, 'aws', { region: 'us-east-1' }))
    const text = kubeconfig(cluster.properties.endpoint)
    const given = JSON.parse(text) as { users: { name: string, user: object }[] }
    const users = given.users.map(({ name }) => ({ name, user: { token: 'k8s-aws-v1.aHR0cHM6Ly9zdHM' } }))
    const renewed = await provider(clouds, 'kubernetes', { kubeconfig: text })
    const held = await provider(clouds, 'kubernetes', { kubeconfig: JSON.stringify({ ...given, users }) })
    const space = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
    const type = 'kubernetes:core/v1:Namespace'
    pass(900)
    await make(held, type, 'a', space('a'))
    pass(901)
    await assert.rejects(make(held, type, 'b', space('b')), /Unauthorized/)
    await make(renewed, type, 'c', space('c'))
  })
})

test('a fault hits from its time on, whatever calls came before', async () => {
  const { clouds, pass } = clocked([{ kind: 'denied', cloud: 'aws', afterSeconds: 300, times: 1 }])
  const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
  for (const name of ['a', 'b', 'c']) await make(aws, vpcType, name, vpc)
  pass(300)
  await assert.rejects(make(aws, vpcType, 'd', vpc), /ExpiredToken/)
  await make(aws, vpcType, 'd', vpc)
})
