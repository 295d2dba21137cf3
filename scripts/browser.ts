/** Debian's Chromium, or another that is installed: no tool downloads one. */
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

/** Why nothing is done in a browser; false when there is one. */
export const noBrowser = executablePath === undefined
  ? 'there is no Chromium at /usr/bin/chromium (apt-get install chromium, or set CHROMIUM)'
  : false

/** Starts one. As root it can't have its sandbox; the pages are ours. */
export async function startBrowser (): Promise<Browser> {
  return await chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-dev-shm-usage']
  })
}
