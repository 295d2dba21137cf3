/** Pages in Chromium, watched for errors and checked for accessibility. */
import axe from 'axe-core'
import { type Browser, type Page } from 'playwright-core'

interface OpenedPage {
  page: Page
  /** Console errors, uncaught errors and requests to other services. */
  troubles: string[]
  /** Tells that failing requests, and console errors about them, are expected from now on. */
  away: (gone: boolean) => void
}

/** Opens a page in a browser context of its own, and writes down what goes wrong in it. */
export async function openPage (browser: Browser, base: string, path: string): Promise<OpenedPage> {
  const context = await browser.newContext({
    baseURL: base,
    viewport: { width: 1400, height: 900 },
    // Without a graphics card the sign of a running unit takes half a core to turn.
    reducedMotion: 'reduce'
  })
  const page = await context.newPage()
  page.setDefaultTimeout(90_000)
  const troubles: string[] = []
  let gone = false
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !gone) {
      troubles.push(`${message.type()}: ${message.text()}`)
    }
  })
  page.on('pageerror', (error) => {
    troubles.push(`uncaught: ${error.message}`)
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(base)) troubles.push(`asked elsewhere: ${request.url()}`)
  })
  // What the content security policy refuses; checked at the end of each test.
  await page.addInitScript(
    'globalThis.violations = []; addEventListener("securitypolicyviolation", ({ violatedDirective, ' +
      'blockedURI, sourceFile, lineNumber }) => { violations.push({ violatedDirective, blockedURI, ' +
      'sourceFile, lineNumber }) })'
  )
  await page.goto(path)
  return {
    page,
    troubles,
    away: (now) => {
      gone = now
    }
  }
}

/** Goes to another address as a link of the page does: without loading the page again. */
export async function go (page: Page, path: string): Promise<void> {
  await page.evaluate(
    `history.pushState(null, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'))`
  )
}

const axeSource = axe.source

interface AxeNode {
  html: string
  failureSummary?: string
}
interface AxeResult {
  violations: { id: string, help: string, nodes: AxeNode[] }[]
}

/** Violations of WCAG 2.2 AA that axe finds, one a line; with `rule`, of that rule only. */
export async function accessibility (page: Page, rule?: string): Promise<string[]> {
  if (!await page.evaluate('"axe" in globalThis')) await page.evaluate(axeSource)
  const only = rule === undefined
    ? { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }
    : { type: 'rule', values: [rule] }
  const { violations } = await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(only)}, resultTypes: ['violations'] })`
  ) as AxeResult
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.slice(0, 5).map(({ html, failureSummary }) =>
      `${new URL(page.url()).pathname} ${id} (${help}): ${html.slice(0, 200)} ` +
      `${failureSummary?.split('\n')[1]?.trim() ?? ''}`
    )
  )
}
