/**
 * Makes the picture of the dashboard in the README (docs/images/dashboard.png, or the path given):
 * starts a service on a temporary folder, launches a rehearsal of Nautilus, and takes the picture
 * while phase 5 is under way.
 */
import { randomUUID } from 'node:crypto'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Browser } from 'playwright-core'
import { Client } from '../cli/client.ts'
import { noBrowser, startBrowser } from './browser.ts'
import { buildDashboard } from './dashboard.ts'
import { repository, startService } from './service-process.ts'

const file = process.argv[2] ?? join(repository, 'docs', 'images', 'dashboard.png')

/** Units at once: some of a phase have succeeded, some run and some wait. */
const workers = 4
/** Real seconds per simulated second: the live run of about two hours takes about a minute. */
const timeScale = 0.01
/** The phase under way in the picture, by its place in the list. */
const shownPhase = 4
/** Milliseconds until that phase is under way, on a slow machine. */
const patience = 600_000

/** Launches the rehearsal and gives the path of its page. */
async function launch (url: string): Promise<string> {
  const rehearsal = { world: 'default', timeScale }
  const client = new Client(url, AbortSignal.timeout(patience))
  const { id } = await client.launch({ federation: 'nautilus', operation: 'up', rehearsal }, randomUUID())
  return `/deployments/${id}`
}

async function takePicture (browser: Browser, url: string, path: string): Promise<void> {
  const page = await browser.newPage({
    baseURL: url,
    viewport: { width: 1400, height: 900 },
    colorScheme: 'light',
    reducedMotion: 'reduce'
  })
  await page.goto(path)
  // Units of the phase in each of three states: the grid has a column for each phase, after that of
  // the scopes.
  for (const state of ['waiting', 'running', 'succeeded']) {
    await page.locator(`.grid td:nth-child(${shownPhase + 2}) [data-state="${state}"]`).nth(1)
      .waitFor({ timeout: patience })
  }
  await mkdir(dirname(file), { recursive: true })
  await page.screenshot({ path: file })
}

if (noBrowser !== false) throw new Error(noBrowser)
await buildDashboard()
const dataFolder = await mkdtemp(join(tmpdir(), 'windlass-screenshot-'))
// The embedded PostgreSQL may run as another user.
await chmod(dataFolder, 0o755)
try {
  const service = await startService({
    dataFolder,
    environment: {
      WINDLASS_FEDERATIONS: join(repository, 'federations'),
      WINDLASS_WORKERS: String(workers),
      WINDLASS_GRACE_SECONDS: '0'
    }
  })
  try {
    const browser = await startBrowser()
    try {
      await takePicture(browser, service.url, await launch(service.url))
    } finally {
      await browser.close()
    }
  } finally {
    await service.stop()
  }
} finally {
  await rm(dataFolder, { recursive: true, force: true })
}
console.log(`wrote ${file}`)
