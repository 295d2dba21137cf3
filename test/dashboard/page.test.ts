/** The dashboard as an operator uses it: in a browser, against the real service. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { type Browser, type Page } from 'playwright-core'
import { noBrowser, startBrowser } from '../../scripts/browser.ts'
import { buildDashboard } from '../../scripts/dashboard.ts'
import { giveEvents } from '../../scripts/many-events.ts'
import { call, run } from '../fixtures/client.ts'
import { fourClusters, partOfNautilus } from '../fixtures/part-of-nautilus.ts'
import { makeDataFolder, startService, type Service } from '../fixtures/service.ts'
import { databaseOf } from '../fixtures/stored-world.ts'
import { accessibility, openPage } from './browser.ts'

const status = (page: Page, word: string) => page.locator('h1 .badge', { hasText: word }).waitFor()

suite('the dashboard in a browser', { skip: noBrowser, timeout: 600_000 }, () => {
  let service: Service
  let browser: Browser
  let data: Awaited<ReturnType<typeof makeDataFolder>>
  let environment: Record<string, string>
  before(async () => {
    await buildDashboard()
    data = await makeDataFolder()
    environment = {
      WINDLASS_FEDERATIONS: await partOfNautilus(data.folder, fourClusters),
      WINDLASS_WORKERS: '2'
    }
    service = await startService({ dataFolder: data.folder, environment })
    browser = await startBrowser()
  })
  after(async () => {
    await browser?.close()
    await service?.stop()
    await data?.remove()
  })

  /** Opens a page for a test, and checks at its end that nothing went wrong in it. */
  async function visit (
    path: string,
    use: (page: Page, away: (gone: boolean) => void) => Promise<void>
  ): Promise<void> {
    const { page, troubles, away } = await openPage(browser, service.url, path)
    try {
      await use(page, away)
      assert.deepEqual(await page.evaluate('violations'), [], 'the policy refused nothing')
      assert.deepEqual(troubles, [])
    } finally {
      await page.context().close()
    }
  }

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
      await page.getByRole('dialog').getByRole('button', { name: 'Resume the rehearsal deployment' }).click()
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
    const launch = { federation: 'nautilus', phases: { from: 1, to: 1 }, clusters: ['nautilus-hub-us-west'] }
    await run(service.url, { ...launch, operation: 'up', rehearsal: { world: 'drifted' } })
    await run(service.url, {
      ...launch,
      operation: 'drift-check',
      rehearsal: {
        world: 'drifted',
        faults: [{ kind: 'changed', type: 'aws:kms/key:Key', property: 'enableKeyRotation', value: false }, {
          kind: 'missing',
          type: 'aws:kms/alias:Alias'
        }]
      }
    })
    await visit('/federations/nautilus?world=drifted', async (page) => {
      const card = page.locator('section.card', { has: page.getByRole('heading', { name: 'Drift' }) })
      await card.getByText('2 resources to look at').waitFor()
      await card.locator('li', { hasText: 'changed' }).getByRole('link', { name: '1 resource' }).click()
      const row = page.locator('tbody tr', { hasText: 'enableKeyRotation' })
      assert.deepEqual(await row.locator('td').allInnerTexts().then((cells) => cells.slice(-2)), [
        'true',
        'false'
      ])
      assert.equal(await page.locator('tbody tr').count(), 1)
      await page.getByLabel('Show').selectOption('missing')
      await page.locator('tbody tr', { hasText: 'gone' }).waitFor()
      assert.deepEqual(await accessibility(page), [])
    })
  })

  test('axe finds nothing on any page, light or dark', async () => {
    const { id } = await run(service.url, {
      federation: 'nautilus',
      operation: 'up',
      phases: { from: 1, to: 2 },
      clusters: ['nautilus-hub-us-west'],
      rehearsal: { world: 'axe', faults: [{ kind: 'fail', type: 'aws:eks/cluster:Cluster', times: 1 }] }
    })
    const paths = [
      '/',
      '/deployments',
      '/tokens',
      '/audit',
      '/waiting',
      '/notifications',
      '/federations/nautilus/calendar',
      '/federations/nautilus?world=axe',
      '/federations/nautilus/plan',
      '/launch?faults=[{"kind":"fail"}]',
      `/deployments/${id}`,
      `/deployments/${id}?unit=infrastructure.nautilus-hub-us-west`,
      ...['timeline', 'changes', 'events', 'findings'].map((view) => `/deployments/${id}/${view}`)
    ]
    const inBoth = paths.filter((path) => /world=axe|launch|unit=|changes|events/.test(path))
    await visit('/', async (page) => {
      const found: string[] = []
      for (const path of paths) {
        await page.emulateMedia({ colorScheme: 'light' })
        await page.goto(path)
        await page.waitForLoadState('networkidle')
        found.push(...await accessibility(page))
        // The dark colours are those of the same parts: the pages that have all of them are enough.
        if (!inBoth.includes(path)) continue
        await page.emulateMedia({ colorScheme: 'dark' })
        found.push(...(await accessibility(page, 'color-contrast')).map((line) => `dark: ${line}`))
      }
      assert.deepEqual(found, [])
    })
  })

  test('100,000 events are searched and scrolled with a few rows in the page', async () => {
    const { id } = await run(service.url, {
      federation: 'nautilus',
      operation: 'up',
      phases: { from: 1, to: 1 },
      clusters: ['nautilus-hub-us-west'],
      rehearsal: { world: 'many' }
    })
    await giveEvents(await databaseOf(data.folder), id, 'prerequisites.nautilus-hub-us-west', 100_000)
    await visit(`/deployments/${id}/events`, async (page) => {
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

  test('the page says that the service is away, and goes on when it is back', async () => {
    const preview = {
      federation: 'nautilus',
      operation: 'preview',
      phases: { from: 1, to: 1 },
      clusters: ['nautilus-primary-eu-west'],
      rehearsal: { world: 'back' }
    }
    await run(service.url, preview)
    await visit('/deployments', async (page, away) => {
      await page.locator('table.deployments').waitFor()
      const before = await page.locator('table.deployments tbody tr').count()
      away(true)
      await service.stop()
      await page.getByText(/^The service has not answered since/).waitFor()
      // What was read stays.
      assert.equal(await page.locator('table.deployments tbody tr').count(), before)
      service = await startService({
        dataFolder: data.folder,
        environment: { ...environment, WINDLASS_PORT: new URL(service.url).port }
      })
      await page.getByText(/^The service has not answered since/).waitFor({ state: 'detached' })
      away(false)
      await run(service.url, preview)
      await page.locator('table.deployments tbody tr').nth(before).waitFor()
      assert.equal(await page.locator('table.deployments tbody tr').count(), before + 1)
    })
  })

  test(
    'with authentication only the sign-in is shown; an approver approves what an operator launched',
    async () => {
      await service.stop()
      service = await startService({
        dataFolder: data.folder,
        environment: { ...environment, WINDLASS_ACCESS: 'tokens' }
      })
      const root = (await readFile(join(data.folder, 'bootstrap-token'), 'utf8')).trim()
      const tokenOf = async (name: string, role: string) => {
        const { status, body } = await call<{ token: string }>(service.url, 'POST', '/v1/tokens', {
          name,
          person: name,
          grants: [{ role }]
        }, { authorization: `Bearer ${root}` })
        assert.equal(status, 201)
        return body.token
      }
      const signIn = async (page: Page, token: string) => {
        await page.getByRole('heading', { name: 'Sign in to Windlass' }).waitFor()
        await page.getByRole('textbox', { name: 'Token' }).fill(token)
        await page.getByRole('button', { name: 'Sign in' }).click()
      }
      let path = ''
      const [olga, anna] = [await tokenOf('olga', 'operator'), await tokenOf('anna', 'approver')]
      await visit(
        '/launch?to=2&clusters=nautilus-hub-us-west&world=shared&approvals=each-phase',
        async (page) => {
          await signIn(page, olga)
          await page.getByRole('button', { name: 'Launch rehearsal: up of nautilus' }).click()
          await status(page, 'waiting')
          assert.match(await page.locator('.account').textContent() ?? '', /olga/)
          assert.equal(await page.getByRole('button', { name: /^Approve/ }).count(), 0)
          assert.equal(await page.getByRole('button', { name: 'Cancel' }).count(), 1)
          path = new URL(page.url()).pathname
        }
      )
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
        const events = await call<{ items: { type: string, comment?: string }[] }>(
          service.url,
          'GET',
          `/v1${path}/events?limit=1000`,
          undefined,
          { authorization: `Bearer ${root}` }
        )
        assert.equal(
          events.body.items.find(({ type }) => type === 'deployment.approved')?.comment,
          'looks right'
        )
        assert.equal(await page.getByRole('link', { name: 'Launch', exact: true }).count(), 0)
        await page.getByRole('button', { name: 'Sign out' }).click()
        await page.getByRole('heading', { name: 'Sign in to Windlass' }).waitFor()
        assert.deepEqual(await accessibility(page), [])
      })
    }
  )
})
