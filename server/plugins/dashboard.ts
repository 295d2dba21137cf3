import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import { type FastifyPluginAsync } from 'fastify'
import { matches } from './etag.ts'

/** The folder that `npm start` builds the page in (scripts/dashboard.ts). */
export const builtDashboard = join(import.meta.dirname, '..', '..', 'dashboard', 'dist')

/** The addresses of the page; all others keep their problem documents. */
export const pages = [
  '/',
  '/sign-in',
  '/federations',
  '/federations/*',
  '/deployments',
  '/deployments/*',
  '/launch',
  '/waiting',
  '/notifications',
  '/audit',
  '/tokens'
] as const

/** Everything comes from this service: no inline script or style, no third parties, no frames. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'"
].join('; ')

const headers = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin'
}

/** Files with a hash in their name never change: a year is the longest that browsers keep them. */
const immutableSeconds = 365 * 24 * 60 * 60

async function index (folder: string): Promise<string | undefined> {
  try {
    return await readFile(join(folder, 'index.html'), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/**
 * Serves the dashboard: one document for all its addresses, which browsers ask for each time, and
 * files that they keep. It holds no data: it reads the API as the person who is signed in.
 */
export const dashboardPlugin: FastifyPluginAsync<{ folder?: string }> = async (
  app,
  { folder = builtDashboard }
) => {
  // The page holds no data, and people sign in on it.
  app.addHook('onRoute', (route) => {
    route.config = Object.assign(route.config ?? {}, { permission: 'open' as const })
  })
  const page = await index(folder)
  if (page === undefined) {
    app.log.warn(
      { folder },
      'the dashboard is not built: `npm run dashboard` builds it, `npm start` does so itself'
    )
    for (const url of pages) {
      app.get(
        url,
        { schema: { hide: true } },
        async (_request, reply) =>
          reply.code(503).type('text/plain; charset=utf-8').header('cache-control', 'no-store').send(
            'The dashboard is not built: run `npm run dashboard`, then start the service again. The API ' +
              'is at /docs.\n'
          )
      )
    }
    return
  }
  const etag = `"${createHash('sha256').update(page).digest('base64url')}"`
  for (const url of pages) {
    app.get(url, { schema: { hide: true } }, async (request, reply) => {
      reply.headers({ ...headers, etag, 'cache-control': 'no-cache' })
      if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send()
      return reply.type('text/html; charset=utf-8').send(page)
    })
  }
  // Only files that exist have a route: a wrong address is the API's own 404.
  await app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    wildcard: false,
    globIgnore: ['**/*.br', '**/*.gz'],
    preCompressed: true,
    decorateReply: false,
    index: false,
    maxAge: immutableSeconds * 1000,
    immutable: true,
    setHeaders: (reply) => {
      reply.headers({ 'x-content-type-options': 'nosniff', 'content-security-policy': contentSecurityPolicy })
    }
  })
}
