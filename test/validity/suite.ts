/**
 * Tests that everything a world's programs registered is what real clouds, clusters and tools
 * accept. The caller has deployed the world by the time these tests run.
 */
import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { awsPermissions } from '../../programs/prerequisites/permissions/aws.ts'
import { azurePermissions } from '../../programs/prerequisites/permissions/azure.ts'
import { gcpPermissions } from '../../programs/prerequisites/permissions/gcp.ts'
import { unitsOf } from '../fixtures/programs/catalogued-units.ts'
import { type DeployedWorld } from '../fixtures/programs/deployed-world.ts'
import { schemaValidator } from '../fixtures/programs/mock-engine.ts'
import { chartFindings, listedCharts } from './charts.ts'
import { dashboardFiles, dashboardFindings, datasourcesOf, expressionsAsRules } from './dashboards.ts'
import { told } from './finding.ts'
import { iamFindings } from './iam-policies.ts'
import { objectFindings } from './kubernetes-objects.ts'
import { checked, without } from './prometheus-tools.ts'
import { ofType, type Registered, registeredIn } from './registered.ts'

const schemas = await schemaValidator()

/** Declares the tests. `deployed` is called when they run. */
export function validitySuite (deployed: () => DeployedWorld): void {
  suite('what the programs registered', () => {
    let resources: Registered[]
    before(() => {
      resources = registeredIn(deployed())
    })
    cloudTests(deployed, () => resources)
    monitoringTests(deployed, () => resources)
  })
}

/** Tests of what clouds and clusters take. */
function cloudTests (world: () => DeployedWorld, resources: () => readonly Registered[]): void {
  test('covers every unit of the federation', () => {
    assert.ok(resources().length > 1_500, `${resources().length} resources`)
    assert.deepEqual(
      Object.keys(world().states).sort(),
      unitsOf(world().federation).map(({ id }) => id).sort()
    )
  })

  test('has inputs that the providers take', {
    skip: schemas ? false : 'the provider schemas are not beside this checkout'
  }, () => {
    assert.deepEqual(
      schemas?.(resources().map((resource) => ({ ...resource, name: resource.urn, custom: true }))),
      []
    )
  })

  test('has objects that are valid for their kinds, without fields that a cluster would drop', async () => {
    assert.deepEqual(told(await objectFindings(resources())), [])
  })

  test('sets values that the charts have at their versions, and all that are listed', async () => {
    assert.deepEqual(told(chartFindings(resources(), await listedCharts())), [])
  })

  test('names real actions, roles and managed policies only', async () => {
    assert.deepEqual(told(await iamFindings(resources())), [])
  })

  test('asks the clouds for nothing after phase 1 that the deployment roles may not do', () => {
    const rows = [...awsPermissions, ...gcpPermissions, ...azurePermissions]
    const asked = resources().filter(({ unit, type }) =>
      !unit.startsWith('prerequisites.') && /^(aws|gcp|azure-native):/.test(type)
    )
    const missing = asked.filter(({ unit, type }) =>
      !rows.some((row) => row.type === type && row.phases.some((phase) => unit.startsWith(`${phase}.`)))
    ).map(({ unit, type }) => `${unit.split('.')[0]} ${type}`)
    assert.deepEqual([...new Set(missing)].sort(), [])
    assert.ok(asked.length > 500, `${asked.length} resources`)
  })
}

/** Tests of what the tools of monitoring take. */
function monitoringTests (world: () => DeployedWorld, resources: () => readonly Registered[]): void {
  test('has rules that Prometheus loads', { skip: without('promtool') }, async () => {
    const rules = ofType(resources(), 'kubernetes:monitoring.coreos.com/v1:PrometheusRule')
    assert.ok(rules.length >= world().federation.clusters.length)
    const files = Object.fromEntries(
      rules.map(({ unit, name, inputs }) => [`${unit}-${name}.json`, JSON.stringify(inputs['spec'])])
    )
    const { code, said } = await checked('promtool', ['check', 'rules', ...Object.keys(files)], files)
    assert.equal(code, 0, said)
  })

  test('has a configuration that Alertmanager loads', { skip: without('amtool') }, async () => {
    const [secret] = resources().filter(({ name }) => name === 'alertmanager-configuration')
    const files = secret?.inputs['stringData'] as Record<string, string>
    // Files of webhooks' addresses are known since Alertmanager 0.26; Debian's amtool is of 0.25.
    const known = Object.fromEntries(
      Object.entries(files).map(([name, text]) => [
        name,
        text.replace(/"url_file": "[^"]*"/, '"url": "https://watchdog.example.com"')
      ])
    )
    const { code, said } = await checked('amtool', ['check-config', 'alertmanager.yml'], known)
    assert.equal(code, 0, said)
  })

  test('has dashboards that Grafana loads, on data sources that it has', () => {
    const files = dashboardFiles(resources())
    const grafana = ofType(resources(), 'kubernetes:helm.sh/v3:Release').find(({ name }) =>
      name === 'grafana'
    )
    assert.ok(Object.keys(files).length >= 5)
    assert.deepEqual(told(dashboardFindings(files, datasourcesOf(grafana))), [])
  })

  test('has dashboards whose expressions Prometheus parses', { skip: without('promtool') }, async () => {
    const { code, said } = await checked('promtool', ['check', 'rules', 'panels.json'], {
      'panels.json': expressionsAsRules(dashboardFiles(resources()))
    })
    assert.equal(code, 0, said)
  })

  test('probes in ways that the blackbox exporter knows', () => {
    for (const probe of ofType(resources(), 'kubernetes:monitoring.coreos.com/v1:Probe')) {
      const cluster = probe.unit.slice(probe.unit.indexOf('.') + 1)
      const spec = probe.inputs['spec'] as { module: string }
      const exporters = ofType(resources(), 'kubernetes:helm.sh/v3:Release').filter(({ name }) =>
        name === 'blackbox-exporter'
      )
      const exporter = exporters.find(({ unit }) => unit === `monitoring.${cluster}`) ?? exporters[0]
      const values = exporter?.inputs['values'] as { config: { modules: Record<string, unknown> } }
      assert.ok(spec.module in values.config.modules, `${probe.urn}: ${spec.module}`)
    }
  })
}
