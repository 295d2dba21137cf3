/**
 * Writes the dashboard's types of the API (dashboard/src/api/schema.d.ts) from the OpenAPI
 * document. With `--check` it changes nothing, and exits with 1 when they are not current.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import openapiTypes, { astToString, type OpenAPI3 } from 'openapi-typescript'
import { pino } from 'pino'
import { type Automation } from '../automation/index.ts'
import { buildApp } from '../server/app.ts'

const file = join(import.meta.dirname, '..', 'dashboard', 'src', 'api', 'schema.d.ts')

/** Stands for automation: the application answers no request, it only gives its document. */
const nothing = new Proxy({}, {
  get (_target, name) {
    throw new Error(`the OpenAPI document asked automation for ${String(name)}: it must not need anything`)
  }
}) as Automation

async function current (): Promise<string> {
  const app = await buildApp({
    automation: nothing,
    logger: pino({ level: 'silent' }),
    version: '0',
    access: { kind: 'local', hosts: [] }
  })
  try {
    await app.ready()
    const types = astToString(
      await openapiTypes(app.swagger() as unknown as OpenAPI3, { defaultNonNullable: false })
    )
    return `/** Made by \`node scripts/api-types.ts\` from the OpenAPI document. */\n\n${types}`
  } finally {
    await app.close()
  }
}

const wanted = await current()
if (process.argv.includes('--check')) {
  if (wanted !== await readFile(file, 'utf8').catch(() => '')) {
    console.error(
      'dashboard/src/api/schema.d.ts differs from the OpenAPI document: run `node scripts/api-types.ts`'
    )
    process.exit(1)
  }
} else await writeFile(file, wanted)
