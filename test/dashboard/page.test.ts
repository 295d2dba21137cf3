/** The dashboard as an operator uses it: in a browser, against the real service. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { type Browser, type Page } from 'playwright-core'
import { noBrowser, startBrowser } from '../../scripts/browser.ts'
import { buildDashboard } from '../../scripts/dashboard.ts'
import { giveEvents } from '../../scripts/many-events.ts'
import { call, launch, run } from '../fixtures/client.ts'
import { startDatabase } from '../fixtures/database.ts'
import { fourClusters, partOfNautilus } from '../fixtures/part-of-nautilus.ts'
import { makeDataFolder, startService, type Service } from '../fixtures/service.ts'
import { accessibility, go, openPage } from './browser.ts'

const status = (page: Page, word: string) => page.locator('h1 .badge', { hasText: word }).waitFor()

const cluster = 'nautilus-hub-us-west'
const common = { federation: 'nautilus', clusters: [cluster] }
const firstPhase = { from: 1, to: 1 }

/** Ids of deployments that several tests read, and none changes. */
interface Shared {
  /** An up whose phase 2 failed. */
  failed: string
  /** A drift check of the same world. */
  driftCheck: string
  /** A preview with 100,000 events. */
  full: string
  /** An up that waits for an approval. While it does, lists are read every two seconds. */
  waiting: string
}

