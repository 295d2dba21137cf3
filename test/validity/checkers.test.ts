/**
 * The checkers of this room find what is broken: without that, their silence about the programs
 * would say nothing.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { schemaValidator } from '../fixtures/programs/mock-engine.ts'
import { chartFindings } from './charts.ts'
import { dashboardFindings, expressionsAsRules } from './dashboards.ts'
import { iamFindings } from './iam-policies.ts'
import { objectFindings } from './kubernetes-objects.ts'
import { checked, without } from './prometheus-tools.ts'
import { plain, type Registered } from './registered.ts'

const schemas = await schemaValidator()

function resource (type: string, inputs: Record<string, unknown>): Registered {
  return { unit: 'phase.scope', type, name: 'it', urn: 'it', inputs }
}
function object (apiVersion: string, kind: string, spec: unknown): Registered {
  return resource(`kubernetes:${apiVersion}:${kind}`, {
    apiVersion,
    kind,
    metadata: { name: 'it', namespace: 'there' },
    spec
  })
}
const paths = async (...resources: Registered[]): Promise<string[]> =>
  (await objectFindings(resources)).map(({ path }) => path)

const container = { name: 'it', image: 'example.com/it:1' }
const pods = {
  selector: { matchLabels: { app: 'it' } },
  template: { metadata: { labels: { app: 'it' } }, spec: { containers: [container] } }
}

test('a good object of each family has no finding', async () => {
  assert.deepEqual(
    await objectFindings([
      object('apps/v1', 'Deployment', pods),
      object('networking.istio.io/v1', 'DestinationRule', {
        host: 'it.there.svc.cluster.local',
        trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5, interval: '5s' } }
      }),
      object('monitoring.coreos.com/v1', 'PrometheusRule', {
        groups: [{ name: 'it', rules: [{ alert: 'It', expr: 'up == 0', for: '1m' }] }]
      }),
      object('cert-manager.io/v1', 'Certificate', {
        secretName: 'it',
        issuerRef: { name: 'ca' },
        dnsNames: ['it.example.com']
      }),
      object('velero.io/v1', 'Backup', { includedNamespaces: ['*'], ttl: '720h0m0s' })
    ]),
    []
  )
})

test('wrong types, missing fields and bad values are found, in built-in and custom kinds', async () => {
  assert.deepEqual(
    await paths(
      object('apps/v1', 'Deployment', { selector: pods.selector }),
      object('apps/v1', 'Deployment', { ...pods, replicas: 'two' }),
      object('networking.istio.io/v1', 'VirtualService', { hosts: ['it'], http: {} }),
      object('security.istio.io/v1', 'PeerAuthentication', { mtls: { mode: 'STRICTLY' } }),
      object('monitoring.coreos.com/v1', 'PrometheusRule', {
        groups: [{ name: 'it', rules: [{ alert: 'It', expr: 'up', for: 'soon' }] }]
      }),
      object('cert-manager.io/v1', 'Certificate', { secretName: 'it' }),
      object('velero.io/v1', 'Schedule', { schedule: 5, template: {} })
    ),
    [
      'spec',
      'spec.replicas',
      'spec.http',
      'spec.mtls.mode',
      'spec.groups.0.rules.0.for',
      'spec',
      'spec.schedule'
    ]
  )
})

test('fields that a kind does not have are found, however deep', async () => {
  assert.deepEqual(
    await paths(
      object('velero.io/v1', 'Backup', { tttl: '1h' }),
      object('apps/v1', 'Deployment', {
        ...pods,
        template: { ...pods.template, spec: { containers: [{ ...container, imagePullPolici: 'Always' }] } }
      }),
      object('networking.istio.io/v1', 'DestinationRule', {
        host: 'it',
        trafficPolicy: { outlierDetection: { consecutiveErors: 5 } }
      }),
      object('monitoring.coreos.com/v1', 'ServiceMonitor', { selector: {}, endpoints: [{ prt: 'http' }] })
    ),
    ['spec.tttl', '"imagePullPolici"', '"consecutiveErors"', '"prt"']
  )
})

test('a kind without a schema is a finding, not a pass', async () => {
  assert.deepEqual(
    await paths(
      ...['example.com/v1', 'networking.istio.io/v1', 'velero.io/v1', 'extensions/v1beta1'].map((
        apiVersion
      ) => object(apiVersion, 'Thing', {}))
    ),
    ['apiVersion', 'apiVersion', 'kind', 'apiVersion']
  )
})

test('inputs that a provider does not take are found', {
  skip: schemas ? false : 'the provider schemas are not beside this checkout'
}, () => {
  const findings = schemas?.([{
    type: 'aws:ec2/vpc:Vpc',
    name: 'it',
    custom: true,
    inputs: { cidrBlok: '10.0.0.0/16', enableDnsSupport: 'yes' }
  }]) ?? []
  assert.deepEqual(findings.map(({ path }) => path), ['cidrBlok', 'enableDnsSupport'])
})

const allow = (fields: Record<string, unknown>): Registered =>
  resource('aws:iam/policy:Policy', {
    policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::it/*', ...fields }]
    })
  })
const whats = async (...resources: Registered[]): Promise<string> =>
  (await iamFindings(resources)).map(({ what }) => what).join('; ')

test('policies that name what does not exist, or do not parse, are found', async () => {
  assert.equal(await whats(allow({})), '')
  assert.equal(await whats(allow({ Action: ['s3:Get*', 'kms:decrypt', '*'] })), '')
  assert.match(await whats(allow({ Action: 's3:GetObjekt' })), /s3 has no action "GetObjekt"/)
  assert.match(await whats(allow({ Action: 's4:GetObject' })), /no service prefix "s4"/)
  assert.match(await whats(allow({ Action: 's3:Fetch*' })), /s3 has no action/)
  assert.match(await whats(allow({ Effect: 'allow' })), /Effect is Allow or Deny/)
  assert.match(await whats(allow({ Resources: '*' })), /no field "Resources"/)
  assert.match(await whats(allow({ Resource: 'it/*' })), /is no ARN/)
  assert.match(await whats(allow({ Condition: { StringEqual: {} } })), /no condition operator "StringEqual"/)
  assert.match(await whats(allow({ Principal: { Service: 'eks' } })), /no service principal/)
  assert.match(await whats(resource('aws:iam/role:Role', { assumeRolePolicy: '{' })), /is no JSON/)
  assert.match(
    await whats(resource('aws:iam/role:Role', { assumeRolePolicy: '{"Statement":[]}' })),
    /Version.*; a policy has statements/
  )
  assert.match(
    await whats(
      resource('aws:iam/rolePolicyAttachment:RolePolicyAttachment', {
        policyArn: 'arn:aws:iam::aws:policy/AmazonEKSKlusterPolicy'
      })
    ),
    /AWS manages no policy/
  )
  assert.match(
    await whats(resource('gcp:projects/iAMMember:IAMMember', { role: 'roles/storage.objectKing' })),
    /no role/
  )
  assert.match(
    await whats(
      resource('gcp:projects/iAMCustomRole:IAMCustomRole', {
        permissions: ['compute.networks.create', 'compute.networks.conjure']
      })
    ),
    /^Google Cloud has no permission compute.networks.conjure$/
  )
  assert.match(
    await whats(
      resource('azure-native:authorization:RoleAssignment', {
        roleDefinitionId:
          '/providers/Microsoft.Authorization/roleDefinitions/00000000-0000-4000-8000-000000000000'
      })
    ),
    /no built-in role/
  )
})

test('rules and configurations that the tools refuse are refused', {
  skip: without('promtool') || without('amtool')
}, async () => {
  const rules = (expr: string): string =>
    JSON.stringify({ groups: [{ name: 'it', rules: [{ alert: 'It', expr }] }] })
  assert.equal(
    (await checked('promtool', ['check', 'rules', 'it.json'], { 'it.json': rules('up == 0') })).code,
    0
  )
  assert.notEqual(
    (await checked('promtool', ['check', 'rules', 'it.json'], { 'it.json': rules('sum(up') })).code,
    0
  )
  assert.notEqual(
    (await checked('amtool', ['check-config', 'it.yml'], {
      'it.yml': '{"route": {"receiver": "absent"}, "receivers": []}'
    })).code,
    0
  )
})

test('dashboards that Grafana would show wrongly are found', () => {
  const panel = {
    id: 1,
    type: 'stat',
    title: 'It',
    gridPos: { x: 0, y: 0, w: 12, h: 8 },
    datasource: { type: 'prometheus', uid: 'here' },
    targets: [{ refId: 'A', expr: 'up{cluster=~"$cluster"}' }]
  }
  const model = {
    uid: 'it',
    title: 'It',
    schemaVersion: 39,
    time: { from: 'now-6h', to: 'now' },
    templating: { list: [{ name: 'cluster', type: 'custom' }] },
    panels: [panel]
  }
  const found = (change: object): string =>
    dashboardFindings({ 'it.json': JSON.stringify({ ...model, ...change }) }, { here: 'prometheus' }).map((
      { what }
    ) => what).join('; ')
  assert.equal(found({}), '')
  assert.match(found({ uid: 'it is' }), /uid/)
  assert.match(found({ panels: [panel, panel] }), /used twice; it lies on another panel/)
  assert.match(found({ panels: [{ ...panel, type: 'chart' }] }), /no panel type/)
  assert.match(
    found({ panels: [{ ...panel, gridPos: { x: 18, y: 0, w: 12, h: 8 } }] }),
    /outside of the grid/
  )
  assert.match(
    found({ panels: [{ ...panel, datasource: { uid: 'elsewhere' } }] }),
    /no data source "elsewhere"/
  )
  assert.match(found({ templating: { list: [] } }), /no variable \$cluster/)
  assert.match(found({ panels: [] }), /no panels/)
  assert.match(expressionsAsRules({ 'it.json': JSON.stringify(model) }), /up\{cluster=~\\"\.\*\\"\}/)
})

test('secrets in states are read as what they hold', () => {
  const mark = '4dabf18193072939515e22adb298388d'
  assert.deepEqual(plain({ data: [{ [mark]: '1b47061264138c4ac30d75fd1eb44270', plaintext: '{"a":1}' }] }), {
    data: [{ a: 1 }]
  })
})

test('values that a chart does not have, of another type or unused ones of the list are found', () => {
  const listed = [{
    chart: 'it',
    version: '1.0.0',
    values: { replicas: 'integer', share: 'number', resources: 'map', image: { tag: 'string' } }
  }] as const
  const release = (version: string, values: unknown): Registered =>
    resource('kubernetes:helm.sh/v3:Release', { chart: 'it', version, values })
  const good = { replicas: 2, share: 1, resources: { limits: { memory: '1Gi' } }, image: { tag: '1' } }
  assert.deepEqual(chartFindings([release('1.0.0', good)], listed), [])
  const found = (...releases: Registered[]): string[] =>
    chartFindings(releases, listed).map(({ path, what }) => `${path}: ${what}`)
  assert.deepEqual(
    found(
      release('1.0.0', good),
      release('1.0.0', { replica: 2, replicas: '2', share: 0.5, image: 'it:1' })
    ),
    [
      'replica: the chart has no such value, by charts.yaml',
      'replicas: the chart wants integer, not string',
      'image: the chart wants values inside, not string'
    ]
  )
  assert.deepEqual(found(release('1.0.0', good), release('1.0.1', good)), [
    'version: charts.yaml does not list it 1.0.1'
  ])
  assert.deepEqual(found(release('1.0.0', { ...good, share: undefined, image: {} })), [
    'share: the chart wants number, not undefined',
    'share: no release sets this',
    'image/tag: no release sets this'
  ])
})
