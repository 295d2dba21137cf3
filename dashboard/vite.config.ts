/**
 * Builds the page. `npm run dashboard` uses it, and `npx vite dashboard` serves the sources beside
 * a running service.
 */
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Address of the API while the sources are served; the service's default one unless given. */
const service = process.env.WINDLASS_SERVER ?? 'http://127.0.0.1:8080'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    // light-dark() and nesting need these. The page is for the people who run the service, with a
    // browser of the last two years.
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsDir: 'assets',
    // No data: URLs: the content security policy allows files of this service only.
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
