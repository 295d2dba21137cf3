/** Whoever had a CI job run does not count at the gates of what it made go on. */
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { ownersOf } from '../../../automation/access/accounts.ts'
import { principalOf } from '../../../automation/access/claims.ts'
import { parseAccess } from '../../../automation/access/file.ts'
import { startersOf } from '../../../automation/access/job-starters.ts'
import { type By } from '../../../automation/acts.ts'
import { type Automation } from '../../../automation/ports.ts'
import { type Actor } from '../../../contract/access.ts'
import { type Deployment } from '../../../contract/deployment.ts'
import { type Launch } from '../../../contract/launch.ts'
import { ended, request, until, withService } from '../../fixtures/automation/harness.ts'
import { ScriptedRunner } from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'
import { openGuardedApp } from '../../fixtures/server/guarded-app.ts'
import { startIssuer } from '../../fixtures/server/issuer.ts'
import { nautilusText } from '../federation/nautilus.ts'

const person = (name: string): Actor => ({ subject: `corp:${name}`, name, kind: 'person' })
const [alice, bob, carol, dave] = [person('alice'), person('bob'), person('carol'), person('dave')] as const

const issuerOf = (name: string, issuer: string, more = '') => `
  - name: ${name}
    issuer: ${issuer}
    audience: windlass
    kind: jobs
${more}
    rules:
      - when: { sub: "repo:acme/*", repository: acme/infra }
        grants: [{ role: operator }, { role: approver }]
`
const accounts = 'accounts: [{ person: "corp:bob", github: octocat, gitlab: octo }]\n'
const settings = parseAccess(
  `${accounts}issuers:${
    [
      issuerOf('github', 'https://token.actions.githubusercontent.com'),
      issuerOf('gitlab', 'https://gitlab.com'),
      issuerOf('other', 'https://ci.example')
    ].join('')
  }`,
  'access.yaml'
)

/** On whose behalf a job with this token acts, as the server finds it. */
function jobOf (issuer: string, claims: object): By {
  const one = settings.issuers.find(({ name }) => name === issuer)
  assert.ok(one)
  const token = { sub: 'repo:acme/infra', ...claims }
  return {
    actor: principalOf(one, token).actor,
    triggeredBy: startersOf(one, token, ownersOf(settings.accounts))
  }
}

/** Tokens: the person whom each names, and how many approvals a gate for one needs then. */
const tokens: [string, By, Actor | undefined, number][] = [
  ['GitHub, mapped', jobOf('github', { actor: 'Octocat' }), bob, 1],
  ['GitHub, run again', jobOf('github', { actor: 'octocat', run_attempt: '2', run_id: '7' }), bob, 2],
  ['GitHub, unmapped', jobOf('github', { actor: 'somebody' }), undefined, 2],
  ['GitHub, missing', jobOf('github', {}), undefined, 2],
  ['GitLab, mapped', jobOf('gitlab', { user_login: 'octo' }), bob, 1],
  ['GitLab, unmapped', jobOf('gitlab', { user_login: 'somebody' }), undefined, 2],
  ['GitLab, missing', jobOf('gitlab', { actor: 'octocat' }), undefined, 2],
  ['another issuer', jobOf('other', { actor: 'octocat', user_login: 'octo' }), undefined, 2]
]

function live (): Launch {
  const { rehearsal: _none, ...rest } = request({
    mode: 'live',
    phases: { from: 1, to: 2 },
    clusters: ['nautilus-hub-us-west']
  })
  return rest
}

/** The time of the service: inside its window, or outside. */
let clock = { open: true }
const times = { open: '2026-11-21T22:30:00Z', shut: '2026-11-21T12:00:00Z' }

async function launched (automation: Automation, by: By): Promise<string> {
  return (await automation.launch(live(), by)).deployment.id
}

async function atGate (automation: Automation, id: string, last = 0): Promise<string> {
  await until(automation, id, 'deployment.waiting', { phase: 2, after: last })
  return id
}

/** Acts of a job, after which the deployment waits at the gate of phase 2. */
const acts: Record<string, (automation: Automation, by: By) => Promise<string>> = {
  launch: async (automation, by) => await atGate(automation, await launched(automation, by)),
  async resume (automation, by) {
    const id = await atGate(automation, await launched(automation, { actor: alice }))
    const { lastEvent } = await automation.reject(id, { phase: 2 }, { actor: carol })
    await automation.resume(id, by)
    return await atGate(automation, id, lastEvent)
  },
  async override (automation, by) {
    clock = { open: false }
    const id = await launched(automation, { actor: alice })
    await until(automation, id, 'deployment.waiting', { phase: 1 })
    await automation.overrideWindow(id, { reason: 'now' }, by)
    return await atGate(automation, id)
  }
}

/** Finds who approves alone, then has two others approve. */
async function judge (
  automation: Automation,
  id: string,
  { person: starter, needed, title }: { person: Actor | undefined, needed: number, title: string }
): Promise<void> {
  if (starter) {
    await assert.rejects(
      automation.approve(id, { phase: 2 }, { actor: starter }),
      { code: 'approval-refused', message: /had the CI job run/ },
      title
    )
  }
  const approve = async (actor: Actor) => (await automation.approve(id, { phase: 2 }, { actor })).gate
  const approvers = starter ? [carol, dave] : [bob, carol]
  for (const [index, approver] of approvers.slice(0, needed).entries()) {
    const gate = await approve(approver)
    assert.equal(gate?.missing, index + 1 === needed ? undefined : needed - index - 1, title)
  }
  assert.equal((await ended(automation, id)).deployment.status, 'succeeded', title)
}

