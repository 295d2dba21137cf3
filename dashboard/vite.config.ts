/**
 * How the page is built. `npm run dashboard` calls it; `npx vite dashboard` serves the sources
 * beside a running service.
 */
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where the API is while the sources are served: the service's default address. */
const service = process.env.WINDLASS_SERVER ?? 'http://127.0.0.1:8080'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    // What light-dark() and nesting need; the page is for the people who run the service, with a
    // browser of the last two years.
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsDir: 'assets',
    // No data: URLs: the policy allows files of this service only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false
  },
  worker: { format: 'es' },
  server: {
    proxy: Object.fromEntries(
      ['/v1', '/openapi.json', '/docs', '/metrics', '/readyz', '/healthz'].map((path) => [path, service])
    )
  }
})
