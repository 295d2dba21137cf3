/** Starts the machine's own Chromium. Nothing is downloaded. */
import { access } from 'node:fs/promises'
import { chromium, type Browser } from 'playwright-core'

const places = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome'
].filter((place) => place !== undefined && place !== '')

async function find (): Promise<string | undefined> {
  for (const place of places) if (await access(place ?? '').then(() => true, () => false)) return place
  return undefined
}
const executablePath = await find()

/** Reason why no browser can be started; false when one can. */
export const noBrowser = executablePath === undefined
  ? 'no Chromium at /usr/bin/chromium: install it (apt-get install chromium) or set CHROMIUM to its path'
  : false

/** Starts Chromium. As root it cannot use its sandbox, but it shows only this service's pages. */
export async function startBrowser (): Promise<Browser> {
  return await chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-dev-shm-usage']
  })
}