suite('whoever had a CI job run', () => {
  let server: TestServer
  let folder: string
  before(async () => {
    server = await startDatabase()
    folder = await mkdtemp(join(tmpdir(), 'windlass-jobs-'))
    await writeFile(
      join(folder, 'nautilus.yaml'),
      `${nautilusText}
maintenanceWindows:
  - { name: nightly, from: "22:00", to: "23:00", phases: [prerequisites, infrastructure] }
approvals:
  gates:
    - phases: [infrastructure]
`
    )
  })
  after(async () => {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  })

  const service = async (work: (automation: Automation) => Promise<void>) => {
    clock = { open: true }
    await withService(server, new ScriptedRunner(2), work, {
      federations: folder,
      now: () => new Date(clock.open ? times.open : times.shut),
      live: { on: true, guarded: true },
      pulumi: { cli: { file: '/nonexistent/pulumi', version: '3.270.0' } },
      secretValues: Object.fromEntries(
        ['SLACK_WEBHOOK', 'PAGERDUTY_KEY', 'ALERT_EMAIL', 'WATCHDOG_URL'].map((name) => [
          `WINDLASS_SECRET_${name}`,
          `https://example.com/${name}`
        ])
      )
    })
  }

  test('is counted as who made the run go on, by every token and every act', async () => {
    await service(async (automation) => {
      for (const [act, does] of Object.entries(acts)) {
        for (const [token, by, starter, needed] of tokens) {
          clock = { open: true }
          const title = `${act}: ${token}`
          const id = await does(automation, by)
          const { drivenBy = [], gate } = await automation.deployment(id)
          assert.deepEqual(
            drivenBy.flatMap((one) => one.act === 'triggered' ? [one.actor] : []),
            by.triggeredBy,
            title
          )
          assert.deepEqual(
            [gate?.needed, gate?.unknownPusher],
            [needed, needed > 1 ? true : undefined],
            title
          )
          await judge(automation, id, { person: starter, needed, title })
        }
      }
    })
  })

  test('adds one approval for each that is unknown, once for each that is named', async () => {
    await service(async (automation) => {
      const id = await acts['launch']?.(automation, jobOf('github', { actor: 'somebody' })) ?? ''
      const needed = async (by: By) => {
        const { lastEvent } = await automation.reject(id, { phase: 2 }, { actor: carol })
        await automation.resume(id, by)
        await atGate(automation, id, lastEvent)
        return (await automation.deployment(id)).gate?.needed
      }
      assert.equal(await needed(jobOf('github', { actor: 'Somebody' })), 2, 'the same account')
      assert.equal(await needed(jobOf('github', { actor: 'another' })), 3)
      assert.equal(await needed(jobOf('other', {})), 4)
      assert.equal(await needed(jobOf('other', {})), 5, 'a token that names nobody may be of anybody')
      assert.equal(await needed(jobOf('gitlab', { user_login: 'octo' })), 5)
      await automation.cancel(id)
    })
  })

  test('does not continue a run whose phase they may have approved', async () => {
    await service(async (automation) => {
      const id = await acts['launch']?.(automation, { actor: alice }) ?? ''
      clock = { open: false }
      await automation.approve(id, { phase: 2 }, { actor: bob })
      await until(automation, id, 'deployment.waiting', {
        phase: 2,
        after: (await automation.deployment(id)).lastEvent - 1
      })
      const refused: [By, RegExp][] = [
        [jobOf('github', { actor: 'octocat' }), /octocat approved phase 2/],
        [jobOf('github', { actor: 'somebody' }), /not known which person/],
        [jobOf('other', {}), /not known which person/]
      ]
      for (const [by, message] of refused) {
        await assert.rejects(automation.overrideWindow(id, { reason: 'now' }, by), {
          code: 'approval-refused',
          message
        })
      }
      assert.equal((await automation.deployment(id)).drivenBy?.length, 1)
      await automation.overrideWindow(id, { reason: 'now' }, { actor: carol })
      assert.equal((await ended(automation, id)).deployment.status, 'succeeded')
    })
  })

  test('is counted over HTTP, by the token that the job shows or signs in with', async (context) => {
    const issuer = await startIssuer(context)
    const sign = await issuer.newKey()
    await service(async (automation) => {
      const file = `${accounts}issuers:${issuerOf('ci', issuer.url, '    actorsAt: github')}`
      const app = await openGuardedApp(automation, file)
      const token = async (actor?: string) =>
        await sign({
          sub: 'repo:acme/infra',
          repository: 'acme/infra',
          ...(actor !== undefined && { actor })
        })
      const launch = async (headers: Record<string, string>) =>
        (await app.inject({ method: 'POST', url: '/v1/deployments', headers, payload: { ...live() } }))
          .json<Deployment>()
      const signedIn = async (actor: string) => {
        const page = { host: 'localhost', 'x-windlass-client': 'test', 'sec-fetch-site': 'same-origin' }
        const payload = { token: await token(actor) }
        const { cookies } = await app.inject({ method: 'POST', url: '/v1/session', headers: page, payload })
        return { ...page, cookie: `windlass=${cookies[0]?.value ?? ''}` }
      }
      const bearing = async (actor?: string) => ({ authorization: `Bearer ${await token(actor)}` })
      const callers = [
        [await bearing('octocat'), bob, 1],
        [await signedIn('octocat'), bob, 1],
        [await bearing(), undefined, 2]
      ] as const
      for (const [headers, starter, needed] of callers) {
        const { id, drivenBy } = await launch(headers)
        assert.deepEqual(
          drivenBy?.map((one) => [one.act, one.actor.person ?? one.actor.subject]),
          [['launched', 'ci:repo:acme/infra'], ...starter ? [['triggered', starter.subject]] : []]
        )
        await atGate(automation, id)
        await judge(automation, id, { person: starter, needed, title: starter?.name ?? 'nobody' })
      }
      await app.close()
    })
  })
})
