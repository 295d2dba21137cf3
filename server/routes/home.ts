import { type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Automation } from '../../automation/index.ts'
import { homePage } from '../home-page.ts'

/** The page for people at `/`. */
export const homeRoutes: FastifyPluginAsyncTypebox<{ automation: Automation }> = async (app, { automation }) => {
  app.get('/', { schema: { hide: true } }, async (_request, reply) => {
    const { items } = await automation.deployments({ limit: 50 })
    return reply.type('text/html; charset=utf-8').headers({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    }).send(homePage(items))
  })
}
