import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { AutomationError } from '../../../automation/errors.ts'

import { fitScenario } from '../../../automation/scenarios/fit.ts'
import { scenarioFolder } from '../../../automation/scenarios/folder.ts'
import { expectedText, scenarioDifferences } from '../../../automation/scenarios/outcome.ts'
import { type AgingFinding } from '../../../contract/aging.ts'
import { type ScenarioFile } from '../../../contract/scenario.ts'
import { nautilus } from '../../fixtures/nautilus.ts'

const own = new URL('../../../rehearsal/scenarios', import.meta.url).pathname

async function folderOf (context: TestContext, files: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), 'scenarios-'))
  context.after(() => rm(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  return scenarioFolder(folder)
}

const file = (parts: Partial<ScenarioFile>): ScenarioFile => ({
  title: 'One',
  about: 'It happens.',
  sources: ['https://example.com/a'],
  faults: [],
  expect: { status: 'failed' },
  ...parts
})

test('every scenario that comes with Windlass can be used, and fits Nautilus', async () => {
  const scenarios = scenarioFolder(own)
  const listed = await scenarios.list()
  assert.ok(listed.length > 0)
  const federation = await nautilus()
  for (const { name, problem } of listed) {
    assert.equal(problem, undefined, name)
    const fitted = fitScenario(name, await scenarios.get(name), federation)
    assert.ok(!('unfit' in fitted), name)
    assert.doesNotMatch(JSON.stringify(fitted), /\{[a-z]+(\.[a-z]+)?\}/i, name)
  }
})

test('picks become the first clusters that fit, in faults and in what is expected', async () => {
  const fitted = fitScenario(
    'one',
    file({
      picks: { primary: { role: 'primary', cloud: 'gcp' }, standby: { standbyOf: 'primary' } },
      faults: [{ kind: 'outage', cloud: 'gcp', region: '{primary.region}' }],
      expect: { status: 'failed', failed: ['*.{standby}'], says: ['{primary.cloud} {other}'] }
    }),
    await nautilus()
  )
  assert.deepEqual(fitted, {
    name: 'one',
    title: 'One',
    faults: [{ kind: 'outage', cloud: 'gcp', region: 'europe-west1' }],
    expect: { status: 'failed', failed: ['*.nautilus-dr-eu-central'], says: ['gcp {other}'] }
  })
})

test('a federation that lacks what a scenario is about does not get it', async () => {
  assert.deepEqual(
    fitScenario(
      'one',
      file({ picks: { it: { role: 'hub', cloud: 'aws' }, s: { standbyOf: 'it' } } }),
      await nautilus()
    ),
    { unfit: 'nautilus has no standby of nautilus-hub-us-west' }
  )
})

test('a scenario that is not there is refused with those that are, and the nearest', async (context) => {
  const scenarios = await folderOf(context, { 'outage.yaml': '', 'quota.yaml': '' })
  await assert.rejects(
    scenarios.get('outtage'),
    (error) =>
      error instanceof AutomationError && error.code === 'request-invalid' &&
      /no scenario outtage, did you mean outage; there are outage, quota/.test(error.message)
  )
  await assert.rejects(scenarios.get('../outage'), /no scenario/)
})

test('a file with mistakes is listed with them, and keeps no other from being listed', async (context) => {
  const scenarios = await folderOf(context, {
    'bad.yaml':
      'title: A\nabout: B\nsources: [https://example.com]\nfaults: [{ kind: outage, region: "{gone}" }]\n' +
      'expect: { status: succeeded, says: [x] }\n',
    'good.yaml':
      'title: A\nabout: B\nsources: [https://example.com]\npicks: { one: { role: hub, cloud: gcp } }\n' +
      'faults: []\nexpect: { status: failed, failed: ["*.{one}"] }\n'
  })
  const [bad, good] = await scenarios.list()
  assert.match(bad?.problem ?? '', /faults\[0\]\.region names \{gone\}, which is no pick/)
  assert.match(bad?.problem ?? '', /expect\.status is succeeded, but units are expected to fail/)
  assert.equal(good?.problem, undefined)
  assert.match(
    good?.expected ?? '',
    /the deployment fails; \*\.\{one\} fail, .*; \{one\} is the first hub cluster on gcp$/
  )
  await assert.rejects(scenarios.get('bad'), /rehearsal\.scenario: .*is no pick/s)
})

test('a run is as expected when its status, its failures, its retries and its words are', () => {
  const expect = { status: 'failed', failed: ['mesh.a*'], retried: ['mesh.b'], says: ['no room'] } as const
  const said = {
    ...expect,
    failed: [...expect.failed],
    retried: [...expect.retried],
    says: [...expect.says]
  }
  const units = [{ id: 'mesh.a1', attempt: 1, error: 'there is no room' }, { id: 'mesh.b', attempt: 2 }]
  assert.deepEqual(scenarioDifferences(said, { status: 'failed', units }), [])
  assert.deepEqual(
    scenarioDifferences(said, {
      status: 'succeeded',
      units: [{ id: 'mesh.c', attempt: 1, error: 'other' }, { id: 'mesh.b', attempt: 1 }]
    }),
    [
      'it succeeded, expected that it failed',
      'mesh.c failed too: other',
      'no unit mesh.a* failed',
      'no unit mesh.b was tried again',
      'no failed unit says "no room"'
    ]
  )
  assert.deepEqual(
    scenarioDifferences({ status: 'succeeded' }, { status: 'failed', units }),
    ['it failed, expected that it succeeded', 'mesh.a1 failed: there is no room']
  )
  assert.equal(
    expectedText({ ...said, recovery: 'resume' }),
    'the deployment fails; mesh.a* fail, and nothing else does; mesh.b are tried again; what failed says ' +
      '"no room"; a resume then succeeds'
  )
})

test('a world that grew older is as expected when what breaks in it is', () => {
  const finding = (code: AgingFinding['code'], effect: AgingFinding['effect']): AgingFinding => ({
    code,
    effect,
    at: '2027-01-08T00:00:00Z',
    day: 38,
    unit: 'mesh.a',
    message: 'it ended',
    right: 'a schedule'
  })
  const after = (breaks: AgingFinding['code'][], ...findings: AgingFinding[]) =>
    scenarioDifferences({ status: 'succeeded', breaks }, {
      status: 'succeeded',
      units: [],
      aged: { aging: { from: '', to: '', days: 60, findings, more: 0, happened: [], unknown: [] } }
    })
  const ended = finding('certificate-ended', 'breaks')
  assert.deepEqual(after(['certificate-ended'], ended, finding('support-ended', 'unsupported')), [])
  assert.deepEqual(after([], ended), ['day 38: certificate-ended of mesh.a: it ended'])
  assert.deepEqual(after(['token-never-ends'], finding('support-ended', 'unsupported')), [
    'nothing is told as token-never-ends within 60 days'
  ])
  assert.deepEqual(
    scenarioDifferences({ status: 'succeeded' }, {
      status: 'succeeded',
      units: [],
      aged: { refused: 'others are there' }
    }),
    ['others are there']
  )
  assert.match(expectedText({ status: 'succeeded' }, 400), /400 days later nothing has broken$/)
})

test('age and what breaks by it need each other, and a deployment that succeeds', async (context) => {
  const head = 'title: A\nabout: B\nsources: [https://example.com]\nfaults: []\n'
  const scenarios = await folderOf(context, {
    'failing.yaml': `${head}age: 10\nexpect: { status: failed }\n`,
    'ageless.yaml': `${head}expect: { status: succeeded, breaks: [certificate-ended] }\n`
  })
  const [ageless, failing] = await scenarios.list()
  assert.match(ageless?.problem ?? '', /expect\.breaks is given, but the world does not grow older/)
  assert.match(failing?.problem ?? '', /age is given, but the world grows older only after/)
})
