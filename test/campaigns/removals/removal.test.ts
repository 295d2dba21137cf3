import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StateResource } from '../../fixtures/programs/deployed-world.ts'
import { nameOf, removalsOf, without } from './removal.ts'

const policy = JSON.stringify({ Statement: [{ Sid: 'a' }, { Sid: 'b' }] })
const resource = (type: string, name: string, rest: object): StateResource => ({
  urn: `urn:pulumi:s::windlass::${type}::${name}`,
  type,
  custom: true,
  ...rest
})

const urnOf = (route: string): string => `urn:pulumi:s::windlass::aws:ec2/route:Route::${route}`

test('each statement, rule, port, route and wait of a program can be taken out by itself', () => {
  const removals = removalsOf('mesh.a', [
    resource('aws:iam/policy:Policy', 'p', { inputs: { policy } }),
    resource('kubernetes:networking.k8s.io/v1:NetworkPolicy', 'n', {
      inputs: { spec: { egress: [{ to: [{}], ports: [{ port: 1 }, { port: 2 }] }] } }
    }),
    resource('aws:ec2/route:Route', 'r', {
      inputs: {},
      dependencies: ['urn:x', 'urn:y'],
      propertyDependencies: { gateway: ['urn:x'] }
    }),
    resource('aws:ec2/vpc:Vpc', 'v', {
      inputs: {},
      dependencies: ['urn:x'],
      propertyDependencies: { a: ['urn:x'] }
    }),
    resource('aws:ec2/route:Route', 'read', { inputs: {}, external: true }),
    // What its input comes from waits for the other already.
    resource('aws:ec2/route:Route', 'implied', {
      inputs: {},
      dependencies: [urnOf('r'), 'urn:y'],
      propertyDependencies: { gateway: [urnOf('r')] }
    })
  ])
  assert.deepEqual(removals.map((one) => nameOf(one, [])), [
    'statement mesh.a aws:iam/policy:Policy p policy.Statement.0',
    'statement mesh.a aws:iam/policy:Policy p policy.Statement.1',
    'rule mesh.a kubernetes:networking.k8s.io/v1:NetworkPolicy n',
    'rule mesh.a kubernetes:networking.k8s.io/v1:NetworkPolicy n spec.egress.0',
    'port mesh.a kubernetes:networking.k8s.io/v1:NetworkPolicy n spec.egress.0.ports.0',
    'port mesh.a kubernetes:networking.k8s.io/v1:NetworkPolicy n spec.egress.0.ports.1',
    'route mesh.a aws:ec2/route:Route r',
    'wait mesh.a aws:ec2/route:Route r',
    'route mesh.a aws:ec2/route:Route implied'
  ])
})

test('what is taken out leaves the rest as it was, in texts of JSON too', () => {
  assert.deepEqual(without({ policy, other: 1 }, ['policy', 'Statement', 0]), {
    policy: '{"Statement":[{"Sid":"b"}]}',
    other: 1
  })
  assert.deepEqual(without({ a: [{ b: [1, 2] }] }, ['a', 0, 'b', 1]), { a: [{ b: [1] }] })
  assert.deepEqual(without({ a: 1 }, ['b', 'c']), { a: 1, b: undefined })
})

test('removals that differ in cluster and region only have one name', () => {
  const clusters = [{ name: 'blue', region: 'us-east-1' }, { name: 'red', region: 'japaneast' }]
  const of = (cluster: string, region: string) =>
    nameOf(
      {
        kind: 'rule',
        unit: `networking.${cluster}`,
        type: 't',
        name: `${cluster}-${region}`,
        path: ['a', 0]
      },
      clusters
    )
  assert.equal(of('blue', 'us-east-1'), of('red', 'japaneast'))
})