async function deployShared (url: string, databaseUrl: string): Promise<Shared> {
  const failed = async (): Promise<Pick<Shared, 'failed' | 'driftCheck'>> => {
    const faults = [{ kind: 'fail', type: 'aws:eks/cluster:Cluster', times: 1 }]
    const up = { ...common, operation: 'up', phases: { from: 1, to: 2 } }
    const { id } = await run(url, { ...up, rehearsal: { world: 'shared', faults } })
    const check = await run(url, {
      ...common,
      operation: 'drift-check',
      phases: firstPhase,
      rehearsal: {
        world: 'shared',
        faults: [
          { kind: 'changed', type: 'aws:kms/key:Key', property: 'enableKeyRotation', value: false },
          { kind: 'missing', type: 'aws:kms/alias:Alias' }
        ]
      }
    })
    return { failed: id, driftCheck: check.id }
  }
  const full = async (): Promise<string> => {
    const preview = { ...common, operation: 'preview', phases: firstPhase, rehearsal: { world: 'many' } }
    const { id } = await run(url, preview)
    await giveEvents(databaseUrl, id, `prerequisites.${cluster}`, 100_000)
    return id
  }
  const waiting = async (): Promise<string> => {
    const up = { ...common, operation: 'up', phases: firstPhase, approvals: 'each-phase' }
    return (await launch(url, { ...up, rehearsal: { world: 'waiting' } })).id
  }
  const [both, fullId, waitingId] = await Promise.all([failed(), full(), waiting()])
  return { ...both, full: fullId, waiting: waitingId }
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

async function signIn (page: Page, token: string): Promise<void> {
  await page.getByRole('heading', { name: 'Sign in to Windlass' }).waitFor()
  await page.getByRole('textbox', { name: 'Token' }).fill(token)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Events of the deployment that a page's path names. */
async function eventsOf (
  url: string,
  path: string,
  token: string
): Promise<{ type: string, comment?: string }[]> {
  const { body } = await call<{ items: { type: string, comment?: string }[] }>(
    url,
    'GET',
    `/v1${path}/events?limit=1000`,
    undefined,
    bearer(token)
  )
  return body.items
}

suite('the dashboard in a browser', { skip: noBrowser, timeout: 600_000 }, () => {
  let service: Service
  let browser: Browser
  let data: Awaited<ReturnType<typeof makeDataFolder>>
  let database: Awaited<ReturnType<typeof startDatabase>>
  let environment: Record<string, string>
  let shared: Promise<Shared>
  before(async () => {
    await buildDashboard()
    ;[data, database, browser] = await Promise.all([makeDataFolder(), startDatabase(), startBrowser()])
    environment = {
      DATABASE_URL: (await database.database()).url,
      WINDLASS_FEDERATIONS: await partOfNautilus(data.folder, fourClusters),
      WINDLASS_WORKERS: '2'
    }
    service = await startService({ dataFolder: data.folder, environment })
    shared = deployShared(service.url, environment.DATABASE_URL ?? '')
    // A failure is reported by the tests that wait for it.
    shared.catch(() => undefined)
  })
  after(async () => {
    await browser?.close()
    await service?.stop()
    await database?.close()
    await data?.remove()
  })

  /** Opens a page for a test, and checks at its end that nothing went wrong in it. */
  async function visit (
    path: string,
    use: (page: Page, away: (gone: boolean) => void) => Promise<void>,
    of = service
  ): Promise<void> {
    const { page, troubles, away } = await openPage(browser, of.url, path)
    try {
      await use(page, away)
      assert.deepEqual(await page.evaluate('violations'), [], 'the policy refused nothing')
      assert.deepEqual(troubles, [])
    } finally {
      await page.context().close()
    }
  }

  /** Runs a second service on the same database that authenticates its callers. */
  async function withTokens (
    use: (guarded: Service, tokenOf: (name: string, role: string) => Promise<string>) => Promise<void>
  ): Promise<void> {
    const guarded = await startService({
      dataFolder: data.folder,
      environment: { ...environment, WINDLASS_ACCESS: 'tokens', WINDLASS_WORKERS: '1' }
    })
    try {
      const root = (await readFile(join(data.folder, 'bootstrap-token'), 'utf8')).trim()
      await use(guarded, async (name, role) => {
        const body = { name, person: name, grants: [{ role }] }
        const made = await call<{ token: string }>(guarded.url, 'POST', '/v1/tokens', body, bearer(root))
        assert.equal(made.status, 201)
        return made.body.token
      })
    } finally {
      await guarded.stop()
    }
  }

  suite('while the service runs', { concurrency: 3 }, () => {
    test('a rehearsal is planned, launched, watched to its end, and browsed by keyboard', async () => {
      await visit('/launch', async (page) => {
        await page.getByLabel('Last phase').selectOption('2')
        await page.getByText('Clusters', { exact: true }).click()
        await page.getByLabel('nautilus-hub-us-west').check()
        await page.getByLabel('World').fill('watched')
        // The plan of what the form says, before the button.
        await page.locator('.figures', { hasText: 'Units' }).locator('dd', { hasText: /^2$/ }).waitFor()
        await page.getByRole('button', { name: 'Launch rehearsal: up of nautilus' }).click()
        await page.waitForURL(/\/deployments\/[0-9a-f-]{36}$/)
        await status(page, 'succeeded')
        await page.locator('a.unit[data-unit="infrastructure.nautilus-hub-us-west"][data-state="succeeded"]')
          .waitFor()
        assert.match(await page.title(), /succeeded/)
        assert.equal(await page.locator('.mode.rehearsal').count(), 1)
        // By keyboard: from unit to unit, into one and back to it.
        const cell = page.locator('a.unit').first()
        await cell.focus()
        await page.keyboard.press('ArrowRight')
        const focused = await page.evaluate('document.activeElement.dataset.unit') as string
        assert.equal(focused, 'infrastructure.nautilus-hub-us-west')
        await page.keyboard.press('Enter')
        await page.getByRole('dialog', { name: `Unit ${focused}` }).waitFor()
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'detached' })
        assert.equal(await page.evaluate('document.activeElement.dataset.unit'), focused)
      })
    })

    test('a fault fails a unit, whose details say why; resumed, it succeeds', async () => {
      await visit('/launch?to=1&clusters=nautilus-hub-us-west&world=broken', async (page) => {
        await page.getByRole('button', { name: 'Add a fault' }).click()
        await page.getByLabel('Resource type').fill('aws:kms/key:Key')
        await page.getByRole('button', { name: /^Launch rehearsal/ }).click()
        await status(page, 'failed')
        await page.getByRole('link', { name: /^open prerequisites/ }).click()
        const drawer = page.getByRole('dialog')
        await drawer.getByText('a fault was injected').first().waitFor()
        await drawer.getByRole('heading', { name: 'Diagnostics' }).waitFor()
        await page.keyboard.press('Escape')
        await drawer.waitFor({ state: 'detached' })
        await page.getByRole('button', { name: 'Resume' }).click()
        await page.getByRole('dialog').getByRole('button', { name: 'Resume the rehearsal deployment' })
          .click()
        await status(page, 'succeeded')
        await page.getByRole('link', { name: 'Events' }).click()
        await page.getByLabel('Search events').fill('kms/key')
        await page.locator('.event[data-level="error"]', { hasText: 'resource.failed' }).waitFor()
      })
    })

    test('a live launch is marked as such, asks for the name, and shows why it is refused', async () => {
      await visit('/launch?to=1', async (page, away) => {
        await page.getByText('live', { exact: true }).click()
        await page.getByText(/^LIVE: actions on this page/).waitFor()
        assert.equal(await page.evaluate('document.documentElement.dataset.mode'), 'live')
        await page.getByRole('button', { name: 'Launch LIVE: up of nautilus' }).click()
        const dialog = page.getByRole('dialog')
        await dialog.getByText('LIVE: this acts on real clouds').waitFor()
        assert.equal(await dialog.getByRole('button', { name: 'Launch live up' }).isDisabled(), true)
        await dialog.getByLabel('Type nautilus to confirm').fill('nautilus')
        // Browsers write a refused request to the console themselves.
        away(true)
        await dialog.getByRole('button', { name: 'Launch live up' }).click()
        await dialog.getByRole('alert').getByText('WINDLASS_LIVE').waitFor()
        away(false)
      })
    })

    test('what drifted is on the map, by kind, and leads to the properties', async () => {
      await shared
      await visit('/federations/nautilus?world=shared', async (page) => {
        const card = page.locator('section.card', { has: page.getByRole('heading', { name: 'Drift' }) })
        await card.getByText('2 resources to look at').waitFor()
        await card.locator('li', { hasText: 'changed' }).getByRole('link', { name: '1 resource' }).click()
        const row = page.locator('tbody tr', { hasText: 'enableKeyRotation' })
        await row.waitFor()
        const cells = await row.locator('td').allInnerTexts()
        assert.deepEqual(cells.slice(-2), ['true', 'false'])
        assert.equal(await page.locator('tbody tr').count(), 1)
        await page.getByLabel('Show').selectOption('missing')
        await page.locator('tbody tr', { hasText: 'gone' }).waitFor()
        assert.deepEqual(await accessibility(page), [])
      })
    })

    test('axe finds nothing on any page, light or dark', async () => {
      const { failed } = await shared
      // `has` is on the page once everything is read; the `dark` ones show every colour together.
      const pages: { path: string, has: string, dark?: boolean }[] = [
        { path: '/', has: 'table.deployments tbody tr' },
        { path: '/deployments', has: 'table.deployments tbody tr' },
        { path: '/tokens', has: 'p.empty, tbody tr' },
        { path: '/audit', has: 'tbody tr' },
        { path: '/waiting', has: 'tbody tr' },
        { path: '/notifications', has: 'p.empty' },
        { path: '/federations/nautilus/calendar', has: 'p.empty' },
        { path: '/federations/nautilus?world=shared', has: '.graph a.node', dark: true },
        { path: '/federations/nautilus/plan', has: '.bar-row' },
        { path: '/launch?faults=[{"kind":"fail"}]', has: '.figures', dark: true },
        { path: `/deployments/${failed}`, has: 'a.unit[data-state="failed"]' },
        { path: `/deployments/${failed}?unit=infrastructure.${cluster}`, has: '.diagnostics', dark: true },
        { path: `/deployments/${failed}/timeline`, has: '.bar-row' },
        { path: `/deployments/${failed}/changes`, has: '.share', dark: true },
        { path: `/deployments/${failed}/events`, has: '.event-rows .event', dark: true },
        { path: `/deployments/${failed}/findings`, has: 'p.empty, .rule' }
      ]
      await visit('/', async (page) => {
        const found: string[] = []
        for (const { path, has, dark = false } of pages) {
          await page.emulateMedia({ colorScheme: 'light' })
          await go(page, path)
          await page.locator(has).first().waitFor()
          await page.getByText('Loading…').first().waitFor({ state: 'detached' })
          found.push(...await accessibility(page))
          if (!dark) continue
          await page.emulateMedia({ colorScheme: 'dark' })
          found.push(...(await accessibility(page, 'color-contrast')).map((line) => `dark: ${line}`))
        }
        assert.deepEqual(found, [])
      })
    })

    test('100,000 events are searched and scrolled with a few rows in the page', async () => {
      const { full } = await shared
      await visit(`/deployments/${full}/events`, async (page) => {
        await page.getByText('100,000 of 100,000 events').waitFor()
        await page.getByText('complete', { exact: true }).waitFor()
        const rows = await page.locator('.event-rows .event').count()
        assert.ok(rows > 10 && rows < 120, `${rows} rows are in the page`)
        await page.locator('.event', { hasText: 'map-99999' }).waitFor()
        await page.getByLabel('Search events').fill('map-4999')
        await page.getByText('11 of 100,000 events').waitFor()
        await page.locator('.event', { hasText: 'map-49990' }).waitFor()
        await page.getByLabel('Search events').fill('')
        await page.getByText('100,000 of 100,000 events').waitFor()
        await page.getByLabel('follow').uncheck()
        await page.evaluate(
          '(() => { const list = document.querySelector(".event-scroll"); list.scrollTop = ' +
            'list.scrollHeight / 2 })()'
        )
        await page.locator('.event', { hasText: /map-(49|50)\d\d\d/ }).first().waitFor()
      })
    })

    test('with authentication only the sign-in is shown; an approver approves a launch', async () => {
      await withTokens(async (guarded, tokenOf) => {
        const [olga, anna] = [await tokenOf('olga', 'operator'), await tokenOf('anna', 'approver')]
        let path = ''
        const launchPage = `/launch?to=2&clusters=${cluster}&world=gated&approvals=each-phase`
        await visit(launchPage, async (page) => {
          await signIn(page, olga)
          await page.getByRole('button', { name: 'Launch rehearsal: up of nautilus' }).click()
          await status(page, 'waiting')
          assert.match(await page.locator('.account').textContent() ?? '', /olga/)
          assert.equal(await page.getByRole('button', { name: /^Approve/ }).count(), 0)
          assert.equal(await page.getByRole('button', { name: 'Cancel' }).count(), 1)
          path = new URL(page.url()).pathname
        }, guarded)
        await visit(path, async (page) => {
          await signIn(page, anna)
          await page.getByRole('button', { name: 'Approve phase 1' }).click()
          assert.equal(await page.getByRole('button', { name: 'Cancel' }).count(), 0)
          await page.getByLabel('Comment').fill('looks right')
          await page.getByRole('button', { name: 'Approve in the rehearsal deployment' }).click()
          await page.getByRole('button', { name: 'Approve phase 2' }).waitFor()
          await page.getByRole('button', { name: 'Reject' }).click()
          await page.getByRole('button', { name: 'Reject in the rehearsal deployment' }).click()
          await status(page, 'failed')
          const events = await eventsOf(guarded.url, path, anna)
          assert.equal(events.find(({ type }) => type === 'deployment.approved')?.comment, 'looks right')
          assert.equal(await page.getByRole('link', { name: 'Launch', exact: true }).count(), 0)
          await page.getByRole('button', { name: 'Sign out' }).click()
          await page.getByRole('heading', { name: 'Sign in to Windlass' }).waitFor()
          assert.deepEqual(await accessibility(page), [])
        }, guarded)
      })
    })
  })

  test('the page says that the service is away, and continues when it is back', async () => {
    await shared
    await visit('/deployments', async (page, away) => {
      const rows = page.locator('table.deployments tbody tr')
      await rows.first().waitFor()
      const before = await rows.count()
      away(true)
      await service.stop()
      await page.getByText(/^The service has not answered since/).waitFor()
      // What was read stays.
      assert.equal(await rows.count(), before)
      const { port } = new URL(service.url)
      service = await startService({
        dataFolder: data.folder,
        environment: { ...environment, WINDLASS_PORT: port, WINDLASS_WORKERS: '1' }
      })
      await page.getByText(/^The service has not answered since/).waitFor({ state: 'detached' })
      away(false)
      const preview = { ...common, operation: 'preview', phases: firstPhase, rehearsal: { world: 'back' } }
      await run(service.url, preview)
      await rows.nth(before).waitFor()
      assert.equal(await rows.count(), before + 1)
    })
  })
})
