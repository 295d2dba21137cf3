/** Time that a browser takes to show a deployment with very many events. */
import { type Browser } from 'playwright-core'
import { noBrowser, startBrowser } from '../browser.ts'
import { giveEvents } from '../many-events.ts'
import { type Service } from '../service-process.ts'
import { deploy } from './api.ts'
import { median, milliseconds, type Row } from './measure.ts'

const many = 100_000
// Far longer than a page that works takes on the slowest machine.
const limit = 60_000

/**
 * Milliseconds from the address to the first row, and to the moment when all events are there to be
 * searched. A browser context of its own each time: nothing is cached.
 */
async function load (browser: Browser, address: string): Promise<{ first: number, whole: number }> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } })
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(limit)
    const start = performance.now()
    await page.goto(address)
    await page.locator('.event-rows .event').first().waitFor()
    const first = performance.now() - start
    await page.getByText('complete', { exact: true }).waitFor()
    return { first, whole: performance.now() - start }
  } finally {
    await context.close()
  }
}

/**
 * The events page of a deployment with 100,000 events, in turn with that of one as it is. The
 * dashboard was built before the service started.
 */
export async function pageLoad (
  service: Service,
  { databaseUrl, launch, unit, runs }: {
    databaseUrl: string
    launch: Record<string, unknown>
    unit: string
    runs: number
  }
): Promise<Row[]> {
  if (noBrowser !== false) {
    return [{ what: `page of a deployment with ${many} events`, figure: 'not measured', baseline: noBrowser }]
  }
  const [few, full] = [await deploy(service.url, launch), await deploy(service.url, launch)]
  await giveEvents(databaseUrl, full.id, unit, many)
  const browser = await startBrowser()
  const [plain, loaded]: [Awaited<ReturnType<typeof load>>[], Awaited<ReturnType<typeof load>>[]] = [[], []]
  try {
    for (let run = 0; run <= runs; run++) {
      const [one, other] = [
        await load(browser, `${service.url}/deployments/${few.id}/events`),
        await load(browser, `${service.url}/deployments/${full.id}/events`)
      ]
      // The first of each warms the browser and the service.
      if (run === 0) continue
      plain.push(one)
      loaded.push(other)
    }
  } finally {
    await browser.close()
  }
  return (['first', 'whole'] as const).map((part) => {
    const [own, base] = [
      median(loaded.map((times) => times[part])),
      median(plain.map((times) => times[part]))
    ]
    return {
      what: `page of a deployment with ${many} events, ` +
        `${part === 'first' ? 'first rows' : 'all of them to be searched'}`,
      figure: milliseconds(own),
      baseline: `${milliseconds(base)} (the same page, one unit's events)`,
      ratio: own / base
    }
  })
}
